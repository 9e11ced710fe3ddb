"""Reviewing: a document with its claims as they were read and as people left them, and who approved what."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from cairn.ledger import rows as to
from cairn.ledger.current import State, parts_of, read_entries, standing_now
from cairn.ledger.kinds import CLAIM
from cairn.ledger.portions import portions
from cairn.ledger.rulings import PUBLIC, Ruled, rule
from cairn.ledger.tables import batches, claims, credits, current_claims, decisions, documents
from cairn.records import Claim, Decision, Document, Ruling, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """How far a claim has come on its way to the public.

    Attributes:
        settled: the standing confirmation or rejection; ``None`` while the claim waits.
        published: the standing decision that makes it public; ``None`` while it is not.
        changed: since it was published it was corrected or read otherwise, and not confirmed again.
    """

    settled: Decision | None
    published: Decision | None
    changed: bool

    @property
    def confirmed(self) -> bool:
        """Say whether a person confirmed the claim as it now is."""
        return self.settled is not None and self.settled.ruling is Ruling.CONFIRM


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One claim of a document.

    Attributes:
        number: of its row.
        read: as it was read, with the words of each slot.
        ruled: as people left it.
        incident: that it belongs to now; ``None`` for a tally, and for one that was rejected.
        recorded_at: when this reading of it was recorded, in UTC.
        decisions: all that were ever made about it, in the order of arrival.
        approval: how far it has come.
    """

    number: int
    read: Claim
    ruled: Ruled[Claim]
    incident: str | None
    recorded_at: dt.datetime
    decisions: tuple[Decision, ...]
    approval: Approval


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document of the ledger with its claims, from the top down.

    Attributes:
        number: of its row; ``id`` is what decisions about it name.
        decisions: all that were made about the document itself.
    """

    number: int
    id: str
    document: Document
    claims: tuple[Judged, ...]
    decisions: tuple[Decision, ...]


def find_document(state: State, claim: str) -> int | None:
    """Return the number of the document that a claim stands in, by the claim's id."""
    asked = sa.select(sa.func.max(claims.c.document)).where(claims.c.id == claim)
    number: int | None = state.connection.scalar(asked)
    return number


def open_document(state: State, number: int, only: str | None = None) -> Opened | None:
    """Return a document with the claims that its latest reading sees, those that were rejected as well.

    Args:
        state: of ``as_of``.
        number: of its row.
        only: id of the one claim that is asked for; all when ``None``.
    """
    connection = state.connection
    row = connection.execute(sa.select(documents).where(documents.c.number == number)).mappings().first()
    if row is None:
        return None
    of = (
        sa.select(claims.c.number, batches.c.recorded_at, current_claims.c.incident)
        .join(batches, batches.c.number == claims.c.batch)
        .outerjoin(current_claims, current_claims.c.number == claims.c.number)
        .where(
            claims.c.document == number, claims.c.number.in_(standing_now(CLAIM, state.batch, [row["name"]]))
        )
    )
    found = connection.execute(of if only is None else of.where(claims.c.id == only)).all()
    moments = {each.number: each.recorded_at for each in found}
    joined = {each.number: each.incident for each in found}
    read = read_entries(connection, CLAIM, joined)
    about = _about(state, [row["id"], *(each.id for _, _, each, _ in read)])
    own = tuple(about.get(row["id"], ()))
    judged = [
        Judged(
            number=each,
            read=made,
            ruled=rule(made, standing(about.get(made.id, ())), standing(own)),
            incident=joined[each],
            recorded_at=moments[each],
            decisions=tuple(about.get(made.id, ())),
            approval=approve(about.get(made.id, ()), moments[each]),
        )
        for each, _, made, _ in read
    ]
    credited = parts_of(connection, credits, [number])
    return Opened(
        number=number,
        id=row["id"],
        document=to.document_from(row, credited.get(number, ())),
        claims=tuple(sorted(judged, key=lambda each: (each.read.anchor, each.number))),
        decisions=own,
    )


def approve(made: Sequence[Decision], read_at: dt.datetime) -> Approval:
    """Return how far a claim has come.

    Args:
        made: all decisions about it.
        read_at: when this reading of it was recorded, in UTC.
    """
    corrections = {each.id for each in made if each.ruling is Ruling.CORRECT}
    stand = {each.id for each in standing(made)}
    settled, published, changed_at = None, None, read_at
    for each in made:
        if each.id in corrections or each.supersedes in corrections:
            settled, changed_at = None, max(each.at, changed_at)
        elif each.id not in stand:
            continue
        elif each.ruling in (Ruling.CONFIRM, Ruling.REJECT):
            settled = each
        elif each.ruling is Ruling.RESTRICT and each.slot is None:
            published = each if each.value == PUBLIC else None
    if settled is not None and settled.at < read_at:
        settled = None
    return Approval(
        settled=settled,
        published=published,
        changed=published is not None and (settled is None or published.at < changed_at),
    )


def find_decision(state: State, id_: str) -> tuple[Decision, bool] | None:
    """Return a decision by its id, and whether it still stands: no later one supersedes it."""
    made, later = decisions.alias("made"), decisions.alias("later")
    row = (
        state.connection.execute(sa.select(made).where(made.c.id == id_, made.c.batch <= state.batch))
        .mappings()
        .first()
    )
    if row is None:
        return None
    over = sa.select(later.c.number).where(later.c.supersedes == id_, later.c.batch <= state.batch)
    return to.decision_from(row), state.connection.scalar(over.limit(1)) is None


def made_together(state: State, decision: Decision) -> list[Decision]:
    """Return the standing decisions that a person made at one go with another: of that moment and ruling."""
    made, later = decisions.alias("made"), decisions.alias("later")
    over = sa.exists().where(later.c.supersedes == made.c.id, later.c.batch <= state.batch)
    query = sa.select(made).where(
        made.c.who == decision.who,
        made.c.at == decision.at,
        made.c.ruling == decision.ruling.value,
        made.c.batch <= state.batch,
        ~over,
    )
    rows = state.connection.execute(query.order_by(made.c.number)).mappings()
    return [to.decision_from(row) for row in rows]


def _about(state: State, ids: Sequence[str]) -> dict[str, list[Decision]]:
    """Return all decisions about some claims or documents, in the order of arrival, by these.

    A ruling on two claims may be taken back under the name of the other one; that belongs to both.
    """
    found: dict[str, list[Decision]] = defaultdict(list)
    for asked in portions(ids):
        query = sa.select(decisions).where(
            sa.or_(decisions.c.subject.in_(asked), decisions.c.other.in_(asked)),
            decisions.c.batch <= state.batch,
        )
        for row in state.connection.execute(query.order_by(decisions.c.number)).mappings():
            decision = to.decision_from(row)
            for subject in set(decision.subjects) & set(asked):
                found[subject].append(decision)
    return {subject: _with_later(state, made) for subject, made in found.items()}


def _with_later(state: State, made: list[Decision]) -> list[Decision]:
    """Add what supersedes rulings on two claims, where it names only the other."""
    paired, known = [each.id for each in made if len(each.subjects) > 1], {each.id for each in made}
    if not paired:
        return made
    query = sa.select(decisions).where(decisions.c.supersedes.in_(paired), decisions.c.batch <= state.batch)
    later = [to.decision_from(row) for row in state.connection.execute(query).mappings()]
    return sorted([*made, *(each for each in later if each.id not in known)], key=lambda each: each.at)
