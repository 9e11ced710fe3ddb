"""Workers read what this process reads, and a document that spoils one is skipped alone."""

from __future__ import annotations

import json
import os
import signal
from importlib.resources import files

import pytest

from cairn.documents import load_documents
from cairn.engine import open_reader
from cairn.engine import reading as engine_reading
from cairn.errors import InputError
from cairn.pipeline import Tools, publish, read_documents
from cairn.records import Document, Skipped

SAMPLE = str(files("cairn") / "sample" / "aleppo.jsonl")


def sample() -> list[Document | Skipped]:
    return [Skipped(document_id="gone", reason="gone is not there"), *load_documents([SAMPLE])]


def published(results: object) -> list[str]:
    return [
        json.dumps(publish(*result)) if isinstance(result, tuple) else result.reason
        for result in results  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_give_the_same_claims_byte_for_byte(workers: int, tools: Tools) -> None:
    with open_reader(workers) as read:
        assert published(read(sample())) == published(read_documents(sample(), tools))


def test_a_killed_worker_loses_nothing(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    crews = []
    gather = engine_reading.gather_crew
    monkeypatch.setattr(engine_reading, "gather_crew", lambda *how: Noted(gather(*how), crews))
    documents = [*sample(), *sample()]
    with open_reader(2) as read:
        results = []
        for result in read(documents):
            if not results:
                os.kill(crews[0].processes[0], signal.SIGKILL)
            results.append(result)
    assert published(results) == published(read_documents(documents, tools))


class Noted:
    """Notes the crew that a context opens."""

    def __init__(self, context, crews):  # type: ignore[no-untyped-def]
        self.context, self.crews = context, crews

    def __enter__(self):  # type: ignore[no-untyped-def]
        self.crews.append(self.context.__enter__())
        return self.crews[-1]

    def __exit__(self, *how):  # type: ignore[no-untyped-def]
        return self.context.__exit__(*how)


def test_a_document_that_takes_far_too_long_is_skipped_alone(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_reading, "SECONDS", 1)
    monkeypatch.setattr(engine_reading, "CHARS_A_SECOND", 1_000_000)
    first = next(each for each in sample() if isinstance(each, Document))
    endless = Document(id="endless", text="Two men died on Monday, police in Kano said; " * 8_000)
    with open_reader(1) as read:
        results = list(read([endless, first]))
    assert published(results) == [
        "endless takes more than 1 s to read; give its parts as reports of their own",
        *published(read_documents([first], tools)),
    ]


def test_why_no_worker_can_read_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(engine_reading, "_learn", _no_model)
    with open_reader(1) as read, pytest.raises(InputError, match="reinstall Cairn"):
        list(read(sample()))


def _no_model(given: object) -> None:
    raise InputError("the reading model is incomplete; reinstall Cairn")
