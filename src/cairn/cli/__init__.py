"""Commands: parse what was typed, call the pipeline, print. A module a command."""

from __future__ import annotations

import sys
from importlib.metadata import version

import typer

from cairn.cli.copies import copies_command
from cairn.cli.decide import decide_command
from cairn.cli.documents import archive_app, documents_command, versions_command
from cairn.cli.evaluate import eval_command
from cairn.cli.fetch import fetch_command, watch_command
from cairn.cli.importing import import_command
from cairn.cli.ledger import (
    add_command,
    backup_command,
    dump_command,
    erase_command,
    load_command,
    rebuild_command,
    restore_command,
    verify_command,
)
from cairn.cli.lists import claims_command, decisions_command, incidents_command
from cairn.cli.parse import parse_command
from cairn.cli.read import read_command
from cairn.cli.shared import USER_ERROR, errors
from cairn.errors import InputError

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)


@app.callback()
def about() -> None:
    """Cairn turns news reports into a ledger of who was harmed, according to whom."""


@app.command("version")
def show_version() -> None:
    """Print the version."""
    typer.echo(version("cairn-ledger"))


# In the order in which the help lists them.
app.command("read")(read_command)
app.command("add")(add_command)
app.command("claims")(claims_command)
app.command("incidents")(incidents_command)
app.command("decide")(decide_command)
app.command("decisions")(decisions_command)
app.command("rebuild")(rebuild_command)
app.command("verify")(verify_command)
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.command("dump")(dump_command)
app.command("load")(load_command)
app.command("erase")(erase_command)
app.command("eval")(eval_command)
app.command("parse")(parse_command)
app.command("fetch")(fetch_command)
app.command("watch")(watch_command)
app.command("import")(import_command)
app.command("documents")(documents_command)
app.command("versions")(versions_command)
app.command("copies")(copies_command)
app.add_typer(archive_app, name="archive")


def main() -> None:
    """Run the command line; input that cannot be used is one line and exit code 2."""
    try:
        app()
    except InputError as error:
        errors.print(f"cairn: {' '.join(str(error).split())}", style="bold red", markup=False)
        raise SystemExit(USER_ERROR) from None
    except BrokenPipeError:
        # The reader of our output has gone ("cairn read … | head"): not an error of ours.
        sys.stderr.close()
        raise SystemExit(0) from None
