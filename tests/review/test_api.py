"""The API: tokens, what it answers, and that it rules by the same rules."""

from __future__ import annotations

import jsonschema
import pytest

from cairn.review import Role
from review.desk import ORIGIN, Desk


def token(desk: Desk, role: Role, label: str = "a script") -> dict[str, str]:
    page = desk.browser(role).post("/account/tokens", data={"label": label}).text
    return {"Authorization": "Bearer cairn_" + page.split("cairn_", 1)[1].split("<", 1)[0]}


def get(desk: Desk, path: str, role: Role = Role.READER):
    answer = desk.browser(role).get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def decide(desk: Desk, headers: dict[str, str], **posted: object):
    return desk.browser(None).post("/api/v1/decisions", json=posted, headers=headers)


def test_lists_are_filtered_and_bounded(desk: Desk) -> None:
    assert len(get(desk, "/claims?document=wire-2")["claims"]) == 3
    assert len(get(desk, "/claims?limit=2")["claims"]) == 2
    assert len(get(desk, "/documents")["documents"]) == 3
    assert len(get(desk, "/incidents")["incidents"]) == 1
    assert get(desk, "/decisions") == {"decisions": []}
    for broken in (
        "/claims?limit=0",
        "/claims?limit=100000",
        "/claims?since=x",
        "/claims?harm=x",
        "/documents/x",
    ):
        answer = desk.browser(Role.READER).get(f"/api/v1{broken}")
        assert (answer.status_code, list(answer.json())) == (422, ["detail"])


def test_a_claim_comes_with_its_words_and_its_decisions(desk: Desk) -> None:
    claim = desk.ids()[0]
    desk.browser().post(f"/claims/{claim}/confirm", data={"seen": "none"})
    held = get(desk, f"/claims/{claim}")
    assert (held["claim"]["id"], held["settled"], held["public"]) == (claim, "confirm", False)
    assert held["claim"]["evidence"]["harm"] == [[26, 32]]
    assert [each["ruling"] for each in held["decisions"]] == ["confirm"]
    assert claim not in {each["id"] for each in get(desk, "/claims?waiting=true")["claims"]}


def test_an_incident_and_a_document_are_told_whole(desk: Desk) -> None:
    told = get(desk, f"/incidents/{desk.claims()[0].incident}")
    assert len(told["claims"]) == 9
    assert {"positions", "estimates", "left_out"} <= set(told["harms"][0])
    report = get(desk, "/documents/1")
    assert [each["id"] for each in report["claims"]] == desk.ids()


def test_a_token_acts_for_its_account(desk: Desk) -> None:
    headers, claim = token(desk, Role.REVIEWER), desk.ids()[0]
    answer = decide(desk, headers, ruling="confirm", subjects=[claim], why="read twice", seen="none")
    assert answer.status_code == 201
    (made,) = desk.decisions()
    assert (made.id, made.who, made.why) == (answer.json()["decision"], "reviewer", "read twice")
    taken = decide(desk, headers, ruling="withdraw", subjects=[claim], supersedes=made.id)
    assert taken.status_code == 201
    assert desk.standing() == []


def test_a_decision_on_what_changed_meanwhile_is_refused(desk: Desk) -> None:
    claim = desk.ids()[0]
    desk.browser().post(f"/claims/{claim}/note", data={"why": "x", "seen": "none"})
    headers = token(desk, Role.REVIEWER)
    assert decide(desk, headers, ruling="reject", subjects=[claim], seen="none").status_code == 409
    assert len(desk.decisions()) == 1


@pytest.mark.parametrize(
    ("role", "posted", "status"),
    [
        (Role.READER, {"ruling": "note", "why": "x"}, 403),
        (Role.RECORDER, {"ruling": "confirm"}, 403),
        (Role.RECORDER, {"ruling": "restrict", "value": "public"}, 403),
        (Role.PUBLISHER, {"ruling": "restrict", "value": "public"}, 409),
        (Role.PUBLISHER, {"ruling": "restrict", "value": "everywhere"}, 422),
        (Role.REVIEWER, {"ruling": "correct", "slot": "harm", "value": '"hurt"'}, 422),
        (Role.REVIEWER, {"ruling": "correct", "slot": "harm", "value": "not json"}, 422),
        (Role.REVIEWER, {"ruling": "same incident"}, 422),
        (Role.REVIEWER, {"ruling": "adore"}, 422),
        (Role.REVIEWER, {"ruling": "confirm", "who": "somebody else"}, 422),
        (Role.REVIEWER, {"ruling": "confirm", "supersedes": "dec-0"}, 422),
        (Role.REVIEWER, {"ruling": "withdraw", "supersedes": "dec-0"}, 404),
    ],
)
def test_what_may_not_be_ruled_is_refused(desk: Desk, role: Role, posted: dict, status: int) -> None:
    answer = decide(desk, token(desk, role), subjects=[desk.ids()[0]], **posted)
    assert answer.status_code == status, answer.text
    assert desk.decisions() == []


def test_a_cookie_alone_changes_nothing_by_the_api(desk: Desk) -> None:
    posted = {"ruling": "note", "subjects": [desk.ids()[0]], "why": "x"}
    assert desk.browser(Role.ADMIN).post("/api/v1/decisions", json=posted).status_code == 401
    assert desk.decisions() == []


def test_a_token_that_was_ended_is_worthless(desk: Desk) -> None:
    headers = token(desk, Role.READER)
    assert desk.browser(None).get("/api/v1/claims", headers=headers).status_code == 200
    desk.browser(Role.READER).post("/account/tokens/a script/end")
    assert desk.browser(None).get("/api/v1/claims", headers=headers).status_code == 401
    assert desk.browser(None).get("/api/v1/claims", headers={"Authorization": "Bearer x"}).status_code == 401


def test_the_description_names_every_path_and_nothing_outside(desk: Desk) -> None:
    described = get(desk, "/openapi.json")
    assert set(described["paths"]) == {
        f"/api/v1{path}"
        for path in ("/claims", "/claims/{claim}", "/incidents", "/incidents/{name}", "/documents",
                     "/documents/{number}", "/decisions")
    }  # fmt: skip
    jsonschema.Draft202012Validator.check_schema(described["components"]["schemas"]["Posted"])
    page = desk.browser(Role.READER).get("/api/v1").text
    assert "POST /api/v1/decisions" in page
    assert ORIGIN not in page
