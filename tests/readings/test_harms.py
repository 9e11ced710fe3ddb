"""Who was harmed and how: every text of the table, and nothing that is no claim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cairn.records import Claim, Harm, Reading, Role, Voice
from tables import Row, bare, by_text, number

ReadClaims = Callable[[str], tuple[Claim, ...]]
Mark = Callable[[str], Reading]


@pytest.mark.parametrize(("text", "expected"), by_text("harms"))
def test_the_text_claims_these_harms_and_no_others(
    text: str, expected: list[Row], claims_of: ReadClaims
) -> None:
    forms = {form: row["anchor"] for row in expected for form in map(bare, row["anchor"].split("|"))}
    wanted = {
        (row["anchor"], row["harm"], number(row["low"]), number(row["high"]))
        for row in expected
        if row["anchor"]
    }
    found = set()
    for claim in claims_of(text):
        words = bare(claim.anchor.words(text))
        found.add((forms.get(words, words), claim.harm.value, claim.count.low, claim.count.high))
    assert found == wanted


def cue(reading: Reading, words: str) -> tuple[Harm, Role, Voice | None]:
    text = reading.document.text
    [value] = [m.value for m in reading.cues if m.span.words(text) == words]
    return value.harm, value.role, value.voice


@pytest.mark.parametrize(
    ("text", "words", "harm", "role", "voice"),
    [
        ("Bombs killed two men.", "killed", Harm.KILLED, Role.OBJECT, Voice.REDUCED),
        ("Bombs kill two men.", "kill", Harm.KILLED, Role.OBJECT, Voice.ACTIVE),
        ("Two men were killed.", "killed", Harm.KILLED, Role.OBJECT, Voice.PASSIVE),
        ("Bombs have killed two men.", "killed", Harm.KILLED, Role.OBJECT, Voice.ACTIVE),
        ("Two men died.", "died", Harm.KILLED, Role.SUBJECT, None),
        ("Two men were missing.", "missing", Harm.MISSING, Role.PREDICATE, None),
        ("The death of two men was told.", "death", Harm.KILLED, Role.OF, None),
    ],
)
def test_a_cue_knows_where_the_harmed_stand(
    text: str, words: str, harm: Harm, role: Role, voice: Voice | None, reading_of: Mark
) -> None:
    assert cue(reading_of(text), words) == (harm, role, voice)


def test_the_harmed_may_stand_inside_a_cue(reading_of: Mark) -> None:
    text = "Rebels took four surveyors hostage."
    [mention] = [m for m in reading_of(text).cues if m.value.harm is Harm.ABDUCTED]
    assert [part.words(text) for part in mention.value.parts] == ["took", "hostage"]
