"""Sessions: signing in, staying signed in, and the tokens of other programs; guessing is slowed down."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass, replace
from functools import cache

import pyotp

from cairn.errors import InputError
from cairn.review.access import Role
from cairn.review.accounts import Account, Accounts, fits, hash_password

IDLE = dt.timedelta(hours=2)
"""How long nobody need do anything: a long report is read in less."""
NOTED = dt.timedelta(minutes=1)
"""How exactly it is kept when somebody last did something: a write for each page would be waste."""
LONGEST = dt.timedelta(hours=12)
"""How long a session lasts at most: one working day."""
FREE_FAILURES = 5
"""Wrong passwords for one name before each further one makes everybody wait who tries that name."""
FREE_FAILURES_FROM = 30
"""The same for one address, from which a whole office may sign in."""
LONGEST_WAIT = dt.timedelta(minutes=15)
FORGIVEN = dt.timedelta(hours=1)
"""After this long without another failure all is forgotten."""
FACTOR_SECONDS = 30
"""Seconds that a code of RFC 6238 holds; one before and one after are taken too."""
LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why somebody was not let in, and for how long nobody need try again."""

    reason: str
    wait: dt.timedelta = dt.timedelta(0)


def sign_in(accounts: Accounts, name: str, password: str, code: str, address: str) -> str | Refused:
    """Return the token of a new session, or why there is none.

    Args:
        accounts: see there.
        name: of the account.
        password: as typed.
        code: of the second factor, where the account has one.
        address: where the request comes from.
    """
    now = accounts.clock()
    keys = {f"name {name.casefold()}": FREE_FAILURES, f"address {address}": FREE_FAILURES_FROM}
    with accounts.using() as connection:
        wait = max(_wait(connection, key, free, now) for key, free in keys.items())
        row = connection.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
    if wait > dt.timedelta(0):
        return Refused(reason="too many wrong tries", wait=wait)
    right = fits(row["password"] if row else _nobody(), password) and row is not None
    with accounts.using() as connection:
        step = _right_step(connection, name, code, now) if right and row["factor"] else None
        if not right or not row["active"] or (row["factor"] and step is None):
            for key in keys:
                _note_failure(connection, key, now)
            return Refused(reason="name, password or code is not right")
        if step is not None:
            connection.execute("UPDATE accounts SET factor_step = ? WHERE name = ?", (step, name))
        connection.execute("DELETE FROM failures WHERE key = ?", (f"name {name.casefold()}",))
        connection.execute("DELETE FROM sessions WHERE made_at < ?", ((now - LONGEST).isoformat(),))
        token = accounts.token()
        moment = now.isoformat()
        connection.execute(
            "INSERT INTO sessions VALUES (?, ?, ?, ?)", (accounts.digest(token), row["name"], moment, moment)
        )
    return token


def session_of(accounts: Accounts, token: str) -> Account | None:
    """Return whose session a cookie stands for; ``None`` when there is none any more."""
    now, digest = accounts.clock(), accounts.digest(token)
    with accounts.using(writing=False) as connection:
        row = connection.execute(
            "SELECT a.*, s.made_at AS began, s.seen_at FROM sessions s JOIN accounts a ON a.name = s.account "
            "WHERE s.digest = ?",
            (digest,),
        ).fetchone()
    if row is None or not row["active"]:
        return None
    began, seen = (dt.datetime.fromisoformat(row[each]) for each in ("began", "seen_at"))
    if now - began > LONGEST or now - seen > IDLE:
        end_session(accounts, token)
        return None
    if now - seen > NOTED:
        with accounts.using() as connection:
            connection.execute("UPDATE sessions SET seen_at = ? WHERE digest = ?", (now.isoformat(), digest))
    return Account(name=row["name"], role=Role(row["role"]), factor=bool(row["factor"]))


def end_session(accounts: Accounts, token: str) -> None:
    """Sign out."""
    with accounts.using() as connection:
        connection.execute("DELETE FROM sessions WHERE digest = ?", (accounts.digest(token),))


# --- tokens for other programs ------------------------------------------------------------------------


def make_token(accounts: Accounts, account: Account, label: str) -> str:
    """Return a new token by which a program acts for an account; it is shown once and kept as a digest.

    Raises:
        InputError: the label is empty, too long or taken.
    """
    label = " ".join(label.split())
    if not label or len(label) > LONGEST_LABEL or "/" in label or not label.isprintable():
        raise InputError(f"a token has a label of 1 to {LONGEST_LABEL} characters without a slash")
    token = f"cairn_{accounts.token()}"
    with accounts.using() as connection:
        if label in _labels(connection, account.name):
            raise InputError(f"there is a token {label} already")
        connection.execute(
            "INSERT INTO tokens VALUES (?, ?, ?, ?)",
            (accounts.digest(token), account.name, label, accounts.clock().isoformat()),
        )
    return token


def list_tokens(accounts: Accounts, account: Account) -> list[str]:
    """Return the labels of an account's tokens."""
    with accounts.using(writing=False) as connection:
        return _labels(connection, account.name)


def end_token(accounts: Accounts, account: Account, label: str) -> None:
    """Make a token worthless."""
    with accounts.using() as connection:
        connection.execute("DELETE FROM tokens WHERE account = ? AND label = ?", (account.name, label))


def token_of(accounts: Accounts, token: str) -> Account | None:
    """Return for whom a program acts that sends a token."""
    with accounts.using(writing=False) as connection:
        row = connection.execute(
            "SELECT a.* FROM tokens t JOIN accounts a ON a.name = t.account WHERE t.digest = ? AND a.active",
            (accounts.digest(token),),
        ).fetchone()
    return row and Account(name=row["name"], role=Role(row["role"]), factor=bool(row["factor"]))


def _labels(connection: sqlite3.Connection, name: str) -> list[str]:
    rows = connection.execute("SELECT label FROM tokens WHERE account = ? ORDER BY label", (name,))
    return [row["label"] for row in rows]


# --- the second factor --------------------------------------------------------------------------------


def new_factor(accounts: Accounts) -> str:
    """Return a secret for an authenticator app, in the base 32 that these take."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "".join(alphabet[byte % len(alphabet)] for byte in accounts.chance(32))


def factor_address(account: Account, factor: str) -> str:
    """Return the address that authenticator apps open."""
    return pyotp.TOTP(factor).provisioning_uri(name=account.name, issuer_name="Cairn")


def set_factor(accounts: Accounts, account: Account, factor: str | None, code: str) -> Account:
    """Ask for a code at every sign-in from now on, or, without a secret, no more.

    Args:
        accounts: see there.
        account: whose.
        factor: the secret; ``None`` to ask no more.
        code: that the app shows now, for the new secret or for the one that goes.

    Raises:
        InputError: the code is not right.
    """
    now = accounts.clock()
    with accounts.using() as connection:
        row = connection.execute("SELECT factor FROM accounts WHERE name = ?", (account.name,)).fetchone()
        tried = factor or row["factor"]
        if tried is None or _step(tried, code, now) is None:
            raise InputError("that code is not right; wait for the next one, and look at the clock")
        connection.execute(
            "UPDATE accounts SET factor = ?, factor_step = 0 WHERE name = ?", (factor, account.name)
        )
    return replace(account, factor=factor is not None)


def _right_step(connection: sqlite3.Connection, name: str, code: str, now: dt.datetime) -> int | None:
    """Return the step of a right code that was not used before."""
    row = connection.execute("SELECT factor, factor_step FROM accounts WHERE name = ?", (name,)).fetchone()
    step = _step(row["factor"], code, now)
    return step if step is not None and step > row["factor_step"] else None


def _step(factor: str, code: str, now: dt.datetime) -> int | None:
    typed = "".join(code.split())
    step = int(now.timestamp()) // FACTOR_SECONDS
    made = pyotp.TOTP(factor)
    for each in (step - 1, step, step + 1):
        if pyotp.utils.strings_equal(typed, made.generate_otp(each)):
            return each
    return None


# --- against guessing ---------------------------------------------------------------------------------


def _wait(connection: sqlite3.Connection, key: str, free: int, now: dt.datetime) -> dt.timedelta:
    """Return how long to wait: from the first failure too many on twice as long each time."""
    row = connection.execute("SELECT count, last_at FROM failures WHERE key = ?", (key,)).fetchone()
    if row is None or row["count"] < free:
        return dt.timedelta(0)
    last = dt.datetime.fromisoformat(row["last_at"])
    if now - last > FORGIVEN:
        return dt.timedelta(0)
    doubled = min(row["count"] - free, 20)
    return last + min(dt.timedelta(seconds=2**doubled), LONGEST_WAIT) - now


def _note_failure(connection: sqlite3.Connection, key: str, now: dt.datetime) -> None:
    connection.execute("DELETE FROM failures WHERE last_at < ?", ((now - FORGIVEN).isoformat(),))
    connection.execute(
        "INSERT INTO failures VALUES (?, 1, ?) "
        "ON CONFLICT (key) DO UPDATE SET count = count + 1, last_at = excluded.last_at",
        (key, now.isoformat()),
    )


@cache
def _nobody() -> str:
    """Return a hash of no account, so that an unknown name takes as long as a wrong password."""
    return hash_password("of nobody at all")
