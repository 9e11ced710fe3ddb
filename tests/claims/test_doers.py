"""Which parties a sentence makes doers, and what it makes them do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.claims.doers import Party, find_parties
from cairn.claims.view import sentence_views
from cairn.lexicon import Lexicon
from cairn.records import Reading
from tables import Row, rows

ReadMarks = Callable[..., Reading]
WORDS = [
    "the",
    "army",
    "Tarn",
    "rebels",
    "'s",
    "jets",
    "killed",
    "shelled",
    "by",
    "of",
    "with",
    "and",
    "a",
    "-",
]
WORDS += [
    "who",
    "clashes",
    "accused",
    "two",
    "porters",
    "group",
    "police",
    "arrested",
    ",",
    ".",
    "regimes",
    "bomb",
]


def told(text: str, lexicon: Lexicon, reading_of: ReadMarks) -> list[Party]:
    return [party for view in sentence_views(reading_of(text)) for party in find_parties(view, lexicon)]


def acting(text: str, lexicon: Lexicon, reading_of: ReadMarks) -> set[str]:
    """Return the words of the parties that are said to harm or attack."""
    return {
        party.span.words(text)
        for party in told(text, lexicon, reading_of)
        if party.role != "told" and not party.role.endswith("-of-other")
    }


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Rebels fired rockets at Tarn, killing three porters.", "Rebels"),
        ("Three porters were killed by army shelling in Tarn.", "army"),
        ("Three porters were killed in an attack carried out by militants.", "militants"),
        ("Three porters died in US air strikes on Tarn.", "US"),
        ("Coalition strikes killed three porters.", "Coalition"),
        ("Three porters were killed in clashes with the rebels.", "rebels"),
        ("A helicopter of the army dropped barrel bombs on Tarn.", "army"),
        ("The regimes helicopter dropped a bomb on Tarn.", "regime"),
        ("Gunmen who shot dead two porters fled.", "Gunmen"),
        ("Masked gunmen took away two porters.", "Masked gunmen"),
        ("A court convicted Jon Veld of killing two porters.", "Jon Veld"),
        ("Jon Veld was charged with the murder of two porters.", "Jon Veld"),
        ("Police in Tarn arrested two porters.", "Police"),
        ("Two porters were detained by the State Security Service.", "State Security Service"),
        ("The government blamed rebels for the attack on Tarn.", "rebels"),
        ("Units of the army killed three porters.", "Units of the army"),
    ],
)
def test_a_doer_is_found(text: str, doer: str, lexicon: Lexicon, reading_of: ReadMarks) -> None:
    assert doer in acting(text, lexicon, reading_of)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Syria air strikes killed three porters.", "Syria"),
        ("Heavy shelling killed three porters.", "Heavy"),
        ("A military operation killed three porters.", "military"),
        ("The observatory counted three porters killed.", "observatory"),
        ("Three porters died in Tarn.", "porters"),
        ("Air raids hit an area that is run by the rebels.", "rebels"),
    ],
)
def test_who_does_nothing_is_no_doer(text: str, other: str, lexicon: Lexicon, reading_of: ReadMarks) -> None:
    assert other not in acting(text, lexicon, reading_of)


@pytest.mark.parametrize("row", rows("doers"), ids=lambda row: row["text"])
def test_doers_of_the_case_table(row: Row, lexicon: Lexicon, reading_of: ReadMarks) -> None:
    found = acting(row["text"], lexicon, reading_of)
    assert not row["doers"] or row["doers"] in found
    assert not row["others"] or row["others"] not in found


def test_both_sides_are_read_alike(lexicon: Lexicon, reading_of: ReadMarks) -> None:
    frame = "{} fired rockets at Tarn, killing three porters."
    roles = {
        side: {party.role for party in told(frame.format(side), lexicon, reading_of) if party.act}
        for side in ("Rebels", "Soldiers", "Militants", "Troops")
    }
    assert len({frozenset(found) for found in roles.values()}) == 1


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
def test_parties_stand_in_the_text(words: list[str], lexicon: Lexicon, reading_of: ReadMarks) -> None:
    text = " ".join(words)
    for party in told(text, lexicon, reading_of):
        assert party.span.words(text).strip() == party.span.words(text)
        assert party.act is None or party.act.end <= len(text)
