"""Killed at any moment: what was committed is there, the archive opens, and the next run goes on."""

from __future__ import annotations

import json
import multiprocessing
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cairn.documents.archive import Archive, body_name, open_archive
from documents.archive.factory import URL
from documents.archive.writer import record

GROUP = 3
LAST = 9

Run = Callable[..., int]


@pytest.fixture(scope="module")
def run() -> Run:
    """Run a writer in a process of its own until it dies or is killed; return what it had committed."""
    # A server that has imported all and has no threads forks each writer at once.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cairn.documents.archive"])

    def run_writer(
        folder: Path, captures: range, *, point: tuple[str, int] | None = None, wait: float | None = None
    ) -> int:
        ours, theirs = context.Pipe(duplex=False)
        writer = context.Process(target=record, args=(folder, captures, GROUP, theirs, point))
        writer.start()
        theirs.close()
        committed = 0
        try:
            while True:
                committed = ours.recv()
                if wait is not None:
                    time.sleep(wait)
                    writer.kill()
                    wait = None
        except EOFError:
            writer.join()
        assert writer.exitcode == -9
        ours.close()
        writer.close()
        return committed

    return run_writer


def check(archive: Archive, committed: int) -> int:
    """Check all that an archive holds; return how many captures there are."""
    captures = list(archive.captures())
    assert len(captures) >= committed
    for number, (taken, version) in enumerate(zip(captures, archive.versions(URL), strict=True)):
        assert body_name(archive.body(taken.body)) == taken.body
        assert archive.document(taken).text == f"{number} killed."
        assert (version.capture, version.number) == (taken.id, number + 1)
    return len(captures)


@pytest.mark.parametrize("call", ["replace", "fsync", "chmod"])
@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 13])
def test_a_kill_between_any_two_steps_of_a_commit_loses_nothing(
    run: Run, tmp_path: Path, call: str, number: int
) -> None:
    folder = tmp_path / "archive"
    committed = run(folder, range(LAST), point=(call, number))
    if (folder / "log.jsonl").exists():
        with open_archive(folder, read_only=True) as archive:
            check(archive, committed)
    with open_archive(folder) as archive:
        done = check(archive, committed)
        assert not archive.notices
        assert not list((folder / "bodies" / "incoming").iterdir())
    committed = run(folder, range(done, LAST + 3000), point=("replace", 20))
    with open_archive(folder) as archive:
        assert check(archive, committed) > done


def test_kills_at_random_moments_lose_nothing(run: Run, tmp_path: Path) -> None:
    """Each run goes on where the one before was killed, and is killed in its turn."""
    folder, chance, done = tmp_path / "archive", random.Random(5), 0  # noqa: S311
    for _ in range(10):
        committed = run(folder, range(done, done + 30_000), wait=chance.random() * 0.2)
        with open_archive(folder) as archive:
            done = check(archive, committed)
    whole = (folder / "log.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["is"] for line in whole] == ["archive", *["capture"] * done]
