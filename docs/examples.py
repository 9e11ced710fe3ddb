"""Show in the documents what the program prints now: ``python docs/examples.py``, or ``make docs``.

Reads three reports of the bundled sample, draws their table of claims as ``docs/picture.svg``, and puts the
worked example of ``README.md`` between its marks. A test fails when the README shows anything else than the
program gives.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from cairn.documents import load_documents
from cairn.evaluation import score_reports
from cairn.exports import claims_table, report_json, wording
from cairn.exports.order import nest
from cairn.pipeline import Tools, open_tools, read_document
from cairn.records import Claim, Document

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "picture.svg"
EXPECTED = ROOT / "tests" / "stories" / "aleppo" / "expected.jsonl"
SHOWN = ("post-0428", "lantern-0428", "courier-0429")
"""Ids of the three reports whose texts the README quotes."""
MARKS = ("<!-- example: python docs/examples.py -->", "<!-- end of example -->")
PICTURE_COLUMNS = 120
LONGEST_LINE = 96
THEME = TerminalTheme(
    (250, 249, 245),
    (41, 37, 33),
    [(41, 37, 33), (163, 32, 13), (30, 94, 49), (143, 74, 0), (26, 78, 130), (138, 40, 87), (10, 90, 89),
     (92, 86, 78)],
    [(92, 86, 78), (163, 32, 13), (30, 94, 49), (143, 74, 0), (26, 78, 130), (138, 40, 87), (10, 90, 89),
     (41, 37, 33)],
)  # fmt: skip
"""The paper, ink and tones of the web page."""

SVG_WITHOUT_FETCHES = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
"""Rich's own frame, less the fonts that it would fetch."""

Read = Sequence[tuple[Document, Sequence[Claim]]]


def read_shown(tools: Tools) -> Read:
    """Return the reports that are shown, with their claims."""
    sample = str(files("cairn") / "sample" / "aleppo.jsonl")
    documents = {d.id: d for d in load_documents([sample]) if isinstance(d, Document)}
    return [(documents[key], read_document(documents[key], tools).claims) for key in SHOWN]


def picture(read: Read) -> str:
    """Return the table of claims as a terminal of 120 columns shows it, as SVG."""
    console = Console(record=True, width=PICTURE_COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ cairn read --sample", style="dim"))
    for document, claims in read:
        console.print()
        console.print(claims_table(document, claims))
    return console.export_svg(
        title="cairn read --sample", theme=THEME, unique_id="cairn", code_format=SVG_WITHOUT_FETCHES
    )


def example(read: Read) -> str:
    """Return the worked example: the claims as a table, how many are right, and one claim as JSON."""
    document, claims = read[0]
    first = report_json(document, claims)["claims"][0]  # type: ignore[index]
    return "\n".join((*_table(read), "", *_verdict(read), "", *_one_claim(first)))


def _table(read: Read) -> Iterator[str]:
    yield "| printed by | figure | victims | how | where and when | according to |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for document, claims in read:
        for number, row in enumerate(_rows(document, claims)):
            yield f"| {document.outlet if not number else ''} | {' | '.join(row)} |"


def _rows(document: Document, claims: Sequence[Claim]) -> Iterator[list[str]]:
    """Yield the cells of each claim, worded as in the terminal."""
    for entry in nest(claims):
        claim = entry.claim
        figure = f"{wording.figure(claim.count)} {wording.HARMS[claim.harm]}"
        notes = ", ".join(wording.notes(claim))
        how = [wording.MEANS[claim.means] if claim.means else ""]
        how += [f"by {claim.perpetrator}"] if claim.perpetrator else []
        how += [f"on {claim.target.text}"] if claim.target else []
        setting = [
            wording.where(claim.place) if claim.place else "",
            wording.when(claim.time) if claim.time else "",
        ]
        yield [
            "└ " * bool(entry.depth) + figure + (f", *{notes}*" if notes else ""),
            claim.victims.text or ", ".join(wording.groups(claim)),
            " ".join(filter(None, how)),
            ", ".join(filter(None, setting)),
            " → ".join(wording.voices(claim)),
        ]


def _verdict(read: Read) -> Iterator[str]:
    """Say how many of the expected claims were found, and how many of those are right."""
    with EXPECTED.open(encoding="utf-8") as lines:
        told = {report["id"]: report for report in map(json.loads, lines)}
    gold = {document.id: {"text": document.text, **told[document.id]} for document, _ in read}
    got = {document.id: report_json(document, claims) for document, claims in read}
    score = score_reports(gold, got)
    extra = score.claim.got - score.claim.hit
    yield (
        f"A careful reader takes {score.claim.gold} claims from these reports, headlines included. Cairn "
        f"finds {score.claim.hit} of them, {score.strict.hit} with count, voice, place and day right by the "
        f"rules of [eval/README.md](eval/README.md), and reads {extra or 'no'} more. Faults stand here as "
        "they are printed; what the program should give is kept by hand in "
        "`tests/stories/aleppo/expected.jsonl`."
    )


def _one_claim(claim: Mapping[str, Any]) -> Iterator[str]:
    """Yield a claim as JSON, one field a line."""
    yield "The first of them as `--format json` has it (one line there). Offsets are characters of the text:"
    yield ""
    yield "```json"
    yield "{\n" + ",\n".join(f'  "{key}": {_value(value)}' for key, value in claim.items()) + "\n}"
    yield "```"


def _value(value: Any) -> str:
    """Return a value on one line, or one line for each entry of a value too long for that."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= LONGEST_LINE or not isinstance(value, dict):
        return line
    entries = (f'    "{key}": {json.dumps(each, ensure_ascii=False)}' for key, each in value.items())
    return "{\n" + ",\n".join(entries) + "\n  }"


def shown_in(page: str) -> str:
    """Return what stands between the marks of a page."""
    return page.partition(MARKS[0])[2].partition(MARKS[1])[0].strip()


def main() -> None:
    """Write picture and example."""
    read = read_shown(open_tools())
    PICTURE.write_text(picture(read), encoding="utf-8")
    page = README.read_text(encoding="utf-8")
    before, opening, rest = page.partition(MARKS[0])
    _, closing, after = rest.partition(MARKS[1])
    README.write_text(f"{before}{opening}\n{example(read)}\n{closing}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
