"""How fast web archives are imported, and how much memory it takes: ``python benchmarks/archives.py``.

Pages of 30 to 80 KB in the layouts of ``tests/documents/layouts``, each with a sentence of its own, are
written to WARC files of two sizes and imported through extraction into an archive, with one and with two
processes beside the one that reads and writes. On a busy machine pages a second say little: trust the
processor time a page, and what two processors would do with it. Others slow even that, by the caches and the
disk that they share; ``slowed_by_others`` is how much longer reading took around a run than at best, and
``when_alone`` what is left when that is taken out. Peak memory is that of the reading process and of its
workers, added up.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from cairn.documents import IMPORT_GROUP, Imported, import_files, open_archive  # noqa: E402
from cairn.documents import pages as pages_module  # noqa: E402
from documents.layouts.make import LAYOUTS, make_page  # noqa: E402

SMALL, LARGE = 1_000, 4_000
BULK = {"mobile": 40, "old-table": 40, "preformatted": 1, "print": 1, "portal-tables": 30, "amp": 20}
USUAL_BULK = 11
"""How much furniture stands around a report, by layout, so that pages have 30 to 80 KB."""
MOMENT = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)


def pages(count: int) -> Iterator[bytes]:
    """Yield pages, each different from all others; layouts that have no furniture are left out."""
    layouts = [layout for layout in LAYOUTS if BULK.get(layout) != 1]
    made = [
        make_page(each, seed, bulk=BULK.get(each, USUAL_BULK)).markup for seed, each in enumerate(layouts)
    ]
    for number in range(count):
        markup = made[number % len(made)]
        own = f"The council counted {number:,} requests for help by the evening of that day, a clerk said."
        head, mark, rest = markup.partition("</p>")
        yield f"{head} {own}{mark}{rest}".encode()


def write_warc(path: Path, count: int) -> int:
    """Write pages as records, packed one by one; return how many bytes the pages have."""
    size = 0
    with path.open("wb") as out:
        for number, page in enumerate(pages(count)):
            size += len(page)
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032d}>\r\n"
                f"WARC-Target-URI: https://news.example/story/{number}\r\nWARC-Date: 2031-01-01T00:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 4))
    return size


def measure(warc: Path, workers: int) -> dict[str, Any]:
    """Import one archive; return pages a second by the clock and by processor time, and peak memory."""
    peaks: dict[int, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        begun, used = time.perf_counter(), processor_seconds()
        articles = count = 0
        with open_archive(Path(folder) / "archive", group=IMPORT_GROUP) as archive:
            for each in import_files(
                [str(warc)], archive, Path(folder) / "archive", now=lambda: MOMENT, workers=workers
            ):
                count += 1
                articles += isinstance(each, Imported) and each.document is not None
                if count % 100 == 0:
                    for child in active_children():
                        peaks[child.pid or 0] = max(peaks.get(child.pid or 0, 0), peak_kib(child.pid))
        took, used = time.perf_counter() - begun, processor_seconds() - used
    own = peak_kib(None)
    return {
        "pages": count,
        "articles": articles,
        "workers": workers,
        "pages_a_second": round(count / took, 1),
        "processor_ms_a_page": round(1000 * used / count, 2),
        "pages_a_second_of_two_processors": round(2 * count / used, 1),
        "peak_mib": round((own + sum(peaks.values())) / 1024),
        "peak_mib_of_each": [round(peak / 1024) for peak in (own, *peaks.values())],
    }


def processor_seconds() -> float:
    """Return the time that this process and those it has ended took."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def peak_kib(process: int | None) -> int:
    """Return the most memory that a process had, in KiB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process or 'self'}/status").read_text(encoding="utf-8")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
    except (OSError, StopIteration):
        return 0


def shares(sample: list[bytes]) -> dict[str, float]:
    """Return how much of the time of reading a page goes into which part of it."""
    spent: dict[str, float] = {}

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*args, **options)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - begun

        return run

    parts = {
        "parse_page": "parse", "drop_furniture": "furniture", "take_text": "trafilatura", "find_day": "days",
        "guess_day": "days", "describe": "language and credits",
    }  # fmt: skip
    whole = timed("all", pages_module.read_page)
    before = {name: getattr(pages_module, name) for name in parts}
    for name, part in parts.items():
        setattr(pages_module, name, timed(part, before[name]))
    for page in sample:
        whole(page, document_id="page")
    for name, function in before.items():
        setattr(pages_module, name, function)
    total = spent.pop("all")
    told = {name: round(seconds / total, 3) for name, seconds in spent.items()}
    return {"ms_a_page": round(1000 * total / len(sample), 2), **told}


def reading_ms(sample: list[bytes], rounds: int = 1) -> float:
    """Return the processor time for reading a page, in ms: of each page the best of some rounds."""
    best = [float("inf")] * len(sample)
    for _ in range(rounds):
        for place, page in enumerate(sample):
            begun = time.process_time()
            pages_module.read_page(page, document_id="page")
            best[place] = min(best[place], time.process_time() - begun)
    return 1000 * sum(best) / len(sample)


def main() -> None:
    """Measure and print one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--small", type=int, default=SMALL)
    arguments.add_argument("--large", type=int, default=LARGE)
    chosen = arguments.parse_args()
    sample = list(pages(60))
    quiet = reading_ms(sample, rounds=20)
    result: dict[str, Any] = {"reading": {"best_ms_a_page": round(quiet, 2), **shares(list(pages(300)))}}
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.warc.gz", Path(folder) / "large.warc.gz"
        result["kb_a_page"] = round(write_warc(small, chosen.small) / chosen.small / 1000, 1)
        write_warc(large, chosen.large)
        runs = []
        for warc, workers in ((small, 1), (small, 2), (large, 2)):
            before = reading_ms(sample)
            run = measure(warc, workers)
            load = (before + reading_ms(sample)) / 2 / quiet
            quiet_rate = round(run["pages_a_second_of_two_processors"] * load, 1)
            runs.append({**run, "slowed_by_others": round(load, 2), "when_alone": quiet_rate})
        result["runs"] = runs
    json.dump(result, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
