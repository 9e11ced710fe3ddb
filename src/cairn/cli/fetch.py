"""``cairn fetch``: articles out of the web into the archive; and how a round of asking is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from cairn.cli.shared import ARCHIVE, USER_ERROR, ArchiveOption, errors, now, plural, tell
from cairn.documents import (
    Captured,
    Feed,
    Manners,
    Outside,
    PutOff,
    Round,
    Visitor,
    capture_addresses,
    open_archive,
    open_visitor,
    read_addresses,
)
from cairn.errors import DocumentError, InputError
from cairn.exports import Row, captured_table
from cairn.lexicon import load_lexicon
from cairn.records import Failure, Outcome

SCREENFUL = 8
"""Addresses from which a progress bar is worth its line."""
ROWS_SHOWN = 50
"""New and changed articles of a round that are shown; the rest are counted."""

ContactOption = Annotated[
    str | None,
    typer.Option(envvar="CAIRN_CONTACT", help="E-mail or web address at which outlets can reach you."),
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Also ask this machine and private networks.")
]


def fetch_command(
    urls: Annotated[list[str] | None, typer.Argument(metavar="URL", help="Addresses of articles.")] = None,
    lists: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FILE", help="List of addresses, or a table with a column of them."),
    ] = None,
    archive: ArchiveOption = ARCHIVE,
    outlet: Annotated[str | None, typer.Option(help="Who prints them; goes before what pages say.")] = None,
    contact: ContactOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Capture the articles at some addresses into the archive."""
    if not urls and not lists:
        raise InputError("nothing to fetch; give addresses, or a list of them with --from")
    listed = [address for path in lists or () for address in _addresses(path)]
    visitor = open_asker(contact, allow_private)
    found = Round()

    def work(told: Callable[[], None]) -> None:
        with open_archive(archive) as opened:
            tell(opened.notices, "notices", "yellow")
            capture_addresses(
                found, opened, visitor, urls or (), load_lexicon(), listed=listed, outlet=outlet, told=told
            )

    run_round(found, work)
    report_round(found, archive)
    if found.articles and not any(isinstance(each, Captured) for each in found.articles.values()):
        raise typer.Exit(USER_ERROR)


def _addresses(path: Path) -> list[str]:
    """Return the addresses in a list."""
    try:
        return list(read_addresses(path))
    except DocumentError as error:
        raise InputError(f"{path} {error}") from error
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def open_asker(contact: str | None, allow_private: bool) -> Visitor:
    """Return who asks; say so when outlets are not told how to reach the user."""
    if contact is None:
        hint = "outlets are not told how to reach you; name an address with --contact or CAIRN_CONTACT"
        errors.print(hint, style="dim", markup=False)
    return open_visitor(Manners(contact=contact, allow_private=allow_private), Outside(now=now))


def run_round(found: Round, work: Callable[[Callable[[], None]], None]) -> None:
    """Do the work with a bar that shows how far it is; tell what was done before it was interrupted."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=errors,
        disable=not errors.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task("reading feeds", total=None)

        def told() -> None:
            if found.expected > SCREENFUL:
                bar.update(task, description="fetching", total=found.expected, completed=len(found.articles))

        try:
            work(told)
        except KeyboardInterrupt:
            bar.stop()
            errors.print("interrupted; what was captured is kept, and the next run goes on", style="yellow")
            report_round(found, None)
            raise typer.Exit(130) from None


def report_round(found: Round, archive: Path | None) -> None:
    """Print what a run came to: a table, and a line for whatever failed."""
    looked = [found.articles[place] for place in sorted(found.articles)]
    feeds = [found.feeds[place] for place in sorted(found.feeds)]
    captured = [each for each in looked if isinstance(each, Captured)]
    news = [each for each in captured if each.outcome in (Outcome.NEW, Outcome.CHANGED)]
    same = [each for each in captured if each.outcome not in (Outcome.NEW, Outcome.CHANGED)]
    shown = news[:ROWS_SHOWN] + (same if len(same) <= SCREENFUL else [])
    if shown:
        rows = [
            Row(outcome=each.outcome, url=each.url, document=each.document, difference=each.difference)
            for each in shown
        ]
        Console(highlight=False).print(captured_table(rows))
    if len(news) > ROWS_SHOWN:
        errors.print(f"… and {len(news) - ROWS_SHOWN} more; cairn documents lists them", markup=False)
    tell([f"feed failed: {_told(each)}" for each in feeds if isinstance(each, Failure)], "failed", "yellow")
    tell([f"failed: {_told(each)}" for each in looked if isinstance(each, Failure)], "failed", "yellow")
    tell(_put_off([each for each in [*feeds, *looked] if isinstance(each, PutOff)]), "put off", "yellow")
    _close(found, captured, len(same), archive)


def _close(found: Round, captured: Sequence[Captured], same: int, archive: Path | None) -> None:
    """Print the closing line."""
    both = [*found.feeds.values(), *found.articles.values()]
    counts = [
        (sum(each.outcome is Outcome.NEW for each in captured), "new"),
        (sum(each.outcome is Outcome.CHANGED for each in captured), "changed"),
        (same, "unchanged"),
        (sum(isinstance(each, Failure) for each in both), "failed"),
        (sum(isinstance(each, PutOff) for each in both), "put off"),
        (found.waiting, "known and not due"),
    ]
    told = [f"{number} {what}" for place, (number, what) in enumerate(counts) if number or place < 4]
    if found.feeds:
        read = sum(isinstance(each, Feed) for each in found.feeds.values())
        told.insert(0, f"{read} of {plural(len(found.feeds), 'feed')} read")
    line = ", ".join(told)
    errors.print(f"{line}; kept in {archive}" if archive else line, style="bold", markup=False)


def _put_off(left: Sequence[PutOff]) -> list[str]:
    """Return one line for each host that was left alone."""
    hosts: dict[str, list[PutOff]] = {}
    for each in left:
        hosts.setdefault(each.host, []).append(each)
    return [
        _shown(f"put off: {len(of)} address{'' if len(of) == 1 else 'es'} of {host}, which {of[0].reason}")
        for host, of in hosts.items()
    ]


def _told(failure: Failure) -> str:
    return _shown(f"{failure.name} {failure.reason}")


def _shown(line: str) -> str:
    """Return a line without characters that would steer the terminal; feeds may name any address."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
