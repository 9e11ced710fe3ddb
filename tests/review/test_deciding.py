"""What a person does becomes one signed decision; what others did meanwhile is never passed over."""

from __future__ import annotations

import json
import re

import pytest

from cairn.ledger import Asked, as_of, list_claims, verify
from cairn.records import Ruling
from cairn.review import Role
from review.desk import TEXT, Desk

HOSTILE = "<img src=x onerror=alert(1)>\"'&{{7*191}}"
COUNT = {"low": None, "high": None, "approx": False, "fraction": None}
NURSES = {"text": "nurses", "groups": ["medical", "woman"]}


def post(desk: Desk, what: str, role: Role = Role.REVIEWER, claim: int = 0, query: str = "", **fields):
    fields = {"seen": "none"} | fields
    return desk.browser(role).post(f"/claims/{desk.ids()[claim]}/{what}{query}", data=fields)


def shown(desk: Desk, claim: int = 0, query: str = "", role: Role = Role.REVIEWER) -> str:
    return desk.browser(role).get(f"/claims/{desk.ids()[claim]}{query}").text


def test_accepting_is_one_decision_and_leads_to_the_next_claim(desk: Desk) -> None:
    ids = desk.ids()
    answer = post(desk, "confirm")
    (made,) = desk.decisions()
    assert (made.ruling, made.who, made.subjects) == (Ruling.CONFIRM, "reviewer", (ids[0],))
    assert answer.headers["location"] == f"/claims/{ids[1]}?did={made.id}"
    page = desk.browser().get(answer.headers["location"]).text
    assert "confirmed it" in page
    assert f"/decisions/{made.id}/undo" in page
    assert verify(desk.ledger).faults == ()


def test_the_last_claim_of_a_list_leads_to_the_inbox(desk: Desk) -> None:
    claim = desk.ids(3)[-1]
    answer = desk.browser().post(f"/claims/{claim}/confirm", data={"seen": "none"})
    assert answer.headers["location"].startswith("/?did=")


def test_the_list_that_a_claim_is_read_from_is_kept(desk: Desk) -> None:
    answer = post(desk, "confirm", query="?document=wire-1&order=consequence")
    assert "document=wire-1&order=consequence" in answer.headers["location"]


def test_rejecting_takes_the_claim_off_the_lists_and_undo_brings_it_back(desk: Desk) -> None:
    claim = desk.ids()[0]
    post(desk, "reject", why="a headline")
    with as_of(desk.ledger, None) as state:
        assert claim not in {row["id"] for row in list_claims(state, Asked())}
    (made,) = desk.decisions()
    answer = desk.browser().post(f"/decisions/{made.id}/undo", data={})
    assert answer.headers["location"] == f"/claims/{claim}"
    assert [each.ruling for each in desk.decisions()] == [Ruling.REJECT, Ruling.WITHDRAW]
    with as_of(desk.ledger, None) as state:
        assert claim in {row["id"] for row in list_claims(state, Asked())}
    assert desk.claims()[0].approval.settled is None


def test_undo_twice_takes_back_once(desk: Desk) -> None:
    post(desk, "confirm")
    (made,) = desk.decisions()
    for _ in range(2):
        desk.browser().post(f"/decisions/{made.id}/undo", data={})
    assert len(desk.decisions()) == 2


