"""The data dictionary is what the tables are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "docs" / "records.py"


def test_the_page_is_what_the_script_writes() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr
