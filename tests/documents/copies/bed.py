"""A test bed of copies: wires altered in known ways, beside independent reports on the same incidents.

Independent reports share the incident's names, places and figures, quote the same statement, end with their
outlet's footer, and carry its stock paragraph. Nothing here was ever published.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from cairn.records import Credit, CreditKind, Document, Span
from documents.copies import alter
from documents.copies.invent import AGENCIES, Facts, facts, fill, grammar, name, person, report, say

FIRST_DAY = dt.date(2021, 3, 1)
EDITED = (0.05, 0.10)
"""Share of words that a light edit changes."""
HEAVILY_EDITED = (0.12, 0.18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who prints, with what its pages always say."""

    name: str
    footer: tuple[str, ...]
    stock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One document with what is true of it.

    Attributes:
        alteration: how it was made from ``originals``; "" for an independent report.
        originals: ids of what it repeats.
    """

    document: Document
    alteration: str = ""
    originals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What reports on one incident share."""

    known: Facts
    statement: str
    day: dt.date


@dataclass(slots=True)
class Desk:
    """Hands out ids, outlets and chance."""

    rng: random.Random
    outlets: tuple[Outlet, ...]
    issued: int = field(default=0)

    def issue(self) -> str:
        self.issued += 1
        return f"d{self.issued:06}"


def make_outlets(rng: random.Random, number: int) -> tuple[Outlet, ...]:
    """Return outlets, each with one to three lines of footer and one paragraph that it always uses."""
    made = []
    for _ in range(number):
        known = facts(rng) | {"outlet": f"{name(rng)} {rng.choice(('Post', 'Times', 'Herald', 'Courier'))}"}
        lines = rng.sample(grammar()["footer"][:-1], rng.choice((1, 2, 2, 3)))
        footer = tuple(fill(line, known, rng) for line in lines)
        made.append(Outlet(name=known["outlet"], footer=footer, stock=say("background", known, rng)))
    return tuple(made)


def make_bed(
    seed: int,
    incidents: int,
    *,
    outlets: int = 40,
    copy_share: float = 0.5,
    words: int = 300,
    strewn: float = 0.0,
) -> Iterator[Made]:
    """Yield a wire and two to four independent reports an incident, and altered copies of some.

    Args:
        seed: the same one gives the same documents.
        incidents: how many.
        outlets: how many print them.
        copy_share: mean number of copies a wire has.
        words: mean length of a report.
        strewn: share of invented words in it, see ``report``.
    """
    rng = random.Random(seed)  # noqa: S311
    desk = Desk(rng, make_outlets(rng, outlets))
    past: list[tuple[Incident, Made, alter.Paragraphs]] = []
    for number in range(incidents):
        incident = make_incident(rng, FIRST_DAY + dt.timedelta(days=number * 120 // incidents))
        body = story(incident, rng, words, strewn)
        wire = print_wire(desk, incident, body)
        yield wire
        for _ in range(rng.choice((2, 3, 3, 4))):
            yield print_report(desk, incident, words, strewn)
        past = [*past[-8:], (incident, wire, body)]
        copies = int(copy_share) + (rng.random() < copy_share % 1)
        for alteration in rng.sample(list(ALTERATIONS), copies):
            yield print_copy(desk, alteration, past)
        if rng.random() < 0.1:
            yield print_bulletin(desk, incident)


def make_incident(rng: random.Random, day: dt.date) -> Incident:
    """Return one incident with the statement that a body gave on it."""
    known = facts(rng)
    sentences = [fill(line, known, rng) for line in grammar()["statement"]]
    rng.shuffle(sentences)
    return Incident(known=known, statement=" ".join(sentences[: rng.choice((2, 3, 3))]), day=day)


def length(rng: random.Random, words: int) -> int:
    """Return a length: half of the reports lie between 0.6 and 1.3 times the mean, few above 3 times."""
    return max(60, min(int(rng.lognormvariate(0, 0.55) * words * 0.86), 5 * words))


def story(incident: Incident, rng: random.Random, words: int, strewn: float) -> alter.Paragraphs:
    """Return the paragraphs of one author's report; six in ten quote the statement, few without marks."""
    paragraphs = report(incident.known, rng, length(rng, words), strewn)
    if rng.random() < 0.6:
        quoted = incident.known | {"quoted": incident.statement}
        paragraphs.insert(min(len(paragraphs), rng.randint(1, 4)), say("quote_frame", quoted, rng))
    elif rng.random() < 0.2:
        first = incident.statement.split(". ")[0].rstrip(".")
        paragraphs.insert(1, f"{incident.known['body_cap']} issued a statement. {first}, it said.")
    return paragraphs


def publish(
    desk: Desk,
    incident: Incident,
    paragraphs: alter.Paragraphs,
    *,
    outlet: Outlet | None,
    later: int = 0,
    agency: str = "",
) -> Document:
    """Return the document as printed: headline, dateline, body, credit, footer."""
    rng = desk.rng
    credited = agency or rng.choice(AGENCIES)
    extra = {"agency": credited, "bracketed": f"({credited})", "person": person(rng), "town": name(rng)}
    known = incident.known | extra | {"place_caps": incident.known["place"].upper()}
    headline = say("headline", known, rng)
    line = fill(grammar()["dateline"][0], known, rng) if agency else say("dateline", known, rng).strip()
    lines = [headline, f"{line} {paragraphs[0]}".strip(), *paragraphs[1:]]
    if not agency and rng.random() < 0.4:
        lines.append(say("credit", known, rng))
    if outlet is not None and rng.random() < 0.8:
        lines.extend(outlet.footer)
        if rng.random() < 0.4:
            lines.append(fill(grammar()["footer"][-1], known | {"outlet": outlet.name}, rng))
    text = "\n".join(line for line in lines if line)
    credits_ = ()
    if agency:
        start = text.index(f"({agency})") + 1
        credits_ = (Credit(agency=agency, kind=CreditKind.DATELINE, span=Span(start, start + len(agency))),)
    return Document(
        id=desk.issue(),
        text=text,
        published=incident.day + dt.timedelta(days=later),
        outlet=outlet.name if outlet else agency,
        title=headline,
        credits=credits_,
    )


def print_wire(desk: Desk, incident: Incident, body: alter.Paragraphs) -> Made:
    """Print an agency's report."""
    return Made(document=publish(desk, incident, body, outlet=None, agency=desk.rng.choice(AGENCIES)))


def print_report(desk: Desk, incident: Incident, words: int, strewn: float) -> Made:
    """Print an outlet's own report."""
    rng, outlet = desk.rng, desk.rng.choice(desk.outlets)
    body = story(incident, rng, words, strewn)
    if rng.random() < 0.3:
        body.insert(min(len(body), rng.randint(2, 5)), outlet.stock)
    later = rng.choice((0, 0, 0, 1))
    return Made(document=publish(desk, incident, body, outlet=outlet, later=later))


def print_bulletin(desk: Desk, incident: Incident) -> Made:
    """Print an outlet's daily bulletin: always the same mould."""
    rng = desk.rng
    outlet = desk.outlets[rng.randrange(3)]
    numbers = {f"n{each}": str(rng.randint(2, 90)) for each in range(1, 9)}
    body = [fill(line[:], incident.known | numbers, rng) for line in grammar()["bulletin"]]
    return Made(document=publish(desk, incident, body, outlet=outlet))


Past = list[tuple[Incident, Made, alter.Paragraphs]]


def print_copy(desk: Desk, alteration: str, past: Past) -> Made:
    """Print an altered copy of the newest wire, and for a splice of an older one too."""
    incident, wire, body = past[-1]
    rng = desk.rng
    changed, others = ALTERATIONS[alteration](body, rng, incident, past)
    outlet = rng.choice(desk.outlets)
    document = publish(desk, incident, changed, outlet=outlet, later=rng.choice((0, 0, 0, 1, 2)))
    return Made(document=document, alteration=alteration, originals=(wire.document.id, *others))


Alteration = Callable[
    [alter.Paragraphs, random.Random, Incident, Past], tuple[alter.Paragraphs, tuple[str, ...]]
]


def _inserted(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    added = report(incident.known, rng, 200)[1 : rng.choice((2, 2, 3, 4))]
    return alter.insert(body, rng, added), ()


def _trimmed(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    return alter.trim(body, rng, rng.uniform(0.25, 0.75)), ()


def _reheadlined(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    return list(body), ()


def _spliced(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    if len(past) < 2:
        return list(body), ()
    _, other, other_body = rng.choice(past[:-1])
    mine, theirs = (
        each if rng.random() < 0.5 else alter.trim(each, rng, rng.uniform(0.4, 0.8))
        for each in (body, other_body)
    )
    spliced = alter.splice(mine, theirs, rng, lambda: say("link", incident.known, rng))
    return spliced, (other.document.id,)


def _edited(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    return alter.edit(alter.respell(body), rng, rng.uniform(*EDITED)), ()


def _reordered(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    return alter.edit(alter.reorder(body, rng), rng, rng.uniform(*EDITED)), ()


def _embedded(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    """About 150 words of the wire inside a dispatch of 1,200 words on other incidents."""
    total = sum(len(paragraph.split()) for paragraph in body)
    taken = alter.trim(body, rng, min(1.0, 150 / total))
    around = report(facts(rng), rng, 1050)
    place = rng.randint(0, len(around))
    return [*around[:place], *taken, *around[place:]], ()


def _excerpted(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    """An own report on the same incident with at least 60 words of the wire in it."""
    body = [paragraph for paragraph in body if incident.statement not in paragraph]
    start = rng.randrange(max(1, len(body) - 3))
    taken: alter.Paragraphs = []
    for paragraph in body[start:] + body[:start][::-1]:
        taken.append(paragraph)
        if sum(len(each.split()) for each in taken) >= 60:
            break
    own = report(incident.known, rng, 240)
    place = rng.randint(1, len(own))
    return [*own[:place], *taken, *own[place:]], ()


def _rewritten(
    body: alter.Paragraphs, rng: random.Random, incident: Incident, past: Past
) -> tuple[alter.Paragraphs, tuple[str, ...]]:
    """Trimmed, moved about, and up to one word in six changed: harder than asked for."""
    cut = alter.trim(body, rng, rng.uniform(0.5, 0.9))
    moved = alter.reorder(cut, rng) if len(cut) > 2 else cut
    return alter.edit(moved, rng, rng.uniform(*HEAVILY_EDITED)), ()


ALTERATIONS: Mapping[str, Alteration] = {
    "inserted": _inserted,
    "trimmed": _trimmed,
    "reheadlined": _reheadlined,
    "spliced": _spliced,
    "edited": _edited,
    "reordered": _reordered,
    "embedded": _embedded,
    "excerpted": _excerpted,
    "rewritten": _rewritten,
}
