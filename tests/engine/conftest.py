"""Worker processes find the places that all tests share, where a user's cache would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from places_index import built_gazetteer, places_folder


@pytest.fixture(autouse=True)
def shared_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built_gazetteer()
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "cairn").symlink_to(places_folder(), target_is_directory=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
