"""``cairn fetch`` and ``cairn watch``: articles out of the web into the archive."""

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
    read_list,
    watch_round,
)
from cairn.errors import DocumentError, InputError
from cairn.exports import Row, captured_table
from cairn.lexicon import load_lexicon
from cairn.records import Failure, Outcome

SCREENFUL = 8
"""Addresses from which a progress bar is worth its line."""
ROWS_SHOWN = 50
"""New and changed articles of a round that are shown; the rest are counted."""

EVERY_MINUTES = 30
"""Pause between rounds. Feeds hold 10 to 100 articles, the work of hours for all but the largest outlets."""
ROUNDS = 48
"""Rounds of one run: a day at the usual pause. A run that is to go on is started again by cron or systemd."""

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
    visitor = _visitor(contact, allow_private)
    found = Round()

    def work(told: Callable[[], None]) -> None:
        with open_archive(archive) as opened:
            tell(opened.notices, "notices", "yellow")
            capture_addresses(
                found, opened, visitor, urls or (), load_lexicon(), listed=listed, outlet=outlet, told=told
            )

    _run(found, work)
    _report(found, archive)
    if found.articles and not any(isinstance(each, Captured) for each in found.articles.values()):
        raise typer.Exit(USER_ERROR)


def watch_command(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS", help="List of feeds: OPML, or one address a line.")
    ],
    archive: ArchiveOption = ARCHIVE,
    once: Annotated[bool, typer.Option("--once", help="Make one round.")] = False,
    every: Annotated[
        int, typer.Option(min=1, metavar="MINUTES", help="From one round to the next.")
    ] = EVERY_MINUTES,
    rounds: Annotated[int, typer.Option(min=1, help="How many rounds to make.")] = ROUNDS,
    everything: Annotated[
        bool, typer.Option("--all", help="Visit known articles whether they are due again or not.")
    ] = False,
    contact: ContactOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Read feeds, capture what is new in them, and visit it again while it may still be edited."""
    listed = read_list(feeds)
    visitor = _visitor(contact, allow_private)
    fruitful = False
    for number in range(1, 2 if once else rounds + 1):
        began = visitor.outside.tick()
        found = Round()

        def work(told: Callable[[], None], found: Round = found) -> None:
            # Closed between rounds, so that other commands can write too.
            with open_archive(archive) as opened:
                tell(opened.notices, "notices", "yellow")
                watch_round(found, opened, visitor, listed, load_lexicon(), everything=everything, told=told)

        _run(found, work)
        _report(found, archive)
        fruitful |= any(isinstance(each, Feed) for each in found.feeds.values())
        if not once and number < rounds:
            left = every * 60 - (visitor.outside.tick() - began)
            errors.print(
                f"round {number} of {rounds}; the next in {plural(max(0, round(left / 60)), 'minute')}",
                style="dim",
                markup=False,
            )
            try:
                visitor.outside.sleep(max(0.0, left))
            except KeyboardInterrupt:
                break  # between two rounds nothing is interrupted
    if not fruitful:
        raise typer.Exit(USER_ERROR)


def _addresses(path: Path) -> list[str]:
    """Return the addresses in a list."""
    try:
        return list(read_addresses(path))
    except DocumentError as error:
        raise InputError(f"{path} {error}") from error
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def _visitor(contact: str | None, allow_private: bool) -> Visitor:
    """Return who asks; say so when outlets are not told how to reach the user."""
    if contact is None:
        hint = "outlets are not told how to reach you; name an address with --contact or CAIRN_CONTACT"
        errors.print(hint, style="dim", markup=False)
    return open_visitor(Manners(contact=contact, allow_private=allow_private), Outside(now=now))


def _run(found: Round, work: Callable[[Callable[[], None]], None]) -> None:
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
            _report(found, None)
            raise typer.Exit(130) from None


def _report(found: Round, archive: Path | None) -> None:
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
