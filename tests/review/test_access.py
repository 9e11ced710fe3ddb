"""Every route by every role: what the table does not allow is refused, and nothing is outside the table."""

from __future__ import annotations

import fastapi.routing
import pytest

from cairn.review import ACCESS, Role, make_app
from review.desk import Desk

FILLED = {"{token}": "none", "{name}": "none", "{number}": "1", "{claim}": "none", "{decision}": "none",
          "{harm}": "killed", "{label}": "none"}  # fmt: skip
ROUTES = sorted(ACCESS)


def filled(path: str) -> str:
    for name, value in FILLED.items():
        path = path.replace(name, value)
    return path


def send(desk: Desk, method: str, path: str, role: Role | None):
    browser = desk.browser(role)
    if method == "POST" and path.startswith("/api/"):
        return browser.post(filled(path), json={"ruling": "note", "subjects": ["none"]})
    return browser.request(method, filled(path))


def test_the_table_holds_every_route_and_no_other(desk: Desk) -> None:
    every = getattr(fastapi.routing, "iter_route_contexts", iter)
    routes = {(method, each.path) for each in every(make_app(desk.setup).routes) for method in each.methods}
    assert routes == set(ACCESS)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_who_is_not_signed_in_sees_only_the_door(desk: Desk, method: str, path: str) -> None:
    answer = send(desk, method, path, None)
    if ACCESS[method, path] is None:
        assert answer.headers.get("location") is None
    elif method == "GET" and not path.startswith("/api"):
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")
    else:
        assert answer.status_code == 401


@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_table_says_and_nothing_else(desk: Desk, role: Role) -> None:
    wrong = []
    for method, path in ROUTES:
        allowed = ACCESS[method, path]
        if (method, path) == ("POST", "/logout") or (method == "POST" and path.startswith("/api/")):
            continue  # ends the session; asks for a token, see test_api
        refused = "Your account is a" in send(desk, method, path, role).text
        if refused == (allowed is None or role in allowed):
            wrong.append((method, path))
    assert wrong == []


def test_what_a_route_does_is_not_said_to_who_may_not(desk: Desk) -> None:
    answer = desk.browser(Role.READER).post(f"/claims/{desk.ids()[0]}/confirm", data={"seen": "none"})
    assert answer.status_code == 403
    assert desk.decisions() == []


@pytest.mark.parametrize(
    "name", ["..%2f..%2faccounts.py", "..", "review.css/../../app.py", "%2e%2e%2fapp.py", "x"]
)
def test_no_path_leads_out_of_the_assets(desk: Desk, name: str) -> None:
    answer = desk.browser(None).get(f"/assets/{name}")
    assert answer.status_code in (303, 404)
    assert "import" not in answer.text
