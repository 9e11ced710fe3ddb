"""Recording: who decides looks first, and what came of it is recorded with all that waits at that moment.

One decision costs a write to the disk and a refresh of what is derived, and so do fifty. So whoever gets the
turn records what all have submitted by then; the others find theirs done. Nobody holds it while looking:
who was overtaken by a decision about the same looks again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from cairn.errors import LedgerError
from cairn.ledger import Overtaken, State, Submitted, as_of, record_decisions
from cairn.pipeline import join_told
from cairn.records import Decision

if TYPE_CHECKING:
    from cairn.review.setup import Setup

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Generic[Answer]):
    """What a person does after a look at the ledger.

    Attributes:
        made: the decisions; none where there is nothing to record.
        answer: to the person, once all of them are recorded.
        about: ids of claims beside those decided about, on which the decisions rest.
    """

    made: Sequence[Decision]
    answer: Answer
    about: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What somebody submitted, and what will have become of it."""

    submitted: Submitted
    outcome: Future[Overtaken | None] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Turn:
    """Who waits to record, and the lock of who does it for all."""

    lock: Lock = field(default_factory=Lock)
    waiting: deque[_Waiting] = field(default_factory=deque)


def record(setup: Setup, look: Callable[[State], Act[Answer]]) -> Answer:
    """Look at the ledger, record what comes of it, and answer once it stands and what is derived shows it.

    Args:
        setup: of the server.
        look: asked again whenever somebody else decided about the same in between.

    Raises:
        LedgerError: one of the decisions could not be carried out, or another program holds the ledger; then
            none is recorded.
    """
    while True:
        with as_of(setup.ledger, None) as state:
            act = look(state)
            submitted = Submitted(made=act.made, seen=state.batch, about=act.about)
        if not act.made or _record(setup, submitted):
            return act.answer


def _record(setup: Setup, submitted: Submitted) -> bool:
    """Record what was submitted, with all that waits; say whether nobody came before."""
    own = _Waiting(submitted)
    setup.turn.waiting.append(own)
    with setup.turn.lock:
        if not own.outcome.done():
            _record_waiting(setup)
    return own.outcome.result() is None


def _record_waiting(setup: Setup) -> None:
    """Record all that waits, and tell whoever submitted it; what goes wrong is told to each of them."""
    waiting = setup.turn.waiting
    taken = [waiting.popleft() for _ in range(len(waiting))]
    try:
        became = record_decisions(setup.ledger, [each.submitted for each in taken], setup.clock(), join_told)
    except BaseException as error:
        for each in taken:
            each.outcome.set_exception(error)
        raise
    for each, what in zip(taken, became, strict=True):
        if isinstance(what, LedgerError):
            each.outcome.set_exception(what)
        else:
            each.outcome.set_result(what)
