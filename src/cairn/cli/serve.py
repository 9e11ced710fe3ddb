"""``cairn serve``: pages on which people judge what was read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cairn.cli.ledger import LEDGER, LedgerOption, opened
from cairn.cli.shared import errors, now
from cairn.errors import InputError

PORT = 8377
"""Free on most machines: nobody has it registered."""


def serve_command(
    ledger: LedgerOption = LEDGER,
    host: Annotated[str, typer.Option(help="Address to listen on; docs/review.md tells more.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = PORT,
    origin: Annotated[
        str | None, typer.Option(help="What browsers open, where a proxy stands before: https://….")
    ] = None,
    accounts: Annotated[
        Path | None, typer.Option(help="File of accounts; beside the ledger unless named.")
    ] = None,
    alone: Annotated[bool, typer.Option("--alone", help="One person may both confirm and publish.")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="Show everybody what is public, and let nobody write.")
    ] = False,
) -> None:
    """Serve the ledger to people who judge claims: on this machine alone, unless told otherwise."""
    from cairn.review import serve, serve_public

    def tell(line: str) -> None:
        errors.print(line, style="bold", markup=False)

    if public:
        if alone or accounts:
            raise InputError("--public has no accounts; leave --alone and --accounts out")
        with opened(ledger) as into:
            serve_public(into, host=host, port=port, origin=origin, tell=tell)
        return
    named = accounts or Path(f"{LEDGER if '://' in ledger else ledger}-accounts")
    with opened(ledger) as into:
        serve(
            into,
            accounts=named,
            host=host,
            port=port,
            origin=origin,
            secret=os.environ.get("CAIRN_SECRET", ""),
            alone=alone,
            clock=now,
            chance=os.urandom,
            tell=tell,
        )
