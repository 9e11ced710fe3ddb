"""``cairn export``: what the ledger holds, in the formats of the tools that people already work in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from enum import StrEnum
from typing import Annotated, Any

import typer

from cairn.cli.events import ActorOption, ModeOption, RecipientOption, StatusOption, TypeOption, known_mode
from cairn.cli.ledger import LEDGER, LedgerOption
from cairn.cli.lists import (
    AsOfOption,
    DecimalsOption,
    DocumentOption,
    HarmOption,
    IncidentOption,
    MeansOption,
    OutputOption,
    PerpetratorOption,
    PlaceOption,
    PublicOption,
    SinceOption,
    SpeakerOption,
    TextOption,
    UntilOption,
    opened_state,
)
from cairn.cli.shared import day, end, errors, now, open_output
from cairn.errors import InputError
from cairn.exports import (
    CLAIMS,
    CROSSWALKS,
    ESTIMATES,
    EVENTS,
    IN_FILES,
    INCIDENTS,
    POSITIONS,
    SEVERAL,
    FileFormat,
    Layout,
    write_file,
    write_objects,
    write_text,
)
from cairn.ledger import PUBLIC_DECIMALS, Asked, AskedAround, AskedEvents
from cairn.tables import Question, check_rows, count_rows, describe, make_sheet, plover_records


class Written(StrEnum):
    """Which table is written."""

    CLAIMS = "claims"
    EVENTS = "events"
    INCIDENTS = "incidents"
    ESTIMATES = "estimates"
    POSITIONS = "positions"


class Organisation(StrEnum):
    """In whose form incidents or events are written."""

    UCDP = "ucdp"
    ACLED = "acled"
    GTD = "gtd"
    AIRWARS = "airwars"
    PLOVER = "plover"
    """Events as records of PLOVER, not incidents in columns."""


LAYOUTS = {
    Written.CLAIMS: CLAIMS,
    Written.EVENTS: EVENTS,
    Written.INCIDENTS: INCIDENTS,
    Written.ESTIMATES: ESTIMATES,
    Written.POSITIONS: POSITIONS,
}
OF_CLAIMS = frozenset(AskedAround.__dataclass_fields__) ^ frozenset(Asked.__dataclass_fields__)
"""What can be asked of claims, and of incidents by these, and not of events."""
OF_EVENTS = frozenset(AskedAround.__dataclass_fields__) ^ frozenset(AskedEvents.__dataclass_fields__)


def export_command(
    form: Annotated[FileFormat, typer.Argument(metavar="FORMAT", help=" · ".join(FileFormat))],
    tables: Annotated[
        list[Written] | None,
        typer.Argument(
            metavar="[TABLE]...",
            help="claims (unless another is named), events, incidents, estimates, positions; several "
            "for xlsx and sqlite.",
        ),
    ] = None,
    place: PlaceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    harm: HarmOption = None,
    means: MeansOption = None,
    speaker: SpeakerOption = None,
    perpetrator: PerpetratorOption = None,
    type_: TypeOption = None,
    mode: ModeOption = None,
    status: StatusOption = None,
    actor: ActorOption = None,
    recipient: RecipientOption = None,
    text: TextOption = None,
    document: DocumentOption = None,
    incident: IncidentOption = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", help="Policy of an incident's figures (range unless another is named)."),
    ] = None,
    crosswalk: Annotated[
        Organisation | None,
        typer.Option(
            "--as",
            help="Incidents in the columns of an organisation, by its policy; events as PLOVER has them.",
        ),
    ] = None,
    public: PublicOption = False,
    decimals: DecimalsOption = PUBLIC_DECIMALS,
    as_of_day: AsOfOption = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Claims or incidents at most.")] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a byte order mark, so that Excel sees UTF-8.")
    ] = False,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Write what the ledger holds for a spreadsheet, a map, a database or another program."""
    of_claims: dict[str, Any] = {"harm": harm, "means": means, "perpetrator": perpetrator}
    of_events: dict[str, Any] = {
        "type": type_, "mode": known_mode(mode), "status": status, "actor": actor, "recipient": recipient,
    }  # fmt: skip
    named = [name for name, value in {**of_claims, **of_events}.items() if value is not None]
    plover = crosswalk is Organisation.PLOVER
    if plover:
        layouts = [_plover(form, tables)]
    elif crosswalk is not None:
        layouts = [_crosswalk(form, tables, crosswalk, policy)]
    else:
        layouts = _chosen(form, tables or _usual(form, named))
    _check_asked(layouts, named)
    if output is None and form in IN_FILES:
        raise InputError(f"{form.value} is written to a file; name it with --output")
    known_by = day(as_of_day, "--as-of")
    around: dict[str, Any] = {
        "place": place,
        "since": day(since, "--since"),
        "until": day(until, "--until"),
        "speaker": speaker,
        "words": text,
        "document": document,
        "incident": incident,
        "public": public,
    }
    question = Question(
        asked=Asked(**around, **of_claims),
        events=AskedEvents(**around, **of_events),
        policy=crosswalk.value if crosswalk and not plover else policy,
        limit=limit,
        decimals=decimals,
    )
    with opened_state(ledger, as_of_day) as state, ExitStack() as stack:
        if form is FileFormat.XLSX:
            for layout in layouts:
                check_rows(state, layout, question)
        sheets = [make_sheet(state, layout, question) for layout in layouts]
        records = plover_records(state, question)
        for rows in (records, *(sheet.blocks for sheet in sheets)):
            stack.callback(end, rows)
        if plover:
            write_objects(records, open_output(stack, output))
            count = count_rows(state, EVENTS, question)
        elif output is None:
            count = write_text(form, sheets[0], open_output(stack, None), bom=bom)
        else:
            told = describe(state, layouts, question, made_at=now(), known_by=known_by)
            count = write_file(form, sheets, output, guide=told, bom=bom)
    written = f"{count:,} {'row' if count == 1 else 'rows'} written"
    errors.print(written + (f" to {output}" if output else ""), style="bold", markup=False)


