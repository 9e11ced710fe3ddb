"""Words of the pages that stand where an article should be: consent, payment, refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cairn.errors import LexiconError
from cairn.lexicon.toml import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class WallWords:
    """What pages without an article say. All in lower case.

    Attributes:
        consent: single words of cookies and consent, in many languages.
        subscription: phrases that ask for money or an account before more is shown.
        refusal_titles: whole titles of error pages.
        refusal_phrases: phrases at the start of pages that refuse or put off.
    """

    consent: frozenset[str]
    subscription: tuple[str, ...]
    refusal_titles: frozenset[str]
    refusal_phrases: tuple[str, ...]


def load_wall_words(language: str) -> WallWords:
    """Load ``walls.toml``.

    Raises:
        LexiconError: names the key whose value is missing or not in lower case.
    """
    tables = load_toml(language, "walls")
    return WallWords(
        consent=frozenset(_words(tables, "consent", "words")),
        subscription=tuple(_words(tables, "subscription", "phrases")),
        refusal_titles=frozenset(_words(tables, "refusal", "titles")),
        refusal_phrases=tuple(_words(tables, "refusal", "phrases")),
    )


def _words(tables: dict[str, Any], table: str, key: str) -> list[str]:
    found = tables.get(table, {}).get(key)
    if not isinstance(found, list) or not found or not all(isinstance(each, str) for each in found):
        raise LexiconError(f"walls.toml: {table}.{key} must be a list of words")
    if bad := [each for each in found if each != each.lower().strip()]:
        raise LexiconError(f"walls.toml: {table}.{key} must be in lower case, not {bad[0]!r}")
    return found
