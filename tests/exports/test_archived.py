"""Tables of the archive: every fact in its place at any width, and no word of a page steers the terminal."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from rich.console import Console, RenderableType

from cairn.exports import document_json, documents_table, failure_json, failures_table, write_objects
from cairn.records import (
    Credit,
    CreditKind,
    DateBasis,
    Document,
    Failure,
    FailureKind,
    Version,
)

AT = dt.datetime(2024, 5, 3, 9, 5, 59, tzinfo=dt.UTC)
URL = "https://news.example/tarn/[bold]market[/bold]?a=1"
VERSION = Version(
    url=URL, number=3, capture="capture-1", captured_at=AT, seen_at=AT + dt.timedelta(hours=2), text="0" * 64
)
DOCUMENT = Document(
    id="tarn",
    text="Text.",
    title="12 killed \x1b[31min\nTarn",
    outlet="Tarn Courier",
    published=dt.date(2024, 5, 2),
    basis=DateBasis.META,
    language="en",
    credits=(Credit(agency="AP", kind=CreditKind.DATELINE), Credit(agency="AP", kind=CreditKind.DATELINE)),
)
FAILURE = Failure(
    name="https://wall.example/\x07", at=AT, kind=FailureKind.NO_ARTICLE, reason="shows a wall", status=200
)


def printed(what: RenderableType, width: int, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    Console(file=stream, width=width, color_system=None).print(what)
    stream.flush()
    return raw.getvalue().decode(encoding)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("width", [60, 80, 109, 110, 200])
def test_every_fact_stands_in_the_table_at_any_width(width: int) -> None:
    shown = printed(documents_table([(VERSION, DOCUMENT)]), width)
    assert max(len(line) for line in shown.splitlines()) <= width
    if width >= 80:
        for fact in (
            "3 May 2024 09:05", "2 May 2024", "metadata", "Tarn Courier", "en", "AP (dateline)", "12 killed",
        ):  # fmt: skip
            assert squeezed(fact) in squeezed(shown), fact
    if width == 200:
        assert URL in shown


def test_no_word_of_a_page_steers_the_terminal() -> None:
    shown = printed(documents_table([(VERSION, DOCUMENT)]), 120) + printed(failures_table([FAILURE]), 120)
    assert not {letter for letter in shown if letter != "\n" and not letter.isprintable()}
    assert "[bold]market[/bold]" in shown


@pytest.mark.parametrize(
    ("basis", "shown"),
    [
        (DateBasis.TEXT, "guessed from the text"),
        (DateBasis.URL, "address"),
        (DateBasis.JSON_LD, "JSON-LD"),
        (DateBasis.GIVEN, "given"),
    ],
)
def test_the_basis_of_a_date_is_told(basis: DateBasis, shown: str) -> None:
    document = Document(id="d", text="x", published=dt.date(2024, 5, 2), basis=basis)
    assert squeezed(shown) in squeezed(
        printed(documents_table([(VERSION, document)]), 200).replace("\n", " ")
    )


def test_what_is_not_known_is_said_or_left_blank() -> None:
    shown = printed(documents_table([(VERSION, Document(id=URL, text="x"))]), 200)
    assert "not said" in shown
    assert shown.count(URL) == 1
    assert "None" not in shown


def test_a_failure_is_told_with_kind_status_and_reason() -> None:
    shown = printed(failures_table([FAILURE]), 90)
    for fact in ("no article 200", "https://wall.example/", "shows a wall", "3 May 2024 09:05"):
        assert fact in shown


def test_a_terminal_without_unicode_gets_what_it_can_show() -> None:
    document = Document(id="d", text="x", title="Größe — “12”")
    shown = printed(documents_table([(VERSION, document)]), 120, "ascii")
    assert "Gr" in shown


def test_json_holds_what_the_table_shows() -> None:
    stream = io.StringIO()
    write_objects([document_json(VERSION, DOCUMENT), failure_json(FAILURE), {"half": "\ud83d"}], stream)
    document, failure, half = map(json.loads, stream.getvalue().splitlines())
    assert (document["url"], document["version"], document["published"]) == (URL, 3, "2024-05-02")
    assert (document["basis"], document["credits"][0]) == ("meta", {"agency": "AP", "kind": "dateline"})
    assert (failure["kind"], failure["status"]) == ("no article", 200)
    assert stream.getvalue().encode()
    assert half
