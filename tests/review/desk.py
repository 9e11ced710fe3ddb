"""A ledger of invented reports, people of every role, and their browsers, for tests of the review room."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from cairn.ledger import Ledger, Read, append_readings, as_of, open_document, rebuild
from cairn.pipeline import join_told
from cairn.records import Decision, content_id, standing
from cairn.review import Accounts, Role, Setup, accept, invite, open_accounts, serve_app
from cairn.review.sessions import sign_in
from ledger.made import NOW, RUN, claim, document, named

ORIGIN = "http://testserver"
PASSWORD = "a long enough password"  # noqa: S105
TEXT = (
    "At least 14 patients were killed in Orvale on Monday, the ministry said. Dara Veldt was among them. "
    "Activists in Orvale spoke of 19 dead."
)


@dataclass
class Clock:
    """Goes on by a second whenever it is asked, unless it is told to stand."""

    now: dt.datetime = NOW + dt.timedelta(days=1)
    step: dt.timedelta = dt.timedelta(seconds=1)

    def __call__(self) -> dt.datetime:
        self.now += self.step
        return self.now


@dataclass
class Desk:
    """A server with its ledger, and a browser for each role."""

    ledger: Ledger
    setup: Setup
    clock: Clock
    tokens: dict[Role, str]
    clients: dict[Role | None, TestClient] = field(default_factory=dict)

    def browser(self, role: Role | None = Role.REVIEWER) -> TestClient:
        if role not in self.clients:
            cookies = {"cairn": self.tokens[role]} if role else {}
            self.clients[role] = TestClient(
                serve_app(self.setup),
                base_url=ORIGIN,
                headers={"Origin": ORIGIN},
                cookies=cookies,
                follow_redirects=False,
            )
        return self.clients[role]

    def claims(self, number: int = 1) -> list[Any]:
        with as_of(self.ledger, None) as state:
            opened = open_document(state, number)
        assert opened is not None
        return list(opened.claims)

    def ids(self, number: int = 1) -> list[str]:
        return [each.read.id for each in self.claims(number)]

    def decisions(self, number: int = 1) -> list[Decision]:
        return [made for each in self.claims(number) for made in each.decisions]

    def standing(self, number: int = 1) -> list[Decision]:
        return standing(self.decisions(number))


def read(name: str, day: int = 1, **slots: Any) -> Read:
    of = document(name, TEXT, day)
    own = claim(of, **slots)
    spoke = claim(of, low=19, start=TEXT.index("19"), end=TEXT.index("19") + 2, **slots)
    told = [replace(each, incident=content_id("inc", [own.id])) for each in (own, named(of), spoke)]
    return Read(document=of, claims=told, run=RUN)


def fill(ledger: Ledger, *names: str) -> None:
    list(append_readings(ledger, [read(name, day) for day, name in enumerate(names, start=1)], lambda: NOW))
    rebuild(ledger, join_told)


def people(path: Path) -> dict[Role, str]:
    """Make a file with an account of each role, named like it; return a session of each."""
    kept = open_accounts(Accounts(path=path, clock=lambda: NOW + dt.timedelta(days=1), chance=os.urandom))
    for role in Role:
        accept(kept, invite(kept, role, "a test"), role.value, PASSWORD)
    return {role: str(sign_in(kept, role.value, PASSWORD, "", "here")) for role in Role}
