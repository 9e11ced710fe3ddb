"""A ledger of invented reports, people of every role, and their browsers, for tests of the review room."""

from __future__ import annotations

import datetime as dt
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import uvicorn
from starlette.testclient import TestClient

from cairn.ledger import (
    Ledger,
    Read,
    append_decisions,
    append_readings,
    as_of,
    open_document,
    rebuild,
    refresh,
)
from cairn.pipeline import join_told
from cairn.records import Decision, Period, Place, content_id, standing
from cairn.review import Accounts, Role, Setup, accept, invite, open_accounts, serve_app, serve_public_app
from cairn.review.serving import AT_ONCE
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

    def everybody(self) -> TestClient:
        """Return a browser on the public view, which has no accounts."""
        app = serve_public_app(self.ledger, (ORIGIN,))
        return TestClient(app, base_url=ORIGIN, headers={"Origin": ORIGIN}, follow_redirects=False)

    def add(self, name: str, place: Place | None) -> str:
        """Add a report of one more incident, which nothing ties to the others; return the incident."""
        one = read(name, 20)
        own = replace(one.claims[0], place=place, time=Period(start=NOW.date(), end=NOW.date()))
        list(append_readings(self.ledger, [replace(one, claims=[own])], lambda: NOW))
        refresh(self.ledger, join_told)
        return str(self.claims(4)[0].incident)

    def decide(self, *made: Decision) -> None:
        """Record decisions as another program would."""
        append_decisions(self.ledger, made, self.clock())
        refresh(self.ledger, join_told)

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


@contextmanager
def served(setup: Setup, *, public: bool = False) -> Iterator[str]:
    """Serve a ledger on a port of this machine; give the address."""
    with socket.create_server(("127.0.0.1", 0), backlog=2 * AT_ONCE) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        origins = (address,)
        app = (
            serve_public_app(setup.ledger, origins) if public else serve_app(replace(setup, origins=origins))
        )
        kept = {"log_level": "warning", "lifespan": "off", "ws": "none", "limit_concurrency": AT_ONCE}
        server = uvicorn.Server(uvicorn.Config(app, **kept))  # type: ignore[arg-type]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield address
        finally:
            server.should_exit = True
            thread.join()


def colleagues(accounts: Accounts, count: int) -> dict[str, str]:
    """Return the sessions of so many reviewers more, by name; they have the password of the first."""
    moment, found = accounts.clock().isoformat(), {}
    with accounts.using() as connection:
        for number in range(count):
            name, token = f"reviewer {number}", accounts.token()
            connection.execute(
                "INSERT INTO accounts (name, password, role, made_at) "
                "SELECT ?, password, role, made_at FROM accounts WHERE role = 'reviewer' LIMIT 1",
                (name,),
            )
            session = (accounts.digest(token), name, moment, moment)
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", session)
            found[name] = token
    return found


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
