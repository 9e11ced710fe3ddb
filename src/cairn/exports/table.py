"""Table: the claims of one report for a person at a terminal, laid out by how wide it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.order import Nested, nest
from cairn.records import Claim, Document, Harm, Status

WIDE_COLUMNS = 150
"""From here every slot has a column of its own: eleven columns of up to 16 characters and their edges."""
MEDIUM_COLUMNS = 100
"""From here related slots share a column; below it each claim is a figure with lines beside it."""

HARM_STYLES = {
    Harm.KILLED: "bold red",
    Harm.INJURED: "yellow",
    Harm.CASUALTIES: "bold magenta",
    Harm.MISSING: "magenta",
    Harm.ABDUCTED: "blue",
    Harm.DETAINED: "cyan",
    Harm.DISPLACED: "green",
}
NOTE_STYLES = {
    "feared": "italic yellow",
    "denied": "italic red",
    "superseded": "italic red",
    "tally": "italic",
    "doubtful reading": "italic dim",
}
DOUBT = " ?"
"""Stands after a value that is likely enough wrong to be checked first."""
INDENT = "  "
BRANCH = "└ "
ASCII_SIGNS = str.maketrans(
    {"≥": ">=", "≤": "<=", "≈": "~", "–": "-", "→": "->", "└": "\\", "·": "|", "…": "...", "½": "1/2",
     "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "’": "'"}
)  # fmt: skip
"""For terminals whose encoding is not a Unicode one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsTable:
    """What Rich prints; it chooses its layout when it learns how wide the console is."""

    document: Document
    claims: tuple[Nested, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        encoding = options.encoding if options.ascii_only else None

        def fit(text: Text) -> Text:
            return text if encoding is None else transliterate(text, encoding)

        yield fit(_title(self.document, len(self.claims)))
        if not self.claims:
            yield fit(Text("No claim was read in this report; that does not mean that nobody was harmed.\n"))
        elif options.max_width >= WIDE_COLUMNS:
            yield _wide(self.claims, fit)
        elif options.max_width >= MEDIUM_COLUMNS:
            yield _medium(self.claims, fit)
        else:
            yield _narrow(self.claims, fit)
            yield Text()


def folding_table(*names: str) -> Table:
    """Return an empty table with these heads, whose cells fold."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def claims_table(document: Document, claims: Sequence[Claim]) -> ClaimsTable:
    """Return a table of the claims for ``rich.console.Console.print``.

    One row a claim in reading order, parts indented under their whole. A slot that the report leaves
    open is blank; a figure always shows its bound, and a voice always stands beside it. A question mark
    follows a value whose reading is doubtful, and so does a note on a doubtful claim. Colour only
    repeats what a word says. Control characters in the report's words are left out.
    """
    return ClaimsTable(document=document, claims=nest(claims))


def _wide(claims: Sequence[Nested], fit: Callable[[Text], Text]) -> Table:
    """Lay out one column a slot, leaving out columns in which nothing was said."""
    columns: list[tuple[str, Callable[[Nested], Text]]] = [
        ("figure", _figure),
        ("harm", lambda entry: _harm(entry.claim)),
        ("victims", lambda entry: _victims(entry.claim)),
        ("by means of", lambda entry: _means(entry.claim)),
        ("by whom", lambda entry: _marked(clean(entry.claim.perpetrator), entry.claim, "perpetrator")),
        ("hit", lambda entry: clean(entry.claim.target.text if entry.claim.target else None)),
        ("where", lambda entry: _where(entry.claim)),
        ("when", lambda entry: _when(entry.claim)),
        ("according to", lambda entry: _voices(entry.claim)),
        ("note", lambda entry: _notes(entry.claim)),
        ("sure", lambda entry: Text(wording.sureness(entry.claim), style="dim")),
    ]
    filled = [(name, [cell(entry) for entry in claims]) for name, cell in columns]
    filled = [(name, cells) for name, cells in filled if any(cells)]
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name, _ in filled:
        table.add_column(name, no_wrap=name == "figure", ratio=None, overflow="fold")
    for cells in zip(*(cells for _, cells in filled), strict=True):
        table.add_row(*(fit(cell) for cell in cells))
    return table


def _medium(claims: Sequence[Nested], fit: Callable[[Text], Text]) -> Table:
    """Lay out five columns, related slots above each other."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, expand=True)
    for name, ratio in (
        ("figure", 20),
        ("victims", 22),
        ("how", 26),
        ("where and when", 22),
        ("according to", 24),
    ):
        table.add_column(name, ratio=ratio, overflow="fold")
    for number, entry in enumerate(claims):
        claim = entry.claim
        if number and not entry.depth:
            table.add_row()
        table.add_row(
            fit(_headline(entry)),
            fit(_victims(claim)),
            fit(_how(claim)),
            fit(stacked(_where(claim), _when(claim))),
            fit(_voices(claim)),
        )
    return table


def _narrow(claims: Sequence[Nested], fit: Callable[[Text], Text]) -> Table:
    """Lay out each claim as its figure and, beside it, who and how, then where, when and who says so."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, entry in enumerate(claims):
        claim = entry.claim
        if number and not entry.depth:
            table.add_row()
        setting = _joined(" · ", [_where(claim), _when(claim)])
        table.add_row(
            fit(_headline(entry)),
            fit(
                stacked(
                    _joined(" · ", [_victims(claim), _how(claim)]), _joined(" · ", [setting, _said_by(claim)])
                )
            ),
        )
    return table


def _title(document: Document, number: int) -> Text:
    """Return outlet, day, title and how many claims."""
    published = wording.date(document.published) if document.published else None
    facts = [
        clean(document.outlet, "bold"),
        clean(published),
        clean(document.title or document.id, "bold"),
        Text(f"{number:,} claim{'' if number == 1 else 's'}"),
    ]
    return _joined(" · ", facts)


def _branch(entry: Nested) -> str:
    return INDENT * (entry.depth - 1) + BRANCH if entry.depth else ""


def _figure(entry: Nested) -> Text:
    withdrawn = entry.claim.status in (Status.SUPERSEDED, Status.DENIED)
    return Text.assemble(
        _branch(entry), (wording.figure(entry.claim.count), "strike" if withdrawn else "bold")
    )


def _headline(entry: Nested) -> Text:
    """Return figure and harm, and under them what qualifies the figure."""
    first = _joined(" ", [_figure(entry), _harm(entry.claim)])
    notes = _notes(entry.claim)
    return stacked(first, Text(INDENT * entry.depth) + notes if notes else notes)


def _harm(claim: Claim) -> Text:
    return Text(wording.HARMS[claim.harm], style=HARM_STYLES[claim.harm])


def _victims(claim: Claim) -> Text:
    return clean(claim.victims.text) or Text(", ".join(wording.groups(claim)))


def _how(claim: Claim) -> Text:
    parts = [_means(claim)]
    if claim.perpetrator:
        parts.append(Text("by ") + _marked(clean(claim.perpetrator), claim, "perpetrator"))
    if claim.target:
        parts.append(Text("on ") + clean(claim.target.text))
    return _joined(" ", parts)


def _means(claim: Claim) -> Text:
    return _marked(Text(wording.MEANS[claim.means] if claim.means else ""), claim, "means")


def _where(claim: Claim) -> Text:
    return _marked(clean(wording.where(claim.place) if claim.place else None), claim, "place")


def _when(claim: Claim) -> Text:
    return _marked(clean(wording.when(claim.time) if claim.time else None), claim, "time")


def _voices(claim: Claim) -> Text:
    style = "" if claim.speakers else "italic"
    chain = [clean(voice, style) for voice in wording.voices(claim)]
    return _marked(_joined(" → ", chain), claim, "speakers")


def _marked(value: Text, claim: Claim, slot: str) -> Text:
    """Return a value, with a mark behind it when its reading is doubtful; a blank stays blank."""
    return value + Text(DOUBT, style="dim") if value and wording.is_doubtful(claim, slot) else value


def _said_by(claim: Claim) -> Text:
    return Text("said by ") + _voices(claim) if claim.speakers else _voices(claim)


def _notes(claim: Claim) -> Text:
    return _joined(", ", [Text(note, style=NOTE_STYLES[note]) for note in wording.notes(claim)])


def _joined(between: str, parts: Sequence[Text]) -> Text:
    return Text(between).join(part for part in parts if part)


def stacked(*parts: Text) -> Text:
    """Return parts under each other, empty ones left out."""
    return _joined("\n", parts)


def clean(words: str | None, style: str = "") -> Text:
    """Return a report's words on one line, without characters that would steer the terminal."""
    return Text(printable(words or ""), style=style)


def printable(words: str) -> str:
    """Return words on one line, without characters that would steer the terminal."""
    line = " ".join(words.split())
    return "".join(letter for letter in line if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))


def transliterate(text: Text, encoding: str) -> Text:
    """Return the text in what ``encoding`` can say; letters that it lacks become question marks."""
    pieces = (
        (text.plain[start:end].translate(ASCII_SIGNS).encode(encoding, "replace").decode(encoding), style)
        for start, end, style in _runs(text)
    )
    return Text.assemble(*pieces)


def _runs(text: Text) -> Iterator[tuple[int, int, str]]:
    """Yield stretches of one style each, so that a sign may become longer without shifting the others."""
    edges = sorted({0, len(text), *(edge for span in text.spans for edge in (span.start, span.end))})
    for start, end in pairwise(edges):
        styles = [str(text.style), *(str(s.style) for s in text.spans if s.start <= start and end <= s.end)]
        yield start, end, " ".join(style for style in styles if style)
