"""A ceasefire is followed by what is told before and after it, each attack under who accuses whom of it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cairn.estimates import follow_ceasefire, point_of
from cairn.exports import ceasefire_json, ceasefire_view
from cairn.records import (
    Document,
    Event,
    EventStatus,
    EventType,
    Followed,
    Participant,
    Period,
    Span,
    Step,
    Toll,
)

DAY = dt.date(2021, 3, 8)
TRUCES = ("ceasefire", "truce")
NORTH = Participant(slot="actor", name="the north's army", party="n-army", known_as="Army of the North")
SOUTH = Participant(slot="actor", name="southern rebels", party="s-front", known_as="Southern Front")


def told(
    kind: EventType,
    text: str,
    word: str,
    after: int = 0,
    *participants: Participant,
    dated: bool = True,
    **slots: object,
) -> tuple[Event, Document]:
    """Return an event, so many days after the ceasefire, with its report of the next day."""
    day = DAY + dt.timedelta(days=after)
    start = text.index(word)
    document = Document(
        id=f"{kind}-{after}-{text}", text=text, published=day + dt.timedelta(days=dated), outlet="Daily"
    )
    event = Event(
        id=f"evt-{document.id}",
        document_id=document.id,
        trigger=Span(start, start + len(word)),
        type=kind,
        time=Period(start=day, end=day) if dated else None,
        participants=participants,
        **slots,  # type: ignore[arg-type]
    )
    return event, document


BEGIN = told(EventType.CONCEDE, "The north declared a ceasefire.", "declared", 0, NORTH)


def follow(*around: tuple[Event, Document], days: int = 14) -> Followed:
    found = follow_ceasefire(BEGIN, around, {DAY: 3}, TRUCES, days)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "text", "word", "step"),
    [
        (EventType.SUPPORT, "Both signed a truce in Tarn.", "signed", Step.AGREED),
        (EventType.REQUEST, "The union urged both to keep the ceasefire.", "urged", Step.ASKED),
        (EventType.REJECT, "It rejected the truce.", "rejected", Step.REFUSED),
        (EventType.CONSULT, "Envoys met in Tarn.", "met", Step.TALKS),
        (EventType.ASSAULT, "Rebels attacked Tarn.", "attacked", Step.ATTACK),
        (EventType.ACCUSE, "It accused the north of breaking the truce.", "accused", Step.ACCUSED),
        (EventType.REQUEST, "It asked for aid. A truce holds.", "asked", None),
        (EventType.AID, "Under the truce trucks brought flour.", "brought", None),
    ],
)
def test_what_an_event_is_to_a_ceasefire(kind: EventType, text: str, word: str, step: Step | None) -> None:
    point = point_of(*told(kind, text, word), TRUCES)
    assert (point.step if point else None) is step


def test_attacks_are_counted_before_and_after_by_accused_and_speaker() -> None:
    attacks = [
        told(EventType.ASSAULT, "Rebels shelled Tarn.", "shelled", -2, SOUTH, speakers=("North",)),
        told(EventType.ASSAULT, "They shelled it again.", "shelled", 1, SOUTH, speakers=("North",)),
        told(
            EventType.ASSAULT, "The truce was broken by shelling.", "shelling", 2, SOUTH, speakers=("North",)
        ),
        told(EventType.ASSAULT, "The army bombed a road.", "bombed", 2, NORTH),
        told(EventType.ASSAULT, "A road was bombed.", "bombed", 3),
    ]
    rows = {(row.accused, row.speaker): row for row in follow(*attacks).reported}
    south = rows["Southern Front", "North"]
    assert (south.before, south.after, south.breaches, south.bound) == (1, 2, 1, False)
    assert rows["Army of the North", "Daily"].bound
    assert rows["nobody named", "Daily"].after == 1


@pytest.mark.parametrize("status", [EventStatus.PLANNED, EventStatus.DENIED, EventStatus.HYPOTHETICAL])
def test_an_attack_that_is_not_told_as_done_is_not_counted(status: EventStatus) -> None:
    assert not follow(told(EventType.ASSAULT, "It may attack.", "attack", 1, SOUTH, status=status)).reported


def test_an_event_without_a_day_stands_at_its_publication() -> None:
    point = point_of(*told(EventType.ASSAULT, "Rebels attacked Tarn.", "attacked", 4, dated=False), TRUCES)
    assert point is not None
    assert (point.dated, point.day) == (False, DAY + dt.timedelta(days=4))


@given(days=st.integers(1, 40), after=st.lists(st.integers(-60, 60), max_size=12, unique=True))
def test_every_attack_of_the_window_is_counted_once_and_no_other(days: int, after: list[int]) -> None:
    attacks = [told(EventType.ASSAULT, f"Attack {each}.", "Attack", each, SOUTH) for each in after]
    found = follow(*attacks, days=days)
    inside = [each for each in after if -days <= each < days]
    assert sum(row.before for row in found.reported) == sum(each < 0 for each in inside)
    assert sum(row.after for row in found.reported) == sum(each >= 0 for each in inside)
    assert [each.day for each in found.line] == sorted(each.day for each in found.line)


@pytest.mark.parametrize("width", [80, 150])
def test_it_is_shown_with_its_coverage_and_without_a_verdict(width: int) -> None:
    attack = told(EventType.ASSAULT, "Rebels broke the truce and shelled Tarn.", "shelled", 1, SOUTH)
    stream = io.StringIO()
    tolls = {DAY + dt.timedelta(days=1): Toll(incidents=2, low=3, high=None)}
    Console(file=stream, width=width).print(ceasefire_view(follow(attack), tolls))
    shown = " ".join(stream.getvalue().split())
    for words in ("▶ 8 Mar 2021", "none read", "≥ 3", "Southern Front", "nothing here says who broke"):
        assert words in shown
    assert "14 days before: 0 reports read, of 0 of these days" in shown
    assert "14 days from then on: 3 reports read, of 1 of these days" in shown


def test_the_json_has_every_row() -> None:
    attack = told(EventType.ASSAULT, "Rebels shelled Tarn.", "shelled", 1, SOUTH)
    found = ceasefire_json(follow(attack), {})
    assert found["attacks"] == [
        {
            "accused": "Southern Front",
            "bound": False,
            "speaker": "Daily",
            "documents_before": 0,
            "documents_after": 1,
            "called_breach": 0,
        }
    ]
    assert [each["step"] for each in found["line"]] == ["declared", "attack"]
    assert found["coverage"]["after"] == {"documents": 3, "days_with_any": 1, "days": 14}
