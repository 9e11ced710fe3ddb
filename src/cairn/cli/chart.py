"""``cairn chart``: what the ledger holds, as a picture that a newsroom can print."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from cairn.charts import PictureFormat, draw_png, draw_svg
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
from cairn.cli.shared import day, errors, open_output
from cairn.errors import InputError
from cairn.ledger import PUBLIC_DECIMALS, Asked
from cairn.pictures import Kind, make_picture
from cairn.tables import Question

ENDINGS = {f".{form.value}": form for form in PictureFormat}


def chart_command(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="Of one incident: toll (who said how many when), positions (who says what now), policies "
            "(what each rule makes of it). Of many: days, map."
        ),
    ],
    place: PlaceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    harm: HarmOption = None,
    means: MeansOption = None,
    speaker: SpeakerOption = None,
    perpetrator: PerpetratorOption = None,
    text: TextOption = None,
    document: DocumentOption = None,
    incident: IncidentOption = None,
    policy: Annotated[
        str | None, typer.Option("--policy", help="Policy of the figures by day and on the map (range).")
    ] = None,
    party: Annotated[
        str | None,
        typer.Option(
            "--party", help="Over days: truces and talks of whoever bears this name, or part of it."
        ),
    ] = None,
    public: PublicOption = False,
    decimals: DecimalsOption = PUBLIC_DECIMALS,
    as_of_day: AsOfOption = None,
    form: Annotated[
        PictureFormat | None,
        typer.Option("--format", help="svg or png; by the ending of --output unless given."),
    ] = None,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Draw a chart as SVG or PNG, with what it leaves out, what it is made from, and its words."""
    chosen = _format(form, output)
    question = Question(
        asked=Asked(
            place=place,
            since=day(since, "--since"),
            until=day(until, "--until"),
            harm=harm,
            means=means,
            speaker=speaker,
            perpetrator=perpetrator,
            words=text,
            document=document,
            incident=incident,
            public=public,
        ),
        policy=policy,
        decimals=decimals,
    )
    with opened_state(ledger, as_of_day) as state:
        picture = make_picture(state, kind, question, party)
    if chosen is PictureFormat.PNG and output is not None:
        _write_bytes(output, draw_png(picture))
    else:
        with ExitStack() as stack:
            open_output(stack, output).write(draw_svg(picture))
    if output is not None:
        errors.print(f"{picture.title}: {output}", style="bold", markup=False)
        errors.print(f"In words: {picture.told}", markup=False)


def _format(form: PictureFormat | None, output: Path | None) -> PictureFormat:
    """Return the format that is asked for, by name or by the ending of the file."""
    if output is None:
        if form is PictureFormat.PNG:
            raise InputError("png is written to a file; name it with --output")
        return PictureFormat.SVG
    ending = ENDINGS.get(output.suffix.lower())
    if form is None and ending is None:
        raise InputError(f"{output} ends neither in .svg nor in .png; name one with --format")
    if form and ending and form is not ending:
        raise InputError(f"--format {form.value} does not go with {output}; leave one out")
    return form or ending or PictureFormat.SVG


def _write_bytes(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
