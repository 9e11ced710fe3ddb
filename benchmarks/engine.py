"""How reading grows with processors, and what Spark costs beside them: ``benchmarks/engine.py --spark``.

Reports of about 500 words (``--words``), put together from paragraphs of the project's own, are extracted
into a folder: on one processor, on two, and with ``--spark`` by two executors of Spark on this machine. Each
is done with few and with many reports, so that what it costs to start is told apart from what a report costs.
Processor time is summed over all processes that take part. On a busy machine the clock says little; trust the
ratios of processor time, and what they make of a machine that has two processors for itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CAIRN = "from cairn.cli import main; main()"
SMALL = f"from cairn.documents import splits; splits.SPLIT_BYTES = 100_000; {CAIRN}"
"""With splits so small that both executors have enough to do."""
WORDS = 500
LARGE_RUN = 20_000
"""Reports in the run that ratios are told for."""
TICK = os.sysconf("SC_CLK_TCK")


def paragraphs() -> list[str]:
    """Return the paragraphs of the project's own reports."""
    told = [json.loads(line)["text"] for line in (files("cairn") / "sample" / "aleppo.jsonl").open("rb")]
    stories = sorted((ROOT / "tests" / "stories").glob("*/report.json"))
    told += [json.loads(each.read_bytes())["text"] for each in stories]
    return [each for text in told for each in text.split("\n") if len(each) > 40]


def reports(count: int, path: Path, least: int = WORDS) -> Path:
    """Write reports of so many words or a few more, each different from all others."""
    own = paragraphs()
    rng = random.Random(1)  # noqa: S311
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            words: list[str] = []
            while sum(len(each.split()) for each in words) < least:
                words.append(rng.choice(own))
            text = "\n".join([*words, f"It was report {number} of that day."])
            out.write(json.dumps({"id": f"r{number}", "text": text, "published": "2031-03-05"}) + "\n")
    return path


@dataclass
class Watch:
    """Follows all processes that come of one: their processor time, and the memory of all at once."""

    root: int
    kind: str = "Pss"
    seconds: dict[int, float] = field(default_factory=dict)
    peak_mib: float = 0.0

    def look(self) -> float:
        """Take stock; return what all hold now, in MiB."""
        stats = {}
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit():
                    told = (entry / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
                    stats[int(entry.name)] = (int(told[1]), (int(told[11]) + int(told[12])) / TICK)
            except OSError:
                continue
        held = 0.0
        for process in stats:
            above = process
            while above in stats and above != self.root:
                above = stats[above][0]
            if above == self.root:
                self.seconds[process] = stats[process][1]
                held += own_mib(process, self.kind)
        self.peak_mib = max(self.peak_mib, held)
        return held


def own_mib(process: int, kind: str = "Pss") -> float:
    """Return the memory of a process, 0 where it cannot be told.

    Args:
        process: its number.
        kind: "Pss", with its share of what others hold, too; "Anonymous", without files such as libraries.
    """
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith(f"{kind}:")), 0.0
    )


def measure(news: Path, *how: str, processors: set[int]) -> dict[str, Any]:
    """Extract some reports; return processor seconds, seconds by the clock, and peak memory."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", SMALL, "extract", str(news), "--out", f"{out}/x", *how]
        begun = time.perf_counter()
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, processors)
        ran = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        os.sched_setaffinity(0, before)
        told: list[str] = []
        reader = threading.Thread(target=lambda: told.append(ran.stderr.read() if ran.stderr else ""))
        reader.start()
        watch = Watch(ran.pid)
        while ran.poll() is None:
            watch.look()
            time.sleep(0.25)
        reader.join()
        if ran.returncode:
            raise SystemExit(f"{' '.join(command)}: {told}")
    return {
        "processor_s": round(sum(watch.seconds.values()), 2),
        "clock_s": round(time.perf_counter() - begun, 2),
        "peak_mib": round(watch.peak_mib),
    }


def each_costs(few: dict[str, Any], many: dict[str, Any], more: int) -> dict[str, Any]:
    """Return what a report costs, and what it costs to start."""
    report = (many["processor_s"] - few["processor_s"]) / more
    return {"few": few, "many": many, "ms_a_report": round(1000 * report, 1)}


def main() -> None:
    """Measure and print one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--few", type=int, default=20)
    arguments.add_argument("--many", type=int, default=100)
    arguments.add_argument("--words", type=int, default=WORDS, help="of a report")
    arguments.add_argument("--spark", action="store_true")
    chosen = arguments.parse_args()
    ways = {"one_processor": ("--workers", "1"), "two_processors": ("--workers", "2")}
    has_spark = chosen.spark and shutil.which("java") is not None and find_spec("pyspark") is not None
    if has_spark:
        ways["spark"] = ("--engine", "spark", "--master", "local-cluster[2,1,1024]")
    result: dict[str, Any] = {
        "reports": chosen.many,
        "words_a_report": chosen.words,
        "load": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory() as folder:
        few, many = (
            reports(count, Path(folder) / f"{count}.jsonl", chosen.words)
            for count in (chosen.few, chosen.many)
        )
        for name, how in ways.items():
            on = {0} if name == "one_processor" else os.sched_getaffinity(0)
            some, most = (measure(news, *how, processors=on) for news in (few, many))
            result[name] = each_costs(some, most, chosen.many - chosen.few)

    def alone(name: str) -> float:
        """Return the processor time of a large run."""
        way = result[name]
        start = way["few"]["processor_s"] - chosen.few * way["ms_a_report"] / 1000
        return float(start + LARGE_RUN * way["ms_a_report"] / 1000)

    result[f"of_{LARGE_RUN}_reports_when_alone"] = {
        "two_processors_times_one": round(2 * alone("one_processor") / alone("two_processors"), 2),
        "reports_a_second_on_two_processors": round(2 * LARGE_RUN / alone("two_processors"), 1),
        **({"spark_share_of_local": round(alone("two_processors") / alone("spark"), 2)} if has_spark else {}),
    }
    if chosen.spark and not has_spark:
        result["spark"] = "not measured: Java or pyspark is not installed"
    json.dump(result, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
