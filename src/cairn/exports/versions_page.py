"""Versions page: how one address changed, as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from cairn.exports.archived import moment
from cairn.exports.templates import content_hash, templates
from cairn.exports.versions import Step, summary
from cairn.exports.webpage import safe_link
from cairn.records import Change, ChangeKind, FigureChange

STYLES = ("page.css", "versions.css")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One version as the template wants it."""

    number: int
    heading: str
    first_seen: str
    last_seen: str
    summary: str
    figures: tuple[FigureChange, ...]
    headline: Change | None
    paragraphs: tuple[tuple[Change, ...], ...]
    lines: tuple[str, ...]


def write_versions(url: str, steps: Sequence[Step], stream: TextIO) -> None:
    """Write the versions of one address as a page: each in full, with what it changed marked.

    Args:
        url: the address.
        steps: its versions, oldest first.
        stream: open for text; UTF-8 is expected, as the page says of itself.
    """
    template = templates().get_template("versions.html")
    pieces = template.generate(
        url=url,
        link=safe_link(url),
        versions=[_shown(step) for step in steps],
        styles=STYLES,
        style_hash=content_hash(*STYLES),
    )
    for piece in pieces:
        stream.write(piece.encode("utf-8", "backslashreplace").decode())


def _shown(step: Step) -> _Shown:
    version, difference = step.version, step.difference
    again = version.seen_at != version.captured_at
    paragraphs: list[list[Change]] = []
    for change in difference.changes if difference else ():
        if change.opens or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(change)
    headline = difference.headline if difference else None
    changed = headline is not None and headline.kind is not ChangeKind.SAME
    return _Shown(
        number=version.number,
        heading=step.document.title or step.document.id,
        first_seen=moment(version.captured_at),
        last_seen=moment(version.seen_at) if again else "",
        summary=" · ".join(summary(difference)) if difference else "",
        figures=difference.figures if difference else (),
        headline=headline if changed else None,
        paragraphs=tuple(tuple(each) for each in paragraphs),
        lines=() if difference else tuple(line for line in step.document.text.splitlines() if line.strip()),
    )
