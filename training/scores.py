"""Scores of tagged stretches."""

from __future__ import annotations

from collections.abc import Sequence


def spans_of(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return (start, end, kind) of each tagged stretch; a stray inside tag starts one."""
    spans, start, kind = set(), 0, ""
    for at, tag in enumerate([*tags, "O"]):
        mark, _, here = tag.partition("-")
        if kind and (mark != "I" or here != kind):
            spans.add((start, at, kind))
            kind = ""
        if here and (mark == "B" or not kind):
            start, kind = at, here
    return spans


def names_f1(gold: Sequence[Sequence[str]], guessed: Sequence[Sequence[str]]) -> float:
    """Return the F1 of exact stretches with their kinds, in percent."""
    hit = wanted = found = 0
    for one, other in zip(gold, guessed, strict=True):
        right, made = spans_of(one), spans_of(other)
        hit += len(right & made)
        wanted += len(right)
        found += len(made)
    return round(200 * hit / max(1, wanted + found), 2)
