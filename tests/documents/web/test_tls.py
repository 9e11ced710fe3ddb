"""Connections go to a checked address, and certificates are checked against the name all the same."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
import trustme

from cairn.documents.web import Fetched, Visitor, fetch
from cairn.records import Failure, FailureKind

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: close\r\n\r\ntext"


@contextmanager
def tls_server(authority: trustme.CA, *names: str) -> Iterator[tuple[int, list[str | None]]]:
    """Serve pages over TLS for some names; yield the port and the names that were asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    asked: list[str | None] = []
    context.sni_callback = lambda connection, name, _: asked.append(name)
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(65536)
                    secured.sendall(ANSWER)
            except OSError:
                pass  # the client did not trust us

    thread = Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], asked
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA, visitor_with: Callable[..., Visitor]) -> Visitor:
    """A visitor that trusts the tests' authority."""
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    return visitor_with(tls=tls)


def test_a_name_is_sent_and_its_certificate_checked(authority: trustme.CA, trusting: Visitor) -> None:
    with tls_server(authority, "herald.example") as (port, asked):
        found = fetch(trusting, f"https://herald.example:{port}/a")
    assert isinstance(found, Fetched), found
    assert ("Host", f"herald.example:{port}") in found.request_headers
    assert set(asked) == {"herald.example"}


def test_a_certificate_for_another_name_is_not_trusted(authority: trustme.CA, trusting: Visitor) -> None:
    with tls_server(authority, "127.0.0.1", "other.example") as (port, _):
        found = fetch(trusting, f"https://herald.example:{port}/a")
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.UNREACHABLE
    assert "certificate" in found.reason
    assert "herald.example" in found.reason


def test_an_unknown_authority_is_not_trusted(authority: trustme.CA, visitor: Visitor) -> None:
    with tls_server(authority, "herald.example") as (port, asked):
        found = fetch(visitor, f"https://herald.example:{port}/a")
    assert isinstance(found, Failure)
    assert "cannot be trusted" in found.reason
    assert len(asked) == 1  # and it is not tried again


def test_a_host_without_tls_is_told(visitor_with: Callable[..., Visitor]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(ANSWER)

        Thread(target=answer, daemon=True).start()
        found = fetch(visitor_with(attempts=1), f"https://herald.example:{server.getsockname()[1]}/a")
    assert isinstance(found, Failure)
    assert found.kind is FailureKind.UNREACHABLE
    assert "TLS" in found.reason
