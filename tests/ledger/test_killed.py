"""A process that is killed at any moment loses nothing that it told of; its rerun ends in the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from cairn.ledger import append_readings, dump, open_ledger, rebuild, refresh, verify
from ledger.made import clock, names, read

KILLS = int(os.environ.get("CAIRN_KILLS", "6"))
"""Kills an engine. Two hundred take some minutes: ``CAIRN_KILLS=200``."""
DOCUMENTS = 20 * KILLS
"""More than are written between two kills, so that most of these fall into writing."""
SCRIPT = """
import sys
sys.path.insert(0, sys.argv[2])
from cairn.ledger import append_readings, open_ledger, refresh
from ledger.made import clock, names, read
with open_ledger(sys.argv[1], create=True) as ledger:
    print("open", flush=True)
    for done in append_readings(ledger, map(read, names(int(sys.argv[3]))), clock):
        print(done.name, flush=True)
    refresh(ledger)
    print("refreshed", flush=True)
"""


def start(place: str) -> subprocess.Popen[str]:
    tests = str(Path(__file__).parents[1])
    command = [sys.executable, "-c", SCRIPT, place, tests, str(DOCUMENTS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603


def test_killed_at_random_moments(place: str, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "whole.db", create=True) as whole:
        list(append_readings(whole, map(read, names(DOCUMENTS)), clock))
        refresh(whole)
        expected = list(dump(whole))
    rng = random.Random(7)  # noqa: S311
    told: set[str] = set()
    for _ in range(KILLS):
        with start(place) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            time.sleep(rng.uniform(0, 0.12))
            process.send_signal(signal.SIGKILL)
            told.update(line.strip() for line in process.stdout)
        told.discard("refreshed")
        with open_ledger(place) as ledger:
            found = verify(ledger)
            assert found.faults == ()
            with ledger.reading() as connection:
                kept = {row[0] for row in connection.exec_driver_sql("SELECT name FROM documents")}
        assert told <= kept
    with start(place) as process:
        assert process.stdout is not None
        assert process.stdout.read().endswith("refreshed\n")
    with open_ledger(place) as ledger:
        assert list(dump(ledger)) == expected
        counted = refresh(ledger)
        assert counted == rebuild(ledger)
        assert counted.claims == 2 * DOCUMENTS


def test_killed_while_it_is_made(tmp_path: Path) -> None:
    place = str(tmp_path / "cairn.db")
    for wait in (0.0, 0.3, 0.5, 0.7, 0.9):
        with start(place) as process:
            time.sleep(wait)
            process.kill()
    with start(place) as process:
        assert process.stdout is not None
        assert process.stdout.read().endswith("refreshed\n")
    with open_ledger(place) as ledger:
        assert verify(ledger).faults == ()
