"""Measure Cairn on MUC-4: the number of human targets, and what became of them.

usage: python eval/muc4.py [--misses N] [--set tst1]

MUC-4 (1992) gave systems upper-case wire reports of 1988-91 on Latin America and asked for a template for
each terrorist incident. Two of its slots hold what Cairn reads: HUM TGT: NUMBER (slot 21) and HUM TGT: EFFECT
OF INCIDENT (slot 23). This script makes templates of Cairn's claims (``templates``), scores the two slots
against the answer keys of tst1 and tst2 (``muc4_keys.py``), and shows beside them what the systems of 1992
reached on tst3 and tst4; for tst1 and tst2 no scores by slot were published.

``ALL TEMPLATES`` counts every fill of a response that maps to no key as spurious; the official slot scores
were counted so. ``MATCHED/MISSING`` forgives such responses.

What the keys hold and no claim can: targets who were not harmed ("1: CEREZO", NO INJURY), incidents that were
only attempted or threatened, and victims without a figure ("PLURAL: PEASANTS"), which ``CLAIMS.md`` does not
take for claims. ``reachable`` is the share of the keys' fills that remain.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cairn.pipeline import open_tools, read_document
from cairn.records import Claim, Count, Document, Group, Harm, Means, Scope, Status
from muc4_keys import (
    SCORED,
    SLOTS,
    Fill,
    Message,
    Template,
    read_keys,
    same_name,
    score_message,
    score_slot,
    total,
)

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpora" / "muc4"
SETS = {"tst1": ("tst1/tst1-muc3", "tst1/key-tst1.v7"), "tst2": ("tst2/tst2-muc4", "tst2/key-tst2.v4")}

COUNTRIES = frozenset({"SV", "GT", "HN", "AR", "BO", "CL", "CO", "EC", "PE"})
"""The nine countries whose incidents were wanted (task description, 1.0, 4)."""
RECENT_DAYS = 61
"""An incident counts when it is at most two months old (1.0, 6)."""
FIGHTERS = frozenset({Group.COMBATANT, Group.INSURGENT, Group.PERPETRATOR})
"""Clashes between armed parties are no incident unless others are hurt as well (1.0, 1)."""
BOMBS = frozenset({Means.EXPLOSION, Means.IED, Means.CAR_BOMB, Means.SUICIDE_BOMB, Means.LANDMINE})
EFFECTS = {Harm.KILLED: "DEATH", Harm.INJURED: "INJURY"}
"""Harm -> effect. A kidnapping has none of its own, and "killed or injured" undivided is none of MUC-4's."""
SPARED = {Harm.KILLED: "NO DEATH", Harm.INJURED: "NO INJURY", Harm.CASUALTIES: "NO INJURY OR DEATH"}
"""Harm that nobody suffered -> effect."""
NOBODY_TOLD = frozenset({"", "OTHERS", "OTHER", "MORE", "CASUALTIES"})
"""Words for victims that describe no target ("six others"): the keys take them with those they continue."""
TYPES = {
    Group.OFFICIAL: "GOVERNMENT OFFICIAL",
    Group.POLICE: "LAW ENFORCEMENT",
    Group.COMBATANT: "ACTIVE MILITARY",
}
"""Group of the victims -> HUM TGT: TYPE, by which templates are mapped; all others are CIVILIAN."""


def read_texts(path: Path) -> Iterator[Document]:
    """Read the messages of a test set, each dated by its own dateline."""
    raw = path.read_text(encoding="latin-1")
    parts = re.split(r"^((?:TST\d|DEV)-MUC\d-\d{4}).*$", raw, flags=re.MULTILINE)
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        text = body.strip("\n").replace("[TEXT] ", "")
        dated = re.search(r"\b(\d{1,2}) ([A-Z]{3}) (\d\d)\b", text[:300])
        published = dt.datetime.strptime(" ".join(dated.groups()), "%d %b %y").date() if dated else None  # noqa: DTZ007
        yield Document(id=name, text=text, published=published)


# Templates from claims


def is_wanted(claim: Claim, published: dt.date | None) -> bool:
    """Say whether a claim tells of an incident, and of a target, that the task asks for."""
    if claim.scope is Scope.TALLY or claim.status in {Status.DENIED, Status.SUPERSEDED}:
        return False
    if claim.means in {Means.ACCIDENT, Means.DISASTER} or FIGHTERS.issuperset(claim.victims.groups):
        return False
    if claim.place is not None and claim.place.country not in {None, *COUNTRIES}:
        return False
    if published is not None and claim.time is not None and (published - claim.time.end).days > RECENT_DAYS:
        return False
    if claim.count.is_zero:
        return claim.harm in SPARED
    return claim.harm in {*EFFECTS, Harm.ABDUCTED} and victims_of(claim) not in NOBODY_TOLD


