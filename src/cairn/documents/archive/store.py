"""A store of bytes under their SHA-256: each kept once, packed by gzip, written whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from cairn.errors import ArchiveError

PACKING = 3
"""gzip's level: pages come out about a tenth larger than at the usual 6, in half of the processor time."""

_INCOMING = "incoming"
_SYNCS_AT_ONCE = 16
"""Waits for the disk that run side by side: journals of file systems write many at once for the price of
one; measured on ext4, 16 threads store ten times as many small files a second as one does."""


def body_name(body: bytes) -> str:
    """Return the name under which the archive keeps bytes: their SHA-256, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


class Store:
    """Bytes under their names in ``folder/ab/abcd….gz``; what ``zcat`` shows has the SHA-256 of its name.

    ``put`` writes to ``folder/incoming``; ``commit`` makes that durable and moves it to its place. A file
    in its place is therefore whole, whatever moment the process or the machine stopped at.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._incoming = os.path.join(self._folder, _INCOMING)
        self._staged: dict[str, int] = {}
        self._pool: ThreadPoolExecutor | None = None

    @property
    def staged_bytes(self) -> int:
        """Bytes on disk that wait for ``commit``."""
        return sum(self._staged.values())

    def prepare(self) -> None:
        """Make the folder, and drop what a run that was cut off left half done.

        Raises:
            OSError: the folder cannot be written.
        """
        os.makedirs(self._incoming, exist_ok=True)
        for left in os.listdir(self._incoming):
            os.unlink(os.path.join(self._incoming, left))

    def close(self) -> None:
        """Let the threads go that wait for the disk."""
        if self._pool is not None:
            self._pool.shutdown()

    def put(self, name: str, raw: bytes) -> None:
        """Keep bytes under their name until ``commit``, unless they are kept already.

        Raises:
            OSError: no space, or the folder cannot be written.
        """
        if name not in self._staged and not os.path.exists(self._place(name)):
            packed = gzip.compress(raw, PACKING, mtime=0)
            with open(self._waiting(name), "wb", buffering=0) as file:
                file.write(packed)
            self._staged[name] = len(packed)

    def get(self, name: str) -> bytes:
        """Return the bytes of a name.

        Raises:
            ArchiveError: there are none, or they are not those that the name was made from.
        """
        path = self._waiting(name) if name in self._staged else self._place(name)
        try:
            with open(path, "rb") as file:
                raw = gzip.decompress(file.read())
        except FileNotFoundError as error:
            raise ArchiveError(f"{path} is missing from the archive; restore it from a backup") from error
        except (OSError, EOFError, zlib.error) as error:
            raise ArchiveError(f"{path} cannot be read ({error}); restore it from a backup") from error
        if body_name(raw) != name:
            raise ArchiveError(f"{path} does not hold what its name says; restore it from a backup")
        return raw

    def commit(self) -> None:
        """Make all that was put durable and move it to its place.

        Raises:
            OSError: the disk failed; what was not moved is dropped by the next ``prepare``.
        """
        if not self._staged:
            return
        shards = {os.path.dirname(self._place(name)) for name in self._staged}
        fresh = [shard for shard in shards if not os.path.isdir(shard)]
        for shard in fresh:
            os.mkdir(shard)
        self._sync_all([self._waiting(name) for name in self._staged])
        for name in self._staged:
            os.chmod(self._waiting(name), 0o444)
            os.replace(self._waiting(name), self._place(name))
        self._sync_all([*shards, *([self._folder] if fresh else [])])
        self._staged.clear()

    def drop(self) -> None:
        """Forget what was put and not committed."""
        for name in self._staged:
            with suppress(OSError):
                os.unlink(self._waiting(name))
        self._staged.clear()

    def _sync_all(self, paths: list[str]) -> None:
        if len(paths) == 1:
            sync(paths[0])
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_SYNCS_AT_ONCE, thread_name_prefix="archive")
        for done in [self._pool.submit(sync, path) for path in paths]:
            done.result()

    def _place(self, name: str) -> str:
        return f"{self._folder}/{name[:2]}/{name}.gz"

    def _waiting(self, name: str) -> str:
        return f"{self._incoming}/{name}.gz"


def sync(path: str | Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk.

    Raises:
        OSError: the disk failed.
    """
    if os.name == "nt" and os.path.isdir(path):
        return  # Windows opens no folders; NTFS keeps its names by itself
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
