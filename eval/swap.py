"""Swap the parties of reports, and count what changes in the claims beside their names.

usage: python eval/swap.py [REPORTS.jsonl ...] [--misses N]

Cairn must read every side by the same rules. ``swap.toml`` pairs names and labels of sides, armed bodies,
nations, outlets and monitors; a swapped report has each replaced by its partner, everywhere at once. Of a
claim nothing may change then but the swapped words: it is there again, at the same place of the text, with
the same harm, count, groups, means, kind of target, place, time, status, scope, whole and incident, and its
party and voices swapped. Without files the project's own sample and stories are read, and the annotated
dev reports where they are at hand (their annotation is not used).

Two things may change beside a name, because the contract asks for it: whether the harmed are ``insurgent`` or
``combatant``, which their label states; and the country of a place, where the swap renames the country.

A rule may also be one-sided without any text to show it: ``one_sided`` lists the tables of the lexicon that
know one word of a pair and not the other.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from cairn.pipeline import Tools, open_tools, read_document
from cairn.records import Claim, Document, Group
from swapped_words import Pair, Swapped, Vocabulary, load_vocabulary, one_sided, swap

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT.parent / "shared" / "gold" / "dev.jsonl"
FLOOR = 0.99
"""Share of claims that must stay as they are but for the swapped names."""
SIDES = frozenset({Group.INSURGENT, Group.COMBATANT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One claim that was read otherwise after the swap: which slot, what it should be, what it is."""

    report: str
    slot: str
    anchor: str
    due: str
    got: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the swap did to a set of reports: how many there are, name a party, hold claims; the changes."""

    reports: int
    swapped: int
    claims: int
    changes: tuple[Change, ...]

    @property
    def kept(self) -> float:
        """Return the share of claims that stayed as they were; 1 when there is none."""
        changed = len({(change.report, change.anchor) for change in self.changes})
        return 1 - changed / self.claims if self.claims else 1.0


def compare(
    document: Document,
    before: Sequence[Claim],
    after: Sequence[Claim],
    swapped: Swapped,
    words: Vocabulary,
) -> list[Change]:
    """Return every change of the claims of one report beside the swapped names.

    Args:
        document: the report as it was.
        before: its claims.
        after: claims of the swapped report.
        swapped: the swap.
        words: what was swapped.
    """
    due = {
        (swapped.position(claim.anchor.start), swapped.position(claim.anchor.end), claim.harm): claim
        for claim in before
    }
    got = {(claim.anchor.start, claim.anchor.end, claim.harm): claim for claim in after}
    partner = {claim.id: got[place].id for place, claim in due.items() if place in got}
    firsts = _firsts(before), _firsts(after)
    changes: list[Change] = []

    def note(slot: str, anchor: str, one: object, two: object) -> None:
        told = " ".join(anchor.split())
        changes.append(Change(report=document.id, slot=slot, anchor=told, due=str(one), got=str(two)))

    for place, claim in due.items():
        anchor = claim.anchor.words(document.text)
        other = got.get(place)
        if other is None:
            note("claim", anchor, "read", "not read")
            continue
        for slot, one, two in _slots(claim, other, partner, words):
            if one != two:
                note(slot, anchor, one, two)
        first, second = firsts[0][claim.id], firsts[1][other.id]
        if partner.get(first or "", second) != second:
            note("incident", anchor, first, second)
    for place, claim in got.items():
        if place not in due:
            note("claim", claim.anchor.words(swapped.text), "not read", "read")
    return changes


def _firsts(claims: Sequence[Claim]) -> dict[str, str | None]:
    """Return for each claim the first of its incident: the ids themselves are made from words, and differ."""
    founders: dict[str, str] = {}
    for claim in claims:
        if claim.incident is not None:
            founders.setdefault(claim.incident, claim.id)
    return {claim.id: founders.get(claim.incident or "") for claim in claims}


def _slots(
    one: Claim, two: Claim, partner: Mapping[str, str], words: Vocabulary
) -> Iterator[tuple[str, Any, Any]]:
    """Yield each slot as it should be after the swap, and as it is."""

    def swapped(told: str | None) -> str | None:
        return None if told is None else swap(told, words.pairs).text

    yield "count", one.count, two.count
    yield "victims", swapped(one.victims.text), two.victims.text
    yield "groups", _without_sides(one), _without_sides(two)
    yield "perpetrator", swapped(one.perpetrator), two.perpetrator
    yield "means", one.means, two.means
    targets = one.target, two.target
    yield "target", *((each and each.kind) for each in targets)
    places = one.place, two.place
    yield "place", swapped(places[0] and places[0].name), places[1] and places[1].name
    codes = [each.country for each in places if each]
    if len(codes) == len(places) and not words.countries.issuperset(codes):
        yield "country", *codes
    yield "time", one.time, two.time
    yield "speakers", tuple(swapped(each) for each in one.speakers), two.speakers
    yield "status", one.status, two.status
    yield "scope", one.scope, two.scope
    yield "part_of", partner.get(one.part_of or ""), two.part_of


def _without_sides(claim: Claim) -> tuple[Group, ...]:
    """Return the groups, with those of the two sides as one."""
    groups = [Group.COMBATANT if group in SIDES else group for group in claim.victims.groups]
    return tuple(dict.fromkeys(groups))


def changes_of(
    document: Document, before: Sequence[Claim], tools: Tools, words: Vocabulary
) -> list[Change] | None:
    """Swap and read one report again; ``None`` when it names no party.

    Nations keep their names in a report of harm on the soil of one of them, where the name tells the place.
    """
    if any(claim.place is not None and claim.place.country in words.countries for claim in before):
        words = replace(words, pairs=tuple(pair for pair in words.pairs if pair.kind != "nation"))
    swapped = swap(document.text, words.pairs)
    if not swapped.edits:
        return None
    other = Document(id=document.id, text=swapped.text, published=document.published, outlet=document.outlet)
    return compare(document, before, read_document(other, tools).claims, swapped, words)


def measure(documents: Sequence[Document], tools: Tools, words: Vocabulary) -> Outcome:
    """Read every report that names a party, before and after the swap."""
    changes: list[Change] = []
    claims = reports = 0
    for document in documents:
        before = read_document(document, tools).claims
        found = changes_of(document, before, tools, words)
        if found is not None:
            reports, claims = reports + 1, claims + len(before)
            changes += found
    return Outcome(reports=len(documents), swapped=reports, claims=claims, changes=tuple(changes))


def causes(document: Document, tools: Tools, words: Vocabulary) -> Iterator[tuple[Pair, Change]]:
    """Yield the pairs that change a claim of a report when they alone are swapped, with what they name."""
    before = read_document(document, tools).claims
    for pair in {edit.pair: None for edit in swap(document.text, words.pairs).edits}:
        alone = replace(words, pairs=tuple(each for each in words.pairs if _are_one(pair, each)))
        for change in changes_of(document, before, tools, alone) or ():
            yield pair, change


def _are_one(pair: Pair, other: Pair) -> bool:
    """Say whether two pairs name one party: "observatory" and "Syrian Observatory for Human Rights"."""
    one, two = (f" {' '.join(each.words).lower()} " for each in (pair, other))
    return any(f" {word.lower()} " in two for word in pair.words) or any(
        f" {word.lower()} " in one for word in other.words
    )


def read_reports(path: Path) -> Iterator[Document]:
    """Read the reports of a JSON Lines file, or the one of a JSON file."""
    content = path.read_text(encoding="utf-8")
    for line in content.splitlines() if path.suffix == ".jsonl" else [content]:
        report = json.loads(line)
        day = report.get("published")
        published = dt.date.fromisoformat(day) if day else None
        yield Document(id=report["id"], text=report["text"], published=published, outlet=report.get("outlet"))


def own_reports() -> list[Document]:
    """Return the project's own texts: the bundled sample and the stories of the tests."""
    sample = Path(str(files("cairn") / "sample" / "aleppo.jsonl"))
    stories = sorted((ROOT / "tests" / "stories").glob("*/report.json"))
    return [document for path in (sample, *stories) for document in read_reports(path)]


