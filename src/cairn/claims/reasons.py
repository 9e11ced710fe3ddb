"""One line on how each slot was read, for a person who checks it: the words, their sentence, what they did.

"“Thursday”, sentence 2: in the same sentence; the latest such weekday not after publication".
"""

from __future__ import annotations

from typing import Any

from cairn.claims.bind import Binding
from cairn.claims.choose import Choice
from cairn.claims.view import sentence_number
from cairn.lexicon import Lexicon, word_reason
from cairn.records import Group, Persons, PersonsKind, Reading, Scope, Span

LONGEST = 40
"""Characters of a quoted stretch; the evidence shows all of it."""
TOLD = 3
"""Signs told of a choice, the weightiest first: more than a line holds nobody reads."""
KINDS = {
    PersonsKind.COUNTED: "a number and its noun",
    PersonsKind.ELLIPTIC: "a number whose noun is left out",
    PersonsKind.SINGLE: "one person, not told before",
    PersonsKind.DEFINITE: "one known person",
    PersonsKind.NAMED: "a person’s name",
}


def told_at(span: Span, reading: Reading) -> str:
    """Return the words of a stretch and the number of its sentence, from 1."""
    words = " ".join(span.words(reading.document.text).split())
    if len(words) > LONGEST:
        words = words[: LONGEST - 1].rstrip() + "…"
    return f"“{words}”, sentence {sentence_number(reading, span) + 1}"


def choice_reason(span: Span, choice: Choice[Any], reading: Reading, lexicon: Lexicon, *more: str) -> str:
    """Return where the words of a choice stand and what spoke for it.

    Args:
        span: the words.
        choice: the option that won.
        reading: the report.
        lexicon: with words for the features.
        more: what else is to be told, such as how a date was worked out; empty ones are left out.
    """
    signs = word_reason(choice.reason, lexicon.reasons, TOLD)
    told = "; ".join(filter(None, (signs, *more))) or "likelier than all else that is told"
    return f"{told_at(span, reading)}: {told}"


def count_reason(persons: Persons) -> str:
    """Return how a figure is told."""
    told = [KINDS[persons.kind]]
    if persons.count.is_zero:
        told.append("nobody")
    elif persons.count.fraction is None:
        if persons.count.high is None:
            told.append("no upper bound")
        if persons.count.low is None:
            told.append("no lower bound")
    if persons.count.approx:
        told.append("vague")
    return "; ".join(told)


def harm_reason(binding: Binding, reading: Reading) -> str:
    """Return how figure and harm were joined, with the sentence where the harm stands."""
    parts = binding.cue.value.parts
    where = f", sentence {sentence_number(reading, parts[0]) + 1}" if parts else ""
    return binding.reason + where


def victims_reason(groups: tuple[Group, ...]) -> str:
    """Return what is understood of the figure's noun."""
    told = [group.replace("_", " ") for group in groups if group is not Group.UNSPECIFIED]
    return "noun of the figure: " + (", ".join(told) if told else "it tells no group")


def scope_reason(choice: Choice[Scope], lexicon: Lexicon) -> str:
    """Return why a figure is one attack's or a sum."""
    if choice.value is not Scope.TALLY:
        return "too little speaks for a sum over several attacks"
    signs = word_reason(choice.reason, lexicon.reasons, TOLD)
    return "a sum over several attacks" + (f": {signs}" if signs else "")


def part_reason(whole: Binding, reading: Reading) -> str:
    """Return the figure that includes this one."""
    return f"part of {told_at(whole.persons.span, reading)}"
