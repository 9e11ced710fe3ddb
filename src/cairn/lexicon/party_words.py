"""Cut the name of a party out of the words around it: "fighters of the Iran-backed rebel group"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cairn.lexicon.actors import Actors, is_abbreviation
from cairn.lexicon.spelling import name_key

LONGEST_NAME = 14
"""Words of a name that are looked at; longer ones are sentences."""
_INITIALS = re.compile(r"(?<![A-Za-z])([A-Z])\.(?=[A-Z](?![a-z])|[\s'’-]|$)")
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s?(?=\W|$)")
_WORD = re.compile(r"[^\s/,;:()\[\]“”\"‘|–—]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name as printed, its key, and whether a hyphen joins it to the word before ("-backed")."""

    raw: str
    key: str
    hyphened: bool

    @property
    def form(self) -> str:
        """Return the word as it is looked up alone: an abbreviation as printed."""
        return self.raw if is_abbreviation(self.raw) else self.key

    @property
    def capital(self) -> bool:
        """Say whether it is printed with a capital."""
        return self.raw[:1].isupper()


@dataclass(frozen=True, slots=True)
class Cut:
    """Some words of a name, with those left and right of it that do not tell another party."""

    left: Sequence[Word]
    inside: Sequence[Word]
    right: Sequence[Word]

    @property
    def key(self) -> str:
        """Return the key of the words inside."""
        return keys_of(self.inside)

    def nation(self, actors: Actors) -> frozenset[str]:
        """Return the codes of the nation that the words before name, empty when none or a helper's."""
        own = self.left[helped(self.left) + 1 :]
        return frozenset(code for word in own for code in actors.countries.get(word.form, ()))


def keys_of(words: Sequence[Word]) -> str:
    """Return the keys of words, parted by spaces."""
    return " ".join(word.key for word in words)


def cut(name: str, actors: Actors) -> Iterator[Cut]:
    """Yield the parts of a name that may be a party's name, longest first.

    An apostrophe may be a name's own ("People's Army") or make it a possessive ("the Taliban's men").
    """
    yield from _cut(_words(name, actors), actors)
    if (owner := _POSSESSIVE.sub("", name)) != name:
        yield from _cut(_words(owner, actors), actors)


def _cut(words: Sequence[Word], actors: Actors) -> Iterator[Cut]:
    if len(words) > LONGEST_NAME:
        return
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            left, inside, right = words[:first], words[first : first + length], words[first + length :]
            if _leads(left, actors) and _trails(inside[-1], right, actors):
                yield Cut(left, inside, right)


def _words(name: str, actors: Actors) -> list[Word]:
    """Return the words of a name without the article before it, initials run together."""
    plain = _INITIALS.sub(r"\1", name.replace("&", " and "))
    found: list[Word] = []
    for match in _WORD.finditer(plain):
        if not found and name_key(match[0]) in actors.articles:
            continue
        for place, piece in enumerate(match[0].split("-")):
            if key := name_key(piece):
                found.append(Word(piece.strip(".'’"), key, place > 0 and key in actors.joined))
    return found


def _leads(words: Sequence[Word], actors: Actors) -> bool:
    """Say whether the words before a name tell no other party: "the Iran-backed rebel group"."""
    return all(
        word.key in actors.leads or (word.capital and _is_nation(word, actors))
        for word in words[helped(words) + 1 :]
    )


def _is_nation(word: Word, actors: Actors) -> bool:
    """Say whether a word is a country, its people or its possessive, whose apostrophe may be lost."""
    return word.form in actors.countries or word.form.removesuffix("s") in actors.states


def helped(words: Sequence[Word]) -> int:
    """Return the place of the last word that a hyphen joins to a helper's name ("-backed"), -1 for none."""
    return max((place for place, word in enumerate(words) if word.hyphened), default=-1)


def _trails(last: Word, words: Sequence[Word], actors: Actors) -> bool:
    """Say whether the words after a name tell no other party: "rebels in the north", "spokesman Jo Roe"."""
    if words and words[0].hyphened:
        return False
    for before, word in pairwise((last, *words)):
        if word.key in actors.cuts:
            return True
        if before.key in actors.persons and word.capital:
            return not any(each.key in actors.joins or each.hyphened for each in words)
        if word.key not in actors.tails and word.key not in actors.persons:
            return False
    return True
