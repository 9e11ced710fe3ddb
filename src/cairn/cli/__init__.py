"""Commands: parse what was typed, call the pipeline, print. A module a command, loaded when it is called."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cairn.cli.shared import USER_ERROR, errors
from cairn.errors import InputError

__all__ = ["app", "main"]

COMMANDS = {
    "read": "read.read_command",
    "link": "link.link_command",
    "framing": "framing.framing_command",
    "add": "add.add_command",
    "extract": "extract.extract_command",
    "claims": "lists.claims_command",
    "events": "events.events_command",
    "monitor": "monitor.monitor_command",
    "incidents": "lists.incidents_command",
    "incident": "incident.incident_command",
    "decide": "decide.decide_command",
    "decisions": "lists.decisions_command",
    "export": "export.export_command",
    "chart": "chart.chart_command",
    "release": "release.release_command",
    "serve": "serve.serve_command",
    "rebuild": "ledger.rebuild_command",
    "verify": "ledger.verify_command",
    "backup": "ledger.backup_command",
    "restore": "ledger.restore_command",
    "dump": "ledger.dump_command",
    "load": "ledger.load_command",
    "erase": "ledger.erase_command",
    "eval": "evaluate.eval_command",
    "parse": "parse.parse_command",
    "fetch": "fetch.fetch_command",
    "watch": "watch.watch_command",
    "import": "importing.import_command",
    "documents": "documents.documents_command",
    "versions": "documents.versions_command",
    "copies": "copies.copies_command",
    "archive": "documents.archive_app",
}
"""Where each command lives, in the order in which the help lists them."""


class Commands(TyperGroup):
    """The commands, each loaded only when it is called: half of them need neither a model nor a network.

    The help tells what each does in a whole sentence, where Typer would cut it off at the end of its line.
    """

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write what each command does, as its own help begins."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._does(ctx, name)) for name in self.list_commands(ctx)])

    def _does(self, ctx: Any, name: str) -> str:
        told = (self.get_command(ctx, name).help or "").split("\n\n")[0]
        return " ".join(told.split()).rstrip(".")

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, in the order of the help."""
        return [*COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return one command, ``None`` when there is none of that name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = COMMANDS[cmd_name].split(".")
        found = getattr(import_module(f"cairn.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            return typer.main.get_group(found)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name)(found)
        return typer.main.get_command(alone)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def tell_version(asked: bool) -> None:
    """Print the version and end, where it is asked for."""
    if asked:
        typer.echo(version("cairn-ledger"))
        raise typer.Exit


@app.callback()
def about(
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=tell_version, help="Print the version.")
    ] = False,
) -> None:
    """Cairn turns news reports into a ledger of who was harmed, according to whom."""


@app.command("version")
def show_version() -> None:
    """Print the version."""
    tell_version(True)


def main() -> None:
    """Run the command line; input that cannot be used is one line and exit code 2."""
    try:
        app()
    except InputError as error:
        errors.print(f"cairn: {' '.join(str(error).split())}", style="bold red", markup=False)
        raise SystemExit(USER_ERROR) from None
