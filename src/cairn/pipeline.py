"""The story in one file: documents become readings, readings become claims."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from cairn.claims import Extraction, extract_claims, keep_report, name_incidents, stage_report
from cairn.errors import CairnError
from cairn.estimates import Heard, Stand, estimate_all, fit_together, take_positions
from cairn.evaluation import Score, load_gold, score_reports
from cairn.exports import report_json
from cairn.garbage import uncollected
from cairn.gazetteer import Gazetteer, open_gazetteer
from cairn.hands import Hands, own_hands
from cairn.incidents import Linked, Told, Window, claims_given, join_incidents, relink
from cairn.installed import describe_run
from cairn.lexicon import Lexicon, load_lexicon
from cairn.lexicon.geography import load_geography
from cairn.readings import Parser, load_parser, mark_parsed, parse_documents, read
from cairn.records import (
    Claim,
    Copy,
    Decision,
    Document,
    Estimate,
    Fit,
    Reading,
    Run,
    Scope,
    Skipped,
    standing,
)

if TYPE_CHECKING:
    from cairn.ledger import Appended, Joined, Ledger, Nearby, Report

Other = TypeVar("Other")

TOGETHER = 48_000
"""Characters of documents that are parsed together: some sixteen reports, whose sentences fill batches of
like length (`benchmarks/pipeline.py`)."""
MOST_TOGETHER = 64
"""Documents after which a group is read though they are short, so that results do not wait."""


class Reader(Protocol):
    """Reads documents in order, see ``read_documents``; what is no document keeps its place."""

    def __call__(
        self, documents: Iterable[Document | Other], /
    ) -> Iterator[tuple[Document, Extraction] | Skipped | Other]:
        """Yield each document with what was read in it, or why nothing was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What reading needs. Opened once, passed to every call.

    Attributes:
        lexicon: the words of a language.
        gazetteer: what is known of places.
        parser: the reading model; without it word classes are told by rules, and no tree is known.
    """

    lexicon: Lexicon
    gazetteer: Gazetteer
    parser: Parser | None = None


def open_tools(progress: Callable[[str], None] | None = None, threads: int = 2) -> Tools:
    """Load the English lexicon and the reading model, and open the gazetteer.

    Args:
        progress: called with one line a step while the index of places is built, which its first use does.
        threads: how many threads the reading model may use for one batch of sentences.

    Raises:
        InputError: when a file that Cairn brings along is missing or not the one it brought, or when the
            index of places can be neither opened nor built; one line that says what to do.
    """
    return Tools(
        lexicon=load_lexicon(),
        gazetteer=open_gazetteer(progress=progress),
        parser=load_parser(threads=threads),
    )


def mark_document(document: Document, tools: Tools, *, every: bool = False) -> Reading:
    """Return one document with everything that claims are read from marked in it.

    Args:
        document: its text is not changed.
        tools: lexicon, gazetteer and reading model.
        every: parse also the sentences that can hold no claim, event or attribution.
    """
    return read(document, tools.lexicon, tools.gazetteer.find, tools.parser, every=every)


def read_document(document: Document, tools: Tools) -> Extraction:
    """Return the claims of one document."""
    with uncollected():
        return extract_claims(mark_document(document, tools), tools.lexicon)


def read_documents(
    documents: Iterable[Document | Other], tools: Tools
) -> Iterator[tuple[Document, Extraction] | Skipped | Other]:
    """Read documents in order; one that cannot be read never stops the rest.

    Some documents at a time are parsed together, which changes nothing but the time it takes. What is no
    document keeps its place.
    """
    for group in _grouped(documents):
        found = [each for each in group if isinstance(each, Document)]
        with uncollected():
            parsed = iter(parse_documents(found, tools.lexicon, tools.parser))
        for document in group:
            if not isinstance(document, Document):
                yield document
                continue
            try:
                with uncollected():
                    sentences = next(parsed)
                    reading = mark_parsed(
                        document, sentences, tools.lexicon, tools.gazetteer.find, tools.parser
                    )
                    extraction = extract_claims(reading, tools.lexicon)
                yield document, extraction
            except CairnError as error:
                yield Skipped(document_id=document.id, reason=f"{document.id}: {error}")


def _grouped(documents: Iterable[Document | Other]) -> Iterator[list[Document | Other]]:
    """Yield documents in the groups that are parsed together; what came before a fault is read first."""
    group: list[Document | Other] = []
    held = 0
    try:
        for document in documents:
            group.append(document)
            held += len(document.text) if isinstance(document, Document) else 0
            if held >= TOGETHER or len(group) >= MOST_TOGETHER:
                yield group
                group, held = [], 0
    except Exception:
        yield group
        raise
    yield group


def evaluate(gold: Mapping[str, Mapping[str, Any]], tools: Tools) -> Score:
    """Read the texts of annotated reports and score the claims against the annotation."""
    return score_reports(gold, read_annotated(gold, tools))


def read_annotated(gold: Mapping[str, Mapping[str, Any]], tools: Tools) -> dict[str, dict[str, Any]]:
    """Read the texts of annotated reports; return them as published, by id."""
    documents = {name: document_of(report) for name, report in gold.items()}
    return {name: publish(document, read_document(document, tools)) for name, document in documents.items()}


def publish(document: Document, found: Extraction) -> dict[str, Any]:
    """Return a report with what was read in it, as ``docs/report.schema.json`` has it."""
    return report_json(document, found.claims, events=found.events, framing=found.framing)


def read_kept(
    documents: Iterable[Document | Other], reports: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Document, Extraction] | Skipped | Other]:
    """Yield documents with the claims and events that their reports carry, and read none anew.

    Args:
        documents: as they come; what is no document keeps its place.
        reports: of ``docs/report.schema.json``, by the ids of the documents.
    """
    for document in documents:
        if not isinstance(document, Document):
            yield document
        elif document.id in reports:
            yield document, keep_report(reports[document.id], document)
        else:
            yield Skipped(
                document_id=document.id, reason=f"{document.id}: its line carries no id and no claims"
            )


def add_documents(
    ledger: Ledger,
    documents: Iterable[Document | Skipped],
    read: Reader,
    clock: Callable[[], dt.datetime],
    run: Run | None = None,
) -> Iterator[Appended | Skipped]:
    """Read documents into a ledger; each is safely there when it is yielded.

    What this set-up has read before is not read again, so a run that was cut off is started again.

    Args:
        ledger: open.
        documents: in the order in which they are to be recorded.
        read: reads them, here or on worker processes.
        clock: gives the moment, in UTC.
        run: the set-up that reads; the one that is installed when ``None``.
    """
    from cairn.ledger import (  # a quarter of a second that reading saves
        Appended,
        Read,
        append_readings,
        has_read,
    )

    run = run or describe_run()

    def look_up(document: Document | Skipped) -> Document | Skipped | Appended:
        if isinstance(document, Document):
            with ledger.reading() as connection:
                if has_read(connection, document, run):
                    return Appended(name=document.id, document=None, known=True)
        return document

    found: Iterator[tuple[Document, Extraction] | Skipped | Appended] = read(map(look_up, documents))
    for result in found:
        if not isinstance(result, tuple):
            yield result
            continue
        document, extraction = result
        appended = Read(document=document, claims=extraction.claims, events=extraction.events, run=run)
        yield from append_readings(ledger, [appended], clock)
        yield from extraction.dropped


def read_given(path: Path, tools: Tools) -> Iterator[tuple[dict[str, Any], Told]]:
    """Yield the reports of a file that carry claims already, as they stand there and as records.

    Claims of a report that names no incidents are first told apart as reading does it.

    Args:
        path: JSON Lines, by ``docs/report.schema.json``.
        tools: the gazetteer gives coordinates to places that come without.

    Raises:
        InputError: the file cannot be read, or a line is no such report; one line that says where.
    """
    for report in load_gold(path).values():
        document, claims = document_of(report), claims_given(report, tools.gazetteer.largest)
        if not any(claim.incident for claim in claims if claim.scope is Scope.INCIDENT):
            stage, _ = stage_report(mark_document(document, tools), tools.lexicon)
            claims = name_incidents([replace(claim, incident=None) for claim in claims], stage)
        yield report, Told(document=document, claims=claims)


def link_reports(
    told: Iterable[Told], decisions: Iterable[Decision] = (), hands: Hands = own_hands
) -> Linked:
    """Return the incidents that the claims of some reports are about, in whatever order they come."""
    ordered = sorted(told, key=lambda each: (each.document.published or dt.date.max, each.document.id))
    return join_incidents(ordered, decisions, hands=hands)


def join_told(
    told: Sequence[tuple[Document, Sequence[Claim]]],
    decisions: Sequence[Decision],
    nearby: Nearby | None = None,
    hands: Hands = own_hands,
) -> Joined:
    """Return the incident of each claim, with what policies make of it: how a ledger joins claims.

    Args:
        told: the first recorded first, which names the incident.
        decisions: of people.
        nearby: what of a ledger is to be linked or weighed again, without anything told.
        hands: compare accounts where all is linked.
    """
    from cairn.ledger import Joined

    if nearby is not None:
        return _join_nearby(nearby)
    reports = [Told(document=each, claims=claims) for each, claims in told]
    linked = join_incidents(reports, decisions, explained=False, hands=hands)
    made = _estimate(_by_incident(reports, linked.of), decisions)
    return Joined(of=linked.of, estimates=made, contradictions=linked.contradictions)


def _join_nearby(nearby: Nearby) -> Joined:
    """Link again what is to be, and weigh again what people decided about."""
    from cairn.ledger import Joined

    of, heard, replaced, contradictions = dict[str, str](), {}, frozenset[str](), None
    if not nearby.steady:
        found = relink(_as_told(nearby.fresh()), nearby.former, _LookUp(nearby), nearby.ruled_on_two())
        of, replaced, contradictions = found.linked.of, found.replaced, found.linked.contradictions
        heard = _by_incident(found.reports, of)
    heard |= nearby.stays(set(nearby.decided) - replaced - heard.keys())
    made = _estimate(heard, nearby.ruled_on([each.id for claims in heard.values() for each, _ in claims]))
    return Joined(of=of, estimates=made, contradictions=contradictions, replaced=replaced)


def _by_incident(reports: Iterable[Told], of: Mapping[str, str]) -> dict[str, list[tuple[Claim, Document]]]:
    """Return the claims of some reports by their incidents, each with its report."""
    heard: dict[str, list[tuple[Claim, Document]]] = defaultdict(list)
    for claim, document in ((claim, each.document) for each in reports for claim in each.claims):
        if claim.id in of:
            heard[of[claim.id]].append((claim, document))
    return heard


def _estimate(
    heard: Mapping[str, Sequence[tuple[Claim, Document]]], decisions: Sequence[Decision]
) -> dict[str, list[Estimate]]:
    """Return what policies make of some incidents."""
    of = {claim.id: incident for incident, claims in heard.items() for claim, _ in claims}
    about: dict[str, list[Decision]] = defaultdict(list)
    for decision in standing(decisions):
        for incident in {of[subject] for subject in decision.subjects if subject in of}:
            about[incident].append(decision)
    return {
        incident: [
            estimate
            for stand in weigh(claims, about[incident])
            for estimate in estimate_all(stand).values()
            if estimate.low is not None or estimate.high is not None
        ]
        for incident, claims in sorted(heard.items())
    }


@dataclass(frozen=True, slots=True)
class _LookUp:
    """A ledger's reports, as linking a few more asks for them; what was read around is not read again."""

    nearby: Nearby
    known: set[int] = field(default_factory=set)

    def around(self, windows: Collection[Window]) -> list[Told]:
        days = [(each.first, each.last, each.countries) for each in windows]
        return _as_told(self.nearby.around(days, self.known))

    def members(self, incidents: Collection[str]) -> list[Told]:
        return _as_told(self.nearby.members(incidents))

    def holding(self, claims: Collection[str]) -> list[Told]:
        return _as_told(self.nearby.holding(claims))


