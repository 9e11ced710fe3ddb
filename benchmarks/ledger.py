"""How fast claims are appended, verified, rebuilt and listed, in SQLite and in PostgreSQL.

    python benchmarks/ledger.py                                 100,000 claims in SQLite
    python benchmarks/ledger.py --claims 1000000
    python benchmarks/ledger.py --ledger postgresql://user@127.0.0.1/postgres    in a database made for it

    python benchmarks/ledger.py --events 10                     with as many events a document

Claims are invented: ten a document, each with eight pieces of evidence, 300 words of text; events with five.
Documents are appended in batches of 1,000. Seconds are wall-clock, for the lists medians of five, warm.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from cairn.ledger import (
    Asked,
    Ledger,
    Read,
    State,
    append_readings,
    as_of,
    count_claims,
    list_claims,
    open_ledger,
    rebuild,
    refresh,
    verify,
)
from cairn.pipeline import join_told
from cairn.records import (
    Claim,
    Count,
    Document,
    Event,
    EventType,
    Evidence,
    Group,
    Harm,
    Means,
    Participant,
    Period,
    Place,
    Run,
    Span,
    Victims,
    content_id,
)

CLAIMS_EACH = 10
BATCH = 1_000
INVENTED = 10_000
"""Documents that are invented at one go; what that takes is not counted."""
RUN = Run(version="bench", model="none", lexicon="none")
SLOTS = ("count", "harm", "victims", "place", "time", "speakers", "means", "perpetrator")
EVENT_SLOTS = ("trigger", "actor", "recipient", "place", "time")
HARMS = [Harm.KILLED, Harm.KILLED, Harm.KILLED, Harm.INJURED, Harm.DETAINED, Harm.DISPLACED]
WORD = "quellbrook"
FIRST_DAY = dt.date(2016, 1, 1)
QUESTIONS = {
    "no filter": Asked(),
    "place": Asked(place="Town77"),
    "country": Asked(place="SY"),
    "days": Asked(since=dt.date(2017, 3, 1), until=dt.date(2017, 3, 7)),
    "harm": Asked(harm="killed"),
    "means": Asked(means="airstrike"),
    "speaker": Asked(speaker="monitor"),
    "perpetrator": Asked(perpetrator="army"),
    "document": Asked(document="report-77"),
    "text": Asked(words=WORD),
    "place, harm and days": Asked(place="Town77", harm="killed", since=dt.date(2017, 1, 1)),
}


def invent(claims: int, seed: int = 1, events: int = 0) -> Iterator[Read]:
    """Yield documents with claims about invented places, and some events each."""
    rng = random.Random(seed)  # noqa: S311
    words = [WORD] + [
        "".join(rng.choices("abcdefghiklmnoprstuvz", k=rng.randint(3, 9))) for _ in range(5_000)
    ]
    towns = [f"Town{number}" for number in range(2_000)]
    for number in range(claims // CLAIMS_EACH):
        day = FIRST_DAY + dt.timedelta(days=rng.randrange(3_000))
        text = " ".join(rng.choices(words, k=300))
        document = Document(id=f"report-{number}", text=text, published=day, outlet=f"Outlet{number % 40}")
        yield Read(
            document=document,
            claims=[_claim(rng, document, each, towns, day) for each in range(CLAIMS_EACH)],
            run=RUN,
            events=[_event(rng, document, each, towns, day) for each in range(events)],
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


def _event(rng: random.Random, document: Document, number: int, towns: list[str], day: dt.date) -> Event:
    trigger = Span(number * 20 + 12, number * 20 + 18)
    actor, recipient = rng.choice(["army", "rebels", "envoy"]), rng.choice(["ministry", "town", "militants"])
    return Event(
        id=content_id("evt", [document.id, number]),
        document_id=document.id,
        trigger=trigger,
        type=rng.choice([*EventType]),
        actor=actor,
        recipient=recipient,
        participants=(
            Participant(slot="actor", name=actor),
            Participant(slot="recipient", name=recipient),
        ),
        place=Place(name=rng.choice(towns), country="SY", latitude=36.2, longitude=37.1, radius_km=5.0),
        time=Period(start=day, end=day),
        speakers=(rng.choice(["ministry", "monitor"]),),
        evidence=tuple(Evidence(slot=slot, spans=(trigger,), reason="beside it") for slot in EVENT_SLOTS),
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
    arguments.add_argument("--events", type=int, default=0, help="events a document")
    arguments.add_argument("--ledger", help="an empty ledger's name, instead of a file that is thrown away")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = chosen.ledger or str(Path(folder) / "cairn.db")
        json.dump(measure(name, chosen.claims, chosen.events), sys.stdout, indent=1)
    print()


def measure(name: str, claims: int, events: int) -> dict[str, object]:
    """Fill one ledger and time it."""
    now = dt.datetime.now(dt.UTC)
    reads, appending = invent(claims, events=events), 0.0
    with open_ledger(name, create=True) as ledger:
        while made := list(islice(reads, INVENTED)):
            gc.freeze()  # what was invented here is not the ledger's to look through
            begun = time.perf_counter()
            for _ in append_readings(ledger, made, lambda: now, size=BATCH):
                pass
            appending += time.perf_counter() - begun
            gc.unfreeze()
        rebuilding, rebuilt = clock(lambda: rebuild(ledger))
        verifying, verified = clock(lambda: verify(ledger))
        result: dict[str, object] = {
            "claims": claims,
            "claims appended a second": round(claims / appending),
            "seconds to verify": round(verifying, 1),
            "seconds to rebuild": round(rebuilding, 1),
            "claims that stand": rebuilt.claims,  # type: ignore[attr-defined]
            "events that stand": rebuilt.events,  # type: ignore[attr-defined]
            "faults": len(verified.faults),  # type: ignore[attr-defined]
            "bytes a claim": ledger.path and ledger.path.stat().st_size // claims,
            "MiB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        with as_of(ledger, None) as state:
            result["milliseconds a list"] = {
                each: round(1000 * statistics.median(time_list(state, asked) for _ in range(5)), 1)
                for each, asked in QUESTIONS.items()
            }
        linking, _ = clock(lambda: rebuild(ledger, join_told))
        result["seconds to rebuild with incidents"] = round(linking, 1)
        refreshing, _ = clock(lambda: add_one(ledger))
        result["seconds to add one document and link it"] = round(refreshing, 2)
    return result


def time_list(state: State, asked: Asked) -> float:
    """Return how long one takes that asks as ``cairn claims`` does: a screenful, and how many there are."""
    begun = time.perf_counter()
    for _ in list_claims(state, asked, 50):
        pass
    count_claims(state, asked)
    return time.perf_counter() - begun


def add_one(ledger: Ledger) -> None:
    """Append one more document and bring what is derived up to date."""
    (one,) = invent(CLAIMS_EACH, seed=2)
    fresh = replace(one.document, id="one-more")
    claims = [replace(each, id=f"{each.id}-more", document_id=fresh.id) for each in one.claims]
    read = Read(document=fresh, claims=claims, run=RUN)
    for _ in append_readings(ledger, [read], lambda: dt.datetime.now(dt.UTC)):
        refresh(ledger, join_told)


if __name__ == "__main__":
    main()
