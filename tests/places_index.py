"""One gazetteer for the whole test run, built once in a folder of its own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from cairn.gazetteer import Gazetteer, open_gazetteer


@cache
def built_gazetteer() -> Gazetteer:
    return open_gazetteer(places_folder())


@cache
def places_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cairn-places-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
