"""The names and labels that trade places in ``swap.py``: how a text is swapped, what the lexicon lacks."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDS = Path(__file__).with_name("swap.toml")
LEXICON = Path(__file__).resolve().parents[1] / "src" / "cairn" / "lexicon" / "en"
ORDINARY = frozenset({"ordinary", "function_words", "walls"})
"""Files of the lexicon that hold plain words, no parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two words that trade places.

    Attributes:
        any_case: found in any case; otherwise as written, or all in capitals.
    """

    kind: str
    words: tuple[str, str]
    any_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What ``swap.toml`` holds.

    Attributes:
        countries: ISO codes of the nations that trade places.
        unlike: name of a table of the lexicon, or of a part of it -> why one word of a pair may stand there
            alone.
    """

    pairs: tuple[Pair, ...]
    countries: frozenset[str] = frozenset()
    unlike: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced stretch: where it stood, where its partner stands, and the pair."""

    start: int
    end: int
    new_start: int
    new_end: int
    pair: Pair


@dataclass(frozen=True, slots=True)
class Swapped:
    """A text with its parties swapped."""

    text: str
    edits: tuple[Edit, ...]

    def position(self, old: int) -> int:
        """Return where a position of the old text is now; inside a replaced stretch, its nearer end."""
        shift = 0
        for edit in self.edits:
            if old >= edit.end:
                shift = edit.new_end - edit.end
            elif old > edit.start:
                return edit.new_start if old - edit.start < edit.end - old else edit.new_end
        return old + shift


def load_vocabulary(path: Path = WORDS) -> Vocabulary:
    """Read the pairs.

    Raises:
        ValueError: when a word stands in two pairs, which would make a swap depend on their order.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = tuple(
        Pair(kind=kind["name"], words=(words[0], words[1]), any_case=kind.get("any_case", False))
        for kind in content["kind"]
        for words in kind["pairs"]
    )
    often = Counter(word.lower() for pair in pairs for word in pair.words)
    twice = sorted(word for word, number in often.items() if number > 1)
    if twice:
        raise ValueError(f"{path.name}: found in two pairs: {', '.join(twice)}; give each word one partner")
    countries = frozenset(code for kind in content["kind"] for code in kind.get("countries", ()))
    return Vocabulary(pairs=pairs, countries=countries, unlike=content["unlike"])


def swap(text: str, pairs: Sequence[Pair]) -> Swapped:
    """Return the text with each word of a pair replaced by its partner, the longest first."""
    partners = {
        word.lower(): (pair, pair.words[1 - side]) for pair in pairs for side, word in enumerate(pair.words)
    }
    words = "|".join(re.escape(word) for word in sorted(partners, key=len, reverse=True))
    pattern = re.compile(rf"(?:\b(an?)(\s+))?(?<![\w-])({words})(?!\w)", re.IGNORECASE)
    made: list[str] = []
    edits: list[Edit] = []
    length = end = 0
    for match in pattern.finditer(text) if partners else ():
        word = match.group(3)
        pair, partner = partners[word.lower()]
        if not pair.any_case and word not in {*pair.words, *(each.upper() for each in pair.words)}:
            continue
        written = partner if word in pair.words else _in_case_of(word, partner)
        if match.group(1):
            written = _article(match.group(1), written) + match.group(2) + written
        made += [text[end : match.start()], written]
        start = length + match.start() - end
        length, end = start + len(written), match.end()
        edits.append(Edit(match.start(), match.end(), start, length, pair))
    made.append(text[end:])
    return Swapped("".join(made), tuple(edits))


def _in_case_of(model: str, word: str) -> str:
    """Return ``word`` in capitals, or with a capital, where ``model`` has them."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _article(article: str, word: str) -> str:
    """Return "a" or "an" as the next word wants it, in the case that it had."""
    wanted = "an" if word[:1].lower() in "aeio" else "a"
    shouted = word.isupper() and article[:1].isupper()
    return wanted.upper() if shouted else article[:1] + wanted[1:]


def one_sided(words: Vocabulary, folder: Path = LEXICON) -> Iterator[tuple[str, str, str]]:
    """Yield table, word and partner wherever the lexicon knows a word of a pair without its partner.

    Tables that ``swap.toml`` excuses are left out.
    """
    for path in sorted(folder.glob("*.toml")):
        if path.stem in ORDINARY:
            continue
        for table, listed in _lists(tomllib.loads(path.read_text(encoding="utf-8")), path.stem):
            if any(f"{table}.".startswith(f"{excused}.") for excused in words.unlike):
                continue
            for pair in words.pairs:
                one, two = pair.words
                if (one.lower() in listed) != (two.lower() in listed):
                    yield table, *((one, two) if one.lower() in listed else (two, one))


def _lists(table: Mapping[str, Any], name: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the name and the words of every list of words in a table."""
    for key, value in table.items():
        inner = f"{name}.{key}"
        if isinstance(value, Mapping):
            yield from _lists(value, inner)
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield inner, {each.lower() for each in value}
