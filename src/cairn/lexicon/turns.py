"""How sentences open that turn to something else."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import LexiconError
from cairn.lexicon.toml import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Openings of sentences that leave what the sentence before speaks of.

    Attributes:
        phrases: in lower case, word by word.
        longest: words in the longest phrase.
    """

    phrases: frozenset[tuple[str, ...]]
    longest: int


def load_turns(language: str) -> Turns:
    """Load ``turns.toml``.

    Raises:
        LexiconError: when it holds no phrases.
    """
    words = load_toml(language, "turns").get("words")
    if not isinstance(words, list) or not words:
        raise LexiconError(f"lexicon file {language}/turns.toml: words must be a list of phrases")
    phrases = frozenset(tuple(phrase.split()) for phrase in words)
    return Turns(phrases=phrases, longest=max(map(len, phrases)))