def _as_told(reports: Iterable[Report]) -> list[Told]:
    return [
        Told(document=e.document, claims=e.claims, number=e.number, incidents=e.incidents) for e in reports
    ]


def weigh(heard: Sequence[tuple[Claim, Document]], decisions: Sequence[Decision]) -> tuple[Stand, ...]:
    """Return who says what now of one incident; see ``hear``."""
    return take_positions(hear(heard, decisions))


def hear(heard: Sequence[tuple[Claim, Document]], decisions: Sequence[Decision]) -> Heard:
    """Return what is told of one incident; reports that repeat each other are one voice.

    Args:
        heard: the incident's claims, each with its report.
        decisions: of people.
    """
    documents = {document.id: document for _, document in heard}
    copies: list[Copy] = []
    if len(documents) > 1:
        from cairn.documents import CopyIndex, find_copies
        from cairn.documents import add_documents as index_documents

        copies = list(find_copies(index_documents(CopyIndex(), list(documents.values()))))
    return Heard(claims=heard, copies=copies, decisions=standing(decisions))


def fit_around(incident: str, heard: Heard, around: Sequence[tuple[Claim, Document]]) -> Fit:
    """Return how what is told of one incident, and of tallies that it belongs to, fits together.

    Args:
        incident: its id.
        heard: what is told of it.
        around: tallies, and claims about other incidents that these may hold.
    """
    told = replace(heard, claims=[*heard.claims, *around])
    return fit_together(told, incident, load_geography("en").countries)


def document_of(report: Mapping[str, Any]) -> Document:
    """Return the document of a report of ``docs/report.schema.json``."""
    published = report.get("published")
    return Document(
        id=report["id"],
        text=report["text"],
        published=dt.date.fromisoformat(published) if published else None,
        outlet=report.get("outlet"),
        set=report.get("set"),
    )
