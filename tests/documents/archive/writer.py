"""A writer to be killed: records captures, tells each commit, and may kill itself at a chosen moment."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cairn.documents.archive import open_archive
from documents.archive.factory import capture, document


def die_at(name: str, left: int) -> None:
    """Have the process killed at the n-th call of a function of ``os``, before it is done."""
    function = getattr(os, name)

    def counted(*arguments: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)

    setattr(os, name, counted)


def record(
    folder: Path, captures: range, group: int, told: Connection, point: tuple[str, int] | None = None
) -> None:
    """Record captures, and send the number of those that are committed after each commit."""
    if point:
        die_at(*point)
    with open_archive(folder, group=group) as archive:
        for number in captures:
            body = f"<p>{number} killed.</p>".encode() * 500
            archive.keep(capture(body, hour=number), body, document(f"{number} killed."))
            if (number + 1) % group == 0:
                told.send(number + 1)
