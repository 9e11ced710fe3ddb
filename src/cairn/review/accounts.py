"""Accounts: who may sign in, kept in a small SQLite file beside the ledger; they are no evidence."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
import sqlite3
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cairn.errors import InputError
from cairn.review.access import Role

TOKEN_BYTES = 32
"""Of chance in each link, cookie and token: 256 bits, which nobody guesses."""
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
"""Characters; the least is above the 8 that NIST SP 800-63B asks for, the most keeps hashing bounded."""
LONGEST_NAME = 60
INVITATION_HOURS = 48
"""How long a link for a new account may be used."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
  name TEXT PRIMARY KEY COLLATE NOCASE, password TEXT NOT NULL, role TEXT NOT NULL, made_at TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1, factor TEXT, factor_step INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS invitations (
  digest TEXT PRIMARY KEY, role TEXT NOT NULL, made_by TEXT NOT NULL, ends_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
  digest TEXT PRIMARY KEY, account TEXT NOT NULL, made_at TEXT NOT NULL, seen_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS tokens (
  digest TEXT PRIMARY KEY, account TEXT NOT NULL, label TEXT NOT NULL, made_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS failures (
  key TEXT PRIMARY KEY, count INTEGER NOT NULL, last_at TEXT NOT NULL
);
"""

_HASHER = PasswordHasher()
"""Argon2id as RFC 9106 recommends for small memory, the package's own standard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The file of accounts, and what its functions need.

    Attributes:
        path: of the file.
        clock: gives the moment, in UTC.
        chance: gives so many random bytes.
        secret: keys the digests of links, cookies and tokens; another one ends them all.
    """

    path: Path
    clock: Callable[[], dt.datetime]
    chance: Callable[[int], bytes]
    secret: bytes = b""

    @contextmanager
    def using(self, *, writing: bool = True) -> Iterator[sqlite3.Connection]:
        """Give a connection; what was done stands when the block ends, or none of it.

        One that only reads waits for nobody: each request asks who comes, and many come at once.
        """
        with closing(sqlite3.connect(self.path, timeout=10, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def digest(self, token: str) -> str:
        """Return what is kept of a token: who reads the file cannot use it."""
        return hmac.new(self.secret, token.encode(), hashlib.sha256).hexdigest()

    def token(self) -> str:
        """Return a new token that can stand in an address."""
        return urlsafe_b64encode(self.chance(TOKEN_BYTES)).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who may sign in; ``name`` signs that person's decisions."""

    name: str
    role: Role
    active: bool = True
    factor: bool = False


def open_accounts(accounts: Accounts) -> Accounts:
    """Make the file of accounts where there is none, readable to its owner alone.

    Raises:
        InputError: it cannot be opened, or is something else.
    """
    try:
        os.close(os.open(accounts.path, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(accounts.path)) as connection:
            connection.executescript(SCHEMA)
    except (OSError, sqlite3.Error) as error:
        raise InputError(f"the accounts at {accounts.path} cannot be opened: {error}") from error
    return accounts


def list_accounts(accounts: Accounts) -> list[Account]:
    """Return all accounts by name."""
    with accounts.using(writing=False) as connection:
        return [_account(row) for row in connection.execute("SELECT * FROM accounts ORDER BY name")]


def find_account(accounts: Accounts, name: str) -> Account | None:
    """Return the account of a name, in whatever letter case."""
    with accounts.using(writing=False) as connection:
        row = connection.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
    return row and _account(row)


def invite(accounts: Accounts, role: Role, by: str) -> str:
    """Return the token of a link by which one person makes an account, once, in the next two days."""
    token = accounts.token()
    ends = accounts.clock() + dt.timedelta(hours=INVITATION_HOURS)
    with accounts.using() as connection:
        connection.execute(
            "INSERT INTO invitations VALUES (?, ?, ?, ?)",
            (accounts.digest(token), role.value, by, ends.isoformat()),
        )
    return token


def invited(accounts: Accounts, token: str) -> Role | None:
    """Return what an invitation makes of who uses it; ``None`` when it is used, over or none."""
    with accounts.using(writing=False) as connection:
        return _invited(accounts, connection, token)


def accept(accounts: Accounts, token: str, name: str, password: str) -> Account:
    """Make the account that an invitation is for; the link is used up.

    Raises:
        InputError: the link, the name or the password cannot be used.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"a name has 1 to {LONGEST_NAME} characters; it signs your decisions")
    hashed = hash_password(password)
    with accounts.using() as connection:
        role = _invited(accounts, connection, token)
        if role is None:
            raise InputError("this link was used, or is too old; ask whoever sent it for another one")
        if connection.execute("SELECT 1 FROM accounts WHERE name = ?", (name,)).fetchone():
            raise InputError(f"there is an account {name} already; choose another name")
        made = accounts.clock().isoformat()
        connection.execute(
            "INSERT INTO accounts (name, password, role, made_at) VALUES (?, ?, ?, ?)",
            (name, hashed, role.value, made),
        )
        connection.execute("DELETE FROM invitations WHERE digest = ?", (accounts.digest(token),))
    return Account(name=name, role=role)


def change_account(accounts: Accounts, name: str, *, role: Role, active: bool) -> None:
    """Say what a person may do from now on, and end that person's sessions and tokens where it is nothing.

    Raises:
        InputError: no such account, or nobody would be left to invite people.
    """
    with accounts.using() as connection:
        known = {row["name"]: _account(row) for row in connection.execute("SELECT * FROM accounts")}
        if name not in known:
            raise InputError(f"there is no account {name}")
        others = [each for each in known.values() if each.name != name and each.active]
        if not (active and role is Role.ADMIN) and not any(each.role is Role.ADMIN for each in others):
            raise InputError("the last admin stays one; make somebody else admin first")
        connection.execute("UPDATE accounts SET role = ?, active = ? WHERE name = ?", (role, active, name))
        if not active:
            connection.execute("DELETE FROM sessions WHERE account = ?", (name,))
            connection.execute("DELETE FROM tokens WHERE account = ?", (name,))


def change_password(accounts: Accounts, name: str, old: str, new: str) -> None:
    """Give an account another password, and end its sessions.

    Raises:
        InputError: the old one is not it, or the new one cannot be used.
    """
    hashed = hash_password(new)
    with accounts.using() as connection:
        row = connection.execute("SELECT password FROM accounts WHERE name = ?", (name,)).fetchone()
        if row is None or not fits(row["password"], old):
            raise InputError("the old password is not right")
        connection.execute("UPDATE accounts SET password = ? WHERE name = ?", (hashed, name))
        connection.execute("DELETE FROM sessions WHERE account = ?", (name,))


def hash_password(password: str) -> str:
    """Return what is kept of a password.

    Raises:
        InputError: too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InputError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return _HASHER.hash(password)


def fits(hashed: str, password: str) -> bool:
    """Say whether a password is the one that was kept; takes as long whether it is or not."""
    try:
        return _HASHER.verify(hashed, password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False


def _account(row: sqlite3.Row) -> Account:
    return Account(
        name=row["name"], role=Role(row["role"]), active=bool(row["active"]), factor=bool(row["factor"])
    )


def _invited(accounts: Accounts, connection: sqlite3.Connection, token: str) -> Role | None:
    row = connection.execute(
        "SELECT role, ends_at FROM invitations WHERE digest = ?", (accounts.digest(token),)
    ).fetchone()
    return Role(row["role"]) if row and row["ends_at"] > accounts.clock().isoformat() else None
