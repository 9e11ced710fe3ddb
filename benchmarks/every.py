"""Run every benchmark at a small size, print one table and store it: ``python benchmarks/every.py``.

Each runs in a process of its own, one after the other; what each measures, and how to run it at full size,
stands in its first lines. The file that is stored holds all that they print, with machine, versions and how
busy the machine was: on a busy one, trust ratios and processor time, not seconds by the clock. When all of
them ran and none failed, the README shows the table that is made of it (``quoted.py``).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from quoted import show

HERE = Path(__file__).parent
QUICK: dict[str, tuple[str, ...]] = {
    "pipeline": ("--reports", "32", "--rounds", "2"),
    "reading": ("--threads", "1", "--rounds", "1"),
    "growth": ("--steps", "2"),
    "memory": ("--documents", "3000"),
    "peers": ("--reports", "10"),
    "engine": ("--few", "30", "--many", "150", "--spark"),
    "archives": ("--small", "100", "--large", "300"),
    "copies": ("speed", "--documents", "5000"),
    "ledger": ("--claims", "5000"),
    "linking": ("--claims", "5000"),
    "linkers": ("--claims", "5000"),
    "bounds": ("--claims", "100"),
    "review": ("--claims", "5000", "--times", "3"),
    "exports": ("--claims", "5000"),
}
"""Benchmark -> what makes it end within a few minutes; without these each runs at its full size."""
PACKAGES = (
    "cairn-ledger",
    "onnxruntime",
    "tokenizers",
    "numpy",
    "sqlalchemy",
    "pyarrow",
    "highspy",
    "pyspark",
)
LIMIT = 1800
"""Seconds after which a benchmark is given up."""


def main() -> None:
    """Run what was asked for; print the table and store it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "names", nargs="*", choices=[*QUICK, []], help="some of them; all when none is named"
    )
    arguments.add_argument("--full", action="store_true", help="at the sizes that each has of its own: hours")
    arguments.add_argument("--output", type=Path, default=HERE.parent / "out" / "benchmarks.json")
    chosen = arguments.parse_args()
    found: dict[str, Any] = {**describe_machine(), "benchmarks": {}}
    for name in chosen.names or QUICK:
        result = run(name, () if chosen.full else QUICK[name])
        found["benchmarks"][name] = result
        print(f"\n{name}  ({result['seconds']} s)")
        for label, value in flat(result.get("result", {"failed": result.get("failed")})):
            print(f"  {label:<76} {value}")
        sys.stdout.flush()
    chosen.output.parent.mkdir(parents=True, exist_ok=True)
    chosen.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"\nstored in {chosen.output}")
    if any("failed" in each for each in found["benchmarks"].values()):
        raise SystemExit(1)
    if not chosen.names:
        show(found)
        print("README.md shows the table of it, docs/benchmarks.json keeps it")


def run(name: str, options: tuple[str, ...]) -> dict[str, Any]:
    """Return what one benchmark printed, or the last line of why it failed."""
    begun, load = time.perf_counter(), os.getloadavg()[0]
    command = [sys.executable, str(HERE / f"{name}.py"), *options]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
        told, failed = ended.stdout, ended.returncode and (ended.stderr.strip().splitlines() or ["?"])[-1]
    except subprocess.TimeoutExpired:
        told, failed = "", f"took more than {LIMIT} s"
    result = {"options": list(options), "seconds": round(time.perf_counter() - begun, 1), "load": load}
    return {**result, "failed": failed} if failed else {**result, "result": json.loads(told)}


def describe_machine() -> dict[str, Any]:
    """Return what the numbers depend on."""
    return {
        "measured": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": {"processor": processor(), "cores": os.cpu_count(), "system": platform.platform()},
        "python": platform.python_version(),
        "versions": {name: found for name in PACKAGES if (found := installed(name)) is not None},
    }


def processor() -> str:
    """Return the processor's name, as well as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def installed(package: str) -> str | None:
    """Return the version of a package, ``None`` where it is absent."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def flat(value: object, path: str = "") -> list[tuple[str, object]]:
    """Return the leaves of nested results, each with the names above it."""
    if isinstance(value, dict):
        return [
            leaf for name, each in value.items() for leaf in flat(each, f"{path}, {name}" if path else name)
        ]
    return [(path, value)]


if __name__ == "__main__":
    main()
