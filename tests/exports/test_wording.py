import csv
import datetime as dt
from pathlib import Path

import pytest

from cairn.exports import wording
from cairn.records import Count, Group, Harm, Means, Period, Place, Scope, Status
from exports.factory import claim, victims

CASES = Path(__file__).parents[1] / "cases"


def rows(name):
    with (CASES / name).open(encoding="utf-8", newline="") as lines:
        return [pytest.param(row, id=row["note"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize("row", rows("figures.csv"))
def test_figures_show_their_bounds(row):
    count = Count(
        low=int(row["low"]) if row["low"] else None,
        high=int(row["high"]) if row["high"] else None,
        approx=row["approx"] == "true",
        fraction=float(row["fraction"]) if row["fraction"] else None,
    )
    assert wording.figure(count) == row["figure"]
    assert wording.spoken_figure(count) == row["spoken"]


@pytest.mark.parametrize("row", rows("days.csv"))
def test_days_read_as_people_write_them(row):
    period = Period(start=dt.date.fromisoformat(row["start"]), end=dt.date.fromisoformat(row["end"]))
    assert wording.when(period) == row["shown"]


def test_the_reports_own_voice_is_named_as_such():
    assert wording.voices(claim()) == ("(the report)",)
    assert wording.voices(claim(speakers=("a", "b"))) == ("a", "b")


def test_undivided_casualties_are_never_worded_as_deaths():
    assert wording.HARMS[Harm.CASUALTIES] == "killed or injured"


def test_every_code_has_words_without_underscores():
    words = [*wording.HARMS.values(), *wording.MEANS.values(), *wording.GROUPS.values()]
    assert len(words) == len(Harm) + len(Means) + len(Group)
    assert not [word for word in words if "_" in word]


def test_notes_name_what_keeps_a_figure_from_a_plain_assertion():
    assert wording.notes(claim()) == ()
    assert wording.notes(claim(status=Status.FEARED, scope=Scope.TALLY)) == ("feared", "tally")


def test_unspecified_victims_have_no_groups_to_show():
    assert wording.groups(claim()) == ()
    assert wording.groups(claim(victims=victims("x", Group.AID_WORKER))) == ("aid worker",)


def test_a_place_shows_its_country_once():
    assert wording.where(Place(name="Velmar", country="ZZ")) == "Velmar, ZZ"
    assert wording.where(Place(name="Velmar")) == "Velmar"
    assert wording.where(Place(name="ZZ", country="ZZ")) == "ZZ"
