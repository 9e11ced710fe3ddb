"""Nearby: reports with the claims of theirs that stand, as whoever links a few more asks for them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from cairn.ledger.current import decisions_about, read_standing
from cairn.ledger.portions import portions
from cairn.ledger.tables import claims, current_claims, decisions, documents
from cairn.records import Claim, Decision, Document, Scope

SLACK_DAYS = 10
"""Days by which a report may be printed after an attack whose day it does not tell."""
REACH_DAYS = 3
"""Days by which two times may miss each other and still be compared; what is looked up is compared exactly
after."""
LONGEST_DAYS = 45
"""Days of the longest time by which anything is looked up, with what it may reach beyond."""

Days = tuple[dt.date, dt.date, frozenset[str]]
"""First and last of some days, and countries; every country when there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report with its claims that stand and are about one incident each.

    Attributes:
        number: of the document, in the order of arrival.
        document: the report.
        claims: in reading order, each with the incident that the report itself tells.
        incidents: in which the claims were when all was linked last, by their ids.
    """

    number: int
    document: Document
    claims: Sequence[Claim]
    incidents: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """The reports of a ledger in which only some are to be linked again.

    Attributes:
        connection: to the ledger.
        batch: the last that counts.
        touched: numbers of the documents that are new, or of which linking sees something else than before.
        former: ids of the incidents that their claims were in.
        decided: ids of other incidents that people decided about: they stay, but may be told otherwise.
    """

    connection: Connection
    batch: int
    touched: Sequence[int]
    former: Collection[str]
    decided: Collection[str] = ()

    @property
    def steady(self) -> bool:
        """Say whether all incidents stay as they are."""
        return not self.touched and not self.former

    def ruled_on_two(self) -> list[Decision]:
        """Return what people decided about claims on two of which there is a ruling."""
        on_two = decisions.c.other.is_not(None)
        ids = sa.union(*(sa.select(decisions.c[name]).where(on_two) for name in ("subject", "other")))
        return decisions_about(self.connection, self.batch, ids)

    def ruled_on(self, claims: Sequence[str]) -> list[Decision]:
        """Return what people decided about some claims."""
        return decisions_about(self.connection, self.batch, claims)

    def fresh(self) -> list[Report]:
        """Return the reports that are to be linked again; they tell of no earlier incident."""
        found = read_reports(self.connection, self.touched)
        return [
            Report(number=each.number, document=each.document, claims=each.claims, incidents={})
            for each in found
        ]

    def around(self, spans: Iterable[Days], known: set[int]) -> Iterator[Report]:
        """Yield reports that tell of some of these days, and of some country of theirs or of none.

        Args:
            spans: days with their countries.
            known: numbers of documents that are left out; those that are given are added.
        """
        ranges: dict[frozenset[str], list[tuple[dt.date, dt.date]]] = defaultdict(list)
        for first, last, countries in sorted(spans, key=lambda each: each[:2]):
            before = ranges[countries]
            if before and first <= before[-1][1]:
                before[-1] = (before[-1][0], max(before[-1][1], last))
            else:
                before.append((first, last))
        for countries, days in ranges.items():
            for first, last in days:
                reports = self.within(first, last, countries, known)
                known.update(each.number for each in reports)
                yield from reports

    def within(
        self, first: dt.date, last: dt.date, countries: Collection[str], known: Collection[int] = ()
    ) -> list[Report]:
        """Return reports that tell of some day from one to another, and of some country or of none.

        Args:
            first: of the days.
            last: likewise.
            countries: every country when empty.
            known: numbers of documents that are left out.
        """
        claim, other = current_claims, current_claims.alias()
        incident = claim.c.scope == Scope.INCIDENT.value
        slack, reach = dt.timedelta(days=SLACK_DAYS), dt.timedelta(days=REACH_DAYS)
        told = sa.select(claim.c.document).where(
            incident,
            claim.c.time_start.between(first - dt.timedelta(days=LONGEST_DAYS), last),
            claim.c.time_end >= first - reach,
        )
        untold = (
            sa.select(claim.c.document)
            .join(documents, documents.c.number == claim.c.document)
            .where(incident, claim.c.time_start.is_(None), documents.c.published.between(first, last + slack))
        )
        found = sa.union(told, untold).subquery()
        query = sa.select(found.c.document)
        if countries:
            of = other.c.country.in_(sorted(countries)) | other.c.country.is_(None)
            query = query.where(sa.exists().where(other.c.document == found.c.document, of))
        return read_reports(self.connection, [n for n in self.connection.scalars(query) if n not in known])

    def stays(self, incidents: Collection[str]) -> dict[str, list[tuple[Claim, Document]]]:
        """Return the claims of some incidents, each with its report."""
        found: dict[str, list[tuple[Claim, Document]]] = {}
        for asked in portions(sorted(incidents)):
            own = current_claims.c.incident.in_(asked), current_claims.c.scope == Scope.INCIDENT.value
            for _, claim, document in read_standing(self.connection, *own):
                found.setdefault(claim.incident or "", []).append((claim, document))
        return found

    def members(self, incidents: Collection[str]) -> list[Report]:
        """Return the reports with claims in some incidents."""
        return self._holding(current_claims.c.incident, incidents)

    def holding(self, claims: Collection[str]) -> list[Report]:
        """Return the reports with some claims."""
        return self._holding(current_claims.c.id, claims)

    def _holding(self, column: ColumnElement[str], values: Collection[str]) -> list[Report]:
        asked, numbers = sorted(values), set[int]()
        for portion in portions(asked):
            query = sa.select(current_claims.c.document).where(column.in_(portion))
            numbers.update(self.connection.scalars(query))
        return read_reports(self.connection, sorted(numbers))


def read_reports(connection: Connection, numbers: Sequence[int] | None) -> list[Report]:
    """Return reports in the order of arrival, without those that tell of no incident.

    Args:
        connection: to the ledger, or to a day of it.
        numbers: of their documents; all when ``None``.
    """
    if numbers is None:
        return _read(connection, sa.true())
    return [
        report
        for portion in portions(sorted(numbers))
        for report in _read(connection, current_claims.c.document.in_(portion))
    ]


def _read(connection: Connection, condition: ColumnElement[bool]) -> list[Report]:
    conditions = (current_claims.c.scope == Scope.INCIDENT.value, condition)
    query = (
        sa.select(current_claims.c.number, current_claims.c.document, claims.c.report_incident)
        .join(claims, claims.c.number == current_claims.c.number)
        .where(*conditions)
    )
    of = {number: (document, incident) for number, document, incident in connection.execute(query)}
    found: dict[int, tuple[Document, list[Claim], dict[str, str]]] = {}
    for number, claim, report in read_standing(connection, *conditions):
        document, incident = of[number]
        _, told, before = found.setdefault(document, (report, [], {}))
        if claim.incident:
            before[claim.id] = claim.incident
        told.append(replace(claim, incident=incident))
    return [
        Report(number=number, document=report, claims=told, incidents=before)
        for number, (report, told, before) in sorted(found.items())
    ]
