"""How fast a large ledger is written to files, and in how much memory.

    python benchmarks/exports.py                                100,000 claims
    python benchmarks/exports.py --claims 1000000
    python benchmarks/exports.py --ledger cairn.db              claims of a ledger that is there

Claims are those that ``benchmarks/ledger.py`` invents. Each format is written by a process of its own, so
that the memory is what that format takes. A workbook gets 100,000 rows at most. Seconds are wall-clock, with
those of the processor beside them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from cairn.exports import CLAIMS, FileFormat, write_file
from cairn.ledger import append_readings, as_of, open_ledger, rebuild
from cairn.tables import Question, make_sheet
from ledger import BATCH, INVENTED, invent

WORKBOOK_ROWS = 100_000
"""Rows of a workbook: what a person may still scroll through."""


def main() -> None:
    """Print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--claims", type=int, default=100_000)
    arguments.add_argument("--ledger", help="a ledger to read, instead of one that is made and thrown away")
    arguments.add_argument("--format", choices=[*FileFormat], help="one format alone")
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.here:
        json.dump(measure(chosen.ledger, FileFormat(chosen.format)), sys.stdout)
        return
    with tempfile.TemporaryDirectory() as folder:
        name = chosen.ledger or fill(Path(folder) / "cairn.db", chosen.claims)
        forms = [chosen.format] if chosen.format else [*FileFormat]
        json.dump({form: apart(name, form) for form in forms}, sys.stdout, indent=1)
    print()


def fill(path: Path, claims: int) -> str:
    """Make a ledger; return its name."""
    now, reads = dt.datetime.now(dt.UTC), invent(claims)
    with open_ledger(path, create=True) as ledger:
        while made := list(islice(reads, INVENTED)):
            for _ in append_readings(ledger, made, lambda: now, size=BATCH):
                pass
        rebuild(ledger)
    return str(path)


def apart(name: str, form: str) -> object:
    """Return what writing one format took, in a process of its own."""
    command = [sys.executable, __file__, "--ledger", name, "--format", form, "--here"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(name: str, form: FileFormat) -> dict[str, object]:
    """Write all claims in one format, and time it."""
    question = Question(limit=WORKBOOK_ROWS if form is FileFormat.XLSX else None)
    begun, worked = time.perf_counter(), time.process_time()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(name) as ledger,
        as_of(ledger, None) as state,
    ):
        path = Path(folder) / f"claims.{form.value}"
        rows = write_file(form, [make_sheet(state, CLAIMS, question)], path, guide=())
        return {
            "rows": rows,
            "seconds": round(time.perf_counter() - begun, 1),
            "seconds of the processor": round(time.process_time() - worked, 1),
            "bytes a row": path.stat().st_size // max(rows, 1),
            "MiB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


if __name__ == "__main__":
    main()
