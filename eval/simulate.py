"""Hold estimates to a known truth: invented incidents, told by voices whose faults and copies are known.

usage: python eval/simulate.py [--seed N] [--incidents N] [--misses N]

``simulated_news.py`` invents the news. Its claims go through the steps that a ledger's go through: copies are
found in the texts, claims are gathered by origin, every policy makes its estimate. Held by exit code:

* The ``range`` covers the truth as often as the settings imply (``imply_coverage``), within three standard
  errors of a share of so many incidents; and in just the incidents in which the truth lies between the lowest
  and the highest of what the voices said last, in at least ``AGREE`` of all.
* Copies, edited copies, relays and round-ups change no estimate of any policy.
* One more voice that says something inside the range leaves the range as it is.
* The origins that are told apart are the voices behind the reports, in at least ``ORIGINS`` of the incidents.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from cairn.estimates import Stand, estimate_all
from cairn.pipeline import weigh
from cairn.records import Harm
from simulated_news import Incident, imply_coverage, invent_report, simulate
from simulated_texts import Pair, Settings

AGREE = 0.97
"""Floor: incidents in which the range covers the truth exactly when the last figures do."""
ORIGINS = 0.95
"""Floor: incidents whose origins are told apart as they were simulated."""

Figures = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one incident.

    Attributes:
        covered: the range holds the truth.
        spanned: what the voices said last holds it.
        same_origins: the reports of each origin are those of one voice, and the other way round.
        changed: policies whose estimates copies changed, with the harm.
        widened: a voice inside the range changed it.
        told: for whoever looks into a fault.
    """

    number: int
    covered: bool
    spanned: bool
    same_origins: bool
    changed: tuple[str, ...]
    widened: bool
    told: str


def judge(incident: Incident, settings: Settings) -> Outcome:
    """Weigh an incident's reports and compare the outcome with the truth."""
    pairs = [*incident.first, *incident.copied]
    stands = weigh(pairs, [])
    before, after = _figures(weigh(incident.first, [])), _figures(stands)
    dead = next(stand for stand in stands if stand.harm is Harm.KILLED)
    low, _, high = after["range", Harm.KILLED]
    last = [said.figure for said in incident.last]
    covered = low is not None and high is not None and low <= incident.killed <= high
    inside = (low or 0) + ((high or 0) - (low or 0)) // 2
    more = [*pairs, invent_report(incident, "Board of Inquiry", inside, settings)]
    return Outcome(
        number=incident.number,
        covered=covered,
        spanned=min(last) <= incident.killed <= max(last),
        same_origins=_found(dead) == _true(incident, pairs),
        changed=tuple(
            f"{name} of the {harm.value}" for name, harm in after if before[name, harm] != after[name, harm]
        ),
        widened=_figures(weigh(more, []))["range", Harm.KILLED] != (low, None, high),
        told=f"killed {incident.killed}, last said {sorted(last)}, range {low} to {high}, "
        f"{len(incident.last)} voices, {len(dead.positions)} origins: "
        + "; ".join(f"{each.origin} {each.current.count.low}" for each in dead.positions),
    )


def _figures(stands: Sequence[Stand]) -> Mapping[tuple[str, Harm], Figures]:
    return {
        (name, stand.harm): (made.low, made.best, made.high)
        for stand in stands
        for name, made in estimate_all(stand).items()
    }


def _found(stand: Stand) -> set[frozenset[str]]:
    return {frozenset(position.documents) for position in stand.positions}


def _true(incident: Incident, pairs: Sequence[Pair]) -> set[frozenset[str]]:
    """Return the reports that tell what each voice says of the dead, as they were simulated."""
    reports: dict[str, set[str]] = {}
    for claim, document in pairs:
        if claim.harm is Harm.KILLED:
            reports.setdefault(incident.voice_of[claim.id], set()).add(document.id)
    return {frozenset(each) for each in reports.values()}


def show(outcomes: Sequence[Outcome], settings: Settings) -> Iterator[str]:
    """Yield the lines of the table."""
    number = len(outcomes)
    yield f"{number} incidents, seed {settings.seed}"
    yield f"  range covers the truth    {_share(each.covered for each in outcomes):.3f}"
    yield f"    as the settings imply   {imply_coverage(settings):.3f}"
    yield f"    as the voices imply     {_share(each.spanned for each in outcomes):.3f}"
    yield f"    where the voices do     {_share(each.covered == each.spanned for each in outcomes):.3f}"
    yield f"  origins as simulated      {_share(each.same_origins for each in outcomes):.3f}"
    yield f"  changed by copies         {sum(bool(each.changed) for each in outcomes)} incidents"
    yield f"  widened from inside       {sum(each.widened for each in outcomes)} incidents"


def find_faults(outcomes: Sequence[Outcome], settings: Settings) -> list[str]:
    """Return what does not hold, one sentence each."""
    implied, number = imply_coverage(settings), len(outcomes)
    covered = _share(each.covered for each in outcomes)
    slack = 3.0 * sqrt(implied * (1.0 - implied) / number)
    faults = []
    if abs(covered - implied) > slack:
        faults.append(f"the range covers {covered:.3f}, more than {slack:.3f} off the {implied:.3f} implied")
    if (agree := _share(each.covered == each.spanned for each in outcomes)) < AGREE:
        faults.append(f"range and voices agree on the truth in {agree:.3f} of the incidents, not in {AGREE}")
    if (origins := _share(each.same_origins for each in outcomes)) < ORIGINS:
        faults.append(f"origins are as simulated in {origins:.3f} of the incidents, not in {ORIGINS}")
    if changed := sum(bool(each.changed) for each in outcomes):
        faults.append(f"copies change estimates of {changed} incidents")
    if widened := sum(each.widened for each in outcomes):
        faults.append(f"a voice inside the range changes it in {widened} incidents")
    return faults


def _share(told: Iterable[bool]) -> float:
    each = list(told)
    return sum(each) / len(each)


def main(argv: Sequence[str] | None = None) -> int:
    """Simulate, show and hold; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    defaults = Settings()
    parser.add_argument("--seed", type=int, default=defaults.seed, help="of all chance")
    parser.add_argument("--incidents", type=int, default=defaults.incidents, help="how many are simulated")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show so many that went wrong")
    options = parser.parse_args(argv)
    if options.incidents < 1:
        parser.error("--incidents: at least one")
    settings = Settings(seed=options.seed, incidents=options.incidents)
    outcomes = [judge(incident, settings) for incident in simulate(settings)]
    print("\n".join(show(outcomes, settings)))
    wrong = [
        each
        for each in outcomes
        if each.changed or each.widened or not each.same_origins or each.covered != each.spanned
    ]
    for each in wrong[: options.misses]:
        print(f"  incident {each.number}: {each.told}; changed: {', '.join(each.changed) or 'nothing'}")
    faults = find_faults(outcomes, settings)
    for fault in faults:
        print(f"simulate: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
