"""Events: the acts of one report for a person at a terminal, who does what towards whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from cairn.exports import wording
from cairn.exports.table import DOUBT, WIDE_COLUMNS, clean, folding_table, stacked, transliterate
from cairn.records import Document, Event, EventStatus, Participant

WIDE = ("act", "words", "who", "towards whom", "status", "where", "when", "according to", "sure")
NARROW = ("act", "who towards whom", "where and when", "according to")
TOWARDS = "→ "
STATUS_STYLES = {
    EventStatus.PLANNED: "italic",
    EventStatus.ALLEGED: "italic yellow",
    EventStatus.DENIED: "italic red",
    EventStatus.HYPOTHETICAL: "italic dim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsTable:
    """What Rich prints; it chooses its layout when it learns how wide the console is."""

    document: Document
    events: tuple[Event, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        encoding = options.encoding if options.ascii_only else None
        wide = options.max_width >= WIDE_COLUMNS
        table = folding_table(*(WIDE if wide else NARROW))
        number = len(self.events)
        yield Text(f"{number:,} event{'' if number == 1 else 's'}", style="bold")
        for event in self.events:
            cells = _cells(event, self.document.text)
            if not wide:
                act, words, who, whom, status, where, when, voices, _ = cells
                cells = (stacked(act, words, status), stacked(who, whom), stacked(where, when), voices)
            table.add_row(*(transliterate(cell, encoding) if encoding else cell for cell in cells))
        yield table


def events_table(document: Document, events: Sequence[Event]) -> EventsTable:
    """Return a table of the events for ``rich.console.Console.print``.

    One row an event in reading order: the act and how it is done, its words, who does it towards whom, in the
    report's words and by neutral names, how it stands to what has happened, where, when, according to whom.
    What the report leaves open is blank. A question mark follows a value whose reading is doubtful.
    """
    return EventsTable(document=document, events=tuple(events))


def _cells(event: Event, text: str) -> tuple[Text, ...]:
    """Return what the columns of the widest layout say of one event."""
    act = Text(wording.act(event), style="bold")
    whom = Text(TOWARDS) + _side(event, "recipient") if event.recipient else Text()
    place = clean(wording.where(event.place) if event.place else None)
    when = clean(wording.when(event.time) if event.time else None)
    voices = clean(" → ".join(wording.voices(event)), "" if event.speakers else "italic")
    return (
        _marked(act, event, ""),
        Text("“") + clean(event.trigger.words(text)) + Text("”"),
        _marked(_side(event, "actor"), event, "actor"),
        _marked(whom, event, "recipient"),
        Text(wording.standing(event), style=STATUS_STYLES.get(event.status, "")),
        _marked(place, event, "place"),
        _marked(when, event, "time"),
        _marked(voices, event, "speakers"),
        Text(wording.sureness(event), style="dim"),
    )


def _marked(value: Text, event: Event, slot: str) -> Text:
    """Return a value, with a mark behind it when its reading is doubtful; a blank stays blank."""
    return value + Text(DOUBT, style="dim") if value and wording.is_doubtful(event, slot) else value


def _side(event: Event, slot: str) -> Text:
    """Return who takes part, each with the party's neutral name where the report has another."""
    told = event.taking_part(slot)
    if not told:
        return clean(event.actor if slot == "actor" else event.recipient)
    return Text(", ").join(_participant(each) for each in told)


def _participant(participant: Participant) -> Text:
    name, known_as = clean(participant.name), participant.known_as
    if known_as is None or known_as == participant.name:
        return name
    return name + Text(" (") + clean(known_as, "dim") + Text(")")
