"""What the API is described to take it takes, and what it is not it refuses: no answer is a fault of ours.

Schemathesis makes the requests from the OpenAPI description; some are led to claims that there are.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.ledger import verify
from cairn.review import Role
from cairn.review.accounts import find_account
from cairn.review.sessions import make_token
from review.desk import Desk

schemathesis = pytest.importorskip("schemathesis")

TRIES = 250
"""Requests in each mode; a few hundred take seconds."""
SENT = {
    "method": "method",
    "url": "url",
    "params": "params",
    "json": "json",
    "data": "content",
    "headers": "headers",
}
"""Parts of a request, by what the maker and the sender of requests call them."""


def operations(desk: Desk) -> list[Any]:
    described = desk.browser().get("/api/v1/openapi.json").json()
    return [each.ok() for each in schemathesis.openapi.from_dict(described).get_all_operations()]


def token_of(desk: Desk) -> str:
    admin = find_account(desk.setup.accounts, Role.ADMIN.value)
    assert admin is not None
    return make_token(desk.setup.accounts, admin, "contract")


def led(case: Any, known: dict[str, str]) -> Any:
    """Lead a request to what there is, so that more than "not found" is tried."""
    if isinstance(case.path_parameters, dict):
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
    if isinstance(case.body, dict) and "subjects" in case.body:
        case.body = case.body | {"subjects": [known["claim"]]}
    return case


def test_every_route_is_described(desk: Desk) -> None:
    told = {(each.method.upper(), each.path) for each in operations(desk)}
    assert ("POST", "/api/v1/decisions") in told
    assert len(told) == 8


@pytest.mark.parametrize("mode", schemathesis.GenerationMode, ids=lambda mode: mode.value)
def test_no_request_makes_a_fault(desk: Desk, mode: Any) -> None:
    browser, token, answered = desk.browser(None), token_of(desk), set[int]()
    known = {"claim": desk.ids()[0], "name": str(desk.claims()[0].incident), "number": "1"}
    cases = st.one_of([each.as_strategy(generation_mode=mode) for each in operations(desk)])

    @settings(
        max_examples=TRIES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(case=cases, lead=st.booleans())
    def ask(case: Any, lead: bool) -> None:
        made = (led(case, known) if lead else case).as_transport_kwargs(base_url="http://testserver")
        sent = {ours: made[theirs] for theirs, ours in SENT.items() if made.get(theirs) is not None}
        sent["headers"] = {**dict(sent.get("headers", {})), "Authorization": f"Bearer {token}"}
        answer = browser.request(**sent)
        answered.add(answer.status_code)
        assert answer.status_code < 500, (sent, answer.text)

    ask()
    assert (200 if mode is schemathesis.GenerationMode.POSITIVE else 422) in answered
    assert verify(desk.ledger).faults == ()
