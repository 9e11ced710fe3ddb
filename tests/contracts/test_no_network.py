"""Tests cannot reach the network, and no code of ours but ``documents/web`` tries."""

from __future__ import annotations

import ast
import socket
from pathlib import Path

import pytest

import cairn

FETCHING = {
    "urllib.request", "http.client", "requests", "httpx", "httpcore", "aiohttp", "ftplib", "smtplib",
    "socket",
}  # fmt: skip
ALLOWED = {"httpx", "httpcore", "socket"}
"""What the one room imports that fetches."""

PACKAGE = Path(cairn.__path__[0])


def test_a_connection_out_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as outgoing,
        pytest.raises(PermissionError, match="reached for the network"),
    ):
        outgoing.connect(("192.0.2.1", 80))


def test_a_look_up_is_refused() -> None:
    with pytest.raises(PermissionError, match="reached for the network"):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_no_module_imports_what_fetches(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    fetches = path.is_relative_to(PACKAGE / "documents" / "web")
    assert not imported & (FETCHING - ALLOWED if fetches else FETCHING)
