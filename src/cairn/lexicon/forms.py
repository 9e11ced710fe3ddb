"""Forms of English words made from the dictionary form, by rule and by list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

VOWELS = "aeiou"
STRESSED_LAST = frozenset(
    [
        "abet",
        "acquit",
        "admit",
        "begin",
        "commit",
        "compel",
        "concur",
        "confer",
        "control",
        "deter",
        "dispel",
        "emit",
        "equip",
        "excel",
        "expel",
        "forbid",
        "forget",
        "incur",
        "infer",
        "kidnap",
        "occur",
        "omit",
        "outrun",
        "overrun",
        "patrol",
        "permit",
        "prefer",
        "propel",
        "quit",
        "rebel",
        "recur",
        "refer",
        "regret",
        "remit",
        "repel",
        "submit",
        "transfer",
        "transmit",
    ]
)
"""Verbs of several syllables that double their last consonant: the stress lies on the last, or by custom."""


class Form(StrEnum):
    """Which form of a verb a word is."""

    BASE = "base"
    THIRD = "third"
    GERUND = "gerund"
    PAST = "past"
    PARTICIPLE = "participle"


def verb_forms(lemma: str, irregular: Mapping[str, Sequence[str]]) -> dict[str, set[Form]]:
    """Return every form of a one-word verb with what it can be.

    Args:
        lemma: base form in lower case.
        irregular: past tense and past participle of verbs that do not take ``-ed``; where one has two
            forms ("burned", "burnt"), they are parted by a space.
    """
    stems = _stems(lemma)
    gerund = lemma[:-2] + "ying" if lemma.endswith("ie") else " ".join(stem + "ing" for stem in stems)
    past, participle = irregular.get(lemma, (_regular_past(lemma, stems),) * 2)
    found: dict[str, set[Form]] = {}
    for words, form in (
        (lemma, Form.BASE),
        (_with_s(lemma), Form.THIRD),
        (gerund, Form.GERUND),
        (past, Form.PAST),
        (participle, Form.PARTICIPLE),
    ):
        for word in words.split():
            found.setdefault(word, set()).add(form)
    return found


def plural_forms(noun: str, irregular: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the plurals of a noun; of a noun of several words, the last one changes."""
    head, _, last = noun.rpartition(" ")
    lead = head + " " if head else ""
    if last in irregular:
        return tuple(lead + form for form in irregular[last])
    if last.endswith("man") and len(last) > 3 and not last.endswith(("human", "german", "roman", "ottoman")):
        return (lead + last[:-3] + "men",)
    if last.endswith("o"):
        return (lead + last + "s",)
    return (lead + _with_s(last),)


def _regular_past(lemma: str, stems: Sequence[str]) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if _ends_in_y(lemma):
        return _y_to_i(lemma) + "ed"
    return " ".join(stem + "ed" for stem in stems)


def _stems(lemma: str) -> tuple[str, ...]:
    """Return what ``-ing`` is added to: a mute "e" falls, a stressed short syllable doubles its end."""
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return (lemma[:-1],)
    if _doubles(lemma):
        return (lemma + lemma[-1],)
    if len(lemma) > 4 and lemma[-1] == "l" and lemma[-2] in VOWELS and lemma[-3] not in VOWELS:
        return (lemma, lemma + "l")  # "traveling" in America, "travelling" in Britain
    return (lemma + "k" if lemma.endswith("ic") else lemma,)


def _doubles(word: str) -> bool:
    """Say whether the last consonant doubles: one short syllable, consonant-vowel-consonant."""
    if word in STRESSED_LAST:
        return True
    short = len(word) >= 3 and word[-1] not in VOWELS + "wxy" and word[-2] in VOWELS
    return short and word[-3] not in VOWELS and sum(letter in VOWELS for letter in word) == 1


def _ends_in_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in VOWELS


def _y_to_i(word: str) -> str:
    return word[:-1] + "i"


def _with_s(word: str) -> str:
    """Return the third person of a verb, which for most nouns is the plural."""
    if _ends_in_y(word):
        return _y_to_i(word) + "es"
    return word + "es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else word + "s"
