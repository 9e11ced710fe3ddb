"""Public is what one person confirmed and another made public."""

from __future__ import annotations

from dataclasses import replace

from cairn.ledger import Asked, as_of, list_claims
from cairn.review import Role
from review.desk import Desk


def post(desk: Desk, what: str, role: Role, claim: int = 0, **fields: str):
    seen = desk.claims()[claim].decisions
    held = {"seen": seen[-1].id if seen else "none"} | fields
    return desk.browser(role).post(f"/claims/{desk.ids()[claim]}/{what}", data=held)


def public(desk: Desk) -> set[str]:
    with as_of(desk.ledger, None) as state:
        return {row["id"] for row in list_claims(state, Asked(public=True))}


def test_nothing_is_public_that_nobody_confirmed(desk: Desk) -> None:
    assert post(desk, "publish", Role.PUBLISHER).status_code == 409
    post(desk, "reject", Role.REVIEWER)
    assert post(desk, "publish", Role.PUBLISHER).status_code == 409
    assert public(desk) == set()


def test_a_second_person_publishes_and_takes_back(desk: Desk) -> None:
    post(desk, "confirm", Role.PUBLISHER)
    answer = post(desk, "publish", Role.PUBLISHER)
    assert answer.status_code == 403
    assert "somebody else" in answer.text
    assert public(desk) == set()
    assert post(desk, "publish", Role.ADMIN).status_code == 303
    assert public(desk) == {desk.ids()[0]}
    assert post(desk, "restrict", Role.PUBLISHER).status_code == 303
    assert public(desk) == set()
    assert len(desk.standing()) == 2  # confirmed, and restricted in the place of public


def test_one_person_may_do_both_where_that_was_set(desk: Desk) -> None:
    desk.setup = replace(desk.setup, alone=True)
    post(desk, "confirm", Role.PUBLISHER)
    assert post(desk, "publish", Role.PUBLISHER).status_code == 303


def test_a_change_after_approval_is_shown_until_it_is_confirmed_and_published_again(desk: Desk) -> None:
    post(desk, "confirm", Role.REVIEWER)
    post(desk, "publish", Role.PUBLISHER)
    assert "changed after approval" not in desk.browser().get(f"/claims/{desk.ids()[0]}").text
    post(desk, "correct", Role.RECORDER, slot="harm", choice="injured")
    assert "changed after approval" in desk.browser().get(f"/claims/{desk.ids()[0]}").text
    assert "public, and not confirmed as it now is" in desk.browser().get("/publishing").text
    assert post(desk, "publish", Role.PUBLISHER).status_code == 409
    post(desk, "confirm", Role.REVIEWER)
    assert "changed after approval" in desk.browser().get(f"/claims/{desk.ids()[0]}").text
    assert post(desk, "publish", Role.PUBLISHER).status_code == 303
    assert "changed after approval" not in desk.browser().get(f"/claims/{desk.ids()[0]}").text


def test_several_are_published_at_one_go_or_none(desk: Desk) -> None:
    post(desk, "confirm", Role.REVIEWER, 0)
    post(desk, "confirm", Role.REVIEWER, 1)
    ids = desk.ids()
    page = desk.browser(Role.PUBLISHER).get("/publishing").text
    assert [f'value="{claim}"' in page for claim in ids] == [True, True, False]
    answer = desk.browser(Role.PUBLISHER).post("/publishing", data={"claim": ids})
    assert answer.status_code == 409
    assert public(desk) == set()
    assert desk.browser(Role.PUBLISHER).post("/publishing", data={"claim": ids[:2]}).status_code == 303
    assert public(desk) == set(ids[:2])


def test_an_undone_confirmation_is_no_confirmation(desk: Desk) -> None:
    post(desk, "confirm", Role.REVIEWER)
    desk.browser().post(f"/decisions/{desk.decisions()[0].id}/undo", data={})
    assert post(desk, "publish", Role.PUBLISHER).status_code == 409
