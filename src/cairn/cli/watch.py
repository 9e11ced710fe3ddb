"""``cairn watch``: feeds into the archive, or files as they appear in a folder; what is new into a ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from cairn.cli.add import Tally, add_all, tell_added
from cairn.cli.fetch import ContactOption, PrivateOption, open_asker, report_round, run_round
from cairn.cli.ledger import opened
from cairn.cli.shared import (
    ARCHIVE,
    USER_ERROR,
    ArchiveOption,
    choose_reader,
    errors,
    join_told,
    loaded_tools,
    now,
    plural,
    tell,
)
from cairn.documents import (
    Feed,
    Listed,
    Outside,
    Round,
    Visitor,
    load_documents,
    open_archive,
    read_list,
    watch_round,
)
from cairn.errors import InputError
from cairn.ledger import refresh
from cairn.lexicon import load_lexicon
from cairn.pipeline import Reader
from cairn.records import Document, Skipped

EVERY_MINUTES = 30
"""Pause between rounds. Feeds hold 10 to 100 articles, the work of hours for all but the largest outlets."""
ROUNDS = 48
"""Rounds of one run: a day at the usual pause. A run that is to go on is started again by cron or systemd."""
STILL_SECONDS = 5.0
"""Time for which a file in a folder must not have changed: it may still be written to."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""

New = Iterator[Document | Skipped]


@dataclass(slots=True)
class Feeds:
    """A list of feeds that is watched.

    Attributes:
        listed: the feeds.
        visitor: who asks.
        archive: where what they list is captured.
        everything: visit known articles whether they are due or not.
        fruitful: some feed could be read.
        since: when the last round began; ``None`` before the first, which finds what earlier runs captured.
    """

    listed: list[Listed]
    visitor: Visitor
    archive: Path
    everything: bool
    fruitful: bool = False
    since: dt.datetime | None = None

    def look(self) -> None:
        """Make a round: capture what is new and what is due."""
        found = Round()

        def work(told: Callable[[], None]) -> None:
            # Closed between rounds, so that other commands can write too.
            with open_archive(self.archive) as opened:
                tell(opened.notices, "notices", "yellow")
                watch_round(
                    found, opened, self.visitor, self.listed, load_lexicon(),
                    everything=self.everything, told=told,
                )  # fmt: skip

        run_round(found, work)
        report_round(found, self.archive)
        self.fruitful |= any(isinstance(each, Feed) for each in found.feeds.values())

    def new(self) -> New:
        """Yield the versions that were captured since the round before, the newest first."""
        since, self.since = self.since, self.visitor.outside.now()
        with open_archive(self.archive, read_only=True) as opened:
            for latest in opened.latest():
                if since is not None and latest.captured_at < since:
                    return
                versions = [latest] if since else opened.versions(latest.url)
                yield from map(opened.document, versions)


@dataclass(slots=True)
class Folder:
    """A folder that is watched.

    Attributes:
        path: of the folder.
        clock: gives the moment, in UTC.
        seen: size and moment of the last change of each file, when it was read.
        fruitful: the folder is there.
    """

    path: Path
    clock: Callable[[], dt.datetime]
    seen: dict[Path, tuple[int, float]] = field(default_factory=dict)
    fruitful: bool = True

    def look(self) -> None:
        """Do nothing: files are found when they are asked for."""

    def new(self) -> New:
        """Yield the reports in files that were not read as they are now, in the order of their names."""
        for each in load_documents([str(self.path)], wanted=self._is_new):
            if not isinstance(each, Skipped) or each.document_id != str(self.path):  # empty is no fault here
                yield each

    def _is_new(self, path: Path) -> bool:
        try:
            found = path.stat()
        except OSError:
            return False
        state = (found.st_size, found.st_mtime)
        if self.seen.get(path) == state or self.clock().timestamp() - found.st_mtime < STILL_SECONDS:
            return False
        self.seen[path] = state
        return True


def watch_command(
    what: Annotated[
        Path,
        typer.Argument(
            metavar="FEEDS",
            help="List of feeds, OPML or one address a line; or a folder that files appear in.",
        ),
    ],
    archive: ArchiveOption = ARCHIVE,
    ledger: Annotated[
        str | None,
        typer.Option("--ledger", help="Ledger into which what is new is read, round by round."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=256, help="Processes that read for the ledger, beside this one.")
    ] = 1,
    once: Annotated[bool, typer.Option("--once", help="Make one round.")] = False,
    every: Annotated[
        float, typer.Option(min=0.05, metavar="MINUTES", help="From one round to the next.")
    ] = EVERY_MINUTES,
    rounds: Annotated[int, typer.Option(min=1, help="How many rounds to make.")] = ROUNDS,
    everything: Annotated[
        bool, typer.Option("--all", help="Visit known articles whether they are due again or not.")
    ] = False,
    contact: ContactOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Read feeds, capture what is new in them, and visit it again while it may still be edited.

    With --ledger what is new is read into a ledger before the next round begins: what waits is on disk.
    """
    watched: Feeds | Folder
    if what.is_dir():
        if ledger is None:
            raise InputError("name the ledger that reports in a folder are read into, with --ledger")
        outside, watched = Outside(now=now), Folder(what, now)
    else:
        listed = list(read_list(what))
        visitor = open_asker(contact, allow_private)
        outside, watched = visitor.outside, Feeds(listed, visitor, archive, everything)
    count = 1 if once else rounds
    with ExitStack() as stack:
        reader = choose_reader(stack, workers, loaded_tools) if ledger else None
        for number in range(1, count + 1):
            began = outside.tick()
            watched.look()
            if ledger and reader:
                _add(watched.new(), reader, ledger)
            if number == count:
                break
            left = max(0.0, every * 60 - (outside.tick() - began))
            told = plural(round(left / 60), "minute") if left >= 60 else plural(round(left), "second")
            errors.print(f"round {number} of {count}; the next in {told}", style="dim", markup=False)
            try:
                outside.sleep(left)
            except KeyboardInterrupt:
                break  # between two rounds nothing is interrupted
    if not watched.fruitful:
        raise typer.Exit(USER_ERROR)


def _add(new: New, reader: Reader, name: str) -> None:
    """Read what is new into the ledger; after Ctrl-C what is there already is made good, and no more read."""
    tally, stopped = Tally(), False
    with opened(name, create=True) as into:
        try:
            add_all(into, new, reader, None, tally, None)
        except KeyboardInterrupt:
            errors.print("interrupted; what was read is kept, and the next run goes on", style="yellow")
            stopped = True
        if not (tally.documents or tally.skipped or stopped):
            return
        with errors.status("joining claims into incidents"):
            rebuilt = refresh(into, join_told)
    tell_added(tally, rebuilt, name)
    if stopped:
        raise typer.Exit(INTERRUPTED)
