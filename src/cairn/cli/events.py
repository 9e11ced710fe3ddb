"""``cairn events``: who is said to do what towards whom, of all reports in the ledger."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated

import typer

from cairn.cli.ledger import LEDGER, LedgerOption
from cairn.cli.lists import (
    AsOfOption,
    DecimalsOption,
    DocumentOption,
    Format,
    FormatOption,
    IncidentOption,
    LimitOption,
    OutputOption,
    PlaceOption,
    PublicOption,
    SpeakerOption,
    TextOption,
    how_many,
    opened_state,
    print_table,
    row_limit,
    write_list,
)
from cairn.cli.shared import day, errors, open_output
from cairn.errors import InputError
from cairn.exports import listed_events_table
from cairn.ledger import (
    PUBLIC_DECIMALS,
    AskedEvents,
    count_events,
    list_events,
    show_public_event,
)
from cairn.records import MODES, EventStatus, EventType

TypeOption = Annotated[
    EventType | None, typer.Option("--type", case_sensitive=False, help="One of the types of PLOVER.")
]
ModeOption = Annotated[str | None, typer.Option("--mode", help="How it is done: aerial, ceasefire, visit …")]
StatusOption = Annotated[
    EventStatus | None, typer.Option("--status", help="How it stands to what has happened.")
]
ActorOption = Annotated[str | None, typer.Option("--actor", help="Part of a name of who does it.")]
RecipientOption = Annotated[
    str | None, typer.Option("--recipient", help="Part of a name of towards whom it is done.")
]
SinceOption = Annotated[str | None, typer.Option("--since", help="Done on this day or later.")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Done on this day or earlier.")]
EVERY_MODE = frozenset(mode for modes in MODES.values() for mode in modes)


def events_command(
    type_: TypeOption = None,
    mode: ModeOption = None,
    status: StatusOption = None,
    actor: ActorOption = None,
    recipient: RecipientOption = None,
    place: PlaceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    speaker: SpeakerOption = None,
    text: TextOption = None,
    document: DocumentOption = None,
    incident: IncidentOption = None,
    public: PublicOption = False,
    decimals: DecimalsOption = PUBLIC_DECIMALS,
    as_of_day: AsOfOption = None,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """List the events that stand: who is said to do what towards whom, and whether it is done."""
    asked = AskedEvents(
        type=type_,
        mode=known_mode(mode),
        status=status,
        actor=actor,
        recipient=recipient,
        place=place,
        since=day(since, "--since"),
        until=day(until, "--until"),
        speaker=speaker,
        words=text,
        document=document,
        incident=incident,
        public=public,
    )
    with opened_state(ledger, as_of_day) as state, ExitStack() as stack:
        stream = open_output(stack, output)
        rows = list_events(state, asked, row_limit(limit, form))
        if public:
            rows = (show_public_event(row, decimals) for row in rows)
        if form is Format.TABLE:
            count = print_table(listed_events_table, rows, stream)
            errors.print(how_many(count, count_events(state, asked), "event"), style="bold", markup=False)
        else:
            write_list(rows, form, stream)


def known_mode(mode: str | None) -> str | None:
    """Return a mode that some type of event has."""
    if mode is not None and mode not in EVERY_MODE:
        raise InputError(f"--mode {mode!r} is none; there are {', '.join(sorted(EVERY_MODE))}")
    return mode
