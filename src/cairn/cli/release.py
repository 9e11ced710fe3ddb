"""``cairn release``: what is public, for everybody, in a folder that is never changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cairn.cli.ledger import LEDGER, LedgerOption
from cairn.cli.lists import opened_state
from cairn.cli.shared import errors, now, plural, tell
from cairn.errors import InputError
from cairn.exports import Stated
from cairn.ledger import PUBLIC_DECIMALS
from cairn.release import make_release


def release_command(
    folder: Annotated[Path, typer.Argument(help="Folder of all releases; each gets one of its own in it.")],
    licence: Annotated[str, typer.Option(help="Licence of the data, such as CC-BY-4.0.")],
    who: Annotated[str | None, typer.Option(help="Who publishes it; else the variable CAIRN_WHO.")] = None,
    title: Annotated[str, typer.Option(help="One line.")] = "Who was harmed, according to whom",
    name: Annotated[str | None, typer.Option(help="Name of the release; its day unless given.")] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", help="Policy of an incident's figures (range).")
    ] = None,
    decimals: Annotated[
        int, typer.Option(min=0, max=5, help="Places of a degree that are kept.")
    ] = PUBLIC_DECIMALS,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Publish all that is public, in every format, with its method, checksums and what changed."""
    by, moment = who or os.environ.get("CAIRN_WHO"), now()
    if not by:
        raise InputError("a release is signed: name yourself with --who, or set CAIRN_WHO")
    called = name or moment.date().isoformat()
    if Path(called).name != called or called.startswith("."):
        raise InputError(f"{called!r} cannot be the name of a release: it is to be the name of a folder")
    stated = Stated(name=called, title=title, licence=licence, by=by, made_at=moment)
    with opened_state(ledger, None) as state, errors.status("writing"):
        made = make_release(state, folder, stated, policy=policy, decimals=decimals)
    tell(made.left_out, "files left out", "yellow")
    counted = f"{plural(made.claims, 'claim')} about {plural(made.incidents, 'incident')}"
    errors.print(f"{counted} released in {made.folder}", style="bold", markup=False)
    if made.changes is not None:
        errors.print(
            f"since {made.last}: {len(made.changes.new):,} new, {len(made.changes.changed):,} changed, "
            f"{len(made.changes.withdrawn):,} withdrawn incidents",
            markup=False,
        )
