"""What these tests share: an archive in a folder of its own, and a short way to record in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cairn.documents.archive import Archive, open_archive
from cairn.records import Kept
from documents.archive.factory import URL, capture, document

Say = Callable[..., Kept]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cairn-archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with open_archive(folder) as opened:
        yield opened


@pytest.fixture
def say(archive: Archive) -> Say:
    """Record that an address gives some words at an hour."""

    def record(text: str, *, hour: float = 0, url: str = URL, **options: Any) -> Kept:
        body = f"<p>{text}</p>".encode()
        return archive.keep(capture(body, url=url, hour=hour), body, document(text, **options))

    return record
