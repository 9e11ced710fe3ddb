"""Read the noun phrase that names a voice, before or after a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.lexicon import Lexicon
from cairn.records import Span, Token

LONGEST_NAME = 16  # tokens of "a senior official in the provincial health department who ..."
INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})
LINKS = frozenset({"of", "for", "in", "at", "from", "with", "on", "and", "near"})
"""Words that go on with a name that a noun or another name stands before."""
SKIPPED = frozenset(
    {
        "also",
        "later",
        "earlier",
        "separately",
        "meanwhile",
        "however",
        "had",
        "has",
        "have",
        "then",
        "already",
        "further",
        "again",
        "previously",
        "itself",
        "himself",
        "herself",
        "themselves",
        "initially",
        "only",
        "still",
        "repeatedly",
        "is",
        "are",
        "was",
        "were",
        "who",
        "reportedly",
        "today",
        "yesterday",
        "quickly",
        "would",
        "did",
        "could",
        "can",
        "not",
        "n't",
        "now",
    }
)
DETERMINERS = frozenset(
    {
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "one",
        "two",
        "three",
        "some",
        "several",
        "many",
        "another",
        "our",
        "my",
        "other",
        "both",
        "this",
        "that",
        # words of distance are the reporter's and no part of a voice's name
        "so-called",
        "self-styled",
        "self-proclaimed",
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """A voice over tokens ``[first, last)``, determiner left out.

    Attributes:
        proper: it holds a name.
        voice: it holds a noun for people or bodies that speak, or a name.
        pronoun: it is a pronoun.
    """

    first: int
    last: int
    proper: bool
    voice: bool
    pronoun: bool = False

    def span(self, tokens: Sequence[Token]) -> Span:
        """Return where the name stands."""
        return tokens[self.first].span.to(tokens[self.last - 1].span)


@dataclass(frozen=True, slots=True)
class Heard:
    """An attribution over tokens: who speaks, who passes it on, and the words of saying ``[first, last)``.

    Attributes:
        leading: what is said follows.
        scope: tokens ``[low, high)`` of what is said, where the tree tells.
    """

    speaker: Named
    relay: Named | None
    first: int
    last: int
    verb: str
    leading: bool
    scope: tuple[int, int] | None = None


def name_before(tokens: Sequence[Token], end: int, in_date: set[int], lexicon: Lexicon) -> Named | None:
    """Return the voice that ends right before token ``end``, over dates, adverbs and an apposition."""
    last = _skip_back(tokens, end, in_date)
    if last <= 0:
        return None
    if tokens[last - 1].text in {",", ")"}:
        # "X, the head of Y, said": the name stands before the apposition.
        opening = "(" if tokens[last - 1].text == ")" else ","
        comma = next(
            (i for i in range(last - 2, max(-1, last - 2 - LONGEST_NAME), -1) if tokens[i].text == opening),
            None,
        )
        if comma is None or comma == 0:
            return None
        inner = _voice(tokens, comma + 1, last - 1, lexicon)
        outer = name_before(tokens, comma, in_date, lexicon)
        if outer is not None and outer.voice and (outer.proper or inner is None or not inner.proper):
            return outer
        return inner if inner is not None and inner.voice else None
    if tokens[last - 1].lower in lexicon.speech.pronouns:
        return Named(last - 1, last, proper=False, voice=True, pronoun=True)
    first = _start_of(tokens, last, in_date, lexicon)
    clause = _relative_before(tokens, first, in_date)
    if clause is not None:
        outer = name_before(tokens, clause, in_date, lexicon)
        if outer is not None:
            return outer
    apposed = _apposed_name(tokens, first, lexicon)
    if apposed is not None:
        return apposed
    return _voice(tokens, first, last, lexicon)


RELATIVE_REACH = 16  # tokens of a relative clause between a speaker and the verb of saying


def _relative_before(tokens: Sequence[Token], first: int, in_date: set[int]) -> int | None:
    """Return where "which" or "who" opens a clause that ends at ``first``: "X, which has a network, says"."""
    verb = False
    for index in range(first - 1, max(0, first - RELATIVE_REACH), -1):
        token = tokens[index]
        if token.pos in {"VERB", "AUX"}:
            verb = True
        if token.lower in {"which", "who"} and verb:
            before = index - 1 if tokens[index - 1].text == "," else index
            return before if tokens[before - 1].pos in {"NOUN", "PROPN"} else None
        if token.text in {".", ";", "“", "”", '"'}:
            return None
    return None


def _apposed_name(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> Named | None:
    """Read "Jane Roe a spokeswoman for ..." without its commas: the name before the article speaks."""
    if first < 2 or first >= len(tokens) or tokens[first].lower not in {"a", "an", "the"}:
        return None
    following = [token.lower for token in tokens[first + 1 : first + 5]]
    if not any(word in lexicon.speech.persons or word in lexicon.speech.bodies for word in following):
        return None
    start = first
    while start > 0 and tokens[start - 1].text[:1].isupper() and tokens[start - 1].pos == "PROPN":
        start -= 1
    two_words = first - start >= 2 and tokens[start - 1].lower not in LINKS if start else first - start >= 2
    return Named(start, first, proper=True, voice=True) if two_words else None


def _skip_back(tokens: Sequence[Token], end: int, in_date: set[int]) -> int:
    last = end
    while last > 0:
        token = tokens[last - 1]
        dated = token.span.start in in_date
        lone_preposition = token.lower in {"on", "in"} and last < end and tokens[last].span.start in in_date
        if not (dated or lone_preposition or token.lower in SKIPPED):
            break
        last -= 1
    return last


def _start_of(tokens: Sequence[Token], last: int, in_date: set[int], lexicon: Lexicon) -> int:
    """Walk left from the end of a name to its first word."""
    first = last
    while first > 0 and last - first < LONGEST_NAME:
        token = tokens[first - 1]
        if token.span.start in in_date:
            break
        if token.lower in DETERMINERS:
            before = tokens[first - 2].lower if first > 1 else ""
            first -= 1
            if before in LINKS and first > 2 and _links(tokens, first - 1, lexicon):
                first -= 1  # "a spokesman for the ministry"
                continue
            if before and tokens[first - 1].pos in {"NOUN"} and tokens[first].lower == "the":
                # "monitoring group the Syrian Observatory": an apposition without its comma.
                break
            break
        if (
            token.pos in INSIDE
            or token.lower in {"'s", "-", "'"}
            or token.text.endswith("-based")
            or (token.lower in LINKS and first > 1 and _links(tokens, first - 1, lexicon))
        ):
            first -= 1
        else:
            break
    while first < last and tokens[first].lower in {"'s", "-", "and", "of", "in", "at", "from", "'"}:
        first += 1
    return first


def _links(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether the preposition at ``index`` goes on with a voice before it."""
    before, after = tokens[index - 1], tokens[index + 1]
    word = tokens[index].lower
    if word == "and":
        return before.pos == "PROPN" and after.pos == "PROPN" and before.text[:1].isupper()
    speaks = before.lower in lexicon.speech.persons or before.lower in lexicon.speech.bodies
    proper = before.text[:1].isupper() and after.text[:1].isupper() and word in {"of", "for", "in"}
    # A preposition after a place or a victim is no part of the speaker's name.
    return speaks or (proper and word in {"of", "for"})


