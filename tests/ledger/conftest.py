"""A new ledger for each test, on both engines; PostgreSQL only where one answers."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cairn.ledger import Ledger, open_ledger

SERVER = os.environ.get("CAIRN_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
"""A server on which the tests may make and drop databases of their own."""


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """Give the address of an empty database."""
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")
    name = f"cairn_test_{uuid.uuid4().hex[:12]}"
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield SERVER.rsplit("/", 1)[0] + f"/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the name of a ledger that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "cairn.db")
    return fresh(request.getfixturevalue("database"))


def fresh(database: str) -> str:
    """Empty a database."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return database


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """Give a new ledger."""
    with open_ledger(place, create=True) as made:
        yield made
