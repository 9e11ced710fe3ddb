"""Credits: the agencies that a text names as where it comes from, in its dateline, at its end, in its byline.

Only these places count. "A witness told an AFP correspondent" in the body says who spoke to whom; it is not
where the report comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cairn.lexicon.agencies import Agencies, load_agencies
from cairn.records import Credit, CreditKind, Span

UNNAMED = "agencies"
"""What a credit is called that shows the hand of an agency and names none."""

_FIRST_LINES, _LAST_LINES = 4, 4
_FIRST_CHARS = 240
"""A dateline stands in the first lines, behind a headline and a day at most."""
_LOOKED_AT_CHARS = 4_000
_CREDIT_CHARS, _SIGN_OFF_CHARS = 200, 600
"""How far before a line's end a credit begins: three agencies with words around them; five names."""

_SHORT_LINE = 90
"""Longest line that is a byline or a credit and nothing else."""

_DASH = re.compile(r"\s*(?:[-–—]+|:)\s*(?=\S)")
_OPEN, _CLOSED = re.compile(r"[(\[/]\s*$"), re.compile(r"\s*[)\]/]\.?")
_DAY = re.compile(
    r"\s*[,|–-]?\s*(?:\w+day,?\s+)?(?:\d{1,2}\s+\w{3,9}\.?,?\s+\d{4}|\w{3,9}\.?\s+\d{1,2},?\s+\d{4})\b"
)
_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_BY = re.compile(r"^(?:by|from|with)\s+", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,/|&+–—-]+|\b(?:and|with)\b", re.IGNORECASE)
"""What stands between an agency and those beside it."""

_YEAR_OF_RIGHTS = re.compile(
    r"(?:(?:©|\(c\)|copyright)\s*)?(?:\d{4})?\s*$|(?:©|\(c\)|copyright)\s*$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*$")
_MOST_PLACE_WORDS = 9
"""Words of a dateline's place, with country and day: "ADEN, Yemen, Monday, March 7, 2016"."""
_PARTICLES = {
    "al",
    "an",
    "ar",
    "as",
    "at",
    "de",
    "del",
    "des",
    "di",
    "du",
    "el",
    "la",
    "le",
    "and",
    "in",
    "of",
    "the",
}
"""Words of place names that are written small."""

_SIGNED = re.compile(r"^[^\W\d_][\w.’'-]*(?:[ .&/]+[^\W\d_][\w.’'-]*){0,5}$")
"""Names and initials of those who wrote and edited: "H. Said", "Rana/H.S."."""

_SIGN_OFF = re.compile(
    r"\(?(?i:(?:(?:additional|further)\s+)?reporting\s+by)\s+[A-Z][^\n]{3,300}?\b(?i:editing\s+by)\s+[A-Z]"
    r"[^\n()]{2,80}\)?"
)
"""How agencies close a dispatch; papers sign their own reports otherwise."""

_PARTS_OF_BYLINE = re.compile(
    r"\s*[,/|&;+·()]\s*|\s+[-–—]\s+|\s+(?:and|with|for|of|via|from|by|at|in)\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns made of the agencies' names and of the words around them.

    Attributes:
        group: agencies side by side: "AP, AFP and Reuters".
        one: one of them.
        picture: credits of pictures.
    """

    group: re.Pattern[str]
    one: re.Pattern[str]
    picture: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    names: frozenset[str]
    staff: frozenset[str]


def find_credits(text: str, byline: str | None = None) -> tuple[Credit, ...]:
    """Return the agencies that a text names as its origin: those in its byline, then in the text's order.

    Args:
        text: of the document; spans index it.
        byline: who wrote it, as the page says beside the text.
    """
    known = _patterns()
    found: dict[tuple[str, CreditKind], Credit] = {}
    for credit in (*_in_byline(byline or "", known), *_at_start(text, known), *_at_end(text, known)):
        found.setdefault((credit.agency.casefold(), credit.kind), credit)
    return tuple(found.values())


def _at_start(text: str, known: _Patterns) -> Iterator[Credit]:
    lines = _lines(text[:_LOOKED_AT_CHARS])
    for number, (start, line) in enumerate(lines[:_FIRST_LINES]):
        if start > _FIRST_CHARS:
            return
        for group in known.group.finditer(line, 0, _FIRST_CHARS):
            before, after = _THE.sub("", line[: group.start()]), line[group.end() :]
            above = 2 * number < len(lines) > 1 and len(line) <= _SHORT_LINE
            if _is_dateline(before, after) and not (above and _BY.match(before)):
                yield from _agencies(line, start, group, CreditKind.DATELINE, known)
            elif above and _is_byline(before, after, known):
                yield from _agencies(line, start, group, CreditKind.BYLINE, known)


def _is_dateline(before: str, after: str) -> bool:
    """Say whether agencies between these words stand in a dateline."""
    if _DAY.match(
        after
    ):  # "Market shelled in Tarn AFP Tuesday 5 Jul 2016", where a page's head was run together
        return True
    opened, closed = _OPEN.search(before), _CLOSED.match(after)
    place = before[: opened.start()] if opened else before
    if not _is_place(place):
        return False
    if opened and closed:
        rest = after[closed.end() :]
        return not rest.strip() or "/" in closed[0] or _DASH.match(rest) is not None
    if opened or closed:
        return False
    if _DASH.match(after):
        return True
    named = place.rstrip()
    if not after.strip(" .:"):
        return named.endswith((":", ","))  # NEW DELHI: PTI
    first = named.split(" ")[0].strip(",")
    return first.isupper() and len(first) > 2 and re.match(r"\s+[A-Z“\"]", after) is not None


def _is_place(words: str) -> bool:
    """Say whether words before an agency may be a place with its country and the day; no words may be too."""
    tokens = re.findall(r"[^\s,/]+", words.strip(" .,:;–—-("))
    if len(tokens) > _MOST_PLACE_WORDS or re.search(r"[!?…;]", words):
        return False
    return all(token[0].isupper() or token[0].isdigit() or token.lower() in _PARTICLES for token in tokens)


def _is_byline(before: str, after: str, known: _Patterns) -> bool:
    """Say whether a short line is one of those who wrote, with agencies among them."""
    follows = after.strip(" ).]")
    if follows and not (re.match(r"\s*[,|/–—-]", after) and _is_place(after)):
        return False
    if _BY.match(before):
        return True
    beside = _BESIDE.sub(" ", before).strip(" ([").lower()
    return not beside or beside in known.staff


def _at_end(text: str, known: _Patterns) -> Iterator[Credit]:
    offset = max(0, len(text) - _LOOKED_AT_CHARS)
    lines = _lines(text[offset:], offset)
    for start, line in lines[max(len(lines) // 2, len(lines) - _LAST_LINES) :]:
        for group in known.group.finditer(line, max(0, len(line) - _CREDIT_CHARS)):
            before, after = _THE.sub("", line[: group.start()]), line[group.end() :]
            if _is_signed(line, before, after):
                yield from _agencies(line, start, group, CreditKind.BYLINE, known)
            elif _is_credit(before, after, known):
                yield from _agencies(line, start, group, CreditKind.CREDIT, known)
        if signed := _SIGN_OFF.search(line, max(0, len(line) - _SIGN_OFF_CHARS)):
            named = list(known.one.finditer(line, signed.start(), signed.end()))
            for one in named or [signed]:
                agency = one[0] if named else UNNAMED
                yield Credit(
                    agency=agency, kind=CreditKind.CREDIT, span=Span(start + one.start(), start + one.end())
                )


def _is_signed(line: str, before: str, after: str) -> bool:
    """Say whether a line is "SANA/H.Said" or "H.Said/SANA"."""
    if len(line) > _SHORT_LINE:
        return False
    if not before.strip():
        return after.lstrip().startswith("/") and _SIGNED.match(after.strip(" /.")) is not None
    return (
        not after.strip(" .")
        and before.rstrip().endswith("/")
        and _SIGNED.match(before.strip(" /")) is not None
    )


def _is_credit(before: str, after: str, known: _Patterns) -> bool:
    """Say whether agencies between these words are credited at the end of a text."""
    closing = after.strip(" )].–—-")
    contributed = known.after.match(closing)
    if closing and not (contributed and contributed.end() == len(closing)):
        return False
    lead = before.rstrip(" ([–—-")
    bare = known.before.sub("", lead)
    bare = _YEAR_OF_RIGHTS.sub("", bare, count=1).rstrip(" ([–—-*:")
    if not bare or _SENTENCE_END.search(bare):
        return True
    # "Ilse Varga of The Associated Press in Tarn contributed to this report" is a sentence about itself.
    return bool(contributed) or (
        bare != lead and len(before) <= _SHORT_LINE and lead.lower().startswith("with")
    )


def _agencies(
    line: str, start: int, group: re.Match[str], kind: CreditKind, known: _Patterns
) -> Iterator[Credit]:
    """Yield each agency of a group, unless it is a picture that is credited."""
    if known.picture.search(line, max(0, group.start() - 24), group.end() + 16):
        return
    for one in known.one.finditer(line, group.start(), group.end()):
        yield Credit(agency=one[0], kind=kind, span=Span(start + one.start(), start + one.end()))


def _in_byline(byline: str, known: _Patterns) -> Iterator[Credit]:
    """Yield agencies that are a part of a byline by themselves: "Ilse Varga, AP", but not "Petra Varga"."""
    for part in _PARTS_OF_BYLINE.split(byline):
        bare = re.sub(r"^(?:by|the|from|with|via)\s+", "", part.strip(" ."), flags=re.IGNORECASE)
        if bare.casefold() in known.names:
            yield Credit(agency=bare, kind=CreditKind.BYLINE)


def _lines(text: str, offset: int = 0) -> list[tuple[int, str]]:
    """Return the lines that hold something, without the blanks around them, each with where it starts."""
    found = []
    for line in text.splitlines(keepends=True):
        if bare := line.strip():
            found.append((offset + line.index(bare[0]), bare))
        offset += len(line)
    return found


@cache
def _patterns() -> _Patterns:
    """Make the patterns when the first text comes: importing this room stays cheap."""
    known = load_agencies("en")
    unnamed = [
        form for word in known.unnamed for form in (word, word.capitalize(), word.title(), word.upper())
    ]
    one = rf"(?<![\w@.])(?:{_by_first_letter([*_written(known), *dict.fromkeys(unnamed)])})(?![\w@])"
    before, after = _any_of(known.before), _any_of(known.after)
    by, of = _any_of(known.picture_before), _any_of(known.picture)
    pictures = rf"(?:{by})\s*[:/–—-]?\s*{one}|{one}\s*[/–—-]?\s*(?:{of})\b"
    return _Patterns(
        group=re.compile(rf"{one}(?:\s*(?:[,/&+;]|\band\b|,\s*and\b)\s*(?:[Tt]he\s+)?{one})*"),
        one=re.compile(one),
        picture=re.compile(rf"(?<!\w)(?i:{pictures})"),
        before=re.compile(rf"(?:^|(?<=[\s.(\[–—-]))(?:{before})(?:\s+the)?:?$", re.IGNORECASE),
        after=re.compile(after, re.IGNORECASE),
        names=frozenset(form.casefold() for form in (*known.names, *known.unnamed)),
        staff=known.staff,
    )


def _written(known: Agencies) -> list[str]:
    """Return how names are written, the longest first: abbreviations as they are, names in capitals too."""
    forms = {*known.names, *(form.upper() for form in known.names if len(form) > 4 or " " in form)}
    return sorted(forms, key=len, reverse=True)


def _by_first_letter(words: list[str]) -> str:
    """Return a pattern for any of the words that looks at a letter once, not once a word."""
    letters: dict[str, list[str]] = {}
    for word in words:
        letters.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{re.escape(letter)}(?:{_any_of(rest)})" for letter, rest in letters.items())


def _any_of(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)
