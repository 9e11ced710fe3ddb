"""How fast claims are linked across reports: ``python benchmarks/linking.py --claims 100000``.

Invented attacks, ten claims each in as many reports, over ten years and two hundred towns of three countries;
reports differ in day, wording, toll and how exactly they place it. One process links them; it tells how much
of the time pairs are compared, which is what executors of Spark can do: ``--spark`` lets two of them do it
too, and tells what all processes take then, and whether the incidents are the same.

    python benchmarks/linking.py --claims 100000 --days 365 --ledger

puts them into a ledger instead, and tells how long it takes to link one more report there: that depends on
how many reports tell of its days, so a hundred thousand claims in a year are as hard as a million in ten.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cairn.engine import open_spark_hands
from cairn.incidents import Linked, Told
from cairn.ledger import Read, append_readings, open_ledger, rebuild, refresh
from cairn.pipeline import join_told, link_reports
from cairn.records import Claim, Count, Document, Group, Harm, Means, Period, Place, Run, Span, Victims
from engine import Watch

CLAIMS_EACH = 10
FIRST_DAY = dt.date(2012, 1, 1)
DAYS = 3_650
RUN = Run(version="bench", model="none", lexicon="none")
MORE = 9
"""Reports that are linked one by one; the first of them warms up."""
COUNTRIES = tuple(
    Place(name=name, country=name, latitude=north, longitude=east, radius_km=reach)
    for name, north, east, reach in (
        ("SY", 35.0, 38.0, 360.0),
        ("UA", 49.0, 32.0, 600.0),
        ("NG", 9.0, 8.0, 630.0),
    )
)
"""With reaches as the gazetteer has them: a place without one would be taken for a village."""


def invent(claims: int, days: int = DAYS, seed: int = 1) -> list[Told]:
    """Return reports with a claim each."""
    rng = random.Random(seed)  # noqa: S311
    words = ["".join(rng.choices("abcdefghiklmnoprstuvz", k=rng.randint(5, 9))) for _ in range(3_000)]
    towns = [
        Place(
            name=f"Town{number}",
            country=country.name,
            latitude=(country.latitude or 0) + rng.uniform(-2.5, 2.5),
            longitude=(country.longitude or 0) + rng.uniform(-3, 3),
            radius_km=rng.uniform(2, 12),
        )
        for country in COUNTRIES
        for number in range(70)
    ]
    whole = {country.name: country for country in COUNTRIES}
    told = []
    for attack in range(claims // CLAIMS_EACH):
        town, means, toll = rng.choice(towns), rng.choice(list(Means)), rng.randint(1, 60)
        day = FIRST_DAY + dt.timedelta(days=rng.randrange(days))
        said = rng.choices(words, k=25)
        for number in range(CLAIMS_EACH):
            name = f"r{attack}-{number}"
            text = " ".join(rng.sample(said, 12) + rng.choices(words, k=8)) + "."
            late = rng.choice((0, 0, 0, 1, 2))
            place = town if rng.random() < 0.85 else whole[str(town.country)]
            when = Period(start=day, end=day) if rng.random() < 0.85 else None
            document = Document(id=name, text=text, published=day + dt.timedelta(days=late))
            claim = Claim(
                id=f"clm-{name}",
                document_id=name,
                anchor=Span(0, 5),
                harm=Harm.KILLED,
                count=Count(low=max(1, toll + rng.randint(-2, 2))),
                victims=Victims(text="people", groups=(Group.UNSPECIFIED,)),
                means=means if rng.random() < 0.8 else None,
                place=place,
                time=when,
                incident=f"inc-{name}",
            )
            told.append(Told(document=document, claims=(claim,)))
    return told


def link_more(told: list[Told]) -> dict[str, object]:
    """Return how long it takes to link one more report in a ledger that holds some, after the first."""
    now = dt.datetime.now(dt.UTC)
    spent = []
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(str(Path(folder) / "l.db"), create=True) as ledger,
    ):
        for _ in append_readings(ledger, map(as_read, told), lambda: now, size=1_000):
            pass
        rebuild(ledger, join_told)
        for number, each in enumerate(told[:: max(1, len(told) // MORE)]):
            document = replace(each.document, id=f"more-{number}")
            claims = [replace(claim, id=f"more-{claim.id}", document_id=document.id) for claim in each.claims]
            for _ in append_readings(ledger, [as_read(Told(document=document, claims=claims))], lambda: now):
                begun = time.process_time()
                refresh(ledger, join_told)
                spent.append(time.process_time() - begun)
    return {
        "claims": len(told),
        "seconds of one processor to link one more report": round(statistics.median(spent[1:]), 2),
        "at most": round(max(spent[1:]), 2),
    }


class Timed:
    """Hands of this process that count the processor seconds of what they do, and the tasks."""

    def __init__(self) -> None:
        self.seconds, self.tasks = 0.0, 0

    def __call__(self, do: Callable[[Any], Any], tasks: Iterable[Any], /) -> Iterator[Any]:
        """Do tasks, see ``cairn.hands.Hands``."""
        for task in tasks:
            begun = time.process_time()
            made = do(task)
            self.seconds += time.process_time() - begun
            self.tasks += 1
            yield made


def link_on_spark(told: list[Told], here: Linked) -> dict[str, object]:
    """Return what two executors of Spark and this process take to link some reports, all together."""
    watch, ended = Watch(os.getpid()), threading.Event()

    def follow() -> None:
        while not ended.wait(0.25):
            watch.look()

    def used() -> float:
        watch.look()
        return sum(watch.seconds.values())

    follower = threading.Thread(target=follow)
    follower.start()
    try:
        with open_spark_hands("local-cluster[2,1,2048]") as hands:
            list(hands(str, range(8)))  # so that Spark has started
            begun = used()
            linked = link_reports(told, hands=hands)
            spent = used() - begun
    finally:
        ended.set()
        follower.join()
    return {"seconds of all processors": round(spent, 1), "same incidents": linked == here}


def as_read(told: Told) -> Read:
    """Return a report as a ledger takes it."""
    return Read(document=told.document, claims=list(told.claims), run=RUN)


def main() -> None:
    """Print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--claims", type=int, default=20_000)
    arguments.add_argument("--days", type=int, default=DAYS, help="over which the attacks are spread")
    arguments.add_argument("--ledger", action="store_true", help="link one more report in a ledger of them")
    arguments.add_argument("--spark", action="store_true", help="let two executors of Spark compare, too")
    chosen = arguments.parse_args()
    told = invent(chosen.claims, chosen.days)
    if chosen.ledger:
        print(json.dumps(link_more(told), indent=1))
        return
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    begun, worked = time.perf_counter(), time.process_time()
    comparing = Timed()
    linked = link_reports(told, hands=comparing)
    ended, rested = time.perf_counter(), time.process_time()
    right = sum(len({claim.split("-")[1] for claim in each.claims}) == 1 for each in linked.incidents)
    json.dump(
        {
            "claims": chosen.claims,
            "attacks": chosen.claims // CLAIMS_EACH,
            "seconds": round(ended - begun, 1),
            "seconds of one processor": round(rested - worked, 1),
            "of them comparing": round(comparing.seconds, 1),
            "tasks of comparing": comparing.tasks,
            "incidents": len(linked.incidents),
            "incidents of one attack": right,
            "MiB of the claims alone": held,
            "MiB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            **({"on spark": link_on_spark(told, linked)} if chosen.spark else {}),
        },
        sys.stdout,
        indent=1,
    )
    print()


if __name__ == "__main__":
    main()