def name_after(tokens: Sequence[Token], start: int, in_date: set[int], lexicon: Lexicon) -> Named | None:
    """Return the voice that starts right at token ``start``."""
    first = start
    while first < len(tokens) and tokens[first].lower in DETERMINERS:
        first += 1
    if first < len(tokens) and tokens[first].lower in {"him", "her", "them", "us", "me"}:
        return None
    owner = _owner_after(tokens, first, lexicon)
    if owner is not None and (named := name_after(tokens, owner, in_date, lexicon)) is not None:
        return named
    last = first
    while last < len(tokens) and last - first < LONGEST_NAME:
        token = tokens[last]
        if token.span.start in in_date:
            break
        counted = token.pos == "NUM" and last > first
        if (
            (token.pos in INSIDE and not counted)
            or token.lower in {"'s", "-", "'"}
            or (token.text == "." and len(tokens[last - 1].text) <= 2 and last > first)
        ):
            last += 1
        elif (
            token.lower in LINKS
            and last > first
            and last + 1 < len(tokens)
            and _goes_on(tokens, last, lexicon)
        ):
            last += 1
            while last < len(tokens) and tokens[last].lower in DETERMINERS:
                last += 1
        else:
            break
    return _voice(tokens, first, last, lexicon)


def _owner_after(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> int | None:
    """Return where the owner of a statement stands: "a new report by X", "figures released by X"."""
    words = [token.lower for token in tokens[first : first + 6]]
    noun = next((at for at, word in enumerate(words) if word in lexicon.speech.vehicles), None)
    if noun is None or any(token.pos not in INSIDE for token in tokens[first : first + noun]):
        return None
    for link in (noun + 1, noun + 2):
        if words[link : link + 1] in (["by"], ["from"]):
            return first + link + 1
    return None


def _goes_on(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    before, after = tokens[index - 1], tokens[index + 1]
    word = tokens[index].lower
    if word == "and":
        return False
    speaks = before.lower in lexicon.speech.persons or before.lower in lexicon.speech.bodies
    if word in {"of", "for"}:
        return speaks or (before.text[:1].isupper() and after.text[:1].isupper())
    return speaks and word in {"in", "at", "from", "with"} and after.pos in {"PROPN", "DET"}


def _voice(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> Named | None:
    """Cut a phrase to the name in it and say what it is; ``None`` when nothing in it can speak."""
    while first < last and tokens[first].lower in DETERMINERS:
        first += 1
    while last > first and not tokens[last - 1].text[:1].isalnum():
        last -= 1
    if first >= last:
        return None
    # An apposition without its comma ("the monitoring group the Observatory"): the name is the last part.
    for index in range(last - 1, first, -1):
        if tokens[index].lower == "the" and tokens[index - 1].lower not in LINKS:
            first = index + 1
            break
    words = [token.lower for token in tokens[first:last]]
    phrase = " ".join(words)
    speech = lexicon.speech
    noun = any(word in speech.persons or word in speech.bodies for word in words) or phrase in speech.relays
    noun = noun or any(word in lexicon.people.plural or word in lexicon.people.singular for word in words)
    proper = any(token.text[:1].isupper() for token in tokens[first:last])
    nobody = words[-1] in speech.wordless and all(word in speech.unowned for word in words[:-1])
    if nobody or not (noun or proper):
        return None
    run = last
    while run > first and (
        tokens[run - 1].text[:1].isupper()
        or tokens[run - 1].lower in {"of", "for", "al", "bin", "-", "de"}
        or tokens[run - 1].lower.startswith("al-")
    ):
        run -= 1
    while run < last and not tokens[run].text[:1].isupper() and not tokens[run].lower.startswith("al-"):
        run += 1
    if (
        run < last
        and run > first
        and tokens[last - 1].text[:1].isupper()
        and tokens[run - 1].lower not in LINKS | DETERMINERS
    ):
        # "Observatory director Petru Ilan": the proper name at the end says it all.
        first = run
    return Named(first, last, proper=proper, voice=noun or proper)
