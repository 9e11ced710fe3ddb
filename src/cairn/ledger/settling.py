"""Settling: which ruling settles a claim, so that it waits for nobody, as the claim is read now."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, SelectBase

from cairn.ledger.portions import portions
from cairn.ledger.tables import claims, current_claims, decisions, documents
from cairn.records import Ruling

SETTLING = (Ruling.CONFIRM.value, Ruling.REJECT.value)


def rulings_settling(batch: int, subjects: SelectBase | None = None) -> sa.Subquery:
    """Return the claims whose last standing ruling confirms or rejects them, with its batch and number.

    A correction after it, or one that is taken back, unsettles a claim.

    Args:
        batch: the last that counts.
        subjects: ids of the claims that are asked about; all when ``None``.
    """
    made, later, correction = decisions.alias("made"), decisions.alias("later"), Ruling.CORRECT.value
    number = decisions.c.number
    gone = sa.exists().where(later.c.supersedes == decisions.c.id, later.c.batch <= batch)
    judged = decisions.c.ruling.in_(SETTLING)
    undone = sa.exists().where(made.c.id == decisions.c.supersedes, made.c.ruling == correction)
    changing = sa.or_(decisions.c.ruling == correction, undone)
    last = sa.func.max(sa.case((judged, number), else_=0))
    changed = sa.func.max(sa.case((judged, 0), else_=number))
    query = sa.select(
        decisions.c.subject,
        sa.func.max(sa.case((judged, decisions.c.batch))).label("batch"),
        last.label("last"),
    ).where(decisions.c.batch <= batch, sa.or_(sa.and_(judged, ~gone), changing))
    if subjects is not None:
        query = query.where(decisions.c.subject.in_(subjects))
    return query.group_by(decisions.c.subject).having(last > changed).subquery()


def settle(connection: Connection, batch: int, names: Sequence[str] | None) -> None:
    """Write in ``current_claims`` the number of the ruling that settles each claim, if one does.

    Args:
        connection: inside a transaction, after claims were filled: none is settled yet.
        batch: the last that counts.
        names: of documents; all when ``None``.
    """
    wanted = [None] if names is None else [documents.c.name.in_(some) for some in portions(names)]
    update = sa.update(current_claims).where(current_claims.c.number == sa.bindparam("which"))
    for own in wanted:
        ids = None
        if own is not None:
            ids = sa.select(claims.c.id).join(documents, documents.c.number == claims.c.document).where(own)
        settled = rulings_settling(batch, ids)
        query = (
            sa.select(current_claims.c.number, settled.c.last)
            .join(settled, settled.c.subject == current_claims.c.id)
            .join(claims, claims.c.number == current_claims.c.number)
            .where(settled.c.batch >= claims.c.batch)
        )
        found = [{"which": number, "by": last} for number, last in connection.execute(query)]
        if found:
            connection.execute(update.values(settled=sa.bindparam("by")), found)
