"""Worker processes: the order is kept, and hostile pieces cost themselves."""

import datetime as dt
import importlib
from collections import deque

import pytest

from cairn.documents.crew import read_pieces
from cairn.documents.pieces import Form, Piece
from cairn.errors import CairnError, DocumentError
from cairn.records import Document
from documents.made_readers import reader

MOMENT = dt.datetime(2031, 3, 5, tzinfo=dt.UTC)


def piece(number, words=b"words", form=Form.PAGE):
    return Piece(
        id=str(number),
        name=str(number),
        address=f"https://tarn.example/{number}",
        body=words,
        form=form,
        moment=MOMENT,
    )


def ids(read):
    return [outcome.id if isinstance(outcome, Document) else outcome for _, outcome in read]


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_the_order_is_kept_and_what_is_no_piece_passes(workers):
    items = [piece(n, form=Form.TEXT if n % 3 else Form.PAGE) if n % 7 else f"item {n}" for n in range(120)]
    read = list(read_pieces(items, reader, workers=workers))
    assert [item for item, _ in read] == items
    assert ids(read) == [str(n) if n % 7 else None for n in range(120)]


@pytest.mark.parametrize("words", [b"die", b"raise"])
@pytest.mark.filterwarnings("ignore")
def test_a_piece_that_ends_its_worker_costs_itself(words):
    bad = {3, 4, 40}
    pieces = [piece(n, words if n in bad else b"words") for n in range(60)]
    for number, outcome in enumerate(ids(read_pieces(pieces, reader, workers=2))):
        if number in bad:
            assert isinstance(outcome, DocumentError)
            assert "ended the process that read it" in str(outcome)
        else:
            assert outcome == str(number)


def test_a_piece_that_stalls_costs_itself():
    pieces = [piece(n, b"stall" if n == 5 else b"words") for n in range(12)]
    read = ids(read_pieces(pieces, reader, workers=1, seconds=3, patience=1.0))
    assert "takes more than 3 s to read" in str(read.pop(5))
    assert read == [str(n) for n in range(12) if n != 5]


def test_a_piece_that_spins_costs_itself():
    pieces = [piece(n, b"spin" if n == 5 else b"words") for n in range(12)]
    read = ids(read_pieces(pieces, reader, workers=1, seconds=1))
    assert "takes more than 1 s to read" in str(read.pop(5))
    assert read == [str(n) for n in range(12) if n != 5]


def test_items_are_taken_as_they_are_needed():
    taken = deque()

    def items():
        for number in range(5_000):
            taken.append(number)
            # One slow page in front of many that need no worker.
            yield piece(number, form=Form.TEXT if number else Form.PAGE)

    read = read_pieces(items(), reader, workers=1)
    for number in range(1_000):
        next(read)
        assert len(taken) <= number + 216
    read.close()


def test_nothing_is_left_running_when_nobody_reads_on():
    read = read_pieces([piece(n) for n in range(40)], reader, workers=2)
    next(read)
    read.close()


class OfThisProcess:
    """A reader that no worker can be handed: to unpickle it is to import what is nowhere."""

    def __reduce__(self):
        return importlib.import_module, ("no.such.module",)


def test_workers_that_cannot_start_end_the_run():
    with pytest.raises(CairnError, match="cannot start a process to read pages"):
        list(read_pieces([piece(n) for n in range(40)], OfThisProcess(), workers=1))
