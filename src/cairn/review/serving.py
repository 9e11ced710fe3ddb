"""Serving: open the accounts, say where to begin, and answer until stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from cairn.ledger import Ledger
from cairn.review.access import Role
from cairn.review.accounts import Accounts, invite, list_accounts, open_accounts
from cairn.review.app import serve_app, serve_public_app
from cairn.review.setup import Setup, open_at, reachable_at

AT_ONCE = 64
"""Requests that are answered at the same time; more are told to come back."""


def serve_public(
    ledger: Ledger, *, host: str, port: int, origin: str | None, tell: Callable[[str], None]
) -> None:
    """Serve what is public of a ledger to everybody, until the process is stopped.

    Args:
        ledger: open; it is only read.
        host: address to listen on.
        port: to listen on.
        origin: what browsers open, where that is not the address itself.
        tell: takes a line for whoever started the server.

    Raises:
        InputError: beyond this machine without an origin.
    """
    origins = open_at(host, port, origin)
    tell(f"what is public of {ledger.name} is served at {origins[0]}; Ctrl-C stops it")
    _run(serve_public_app(ledger, origins), host, port)


def serve(
    ledger: Ledger,
    *,
    accounts: Path,
    host: str,
    port: int,
    origin: str | None,
    secret: str,
    alone: bool,
    clock: Callable[[], dt.datetime],
    chance: Callable[[int], bytes],
    tell: Callable[[str], None],
) -> None:
    """Serve a ledger until the process is stopped.

    Args:
        ledger: open.
        accounts: file of those who may sign in; made when there is none.
        host: address to listen on.
        port: to listen on.
        origin: what browsers open, where that is not the address itself.
        secret: keys cookies and tokens; needed beyond this machine.
        alone: one person may both confirm and publish.
        clock: gives the moment, in UTC.
        chance: gives so many random bytes.
        tell: takes a line for whoever started the server.

    Raises:
        InputError: beyond this machine without accounts, secret or TLS; or the accounts cannot be opened.
    """
    kept = open_accounts(Accounts(path=accounts, clock=clock, chance=chance, secret=secret.encode()))
    known = bool(list_accounts(kept))
    origins = reachable_at(host, port, origin, secret, accounts=known)
    setup = Setup(ledger=ledger, accounts=kept, clock=clock, origins=origins, alone=alone)
    tell(f"{ledger.name} is served at {origins[0]}; Ctrl-C stops it")
    if not known:
        token = invite(kept, Role.ADMIN, "the first start")
        tell(f"make the first account, once, within two days: {origins[0]}/welcome/{token}")
    _run(serve_app(setup), host, port)


def _run(app: ASGIApp, host: str, port: int) -> None:
    uvicorn.run(
        app,
        host=host.strip("[]"),
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=30,
    )
