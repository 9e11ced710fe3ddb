"""Function words: the small words by which a text in the language is known, and names of other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cairn.errors import LexiconError
from cairn.lexicon.toml import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionWords:
    """What tells a text in this language from one in another.

    Attributes:
        words: lower case; common in every text of the language and rare in its neighbours.
        other_languages: ISO 639 code to the name that this language gives it ("fr": "French").
    """

    words: frozenset[str]
    other_languages: Mapping[str, str]


def load_function_words(language: str) -> FunctionWords:
    """Return the function words of ``language``.

    Raises:
        LexiconError: names the key whose value is missing, repeated or not plain lower case.
    """
    name = f"{language}/function_words.toml"
    tables = load_toml(language, "function_words")
    words, others = tables.get("words"), tables.get("other_languages")
    if not isinstance(words, list) or not words:
        raise LexiconError(f"{name}: words must be a list of words")
    if bad := [word for word in words if not (isinstance(word, str) and word.isalpha() and word.islower())]:
        raise LexiconError(f"{name}: words must be single words in lower case, not {bad[0]!r}")
    if len(set(words)) < len(words):
        raise LexiconError(f"{name}: words lists one word twice")
    if not isinstance(others, dict) or not all(isinstance(other, str) and other for other in others.values()):
        raise LexiconError(f"{name}: other_languages must map codes to names")
    return FunctionWords(words=frozenset(words), other_languages=others)