def show(name: str, outcome: Outcome) -> None:
    """Print what a swap did to a set of reports."""
    slots = Counter(change.slot for change in outcome.changes).most_common()
    print(
        f"{name}: {outcome.swapped} of {outcome.reports} reports name a party; {outcome.kept:.4f} of their "
        f"{outcome.claims} claims stay as they are"
    )
    print("  changed: " + (", ".join(f"{slot} {number}" for slot, number in slots) or "nothing"))


def main(argv: Sequence[str] | None = None) -> int:
    """Swap, read, and show what changed; fail below the floor."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("reports", nargs="*", type=Path, help="JSON Lines files of reports")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N changes with their causes")
    options = parser.parse_args(argv)
    words, tools = load_vocabulary(), open_tools()
    for table, known, partner in one_sided(words):
        print(f"lexicon {table}: {known!r} without {partner!r}")
    sets = [(path.name, list(read_reports(path))) for path in options.reports]
    if not sets:
        sets = [("own texts", own_reports())]
        sets += [(DEV.name, list(read_reports(DEV)))] if DEV.is_file() else []
    low, left = False, options.misses
    for name, documents in sets:
        outcome = measure(documents, tools, words)
        low = low or outcome.kept < FLOOR
        show(name, outcome)
        changed = {change.report for change in outcome.changes}
        for document in [each for each in documents if each.id in changed]:
            for pair, change in causes(document, tools, words) if left > 0 else ():
                left -= 1
                print(f"  {change.report} {' / '.join(pair.words)}: {change.slot} of “{change.anchor}”")
                print(f"    due {change.due}, got {change.got}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
