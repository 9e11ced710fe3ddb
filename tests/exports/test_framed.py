"""Who calls whom what: counted by outlet, speaker, wording and party, with quotes that stand in the text."""

from __future__ import annotations

import io

from rich.console import Console

from cairn.exports import compare_outlets, framing_table, usage_json, write_rows
from cairn.records import Document, Framing, FramingKind, Span

TEXT = "Two porters died. The “Regime”  shelled Dalen again, and the regime denied it on Monday."


def told(id_: str, outlet: str | None) -> Document:
    return Document(id=id_, text=TEXT, outlet=outlet)


def loaded(words: str, kind: FramingKind = FramingKind.LABEL, speaker: str | None = None) -> Framing:
    start = TEXT.index(words)
    return Framing(
        span=Span(start, start + len(words)),
        kind=kind,
        neutral="government",
        quote=Span(TEXT.index("The"), len(TEXT)),
        speaker=speaker,
    )


def test_an_outlet_is_counted_by_wording_and_voice_the_commonest_first() -> None:
    usages = compare_outlets(
        [
            (told("a", "Dalen Post"), [loaded("regime"), loaded("“Regime”", FramingKind.DISTANCING)]),
            (told("b", "Dalen Post"), [loaded("regime"), loaded("regime", speaker="the mayor")]),
            (told("c", "Dalen Post"), []),
            (told("d", "Arun Herald"), [loaded("regime")]),
        ]
    )
    assert [(each.outlet, each.wording, each.speaker, each.times, each.reports) for each in usages] == [
        ("Arun Herald", "regime", None, 1, (1, 1)),
        ("Dalen Post", "regime", None, 2, (2, 3)),
        ("Dalen Post", "'regime'", None, 1, (1, 3)),
        ("Dalen Post", "regime", "the mayor", 1, (1, 3)),
    ]
    assert [report for report, _ in usages[1].quotes] == ["a", "b"]


def test_a_quote_is_the_sentence_on_one_line() -> None:
    [usage] = compare_outlets([(told("a", None), [loaded("regime")])])
    [(_, quote)] = usage.quotes
    assert quote == "The “Regime” shelled Dalen again, and the regime denied it on Monday."


def test_a_long_sentence_is_cut_around_the_words() -> None:
    text = "On a day of rain " * 20 + "the regime fell " + "and the rain went on " * 20
    at = text.index("regime")
    framing = Framing(
        span=Span(at, at + 6), kind=FramingKind.LABEL, neutral="government", quote=Span(0, len(text))
    )
    [usage] = compare_outlets([(Document(id="a", text=text), [framing])])
    [(_, quote)] = usage.quotes
    assert quote.startswith("…")
    assert quote.endswith("…")
    assert "the regime fell" in quote
    assert len(quote) < 200


def test_the_table_names_an_outlet_once_and_its_own_voice() -> None:
    usages = compare_outlets([(told("a", "Dalen Post"), [loaded("regime"), loaded("regime", speaker="Ana")])])
    stream = io.StringIO()
    Console(file=stream, width=160).print(framing_table(usages))
    printed = stream.getvalue()
    assert printed.count("Dalen Post") == 1
    assert "(the report)" in printed
    assert "Ana" in printed


def test_rows_for_a_spreadsheet_hold_what_the_objects_hold() -> None:
    [usage] = compare_outlets([(told("a", "Dalen Post"), [loaded("regime")])])
    stream = io.StringIO()
    write_rows([usage_json(usage)], stream)
    head, row = stream.getvalue().splitlines()
    assert head.split(",")[:4] == ["outlet", "named", "wording", "kind"]
    assert row.startswith("Dalen Post,,regime,label,")
    assert "shelled Dalen" in row
