"""Making accounts, signing in, and what becomes of what somebody was writing when the session ended."""

from __future__ import annotations

import datetime as dt
import html
import re
import stat
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest
from starlette.testclient import TestClient

from cairn.review import Role, invite, open_accounts
from cairn.review.accounts import INVITATION_HOURS
from cairn.review.sessions import FREE_FAILURES, IDLE
from review.desk import PASSWORD, Desk

ANOTHER = "another long password"


def sign_in(browser: TestClient, name: str = "reviewer", password: str = PASSWORD, **fields: str):
    browser.cookies.clear()
    return browser.post("/login", data={"name": name, "password": password, **fields})


def fields_of(page: str) -> dict[str, str]:
    """Return the hidden fields of the last form of a page."""
    form = page.rsplit("<form", 1)[1]
    return {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}


def test_an_invitation_makes_one_account_of_its_role(desk: Desk) -> None:
    token = invite(desk.setup.accounts, Role.RECORDER, "admin")
    typed = {"name": "Ines  Orr", "password": ANOTHER, "again": ANOTHER}
    browser = desk.browser(None)
    assert "recorder" in browser.get(f"/welcome/{token}").text
    answer = browser.post(f"/welcome/{token}", data=typed)
    assert answer.headers["location"] == "/"
    assert "Ines Orr</bdi>, recorder" in browser.get("/").text
    assert browser.post(f"/welcome/{token}", data=typed | {"name": "Second"}).status_code == 422
    assert sign_in(browser, "Second", ANOTHER).status_code == 401


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "New", "password": "short", "again": "short"},
        {"name": "New", "password": ANOTHER, "again": ANOTHER + "x"},
        {"name": "", "password": ANOTHER, "again": ANOTHER},
        {"name": "ADMIN", "password": ANOTHER, "again": ANOTHER},
        {"name": "x\x1b[2J", "password": ANOTHER, "again": ANOTHER},
        {"name": "New", "password": "x" * 300, "again": "x" * 300},
    ],
)
def test_an_account_that_cannot_be_leaves_the_link_as_it_was(desk: Desk, typed: dict[str, str]) -> None:
    token = invite(desk.setup.accounts, Role.READER, "admin")
    browser = desk.browser(None)
    assert browser.post(f"/welcome/{token}", data=typed).status_code == 422
    assert browser.get(f"/welcome/{token}").status_code == 200


def test_an_invitation_ends(desk: Desk) -> None:
    token = invite(desk.setup.accounts, Role.READER, "admin")
    desk.clock.now += dt.timedelta(hours=INVITATION_HOURS)
    assert desk.browser(None).get(f"/welcome/{token}").status_code == 422


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk: Desk) -> None:
    cookie = sign_in(desk.browser(None)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize(
    "then", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "/\r\nX: y"]
)
def test_nobody_is_led_elsewhere_after_signing_in(desk: Desk, then: str) -> None:
    assert sign_in(desk.browser(None), then=then).headers["location"] == "/"


def test_guessing_is_slowed_down_even_with_the_right_password_then(desk: Desk) -> None:
    browser, desk.clock.step = desk.browser(None), dt.timedelta(0)
    for _ in range(FREE_FAILURES + 1):
        answer = sign_in(browser, password="wrong but long enough")  # noqa: S106
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert sign_in(browser).status_code == 429
    assert sign_in(browser, "recorder").status_code == 303
    desk.clock.now += dt.timedelta(minutes=20)
    assert sign_in(browser).status_code == 303


def test_a_session_ends_by_itself_and_by_signing_out(desk: Desk) -> None:
    browser = desk.browser()
    assert browser.get("/").status_code == 200
    desk.clock.now += IDLE + dt.timedelta(minutes=1)
    assert browser.get("/").status_code == 303
    sign_in(browser)
    kept = dict(browser.cookies)
    browser.post("/logout")
    browser.cookies.update(kept)
    assert browser.get("/").status_code == 303


def test_what_was_being_written_when_the_session_ended_comes_back(desk: Desk) -> None:
    browser, claim = desk.browser(), desk.ids()[0]
    desk.clock.now += IDLE + dt.timedelta(minutes=1)
    sent = browser.post(
        f"/claims/{claim}/note?place=Orvale", data={"why": "seen & <b>kept</b>", "seen": "none"}
    )
    assert sent.status_code == 401
    held = fields_of(sent.text)
    assert held["then"] == f"/claims/{claim}/note?place=Orvale"
    back = browser.post("/login", data=held | {"name": "reviewer", "password": PASSWORD})
    assert "seen &amp; &lt;b&gt;kept&lt;/b&gt;" in back.text
    assert desk.decisions() == []
    again = browser.post(held["then"], data=fields_of(back.text))
    assert again.status_code == 303
    assert [made.why for made in desk.decisions()] == ["seen & <b>kept</b>"]


def test_a_second_factor_is_asked_for_and_taken_once(desk: Desk) -> None:
    browser = desk.browser()
    factor = re.search(r'name="factor" value="(\w+)"', browser.get("/account").text)
    assert factor is not None
    totp = pyotp.TOTP(factor[1])
    code = totp.at(desk.clock.now)
    assert browser.post("/account/factor", data={"factor": factor[1], "code": "000000"}).status_code == 422
    assert browser.post("/account/factor", data={"factor": factor[1], "code": code}).status_code == 200
    assert sign_in(browser).status_code == 401
    desk.clock.now += dt.timedelta(minutes=2)
    code = totp.at(desk.clock.now)
    assert sign_in(browser, code=code).status_code == 303
    assert sign_in(browser, code=code).status_code == 401


def test_a_new_password_ends_all_sessions(desk: Desk) -> None:
    browser = desk.browser()
    typed = {"old": PASSWORD, "password": ANOTHER, "again": ANOTHER}
    assert browser.post("/account/password", data=typed | {"old": ANOTHER}).status_code == 422
    assert browser.post("/account/password", data=typed).status_code == 303
    assert browser.get("/").status_code == 303
    assert sign_in(browser, password=ANOTHER).status_code == 303


def test_who_is_shut_out_is_out_at_once_and_the_last_admin_stays(desk: Desk) -> None:
    admin, browser = desk.browser(Role.ADMIN), desk.browser()
    assert admin.post("/people/reviewer", data={"role": "reviewer"}).status_code == 303
    assert browser.get("/").status_code == 303
    assert sign_in(browser).status_code == 401
    assert admin.post("/people/admin", data={"role": "reader", "active": "yes"}).status_code == 422
    assert admin.get("/people").status_code == 200


def test_the_file_of_accounts_is_its_owners_alone(desk: Desk, tmp_path: Path) -> None:
    made = open_accounts(replace(desk.setup.accounts, path=tmp_path / "new"))
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_the_file_of_accounts_holds_nothing_to_sign_in_with(desk: Desk) -> None:
    held = desk.setup.accounts.path.read_bytes()
    assert PASSWORD.encode() not in held
    assert all(token.encode() not in held for token in desk.tokens.values())