def number_of(count: Count) -> str:
    """Return a count as MUC-4 writes it: "6", "~100", "6-", "20-30", or "PLURAL" for "dozens"."""
    low, high = count.low, count.high
    if low is not None and low == high:
        return f"~{low}" if count.approx else str(low)
    if low is None or count.approx:
        return "PLURAL"
    return f"{low}-{high}" if high is not None else f"{low}-"


def incident_type(claims: Sequence[Claim]) -> str:
    """Return the type of an incident by what was done to people, and by what."""
    if any(claim.harm is Harm.ABDUCTED for claim in claims):
        return "KIDNAPPING"
    means = {claim.means for claim in claims}
    return "BOMBING" if means & BOMBS else "ARSON" if Means.ARSON in means else "ATTACK"


def is_named(claim: Claim) -> bool:
    """Say whether the victims are told by name."""
    return any(entry.slot == "count" and entry.reason.startswith("named") for entry in claim.evidence)


def victims_of(claim: Claim) -> str:
    """Return the name or description of the victims in one line."""
    return " ".join(claim.victims.text.upper().split())


def are_same(one: Claim, other: Claim) -> bool:
    """Say whether two claims of one report tell of the same victims of the same incident."""
    if one.count != other.count or one.count.is_zero:
        return False
    return bool(victims_of(one)) and same_name(victims_of(one), victims_of(other))


