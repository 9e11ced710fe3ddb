"""What no request gets past: foreign sites, foreign hosts, endless bodies; and what every answer bears."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from cairn.errors import InputError
from cairn.review import Role, reachable_at, serve_app
from cairn.review.guards import LARGEST_BODY
from review.desk import ORIGIN, Desk

SECRET = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ORIGIN + ".elsewhere.example"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
        {"Origin": ""},
    ],
)
def test_a_form_of_another_site_records_nothing(desk: Desk, headers: dict[str, str]) -> None:
    claim = desk.ids()[0]
    answer = desk.browser().post(f"/claims/{claim}/confirm", data={"seen": "none"}, headers=headers)
    assert answer.status_code == 403
    assert desk.decisions() == []


def test_a_form_that_tells_no_origin_records_nothing(desk: Desk) -> None:
    browser = TestClient(serve_app(desk.setup), base_url=ORIGIN, cookies={"cairn": desk.tokens[Role.ADMIN]})
    assert browser.post(f"/claims/{desk.ids()[0]}/confirm").status_code == 403


def test_another_host_name_is_refused_so_that_no_name_can_be_bent_to_this_machine(desk: Desk) -> None:
    assert desk.browser(None).get("/login", headers={"Host": "elsewhere.example"}).status_code == 421


def test_a_form_is_bounded_whether_or_not_it_tells_its_length(desk: Desk) -> None:
    large = b"why=" + b"x" * LARGEST_BODY
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    where = f"/claims/{desk.ids()[0]}/note"
    assert desk.browser().post(where, content=large, headers=kind).status_code == 413
    pieces = (large[start : start + 1000] for start in range(0, len(large), 1000))
    assert desk.browser().post(where, content=pieces, headers=kind).status_code == 413
    assert desk.decisions() == []


@pytest.mark.parametrize("body", ["a=1&" * 600, "why=%00", "why=%ff%fe", "why=\xff"])
def test_a_damaged_form_is_refused(desk: Desk, body: str) -> None:
    answer = desk.browser().post(
        f"/claims/{desk.ids()[0]}/note",
        content=body.encode("latin-1"),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 400


def test_a_form_of_another_kind_is_refused(desk: Desk) -> None:
    assert desk.browser().post(f"/claims/{desk.ids()[0]}/note", json={"why": "x"}).status_code == 415


def test_a_long_address_is_refused(desk: Desk) -> None:
    assert desk.browser().get("/?words=" + "x" * 9000).status_code == 414


@pytest.mark.parametrize("path", ["/", "/login", "/nothing", "/assets/review.js", "/api/v1/claims"])
def test_every_answer_bears_the_headers(desk: Desk, path: str) -> None:
    headers = desk.browser().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_no_page_holds_script_or_style_or_an_outside_address(desk: Desk) -> None:
    claim = desk.ids()[0]
    incident = desk.claims()[0].incident
    own = (f"/claims/{claim}?slot=victims", f"/incidents/{incident}")
    for path in ("/", *own, "/account", "/people", "/keys", "/publishing", "/incidents", "/api/v1"):
        page = desk.browser(Role.ADMIN).get(path).text
        assert "<h1" in page
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]* src=)", page), path
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page), path


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.9"])
def test_this_machine_needs_nothing(host: str) -> None:
    assert reachable_at(host, 8000, None, "", accounts=False)[0].startswith("http://")


@pytest.mark.parametrize(
    ("accounts", "secret", "origin", "missing"),
    [
        (False, SECRET, "https://review.example", "account"),
        (True, "short", "https://review.example", "CAIRN_SECRET"),
        (True, SECRET, None, "--origin"),
        (True, SECRET, "http://review.example", "https"),
        (True, SECRET, "https://review.example/path", "origin"),
    ],
)
def test_the_server_listens_elsewhere_only_with_accounts_a_secret_and_tls(
    accounts: bool, secret: str, origin: str | None, missing: str
) -> None:
    with pytest.raises(InputError, match=missing):
        reachable_at("0.0.0.0", 8000, origin, secret, accounts=accounts)  # noqa: S104


def test_elsewhere_the_cookie_is_bound_to_tls() -> None:
    assert reachable_at("0.0.0.0", 8000, "https://review.example", SECRET, accounts=True) == (  # noqa: S104
        "https://review.example",
    )