def _usual(form: FileFormat, named: Collection[str]) -> list[Written]:
    """Return the tables that are written where none is named: what is asked for may be of one kind alone."""
    if set(named) & OF_EVENTS:
        return [Written.EVENTS]
    if form is not FileFormat.SQLITE:
        return [Written.CLAIMS]
    return [each for each in Written if each is not Written.EVENTS or not set(named) & OF_CLAIMS]


def _check_asked(layouts: Sequence[Layout], named: Collection[str]) -> None:
    """Refuse to ask of a table what its rows do not have."""
    for layout in layouts:
        wrong = sorted(set(named) & (OF_CLAIMS if layout is EVENTS else OF_EVENTS))
        if wrong:
            options = ", ".join(f"--{name}" for name in wrong)
            raise InputError(f"{layout.name} cannot be asked for by {options}; export them by themselves")


def _chosen(form: FileFormat, tables: Sequence[Written]) -> list[Layout]:
    """Return the layouts of the tables that are named, each once."""
    layouts = [LAYOUTS[each] for each in dict.fromkeys(tables)]
    if len(layouts) > 1 and form not in SEVERAL:
        raise InputError(f"{form.value} holds one table; name one, or write {' or '.join(sorted(SEVERAL))}")
    return layouts


def _plover(form: FileFormat, tables: Sequence[Written] | None) -> Layout:
    """Return the layout of events, where what else was typed goes with PLOVER's records."""
    if form is not FileFormat.JSONL:
        raise InputError(f"records of plover are nested; write them as jsonl, not {form.value}")
    if tables and set(tables) != {Written.EVENTS}:
        raise InputError("--as plover is about events; name no other table")
    return EVENTS


def _crosswalk(
    form: FileFormat, tables: Sequence[Written] | None, named: Organisation, policy: str | None
) -> Layout:
    """Return the layout of an organisation, where what else was typed goes with it."""
    if tables and set(tables) != {Written.INCIDENTS}:
        raise InputError(f"--as {named.value} is about incidents; leave out {', '.join(tables)}")
    if policy not in (None, named.value):
        raise InputError(f"--as {named.value} goes by the policy {named.value}; leave out --policy {policy}")
    if form is FileFormat.HXL:
        raise InputError(f"hxl has tags of its own; write --as {named.value} as csv")
    return CROSSWALKS[named.value]
