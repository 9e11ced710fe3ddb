"""Find the offices that a report gives to persons: "Norland's foreign minister, Jane Roe, said"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cairn.claims.view import View
from cairn.records import Token

LONGEST = 8  # tokens beside a person's name in which the office stands
LINKS = frozenset({"of", "for", "the", "a", "an", "'s", "’s", "in", "at", "and", "'", "’"})


def find_offices(views: Sequence[View], text: str) -> dict[str, frozenset[str]]:
    """Return what stands beside each person's name as an office, in the report's words."""
    found: dict[str, set[str]] = {}
    for view in views:
        tokens = view.tokens
        for first, last in _runs(tokens, "PER"):
            person = tokens[first].span.to(tokens[last - 1].span).words(text)
            for low, high in _beside(tokens, first, last):
                found.setdefault(person, set()).add(tokens[low].span.to(tokens[high - 1].span).words(text))
    return {person: frozenset(phrases) for person, phrases in found.items()}


def find_names(views: Sequence[View], text: str) -> Iterator[str]:
    """Yield the names of bodies and persons in a report, which the reading model takes for each other."""
    for view in views:
        for first, last in (*_runs(view.tokens, "ORG"), *_runs(view.tokens, "PER")):
            yield view.tokens[first].span.to(view.tokens[last - 1].span).words(text)


def _runs(tokens: Sequence[Token], kind: str) -> Iterator[tuple[int, int]]:
    for index, token in enumerate(tokens):
        if token.name == f"B-{kind}":
            last = index + 1
            while last < len(tokens) and tokens[last].name == f"I-{kind}":
                last += 1
            yield index, last


def _beside(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the tokens of the phrases on both sides of a name."""
    end = first - 1 if first > 0 and tokens[first - 1].text == "," else first
    low = end
    while low > 0 and end - low < LONGEST and _in_office(tokens[low - 1]):
        low -= 1
    if low < end:
        yield low, end
    start = last + 1 if last < len(tokens) and tokens[last].text == "," else last
    high = start
    while high < len(tokens) and high - start < LONGEST and _in_office(tokens[high]):
        high += 1
    if start > last and high > start:
        yield start, high


def _in_office(token: Token) -> bool:
    return token.name[2:] != "PER" and (token.lower in LINKS or token.pos in {"NOUN", "PROPN", "ADJ"})