@pytest.mark.parametrize(
    ("slot", "fields", "value"),
    [
        ("count", {"low": "1,400", "high": "", "approx": "yes"}, COUNT | {"low": 1400, "approx": True}),
        ("count", {"low": "0", "high": "0"}, COUNT | {"low": 0, "high": 0}),
        ("harm", {"choice": "injured"}, "injured"),
        ("victims", NURSES, NURSES),
        ("perpetrator", {"text": ""}, None),
        ("means", {"choice": ""}, None),
        ("target", {"text": "clinic", "kind": "health"}, {"text": "clinic", "kind": "health"}),
        ("time", {"start": "2026-01-31", "end": ""}, {"start": "2026-01-31", "end": "2026-01-31"}),
        ("sources", {"text": "a nurse\n\nAFP\n"}, ["a nurse", "AFP"]),
        ("status", {"choice": "feared"}, "feared"),
        ("scope", {"choice": "tally"}, "tally"),
        ("part_of", {"text": ""}, None),
    ],
)  # fmt: skip
def test_each_slot_is_corrected_by_its_boxes(desk: Desk, slot: str, fields: dict, value: object) -> None:
    page = shown(desk, query=f"?slot={slot}")
    assert all(f'name="{name}"' in page for name in fields)
    answer = post(desk, "correct", Role.RECORDER, slot=slot, **fields)
    assert answer.status_code == 303
    (made,) = desk.decisions()
    assert (made.ruling, made.slot, json.loads(made.value or "")) == (Ruling.CORRECT, slot, value)
    assert slot in desk.claims()[0].ruled.corrected
    assert "corrected" in shown(desk)


def test_a_place_that_is_renamed_keeps_no_coordinates_of_another(desk: Desk) -> None:
    post(desk, "correct", slot="place", text="Old Orvale", country="sy")
    place = desk.claims()[0].ruled.record.place
    assert (place.name, place.country, place.latitude, place.geonames_id) == ("Old Orvale", "SY", None, None)


@pytest.mark.parametrize(
    ("slot", "fields"),
    [
        ("count", {"low": "many"}),
        ("count", {"low": "9", "high": "3"}),
        ("count", {"low": "", "high": ""}),
        ("count", {"low": "9" * 40}),
        ("harm", {"choice": "hurt"}),
        ("time", {"start": "2026-02-30"}),
        ("time", {"start": "2026-02-03", "end": "2026-02-01"}),
        ("victims", {"text": ""}),
        ("anchor", {"text": "x"}),
        ("place", {"text": "Orvale", "country": "S"}),
    ],
)
def test_a_value_that_a_slot_cannot_have_is_told_and_not_recorded(
    desk: Desk, slot: str, fields: dict
) -> None:
    answer = post(desk, "correct", slot=slot, **fields)
    assert answer.status_code == 422
    assert "Nothing was recorded" in answer.text
    assert desk.decisions() == []


def test_words_that_were_selected_fill_the_box_and_are_kept_with_the_correction(desk: Desk) -> None:
    start = TEXT.index("Activists")
    query = f"?slot=sources&start={start}&end={start + len('Activists ')}"
    assert ">Activists</textarea>" in shown(desk, query=query)
    post(
        desk, "correct", slot="sources", text="Activists", start=str(start), end=str(start + 9), why="told so"
    )
    (made,) = desk.decisions()
    assert made.why == f"read from “Activists” ({start}–{start + 9}). told so"


def test_a_second_correction_of_a_slot_takes_the_place_of_the_first(desk: Desk) -> None:
    post(desk, "correct", slot="harm", choice="injured")
    post(desk, "correct", Role.RECORDER, slot="harm", choice="missing", seen=desk.decisions()[-1].id)
    assert [(each.who, each.value) for each in desk.standing()] == [("recorder", '"missing"')]
    assert desk.decisions()[1].supersedes == desk.decisions()[0].id


def test_who_decides_on_a_page_that_is_out_of_date_is_shown_what_came_meanwhile(desk: Desk) -> None:
    post(desk, "correct", Role.RECORDER, slot="harm", choice="injured", why="the text says hurt")
    answer = post(desk, "confirm")
    assert answer.status_code == 409
    assert "the text says hurt" in answer.text
    assert len(desk.decisions()) == 1
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', answer.text.rsplit("<form", 1)[1]))
    assert post(desk, "confirm", **fields).status_code == 303
    assert [each.who for each in desk.decisions()] == ["recorder", "reviewer"]


