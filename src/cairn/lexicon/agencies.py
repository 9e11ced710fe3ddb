"""News agencies and the words around their names by which a text says where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cairn.errors import LexiconError
from cairn.lexicon.toml import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Agencies:
    """What is known of agencies.

    Attributes:
        names: form as texts write it -> key of the agency; "AP" and "Associated Press" have one.
        unnamed: words for agencies without a name, lower case.
        before: words before an agency's name that make it a credit, lower case, longest first.
        after: words behind it that do, lower case, longest first.
        picture: words behind it that credit a picture, lower case.
        picture_before: words before it that do.
        staff: words for a paper's own people, lower case.
    """

    names: Mapping[str, str]
    unnamed: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    picture: tuple[str, ...]
    picture_before: tuple[str, ...]
    staff: frozenset[str]


def load_agencies(language: str) -> Agencies:
    """Load ``agencies.toml``.

    Raises:
        LexiconError: a form that stands twice, or a list that is missing.
    """
    tables = load_toml(language, "agencies")
    names: dict[str, str] = {}
    for key, forms in tables.get("agencies", {}).items():
        for form in forms:
            if form in names:
                raise LexiconError(f"agencies.toml: {form!r} stands under {names[form]} and {key}")
            names[form] = key
    lists = tables.get("words", {})
    missing = {"unnamed", "before", "after", "picture", "picture_before", "staff"} - set(lists)
    if missing or not names:
        raise LexiconError(f"agencies.toml: {', '.join(sorted(missing)) or 'agencies'} must be there")
    return Agencies(
        names=names,
        unnamed=_longest_first(lists["unnamed"]),
        before=_longest_first(lists["before"]),
        after=_longest_first(lists["after"]),
        picture=_longest_first(lists["picture"]),
        picture_before=_longest_first(lists["picture_before"]),
        staff=frozenset(lists["staff"]),
    )


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
