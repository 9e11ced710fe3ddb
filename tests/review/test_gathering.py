"""One incident: who says what of it, and joining and parting it, which can be undone."""

from __future__ import annotations

import pytest

from cairn.ledger import as_of, list_conflicts
from cairn.records import Ruling
from cairn.review import Role
from review.desk import Desk


def incident(desk: Desk, number: int = 1) -> str:
    return desk.claims(number)[0].incident


def part(desk: Desk, number: int = 1):
    claim = desk.ids(number)[0]
    return desk.browser().post(
        f"/incidents/{incident(desk, number)}/part", data={"claim": claim, "why": "other day"}
    )


def undo(desk: Desk, decision: str):
    return desk.browser().post(f"/decisions/{decision}/undo", data={})


def together(desk: Desk, *numbers: int) -> bool:
    return len({incident(desk, number) for number in numbers}) == 1


def test_the_page_shows_who_says_what_ranges_quotes_and_links(desk: Desk) -> None:
    assert together(desk, 1, 2, 3)
    page = desk.browser().get(f"/incidents/{incident(desk)}").text
    for told in (
        "who says what",
        "Under each policy",
        "in its words",
        "What holds it together",
        "<b>At least 14 patients</b>",
    ):
        assert told in page
    assert f'src="/incidents/{incident(desk)}/killed.svg"' in page
    chart = desk.browser().get(f"/incidents/{incident(desk)}/killed.svg")
    assert chart.headers["content-type"].startswith("image/svg+xml")
    assert "<script" not in chart.text


def test_a_report_is_parted_from_all_others_at_one_go_and_comes_back_at_one_go(desk: Desk) -> None:
    answer = part(desk)
    assert answer.status_code == 303
    assert not together(desk, 1, 2)
    assert together(desk, 2, 3)
    made = [each for each in desk.decisions() if each.ruling is Ruling.DIFFERENT_INCIDENT]
    assert len(made) == 2
    page = desk.browser().get(answer.headers["location"]).text
    assert "different incident" in page
    undo(desk, made[0].id)
    assert together(desk, 1, 2, 3)
    assert desk.standing() == []


def test_what_was_parted_can_be_joined_and_no_contradiction_is_left(desk: Desk) -> None:
    part(desk)
    answer = desk.browser().post(f"/incidents/{incident(desk, 1)}/join", data={"other": incident(desk, 2)})
    assert answer.status_code == 303
    assert together(desk, 1, 2, 3)
    assert [each.ruling for each in desk.standing()] == [Ruling.SAME_INCIDENT]
    with as_of(desk.ledger, None) as state:
        assert list(list_conflicts(state)) == []
    part(desk)
    assert not together(desk, 1, 2)
    with as_of(desk.ledger, None) as state:
        assert list(list_conflicts(state)) == []


def test_an_old_name_leads_to_the_incident_that_it_was_joined_with(desk: Desk) -> None:
    part(desk)
    old = {incident(desk, 1), incident(desk, 2)}
    desk.browser().post(f"/incidents/{incident(desk, 1)}/join", data={"other": incident(desk, 2)})
    (gone,) = old - {incident(desk)}
    answer = desk.browser().get(f"/incidents/{gone}")
    assert answer.headers["location"] == f"/incidents/{incident(desk)}"


@pytest.mark.parametrize("other", ["", "inc-0", "<b>"])
def test_what_cannot_be_joined_is_told(desk: Desk, other: str) -> None:
    answer = desk.browser().post(f"/incidents/{incident(desk)}/join", data={"other": other})
    assert answer.status_code in (404, 422)
    assert "<b>" not in answer.text


def test_an_incident_is_not_joined_with_itself(desk: Desk) -> None:
    answer = desk.browser().post(f"/incidents/{incident(desk)}/join", data={"other": incident(desk)})
    assert answer.status_code == 422
    assert desk.decisions() == []


def test_a_reader_is_offered_nothing_to_press(desk: Desk) -> None:
    page = desk.browser(Role.READER).get(f"/incidents/{incident(desk)}").text
    assert "Join and part" not in page
    page = desk.browser(Role.READER).get(f"/claims/{desk.ids()[0]}").text
    assert 'method="post" action="/claims' not in page
