"""Read annotated reports, and refuse what cannot be scored against."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cairn.errors import InputError
from cairn.records import Harm


def load_gold(path: Path) -> dict[str, dict[str, Any]]:
    """Return the reports of a JSON Lines file by id, in order.

    Every slot that is scored is checked, so that a file of another shape is refused before an hour of
    reading, and not after it.

    Raises:
        InputError: when the file cannot be read, or a line is no annotated report: one line that names the
            file, the line, the claim and the slot.
    """
    reports: dict[str, dict[str, Any]] = {}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise InputError(f"cannot read gold file {path} ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"cannot read gold file {path}: it is not UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            report = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InputError(f"{path}, line {number} is not JSON: {error}") from error
        if problem := _problem(report):
            raise InputError(f"{path}, line {number} is no annotated report: {problem}")
        if report["id"] in reports:
            raise InputError(f"{path}, line {number} has the id {report['id']} of an earlier line")
        reports[report["id"]] = report
    if not reports:
        raise InputError(f"gold file {path} holds no report")
    return reports


def _problem(report: Any) -> str | None:
    """Say what keeps a report from being scored against, or ``None``."""
    if not isinstance(report, dict) or not {"id", "text", "claims"} <= report.keys():
        return "it needs id, text and claims"
    if not _is_word(report["id"]):
        return "its id is no text"
    if not isinstance(report["text"], str) or not report["text"].strip():
        return "its text is empty"
    if report.get("published") is not None and not _is_day(report["published"]):
        return f"published is {report['published']!r}, no date such as 2024-05-31"
    if any(not isinstance(report.get(key), str | None) for key in ("outlet", "set")):
        return "its outlet or set is no text"
    if not isinstance(report["claims"], list):
        return "its claims are no list"
    seen: set[str] = set()
    for number, claim in enumerate(report["claims"], start=1):
        if not isinstance(claim, dict):
            return f"claim {number} is no object"
        name = f"claim {claim.get('id', number)}"
        if missing := [slot for slot in _SLOTS if slot not in claim]:
            return f"{name} has no {', '.join(missing)}"
        if wrong := [slot for slot, is_right in _SLOTS.items() if not is_right(claim[slot])]:
            return f"{name} has a {wrong[0]} that docs/report.schema.json does not allow: {claim[wrong[0]]!r}"
        if claim["anchor"][1] > len(report["text"]):
            return f"{name} has an anchor past the end of the text"
        if claim["id"] in seen:
            return f"{name} is there twice"
        seen.add(claim["id"])
    return None


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_word_or_nothing(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def _is_anchor(value: Any) -> bool:
    whole = isinstance(value, list) and len(value) == 2 and all(type(edge) is int for edge in value)
    return whole and 0 <= value[0] < value[1]


def _is_count(value: Any) -> bool:
    return isinstance(value, dict) and all(
        bound is None or (isinstance(bound, int | float) and bound >= 0)
        for bound in (value.get("low"), value.get("high"), value.get("fraction"))
    )


def _is_victims(value: Any) -> bool:
    groups = value.get("groups") if isinstance(value, dict) else None
    return isinstance(groups, list) and all(map(_is_word, groups))


def _is_place(value: Any) -> bool:
    return value is None or (
        isinstance(value, dict) and _is_word(value.get("name")) and _is_word_or_nothing(value.get("country"))
    )


def _is_time(value: Any) -> bool:
    return value is None or (
        isinstance(value, dict) and _is_day(value.get("start")) and _is_day(value.get("end"))
    )


def _is_chain(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_word, value))


_SLOTS: Mapping[str, Callable[[Any], bool]] = {
    "id": _is_word,
    "anchor": _is_anchor,
    "harm": lambda value: isinstance(value, str) and value in set(Harm),
    "count": _is_count,
    "victims": _is_victims,
    "perpetrator": _is_word_or_nothing,
    "means": _is_word_or_nothing,
    "place": _is_place,
    "time": _is_time,
    "sources": _is_chain,
    "status": _is_word,
    "scope": _is_word,
    "part_of": _is_word_or_nothing,
}
"""Slots that a claim must have to be scored against, each with what is allowed in it."""
