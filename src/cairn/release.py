"""Release: what is public of a ledger, in all formats, with what readers need to judge it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from cairn.charts import draw_svg
from cairn.errors import InputError
from cairn.exports import (
    CLAIMS,
    DESCRIBED,
    ESTIMATES,
    EVENTS,
    INCIDENTS,
    POSITIONS,
    SUMS,
    Changes,
    FileFormat,
    Layout,
    Stated,
    changelog,
    check_sums,
    compare_incidents,
    data_package,
    read_rows,
    write_file,
)
from cairn.ledger import PUBLIC_DECIMALS, Asked, AskedEvents, State, claim_blocks, find_incident
from cairn.pictures import Kind, make_picture
from cairn.tables import Question, check_rows, count_rows, describe, make_sheet

LAYOUTS = (CLAIMS, EVENTS, INCIDENTS, ESTIMATES, POSITIONS)
FILES: tuple[tuple[str, FileFormat, tuple[Layout, ...]], ...] = (
    *((f"{layout.name}.csv", FileFormat.CSV, (layout,)) for layout in LAYOUTS),
    *((f"{layout.name}.jsonl", FileFormat.JSONL, (layout,)) for layout in LAYOUTS),
    *((f"{layout.name}.parquet", FileFormat.PARQUET, (layout,)) for layout in LAYOUTS),
    *((f"{layout.name}.geojson", FileFormat.GEOJSON, (layout,)) for layout in (CLAIMS, EVENTS, INCIDENTS)),
    ("incidents.hxl.csv", FileFormat.HXL, (INCIDENTS,)),
    ("ledger.xlsx", FileFormat.XLSX, LAYOUTS),
    ("ledger.db", FileFormat.SQLITE, LAYOUTS),
)
"""Files of a release, with the format and the tables of each."""
PICTURES = (Kind.DAYS, Kind.MAP)
"""Drawn for a release, of all that is public."""
COMPARED, TOLD = "incidents.jsonl", "claims.jsonl"
"""Files of the last release that the next is compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What a release came to.

    Attributes:
        folder: that holds it.
        claims: how many.
        incidents: how many.
        last: name of the release before; ``None`` for the first.
        changes: since then.
        left_out: files that could not be written, and why.
    """

    folder: Path
    claims: int
    incidents: int
    last: str | None
    changes: Changes | None
    left_out: tuple[str, ...]


def make_release(
    state: State, into: Path, stated: Stated, *, policy: str | None = None, decimals: int = PUBLIC_DECIMALS
) -> Released:
    """Write a release into a folder of its own, which is there when it is whole and not before.

    Args:
        state: of ``as_of``.
        into: folder of all releases; the last of them, by name, is what this one is compared with.
        stated: what whoever publishes it says.
        policy: of the figures of incidents.
        decimals: places of a degree that are kept.

    Raises:
        InputError: nothing is public, there is a release of that name, or the folder cannot be written.
    """
    question = Question(
        asked=Asked(public=True), events=AskedEvents(public=True), policy=policy, decimals=decimals
    )
    claims, incidents = (count_rows(state, layout, question) for layout in (CLAIMS, INCIDENTS))
    if not claims:
        raise InputError("no claim is public yet; cairn decide restrict ID --value public makes one so")
    folder, last = into / stated.name, _last(into)
    if folder.exists():
        raise InputError(f"{folder} is there already; a release is never changed: name another with --name")
    part = into / f".{stated.name}.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        left_out = _write(state, part, question, stated)
        changes = compare_incidents(into / last / COMPARED, part / COMPARED) if last else None
        reasons = _reasons(state, into / last / TOLD, changes.withdrawn) if last and changes else {}
        (part / "CHANGES.md").write_text(changelog(changes, last, reasons), encoding="utf-8")
        (part / SUMS).write_text(check_sums(part), encoding="utf-8")
        part.rename(folder)
    except OSError as error:
        raise InputError(f"cannot write {folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Released(
        folder=folder, claims=claims, incidents=incidents, last=last, changes=changes, left_out=left_out
    )


def _write(state: State, folder: Path, question: Question, stated: Stated) -> tuple[str, ...]:
    """Write all files but the changes and the checksums; return what was left out."""
    told = describe(state, LAYOUTS, question, made_at=stated.made_at)
    told.append(f"Published by {stated.by} under {stated.licence}, as release {stated.name}.")
    left_out = []
    for name, form, layouts in FILES:
        try:
            if form is FileFormat.XLSX:
                for layout in layouts:
                    check_rows(state, layout, question)
        except InputError as error:
            left_out.append(f"{name}: {error}")
            continue
        sheets = [make_sheet(state, layout, question) for layout in layouts]
        write_file(form, sheets, folder / name, guide=told, bom=form is FileFormat.CSV)
    for kind in PICTURES:
        try:
            drawn = draw_svg(make_picture(state, kind, question))
        except InputError as error:
            left_out.append(f"{kind.value}.svg: {error}")
        else:
            (folder / f"{kind.value}.svg").write_text(drawn, encoding="utf-8")
    (folder / "README.md").write_text(f"# {stated.title}\n\n" + "\n\n".join(told) + "\n", encoding="utf-8")
    described = data_package(folder, LAYOUTS, told, stated)
    (folder / DESCRIBED).write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2))
    return tuple(left_out)


def _last(into: Path) -> str | None:
    """Return the name of the last release in a folder of releases."""
    if not into.is_dir():
        return None
    names = [
        each.name
        for each in into.iterdir()
        if all((each / name).is_file() for name in (DESCRIBED, COMPARED, TOLD))
    ]
    return max((name for name in names if not name.startswith(".")), default=None)


def _reasons(state: State, told: Path, withdrawn: Sequence[str]) -> dict[str, str]:
    """Return why incidents are withdrawn: what became of the claims that the last release told of them.

    Args:
        state: of ``as_of``.
        told: claims of the last release.
        withdrawn: ids of the incidents.
    """
    claims: dict[str, list[str]] = {id_: [] for id_ in withdrawn}
    for row in read_rows(told) if withdrawn else ():
        if row["incident"] in claims:
            claims[row["incident"]].append(row["id"])
    return {id_: _joined(state, id_) or _became(state, ids) for id_, ids in claims.items()}


def _joined(state: State, id_: str) -> str | None:
    """Return what an incident was joined with, where that is public."""
    other = find_incident(state, id_)
    if other is None or other == id_:
        return None
    asked = Question(asked=Asked(public=True, incident=other))
    return f"joined with {other}" if count_rows(state, INCIDENTS, asked) else None


def _became(state: State, ids: Sequence[str]) -> str:
    """Return what became of claims that were told of an incident."""
    stand, public = (_incidents(state, Asked(public=alone), ids) for alone in (False, True))
    found = Counter(
        f"now of {public[id_] or 'no one incident'}"
        if id_ in public
        else "no longer public"
        if id_ in stand
        else "rejected, or read otherwise"
        for id_ in ids
    )
    return "; ".join(f"{count} {'claim' if count == 1 else 'claims'} {what}" for what, count in found.items())


def _incidents(state: State, asked: Asked, ids: Sequence[str]) -> dict[str, str | None]:
    """Return the incidents of claims that are asked for, by the claims' ids."""
    return {
        id_: incident
        for block in claim_blocks(state, asked, ids=ids)
        for id_, incident in zip(block["id"], block["incident"], strict=True)
    }
