"""How fast claims are appended, verified, rebuilt and listed, in SQLite and in PostgreSQL.

    python benchmarks/ledger.py                                 100,000 claims in SQLite
    python benchmarks/ledger.py --claims 1000000
    python benchmarks/ledger.py --ledger postgresql://user@127.0.0.1/postgres    in a database made for it

Claims are invented: ten a document, each with eight pieces of evidence, 300 words of text. Documents are appended
in batches of 500. Seconds are wall-clock, medians of five for the lists, which are warm.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cairn.ledger import Read, append_readings, open_ledger, verify
from cairn.records import (
    Claim,
    Count,
    Document,
    Evidence,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Run,
    Span,
    Victims,
    content_id,
)

CLAIMS_EACH = 10
BATCH = 500
RUN = Run(version="bench", model="none", lexicon="none")
SLOTS = ("count", "harm", "victims", "place", "time", "speakers", "means", "perpetrator")
HARMS = [Harm.KILLED, Harm.KILLED, Harm.KILLED, Harm.INJURED, Harm.DETAINED, Harm.DISPLACED]
FIRST_DAY = dt.date(2016, 1, 1)


def invent(claims: int, seed: int = 1) -> Iterator[Read]:
    """Yield documents with claims about invented places."""
    rng = random.Random(seed)  # noqa: S311
    words = ["".join(rng.choices("abcdefghiklmnoprstuvz", k=rng.randint(3, 9))) for _ in range(5_000)]
    towns = [f"Town{number}" for number in range(2_000)]
    for number in range(claims // CLAIMS_EACH):
        day = FIRST_DAY + dt.timedelta(days=rng.randrange(3_000))
        text = " ".join(rng.choices(words, k=300))
        document = Document(id=f"report-{number}", text=text, published=day, outlet=f"Outlet{number % 40}")
        yield Read(
            document=document,
            claims=[_claim(rng, document, each, towns, day) for each in range(CLAIMS_EACH)],
            run=RUN,
        )


def _claim(rng: random.Random, document: Document, number: int, towns: list[str], day: dt.date) -> Claim:
    start, low = number * 20, rng.randint(1, 60)
    anchor = Span(start, start + 12)
    return Claim(
        id=content_id("clm", [document.id, start, low]),
        document_id=document.id,
        anchor=anchor,
        harm=rng.choice(HARMS),
        count=Count(low=low, high=low if rng.random() < 0.7 else None),
        victims=Victims(text="civilians", groups=(Group.CIVILIAN,)),
        perpetrator=rng.choice([None, "army", "rebels", "militants"]),
        means=rng.choice([*Means]),
        place=Place(name=rng.choice(towns), country="SY", latitude=36.2, longitude=37.1, radius_km=5.0),
        time=Period(start=day, end=day),
        speakers=(rng.choice(["ministry", "monitor", "hospital director", "residents"]),),
        evidence=tuple(Evidence(slot=slot, spans=(anchor,), reason="in the same clause") for slot in SLOTS),
    )


def clock(work: object) -> tuple[float, object]:
    """Return how many seconds a call took, and what it gave."""
    begun = time.perf_counter()
    given = work()  # type: ignore[operator]
    return time.perf_counter() - begun, given


def main() -> None:
    """Print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--claims", type=int, default=100_000)
    arguments.add_argument("--ledger", help="an empty ledger's name, instead of a file that is thrown away")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = chosen.ledger or str(Path(folder) / "cairn.db")
        json.dump(measure(name, chosen.claims), sys.stdout, indent=1)
    print()


def measure(name: str, claims: int) -> dict[str, object]:
    """Fill one ledger and time it."""
    made = list(invent(claims))
    now = dt.datetime.now(dt.UTC)
    with open_ledger(name, create=True) as ledger:
        appending, _ = clock(lambda: sum(1 for _ in append_readings(ledger, made, lambda: now, size=BATCH)))
        del made
        verifying, verified = clock(lambda: verify(ledger))
        result: dict[str, object] = {
            "claims": claims,
            "claims appended a second": round(claims / appending),
            "seconds to verify": round(verifying, 1),
            "faults": len(verified.faults),  # type: ignore[attr-defined]
            "bytes a claim": ledger.path and ledger.path.stat().st_size // claims,
            "MiB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    return result


if __name__ == "__main__":
    main()
