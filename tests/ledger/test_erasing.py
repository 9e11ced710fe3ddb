"""Erasure: the words are gone everywhere, what is left is sealed anew, and nothing brings them back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from cairn.errors import LedgerError
from cairn.ledger import (
    Asked,
    Ledger,
    append_decisions,
    append_readings,
    as_of,
    dump,
    erase,
    list_claims,
    list_documents,
    rebuild,
    verify,
)
from cairn.ledger.guards import ERASING
from cairn.ledger.tables import claims, documents
from cairn.records import Ruling, Run, decide
from ledger.made import NOW, TEXT, clock, document, fill, named, names, read

DEMAND: dict[str, Any] = {"who": "court", "why": "order 7", "at": NOW}


def remaining(ledger: Ledger) -> bytes:
    """Return what the ledger's files hold, byte for byte."""
    if ledger.path is None:
        return "\n".join(dump(ledger)).encode()
    log = ledger.path.with_name(ledger.path.name + "-wal")
    return ledger.path.read_bytes() + (log.read_bytes() if log.exists() else b"")


def texts(ledger: Ledger) -> dict[str, str]:
    rows = [row for row in map(json.loads, dump(ledger)) if row.get("table") == "documents"]
    return {row["name"]: row["text"] for row in rows}


def test_a_name_is_gone_from_one_document_and_the_chain_holds(ledger: Ledger) -> None:
    fill(ledger, *(read(name) for name in names(2)))
    rebuild(ledger)
    head = verify(ledger).head
    done = erase(ledger, document="wire-1", name="dara veldt", **DEMAND)
    # The text, the claim about her, and the event with her.
    assert (done.documents, done.entries, done.held) == ((1,), 3, False)
    assert sum("Dara Veldt" in line for line in dump(ledger)) == 3  # those of the other document
    assert "████ █████ was among them" in texts(ledger)["wire-1"]
    found = verify(ledger, head)
    assert (found.faults, found.redacted) == ((), 3)
    before = list(dump(ledger))
    rebuild(ledger)
    assert list(dump(ledger)) == before


def test_what_was_redacted_is_guarded_by_its_new_seal(ledger: Ledger) -> None:
    fill(ledger)
    erase(ledger, document="wire-1", name="Dara Veldt", **DEMAND)
    with ledger.writing() as connection:
        connection.exec_driver_sql(f"INSERT INTO {ERASING} VALUES (0)")
        connection.execute(sa.update(claims).where(claims.c.number == 2).values(low=99))
        connection.exec_driver_sql(f"DELETE FROM {ERASING}")
    (fault,) = verify(ledger).faults
    assert fault.startswith("claims 2")
    assert "altered" in fault


def test_what_people_wrote_is_erased_with_the_document(ledger: Ledger) -> None:
    of = document()
    her = named(of)
    fill(ledger)
    corrected = decide(
        Ruling.CORRECT,
        her.id,
        slot="perpetrator",
        value='"kin of D\\u0061ra Veldt"',
        who="ann",
        at=NOW,
        why="r",
    )
    append_decisions(ledger, [corrected, decide(Ruling.NOTE, her.id, who="b", at=NOW, why="D. Veldt?")], NOW)
    append_decisions(ledger, [decide(Ruling.NOTE, her.id, who="b", at=NOW, why="Dara\nVeldt!")], NOW)
    rebuild(ledger)
    erase(ledger, document="wire-1", name="Dara Veldt", **DEMAND)
    for _ in range(2):
        with as_of(ledger, None) as state:
            (row,) = (row for row in list_claims(state, Asked()) if row["id"] == her.id)
            assert row["perpetrator"] == "kin of ████ █████"  # the correction still holds
        rebuild(ledger)
    assert b"Veldt" in remaining(ledger)  # a name that was not asked for stays
    assert b"Dara" not in remaining(ledger)
    assert b"dara" not in remaining(ledger)  # nor in the index of words
    assert verify(ledger).faults == ()


def test_a_name_is_found_as_it_may_be_written(ledger: Ledger) -> None:
    written = "Zoe\u0301 Mu\u0308ller; ZOË\nMÜLLER; zoe-muller; Zoë M\u00adüller's. Zoë Müllerin stays."
    texted = document("https://example.org/zoe-muller.html", text=written)
    fill(ledger, replace(read(), document=texted, claims=()))
    erase(ledger, name="Zoe Müller", **DEMAND)
    (name, text), *_ = texts(ledger).items()
    assert text == "████ ███████; ███\n██████; ██████████; ███ ███████'s. Zoë Müllerin stays."
    assert name == "erased-1"
    assert verify(ledger).faults == ()


def test_a_whole_text_is_erased_with_its_claims(ledger: Ledger) -> None:
    fill(ledger, *(read(name) for name in names(2)))
    rebuild(ledger)
    erase(ledger, document="wire-1", **DEMAND)
    with as_of(ledger, None) as state:
        assert [row["name"] for row in list_documents(state, Asked(words="patients"))] == ["wire-2"]
        assert {row["document"] for row in list_claims(state, Asked())} == {2}
    assert remaining(ledger).count(b"Dara Veldt was among them") == 1
    rebuild(ledger)
    assert verify(ledger).faults == ()


def test_reading_again_does_not_bring_words_back(ledger: Ledger) -> None:
    fill(ledger)
    erase(ledger, document="wire-1", name="Dara Veldt", **DEMAND)
    later = Run(version="2", model="m", lexicon="l", settings="")
    (done,) = append_readings(ledger, [read(run=later)], clock)
    assert "erased on demand" in done.skipped[0].reason
    assert "Dara" not in "\n".join(dump(ledger))


def test_a_name_is_erased_from_all_documents_twice(ledger: Ledger) -> None:
    fill(ledger, *(read(name) for name in names(3)))
    assert erase(ledger, name="Veldt", **DEMAND).documents == (1, 2, 3)
    assert erase(ledger, name="Dara", **DEMAND).documents == (1, 2, 3)  # the later seal counts
    assert set(texts(ledger).values()) == {TEXT.replace("Dara Veldt", "████ █████")}
    assert verify(ledger).faults == ()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"document": "none"}, "there is no document"),
        ({"document": "wire-1", "name": "Nobody"}, "does not hold that name"),
        ({"name": "Dar"}, "does not hold that name"),
        ({"name": "—"}, "neither a letter nor a digit"),
        ({}, "nothing was named"),
        ({"name": "order 7"}, "the reason repeats"),
    ],
)
def test_what_cannot_be_erased_changes_nothing(ledger: Ledger, asked: dict[str, Any], told: str) -> None:
    fill(ledger)
    before = list(dump(ledger))
    with pytest.raises(LedgerError, match=told):
        erase(ledger, **DEMAND, **asked)
    assert list(dump(ledger)) == before


def test_who_holds_the_file_is_told_of(ledger: Ledger) -> None:
    if ledger.path is None:
        pytest.skip("in PostgreSQL a reader does not keep old pages from being given back")
    fill(ledger)
    with ledger.reading() as connection:
        connection.execute(sa.select(documents)).first()
        assert erase(ledger, document="wire-1", name="Dara Veldt", **DEMAND).held