def incidents(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Group claims by incident; incidents that share victims told alike are one.

    A kidnapping is an incident of its own, with whatever else befell the kidnapped.
    """
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.incident or claim.id, []).append(claim)
    merged: list[list[Claim]] = []
    for group in groups.values():
        home = next((each for each in merged if any(are_same(a, b) for a in each for b in group)), None)
        if home is None:
            merged.append(list(group))
        else:
            home.extend(group)
    return [part for group in merged for part in _apart(group)]


def _apart(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Return the claims on the kidnapped and those on all others, as far as there are both."""
    taken = [claim for claim in claims if claim.harm is Harm.ABDUCTED]
    theirs = [each for each in claims if each in taken or any(are_same(each, one) for one in taken)]
    return [part for part in (theirs, [claim for claim in claims if claim not in theirs]) if part]


def template(claims: Sequence[Claim]) -> Template:
    """Make the template of one incident from its claims."""
    targets: list[list[Claim]] = []
    for claim in claims:
        if claim.count.is_zero:
            continue
        same = next((each for each in targets if any(are_same(claim, other) for other in each)), None)
        if same is None:
            targets.append([claim])
        else:
            same.append(claim)
    slots: dict[str, list[Fill]] = {slot: [] for slot in dict.fromkeys(SLOTS.values())}
    for target in targets:
        label = max((victims_of(claim) for claim in target), key=len)
        names = (label,) if label else ()
        if names:
            slots["name" if any(map(is_named, target)) else "description"].append(Fill(values=names))
        kinds = [TYPES[group] for claim in target for group in claim.victims.groups if group in TYPES]
        slots["type"].append(Fill(values=(kinds[0] if kinds else "CIVILIAN",), names=names))
        slots["number"].append(Fill(values=(number_of(target[0].count),), names=names))
        for effect in dict.fromkeys(EFFECTS[claim.harm] for claim in target if claim.harm in EFFECTS):
            slots["effect"].append(Fill(values=(effect,), names=names))
    spared = dict.fromkeys(SPARED[each.harm] for each in claims if each.count.is_zero and each.harm in SPARED)
    slots["effect"] += [Fill(values=(effect,)) for effect in spared]
    doers = dict.fromkeys(claim.perpetrator.upper() for claim in claims if claim.perpetrator)
    slots["perpetrator"] = [Fill(values=(doer,)) for doer in doers]
    return Template(
        types=(incident_type(claims),), slots={slot: tuple(fills) for slot, fills in slots.items()}
    )


def templates(claims: Sequence[Claim], published: dt.date | None) -> list[Template]:
    """Make the templates of one report from its claims."""
    return [template(group) for group in incidents([c for c in claims if is_wanted(c, published)])]


# What is shown


def reachable(keys: Sequence[Template], slot: str) -> float:
    """Return the share of the keys' fills that a claim could hold, in percent.

    A claim counts people who were harmed: it holds no target that escaped, and no bare plural.
    """
    wanted, within = 0, 0
    for key in keys:
        counted = {name for fill in key.slots["number"] if fill.values != ("PLURAL",) for name in fill.names}
        harmed = {
            name
            for fill in key.slots["effect"]
            if {"DEATH", "INJURY"}.intersection(fill.values)
            for name in fill.names
        }
        taken = counted if key.types == ("KIDNAPPING",) else set()
        for fill in key.slots[slot]:
            if key.optional or fill.optional:
                continue
            wanted += 1
            told = counted & (harmed if slot == "effect" else harmed | taken)
            spared = slot == "effect" and not fill.names and bool(set(SPARED.values()) & set(fill.values))
            within += spared or bool(told.intersection(fill.names))
    return 100 * within / wanted if wanted else 0.0


def official(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Read the published scores: (test set, slot) -> row."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["testset"], row["slot"]): row for row in csv.DictReader(lines, delimiter="\t")}


def show_misses(messages: dict[str, Message], number: int) -> None:
    """Print wrong fills of up to ``number`` messages, evenly sampled, to the terminal only."""
    wrong = [
        name for name, message in messages.items() if message.missing or message.spurious or message.mapped
    ]
    for name in wrong[:: max(1, len(wrong) // number)][:number]:
        print(f"\n{name}")
        message = messages[name]
        for key, got in message.mapped:
            print(f"  mapped {'/'.join(key.types)} <- {got.types[0]}")
            for slot in SCORED:
                tally = score_slot(slot, key.slots[slot], got.slots[slot])
                if tally.inc or tally.mis or tally.spu or tally.par:
                    print(f"    {slot:7} key {_shown(key.slots[slot])}\n{'':12}got {_shown(got.slots[slot])}")
        for side, left in (("missing", message.missing), ("spurious", message.spurious)):
            for each in left:
                print(
                    f"  {side} {each.types[0]}: {_shown(each.slots['number'])} {_shown(each.slots['effect'])}"
                )


def _shown(fills: Sequence[Fill]) -> str:
    return "; ".join(f"{'/'.join(f.values)}: {' / '.join(f.names) or '-'}" for f in fills) or "-"


def main() -> None:
    """Read the texts, score the templates, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N messages with wrong fills")
    parser.add_argument("--set", choices=tuple(SETS), help="one test set only")
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"skipped: no MUC-4 corpus at {CORPUS}")
        return
    tools = open_tools()
    messages: dict[str, Message] = {}
    keys: list[Template] = []
    for name in (options.set,) if options.set else tuple(SETS):
        texts, answers = SETS[name]
        key = read_keys(CORPUS / answers)
        keys += [each for some in key.values() for each in some]
        for document in read_texts(CORPUS / texts):
            claims = read_document(document, tools).claims
            messages[document.id] = score_message(key[document.id], templates(claims, document.published))
    show(messages, keys)
    if options.misses:
        show_misses(messages, options.misses)


def show(messages: dict[str, Message], keys: Sequence[Template]) -> None:
    """Print both slots, counted both ways, beside the scores of 1992."""
    published = official(CORPUS / "official_slot_scores.tsv")
    mapped = sum(len(message.mapped) for message in messages.values())
    spurious = sum(len(message.spurious) for message in messages.values())
    missing = sum(len(message.missing) for message in messages.values())
    print(f"{len(messages)} messages: {mapped} templates mapped, {missing} missing, {spurious} spurious")
    print(f"{'slot':16} {'counted':16} {'COR':>4} {'PAR':>4} {'INC':>4} {'SPU':>4} {'MIS':>4}    R    P    F")
    for slot, name in SCORED.items():
        for label, all_of_them in (("ALL TEMPLATES", True), ("MATCHED/MISSING", False)):
            t = total(messages.values(), slot, spurious=all_of_them)
            counts = f"{t.cor:4} {t.par:4} {t.inc:4} {t.spu:4} {t.mis:4}"
            print(f"{name:16} {label:16} {counts} {t.recall:4.0f} {t.precision:4.0f} {t.f:4.1f}")
        for testset in ("tst3", "tst4"):
            row = published[testset, name]
            print(
                f"{'':16} 1992, {testset}: best {row['bestF']} ({row['best_system']}), "
                f"second {row['secondF']}, median of {row['n_systems']} {row['medianF']}"
            )
        print(f"{'':16} reachable by claims {reachable(keys, slot):.0f} % of the keys' fills")


if __name__ == "__main__":
    main()