def test_somebody_who_decides_again_meanwhile_is_shown_once_more(desk: Desk) -> None:
    post(desk, "note", Role.RECORDER, why="first")
    seen = desk.decisions()[-1].id
    post(desk, "note", Role.RECORDER, why="second", seen=seen)
    answer = post(desk, "reject", seen=seen)
    assert answer.status_code == 409
    assert ("second" in answer.text, "first" in answer.text) == (True, False)


def test_a_form_that_is_sent_twice_decides_once(desk: Desk) -> None:
    first, second = post(desk, "confirm"), post(desk, "confirm")
    assert first.headers["location"] == second.headers["location"]
    assert len(desk.decisions()) == 1


def test_a_correction_after_a_confirmation_makes_the_claim_wait_again(desk: Desk) -> None:
    post(desk, "confirm")
    assert desk.claims()[0].approval.confirmed
    post(desk, "correct", Role.RECORDER, slot="harm", choice="injured", seen=desk.decisions()[-1].id)
    assert desk.claims()[0].approval.settled is None
    made = desk.decisions()[-1]
    desk.browser().post(f"/decisions/{made.id}/undo", data={})
    assert desk.claims()[0].approval.settled is None  # it is not as it was when somebody confirmed it


def test_two_people_may_both_confirm_and_a_rejection_takes_the_place_of_a_confirmation(desk: Desk) -> None:
    post(desk, "confirm")
    post(desk, "confirm", Role.ADMIN, seen=desk.decisions()[-1].id)
    assert [each.who for each in desk.standing()] == ["reviewer", "admin"]
    post(desk, "reject", seen=desk.decisions()[-1].id)
    assert [(each.who, each.ruling) for each in desk.standing()] == [("reviewer", Ruling.REJECT)]


def test_a_recorder_takes_back_only_what_is_its_own(desk: Desk) -> None:
    post(desk, "note", why="mine")
    post(desk, "note", Role.RECORDER, why="yours", seen=desk.decisions()[-1].id)
    mine, yours = desk.decisions()
    browser = desk.browser(Role.RECORDER)
    assert browser.post(f"/decisions/{mine.id}/undo", data={}).status_code == 403
    assert browser.post(f"/decisions/{yours.id}/undo", data={}).status_code == 303
    assert [each.why for each in desk.standing()] == ["mine"]


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("note", {"why": HOSTILE}),
        ("correct", {"slot": "perpetrator", "text": HOSTILE}),
        ("correct", {"slot": "victims", "text": HOSTILE}),
        ("correct", {"slot": "sources", "text": HOSTILE}),
        ("correct", {"slot": "place", "text": HOSTILE}),
        ("correct", {"slot": "target", "text": HOSTILE}),
        ("correct", {"slot": "part_of", "text": HOSTILE}),
    ],
)
def test_nothing_that_is_typed_becomes_markup(desk: Desk, what: str, fields: dict[str, str]) -> None:
    assert post(desk, what, **fields).status_code == 303
    made = desk.decisions()[-1]
    for path in (f"/claims/{desk.ids()[0]}?did={made.id}", "/", "/incidents", f"/?did={made.id}"):
        page = desk.browser().get(path).text
        assert "<img src=x" not in page
        assert "1337" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown(desk)


@pytest.mark.parametrize(
    "query", ["?place=%3Cb%3E", "?did=%3Cb%3E", "?slot=%3Cb%3E", "?start=%3Cb%3E&end=-1"]
)
def test_nothing_in_an_address_becomes_markup(desk: Desk, query: str) -> None:
    assert "<b>" not in shown(desk, query=query).split("what people decided")[0].split("reasons")[0]


def test_a_claim_that_is_not_there_is_told_plainly(desk: Desk) -> None:
    assert desk.browser().get("/claims/clm-0").status_code == 404
    assert desk.browser().get(f"/documents/{10**30}").status_code == 404
    assert desk.browser().get("/documents/0").status_code == 404
