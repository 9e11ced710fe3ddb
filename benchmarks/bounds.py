"""How fast what is told of one incident is fitted together: ``python benchmarks/bounds.py --claims 500``.

One invented attack with a known toll: origins that count it, each a little off, in reports with parts, groups
and injured; tallies of its town and week, and other attacks that these hold. Seconds are of one process, the
best of three; what is loaded once (the solver, a quarter of a second) is loaded before.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import time

from cairn.estimates import Heard, fit_together
from cairn.records import Claim, Count, Document, Group, Harm, Period, Place, Scope, Span, Victims, exactly

TOWN = Place(name="Orvale", country="SY", latitude=36.2, longitude=37.1, radius_km=12.0)
WEEK = Period(start=dt.date(2023, 10, 11), end=dt.date(2023, 10, 17))
PARTS = (Group.CHILD, Group.WOMAN, Group.MAN, Group.MEDICAL, Group.CIVILIAN)
TOLL = 60


def invent(claims: int, seed: int = 1) -> list[tuple[Claim, Document]]:
    """Return claims with their reports: of each report a toll, one to three parts, often the injured."""
    rng = random.Random(seed)  # noqa: S311
    told: list[tuple[Claim, Document]] = []
    while len(told) < claims:
        number = len(told)
        day = WEEK.end + dt.timedelta(days=rng.randrange(6))
        report = Document(id=f"r{number}", text="Word. " * 40, published=day, outlet=f"Outlet {number % 70}")
        speakers = (f"Body {rng.randrange(45)}",) if rng.random() < 0.8 else ()
        kind = rng.random()

        def claim(
            count: Count,
            group: Group = Group.UNSPECIFIED,
            report: Document = report,
            speakers: tuple[str, ...] = speakers,
            **slots: object,
        ) -> Claim:
            start = 6 * (len(told) % 40)
            values: dict[str, object] = {
                "harm": Harm.KILLED,
                "place": TOWN,
                "time": Period(start=WEEK.start, end=WEEK.start),
                "incident": "inc-0",
                "victims": Victims(text=group.value, groups=(group,)),
            } | slots
            made = Claim(
                id=f"clm-{len(told)}",
                document_id=report.id,
                anchor=Span(start, start + 4),
                count=count,
                speakers=speakers,
                **values,  # type: ignore[arg-type]
            )
            told.append((made, report))
            return made

        if kind < 0.08:
            claim(Count(low=150, high=150, approx=True), scope=Scope.TALLY, time=WEEK, incident=None)
        elif kind < 0.2:
            other = f"inc-{rng.randrange(1, 25)}"
            claim(Count(low=rng.randint(1, 9)), incident=other)
        else:
            toll = max(5, round(rng.gauss(TOLL, TOLL / 10)))
            whole = claim(Count(low=toll) if rng.random() < 0.4 else exactly(toll))
            for group in rng.sample(PARTS, rng.randint(1, 3)):
                claim(exactly(rng.randint(1, toll // 2)), group, part_of=whole.id)
            if rng.random() < 0.5:
                claim(exactly(rng.randint(toll, 3 * toll)), harm=Harm.INJURED)
    return told[:claims]


def main() -> None:
    """Print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--claims", type=int, default=500)
    chosen = arguments.parse_args()
    heard = Heard(claims=invent(chosen.claims))
    fit_together(Heard(claims=heard.claims[:3]), "inc-0")
    elapsed, busy = [], []
    for _ in range(3):
        begun, worked = time.perf_counter(), time.process_time()
        fit = fit_together(heard, "inc-0")
        elapsed.append(time.perf_counter() - begun)
        busy.append(time.process_time() - worked)
    json.dump(
        {
            "claims": chosen.claims,
            "seconds": round(min(elapsed), 2),
            "seconds of the processor": round(min(busy), 2),
            "bounds": len(fit.bounds),
            "contradictions": len(fit.contradictions),
            "rivals": len(fit.rivals),
        },
        sys.stdout,
        indent=1,
    )
    print()


if __name__ == "__main__":
    main()
