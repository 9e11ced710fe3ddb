"""Ceasefires: what is told around one, for a person at a terminal and as JSON; never as a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.table import clean, folding_table, transliterate
from cairn.records import Event, Followed, Participant, Point, Reported, Step, Toll

CAUTION = (
    "Counted are documents that tell of attacks, copies among them, by the day of the attack, else that of "
    "publication. Fewer reports are no sign of fewer attacks, and nothing here says who broke the ceasefire."
)
BEGIN = "▶ "
NOBODY_READ = "none read"
STEPS = 3  # events told of one day; the rest are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class CeasefireView:
    """What Rich prints."""

    followed: Followed
    tolls: Mapping[dt.date, Toll]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        encoding = options.encoding if options.ascii_only else None

        def fit(text: Text) -> Text:
            return text if encoding is None else transliterate(text, encoding)

        yield fit(_title(self.followed))
        for line in _coverage(self.followed):
            yield fit(Text(line))
        yield _table(("day", "reports", "of attacks", "killed", "what else is told"), self._days(), fit)
        if self.followed.reported:
            heads = ("accused", "according to", "before", "from then on", "called a breach")
            yield _table(heads, map(_reported, self.followed.reported), fit)
        yield fit(Text(CAUTION, style="italic dim"))

    def _days(self) -> Iterator[tuple[Text, ...]]:
        """Yield a row for each day of which anything is told or read, and for the ceasefire's own."""
        told: dict[dt.date, list[Point]] = {}
        for each in self.followed.line:
            told.setdefault(each.day, []).append(each)
        begin = self.followed.begin.day
        for day in sorted({*told, *self.tolls, *self.followed.read, begin}):
            read, points, toll = self.followed.read.get(day, 0), told.get(day, []), self.tolls.get(day)
            attacks = [each for each in points if each.step is Step.ATTACK]
            others = [each for each in points if each.step is not Step.ATTACK]
            yield (
                Text(f"{BEGIN if day == begin else '  '}{wording.date(day)}", "bold" if day == begin else ""),
                Text(f"{read:,}") if read else Text(NOBODY_READ, "dim"),
                Text(_attacks(attacks)),
                Text(_killed(toll)),
                _steps(others),
            )


def ceasefire_view(followed: Followed, tolls: Mapping[dt.date, Toll]) -> CeasefireView:
    """Return what is told around a ceasefire for ``rich.console.Console.print``.

    Args:
        followed: the ceasefire with what is told around it.
        tolls: day -> what is told to have been suffered.
    """
    return CeasefireView(followed=followed, tolls=tolls)


def beginnings_table(points: Sequence[Point]) -> Table:
    """Return a table of the events that a ceasefire may be counted from, with their ids."""
    rows = (
        (
            Text(each.event.id),
            Text(wording.date(each.day)),
            Text(each.step.value),
            _sides(each.event),
            clean(each.document.id),
        )
        for each in points
    )
    return _table(("id", "day", "told as", "who", "report"), rows, lambda text: text)


def ceasefire_json(followed: Followed, tolls: Mapping[dt.date, Toll]) -> dict[str, Any]:
    """Return a ceasefire with what is told around it as one JSON object; days are ISO 8601."""
    return {
        "ceasefire": _point_json(followed.begin),
        "since": followed.since.isoformat(),
        "until": followed.until.isoformat(),
        "caution": CAUTION,
        "coverage": {
            name: dict(zip(("documents", "days_with_any", "days"), (*told, followed.days), strict=True))
            for name, told in (
                ("before", followed.coverage(after=False)),
                ("after", followed.coverage(after=True)),
            )
        },
        "line": [_point_json(each) for each in followed.line],
        "attacks": [
            {
                "accused": each.accused,
                "bound": each.bound,
                "speaker": each.speaker,
                "documents_before": each.before,
                "documents_after": each.after,
                "called_breach": each.breaches,
            }
            for each in followed.reported
        ],
        "read": {day.isoformat(): number for day, number in followed.read.items()},
        "killed": {
            day.isoformat(): {"incidents": toll.incidents, "low": toll.low, "high": toll.high}
            for day, toll in sorted(tolls.items())
        },
    }


def _point_json(point: Point) -> dict[str, Any]:
    event = point.event
    return {
        "event": event.id,
        "day": point.day.isoformat(),
        "dated": point.dated,
        "step": point.step.value,
        "status": event.status.value,
        "called_breach": point.breach,
        "actors": [_named(each) for each in event.taking_part("actor")],
        "recipients": [_named(each) for each in event.taking_part("recipient")],
        "place": event.place and event.place.name,
        "sources": list(event.speakers),
        "document": point.document.id,
    }


def _table(heads: Sequence[str], rows: Any, fit: Any) -> Table:
    table = folding_table(*heads)
    for row in rows:
        table.add_row(*map(fit, row))
    return table


def _title(followed: Followed) -> Text:
    begin = followed.begin
    where = f", {wording.where(begin.event.place)}" if begin.event.place else ""
    by = f", according to {' → '.join(begin.event.speakers)}" if begin.event.speakers else ""
    day = wording.date(begin.day) + ("" if begin.dated else " (day of publication)")
    told = Text(f"Ceasefire {begin.event.id}: {begin.step.value} ", style="bold")
    return told + _sides(begin.event) + Text(f", {day}{where}{by}")


def _coverage(followed: Followed) -> Iterator[str]:
    for name, after in (("before", False), ("from then on", True)):
        documents, days = followed.coverage(after=after)
        yield f"{followed.days} days {name}: {documents:,} reports read, of {days} of these days"


def _attacks(attacks: Sequence[Point]) -> str:
    if not attacks:
        return ""
    documents, breaches = (
        len({each.document.id for each in attacks if each.breach or not breach}) for breach in (False, True)
    )
    return f"{documents:,}" + (f", {breaches:,} called a breach" if breaches else "")


def _killed(toll: Toll | None) -> str:
    if toll is None:
        return ""
    number = f"{toll.incidents} incident{'' if toll.incidents == 1 else 's'}"
    if toll.low is None:
        return f"not told ({number})"
    figure = f"≥ {toll.low:,}" if toll.high is None else f"{toll.low:,}–{toll.high:,}"
    return f"{f'{toll.low:,}' if toll.low == toll.high else figure} ({number})"


def _steps(points: Sequence[Point]) -> Text:
    told = [
        Text(f"{each.step.value}: ") + _sides(each.event) + Text(_status(each.event))
        for each in points[:STEPS]
    ]
    if len(points) > STEPS:
        told.append(Text(f"and {len(points) - STEPS} more"))
    return Text("\n").join(told)


def _status(event: Event) -> str:
    return "" if event.status.value == "actual" else f" ({event.status.value})"


def _sides(event: Event) -> Text:
    actors, recipients = (", ".join(map(_named, event.taking_part(slot))) for slot in ("actor", "recipient"))
    return clean(actors or "nobody named") + (Text(" → ") + clean(recipients) if recipients else Text())


def _named(participant: Participant) -> str:
    return participant.known_as or participant.name


def _reported(row: Reported) -> tuple[Text, ...]:
    accused = clean(row.accused) + Text(" (party to it)" if row.bound else "", "dim")
    after = "" if not row.breaches else f"{row.breaches:,}"
    return accused, clean(row.speaker), Text(f"{row.before:,}"), Text(f"{row.after:,}"), Text(after)
