"""Turn names of places and parties into keys under which their spellings meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Apostrophes, and the letters that romanisations put in for ayn and hamza, vanish; other marks part words.
_PLAIN = {ord(mark): None for mark in "'’‘ʻʼʽʾʿ`´′"} | {
    number: " " for number in range(128) if not chr(number).isalnum() and chr(number) not in "'`"
}
_PLAIN_IN_LINES = {number: mark for number, mark in _PLAIN.items() if number < 128 and number != ord("\n")}
_UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a"}
)
_SAINT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_SAINTS = tuple(f"{short} " for short in _SAINT)
# The Arabic article and the forms it takes before a "sun letter" (al-Shams, ash-Shams).
_ARTICLE_INITIAL = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "es", "ez"})
_ARTICLE = _ARTICLE_INITIAL | {"ul", "il", "ath", "ed", "er", "esh", "et", "en", "ud", "ur", "us", "uz", "un"}
_MAY_HOLD_ARTICLE = re.compile(r"\b(?:[aeiu][a-z]|ash|ath|esh|[ea]([zsrdtn])\1[aeiou][a-z]*)\b")
"""Most names hold nothing like an article, and need not be taken apart."""
_MERGED_ARTICLE = re.compile(r"^(?:e|a)(zz|ss|rr|dd|tt|nn)(?=[aeiou])")
_SOUNDS = (
    ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("sh", "s"), ("dj", "j"), ("zh", "j"),
)  # fmt: skip
_VOICED = str.maketrans({"q": "k", "c": "k", "x": "ks"})
_SOFT = re.compile(r"[aeiouywh ]+")
_DOUBLED = re.compile(r"(.)\1+")
MINIMUM_SKELETON = 3
"""Fewest consonants that tell a name apart; with two, Homs, Hama's neighbours and half of Europe meet."""


def name_key(name: str) -> str:
    """Return the key under which all plain spellings of ``name`` meet.

    Case, accents, apostrophes, hyphens and full stops do not count; "St" is "Saint". Empty when
    the name holds no Latin letter or digit.
    """
    if name.isascii() and name.isalpha():
        return name.lower()  # most names; the rest takes ten times as long
    name = name.lower().replace("-", " ")
    if not (name.isascii() and name.replace(" ", "").isalpha()):  # the common case needs no table
        name = name.translate(_PLAIN)
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED)).encode("ascii", "ignore").decode()
        name = name.lower().translate(_PLAIN)  # compatibility forms may hold marks and capitals of their own
    words = name.split()
    if words and words[0] in _SAINT:
        words[0] = _SAINT[words[0]]
    return " ".join(words)


def name_keys(names: Sequence[str]) -> list[str]:
    """Return the keys of many names, none of which holds a line break, much faster than one by one."""
    text = "\n".join(name if name.isascii() else name_key(name) for name in names)
    lines = text.lower().replace("-", " ").translate(_PLAIN_IN_LINES).split("\n")
    return [name_key(line) if line.startswith(_SAINTS) else " ".join(line.split()) for line in lines]


def plain_key(key: str) -> str:
    """Return ``key`` without Arabic articles ("deir ez zor" and "deir al zor" are "deir zor")."""
    if " " not in key or not _MAY_HOLD_ARTICLE.search(key):
        return key
    words = key.split()
    kept = [
        word
        for place, word in enumerate(words)
        if not (word in (_ARTICLE if place else _ARTICLE_INITIAL) and place < len(words) - 1)
    ]
    return " ".join(
        _MERGED_ARTICLE.sub(lambda m: m[1][0], word) if i else word for i, word in enumerate(kept)
    )


def skeleton(key: str) -> str | None:
    """Return the consonants of a key, as romanisations of one name share them; ``None`` when too few.

    A vowel that the name begins with stays, so that "Idlib" and "Dalab" do not meet. Words run
    together, since "Deir Ezzor" and "Deirezzor" are one name.
    """
    word = plain_key(key).translate(_VOICED)
    if "h" in word or "dj" in word:  # as all of them do
        for written, sound in _SOUNDS:
            word = word.replace(written, sound)
    bones = word[:1] + _SOFT.sub("", word[1:])
    bones = _DOUBLED.sub(r"\1", ("a" + bones[1:]) if bones[:1] in "aeiou" else bones)
    return f"~{bones}" if len(bones) >= MINIMUM_SKELETON else None
