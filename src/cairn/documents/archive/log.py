"""The log: one line of JSON a record, only ever added to; a line cut off in writing is set aside."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cairn.documents.archive.store import sync

_BLOCK = 1 << 16


class Log:
    """A file of lines, open for reading and, when ``writing``, for adding to."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        """Open the log.

        Raises:
            OSError: there is none, or it may not be read or written.
        """
        self.path = path
        self._file = path.open("r+b" if writing else "rb")
        self.end = self._file.seek(0, os.SEEK_END)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def set_aside_torn(self, folder: Path) -> Path | None:
        """Move a last line that has no end out of the log; return where to, or ``None``.

        Raises:
            OSError: the disk failed.
        """
        start = self._last_end()
        if start == self.end:
            return None
        self._file.seek(start)
        torn = self._file.read()
        folder.mkdir(exist_ok=True)
        path = folder / f"log-from-{start}.torn"
        path.write_bytes(torn)
        sync(path)
        sync(folder)
        self._cut(start)
        return path

    def append(self, lines: Sequence[bytes]) -> None:
        """Add lines, each with its end; they are on the disk when this returns, or none of them is.

        Raises:
            OSError: no space, or the disk failed.
        """
        start = self.end
        self._file.seek(start)
        try:
            self._file.write(b"".join(lines))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError:
            self._cut(start)
            raise
        self.end = self._file.tell()

    def read(self, offset: int, length: int) -> bytes:
        """Return the line that starts at a byte."""
        self._file.seek(offset)
        return self._file.read(length)

    def lines(self, offset: int = 0) -> Iterator[tuple[int, bytes]]:
        """Yield whole lines from a byte on, each with where it starts."""
        with self.path.open("rb", buffering=_BLOCK) as file:
            file.seek(offset)
            for line in file:
                if not line.endswith(b"\n"):
                    return
                yield offset, line
                offset += len(line)

    def _cut(self, size: int) -> None:
        """Shorten the file to what it held before a write that failed, or before a torn line."""
        self._file.truncate(size)
        os.fsync(self._file.fileno())
        self.end = size

    def _last_end(self) -> int:
        """Return where the last whole line ends."""
        position = self.end
        while position:
            start = max(0, position - _BLOCK)
            self._file.seek(start)
            found = self._file.read(position - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            position = start
        return 0
