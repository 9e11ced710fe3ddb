"""Redacting: put blocks in the place of words, so that all offsets still hold."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from cairn.errors import LedgerError

Redact = Callable[[str], str]
"""Returns a text of the same length, with blocks in it."""

BLOCK = "█"
"""Stands for each removed character."""

JOINER = r"(?:%20|[\W_]){1,4}"
"""What may stand between two words of a name: blanks, line breaks, hyphens, and how addresses write them."""

FREE: dict[str, tuple[str, ...]] = {
    "victims": ("text",), "target": ("text",), "place": ("name",),
    **dict.fromkeys(("perpetrator", "actor", "recipient", "sources"), ()),
}  # fmt: skip
"""Slots whose corrections hold free words, with the keys that do; other slots take values of fixed sets."""


def redact_all(text: str) -> str:
    """Put a block in the place of every character that is not blank."""
    return re.sub(r"\S", BLOCK, text)


def redact_name(name: str) -> Redact:
    """Return what puts blocks in the place of a name.

    A name is found in any letter case, with and without accents, in every Unicode form, across line breaks,
    and with hyphens, dots or underscores between its words; never inside a longer word.

    Raises:
        LedgerError: the name has neither a letter nor a digit.
    """
    words = re.findall(r"[^\W_]+", _fold(name)[0])
    if not words:
        raise LedgerError(f"{name!r} is no name: it has neither a letter nor a digit")
    pattern = re.compile(rf"(?<![^\W_]){JOINER.join(map(re.escape, words))}(?![^\W_])")

    def redact(text: str) -> str:
        if words[0] not in _plain(text):
            return text
        letters = list(text)
        folded, places = _fold(text)
        for match in pattern.finditer(folded):
            first, last = places[match.start()], places[match.end() - 1]
            while last + 1 < len(text) and not _fold_letter(text[last + 1]):
                last += 1
            letters[first : last + 1] = redact_all(text[first : last + 1])
        return "".join(letters)

    return redact


def redact_list(texts: str, redact: Redact) -> str:
    """Redact each text of a list that is written as JSON, as the ledger writes lists."""
    return json.dumps([redact(each) for each in json.loads(texts)], ensure_ascii=False, separators=(",", ":"))


def redact_participants(texts: str, redact: Redact) -> str:
    """Redact the names in a JSON list of participants; the party that one stands for goes with its name."""
    kept = []
    for each in json.loads(texts):
        names = {key: each[key] and redact(each[key]) for key in ("name", "known_as")}
        gone = any(names[key] != each[key] for key in names)
        kept.append(
            {**each, **dict.fromkeys(("party", "known_as", "kind", "country")), "name": names["name"]}
            if gone
            else each
        )
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def redact_value(slot: str | None, value: str, redact: Redact) -> str:
    """Redact the free words that a correction puts into a slot; the value stays one that the slot takes."""
    if slot not in FREE:
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return redact(value)
    made = _redact_within(found, FREE[slot], redact)
    return value if made == found else json.dumps(made, ensure_ascii=False)


def _redact_within(value: Any, keys: tuple[str, ...], redact: Redact) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, list):
        return [_redact_within(each, keys, redact) for each in value]
    if isinstance(value, dict):
        return {key: _redact_within(each, (), redact) if key in keys else each for key, each in value.items()}
    return value


def _fold(text: str) -> tuple[str, list[int]]:
    """Return a text in plain small letters, and for each of them where it came from."""
    pieces = [(place, piece) for place, piece in enumerate(map(_fold_letter, text)) if piece]
    places = [place for place, piece in pieces for _ in piece]
    return "".join(piece for _, piece in pieces), places


def _fold_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    return "".join(_kept(unicodedata.normalize("NFKD", letter).casefold()))


def _plain(text: str) -> str:
    """Return the letters of ``_fold``, quickly."""
    return text.lower() if text.isascii() else "".join(_kept(unicodedata.normalize("NFKD", text).casefold()))


def _kept(letters: str) -> Iterator[str]:
    """Leave out accents, and what cannot be seen."""
    return (each for each in letters if unicodedata.category(each) not in ("Mn", "Cf"))
