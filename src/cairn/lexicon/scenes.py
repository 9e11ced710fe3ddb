"""Words that tell where harm was done."""

from __future__ import annotations

from dataclasses import dataclass, fields

from cairn.errors import LexiconError
from cairn.lexicon.toml import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneWords:
    """Words by their part in a scene, in lower case.

    Attributes:
        attacks: nouns for deeds of harm and what comes of them.
        locating: prepositions before the place where something is.
        moving: prepositions before where something comes from or goes to.
        origins: of these, before where it comes from.
        hitting: verbs of attacks that fall on a place.
    """

    attacks: frozenset[str]
    locating: frozenset[str]
    moving: frozenset[str]
    origins: frozenset[str]
    hitting: frozenset[str]


def load_scenes(language: str) -> SceneWords:
    """Load ``scenes.toml``.

    Raises:
        LexiconError: when a list is missing.
    """
    lists = load_toml(language, "scenes")
    try:
        return SceneWords(**{field.name: frozenset(lists[field.name]) for field in fields(SceneWords)})
    except KeyError as error:
        raise LexiconError(f"lexicon file {language}/scenes.toml: {error} is missing") from error
