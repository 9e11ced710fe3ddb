"""The view for everybody: what is not public does not come out by any page, answer or question."""

from __future__ import annotations

from dataclasses import replace

import fastapi.routing
import pytest

from cairn.ledger import Read, append_readings
from cairn.records import EventStatus, EventType, Ruling, decide
from cairn.review import ACCESS, PUBLIC_ACCESS, make_public_app
from ledger.made import RUN, attack, document, meeting, named
from review.desk import PASSWORD, TEXT, Desk

PAGES = (
    "/",
    "/incidents",
    "/map",
    "/map.json",
    "/timeline",
    "/api/v1",
    "/api/v1/claims",
    "/api/v1/incidents",
)
SECRETS = ("Dara Veldt", "reviewer-in-secret", "36.12", "we looked at it", "Activists in Orvale spoke")
"""A victim, a reviewer, a coordinate, a reason and a text."""


@pytest.fixture
def shown(desk: Desk) -> Desk:
    """Make the first report's figure and its named victim public, but not its third claim."""
    own, named, _ = desk.ids()
    say = {"who": "reviewer-in-secret", "at": desk.clock(), "why": "we looked at it"}
    desk.decide(
        *(decide(Ruling.CONFIRM, each, **say) for each in (own, named)),
        *(decide(Ruling.RESTRICT, each, value="public", **say) for each in (own, named)),
    )
    return desk


def seen(desk: Desk) -> str:
    incident = desk.claims()[0].incident
    return "\n".join(desk.everybody().get(path).text for path in (*PAGES, f"/incidents/{incident}"))


def test_nothing_is_public_until_somebody_made_it_so(desk: Desk) -> None:
    everything = seen(desk)
    assert "Orvale" not in everything
    assert "Nothing is public of such an incident" in everything


def test_a_public_claim_is_shown_without_names_reviewers_texts_and_exact_places(shown: Desk) -> None:
    everything = seen(shown)
    assert "At least 14 patients" in everything
    assert "a name, not public" in everything
    assert [each for each in SECRETS if each in everything] == []
    assert "19 dead" not in everything
    (spot,) = shown.everybody().get("/map.json").json()["features"]
    assert spot["geometry"]["coordinates"] == [37.1, 36.1]
    assert spot["properties"]["radius_km"] > 2.5 + 5


def test_figures_of_an_incident_come_from_its_public_claims_alone(shown: Desk) -> None:
    (incident,) = shown.everybody().get("/api/v1/incidents").json()["incidents"]
    assert (incident["killed_low"], incident["killed_high"], incident["claims"]) == (14, 14, 2)


def test_the_timeline_shows_events_that_are_public_without_words_victims_and_a_way_to_the_report(
    shown: Desk,
) -> None:
    of, slots = document("wire-3", TEXT), {"status": EventStatus.ACTUAL, "speakers": ("mediator",)}
    talks, silence = (
        replace(meeting(of), **slots),
        attack(of, type=EventType.RETREAT, mode="ceasefire", recipient="Dara Veldt", **slots),
    )
    read = Read(document=of, claims=[named(of)], run=RUN, events=[talks, silence])
    list(append_readings(shown.ledger, [read], shown.clock))
    shown.decide()
    assert "according to mediator" not in shown.everybody().get("/timeline").text
    shown.decide(decide(Ruling.RESTRICT, talks.id, value="public", who="x", at=shown.clock()))
    page = shown.everybody().get("/timeline").text
    assert "ministry: consult (visit), 1 Feb 2026, according to mediator" in page
    assert "ceasefire)" not in page
    assert "/documents/" not in page
    assert [each for each in SECRETS if each in page] == []


def test_a_place_that_is_restricted_is_found_by_no_question(shown: Desk) -> None:
    claims = shown.ids()[:2]
    shown.decide(
        *(
            decide(Ruling.RESTRICT, each, slot="place", value="restricted", who="x", at=shown.clock())
            for each in claims
        )
    )
    everybody = shown.everybody()
    assert len(everybody.get("/api/v1/claims").json()["claims"]) == 2
    for question in ("place=Orvale", "box=30,30,40,40"):
        assert everybody.get(f"/api/v1/claims?{question}").json()["claims"] == []
        assert everybody.get(f"/api/v1/incidents?{question}").json()["incidents"] == []
    assert everybody.get("/map.json").json()["features"] == []
    assert "Orvale" not in seen(shown)


def test_no_box_tells_more_of_a_place_than_a_tenth_of_a_degree(shown: Desk) -> None:
    def found(box: str) -> int:
        return len(shown.everybody().get(f"/api/v1/claims?box={box}").json()["claims"])

    assert found("37.1,36.1,37.1,36.1") == 2
    assert found("37,36.11,38,37") == 0


@pytest.mark.parametrize("question", ["words=Dara", "document=wire-1", "order=doubt&words=x"])
def test_texts_cannot_be_searched(shown: Desk, question: str) -> None:
    assert shown.everybody().get(f"/api/v1/claims?{question}").status_code == 422


def test_there_are_no_other_routes_and_none_that_writes_to_the_ledger(shown: Desk) -> None:
    every = getattr(fastapi.routing, "iter_route_contexts", iter)
    app = make_public_app(shown.ledger)
    routes = {(method, each.path) for each in every(app.routes) for method in each.methods}
    assert routes == PUBLIC_ACCESS
    assert {path for method, path in routes if method != "GET"} == {"/quotes"}
    before = len(shown.decisions())
    for method, path in set(ACCESS) - PUBLIC_ACCESS:
        filled = path.replace("{claim}", shown.ids()[0]).replace("{number}", "1").replace("{name}", "x")
        assert shown.everybody().request(method, filled, data={"password": PASSWORD}).status_code in (
            404,
            405,
        )
    assert len(shown.decisions()) == before


def test_it_bears_the_headers_and_refuses_other_hosts(shown: Desk) -> None:
    answer = shown.everybody().get("/")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert shown.everybody().get("/", headers={"Host": "elsewhere.example"}).status_code == 421
