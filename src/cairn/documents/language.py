"""Which language a text is in: English by its small words at once, others by a trained model."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cairn.lexicon.function_words import FunctionWords

SAMPLE_CHARS = 5_000
"""How much of a text is looked at, from its start: some 800 words, far more than either test needs."""

FIRST_CHARS = 1_000
"""How much is looked at first: it nearly always tells English."""

ENGLISH_SHARE = 0.2
"""Share of function words from which a text is English without asking the model, which takes most of a second
to load. English news has 0.12 to 0.38 of them, and 188 of 196 annotated reports at least 0.2; sentences in
twenty other languages had none."""

MIN_LETTERS = 60
"""Letters below which a text is never called foreign: a headline may be all names."""

SURE = 0.75
"""Probability from which the model's verdict is taken. At this value and ``MIN_LETTERS`` none of 50,000
sentences of English news and web text was called foreign; bare lists of foreign names reach 0.6, Indonesian,
so close to Malay, 0.88."""

ENGLISH = "en"

_NEVER_NAMED = {"pcm", "zxx"}
"""Nigerian Pidgin, which a headline in English resembles; and "no language at all"."""

_WORD = re.compile(r"[^\W\d_]+")


def find_language(text: str) -> str | None:
    """Return the ISO 639 code of the language of ``text``; ``None`` when it is too short or in doubt.

    Capitals do not matter. In doubt nothing is said: a report wrongly called foreign is lost to the readers,
    one wrongly kept only yields no claims.
    """
    known = _function_words()
    for chars in (FIRST_CHARS, SAMPLE_CHARS):
        sample = text[:chars].lower()
        words = _WORD.findall(sample)
        if sum(map(len, words)) < MIN_LETTERS:
            return None
        if sum(word in known.words for word in words) >= ENGLISH_SHARE * len(words):
            return ENGLISH
    language, probability = _classify(sample)
    return None if language in _NEVER_NAMED or probability < SURE else language


def name_language(code: str) -> str:
    """Return the English name of a language."""
    if code == ENGLISH:
        return "English"
    return _function_words().other_languages.get(code, f"the language with the ISO 639 code {code!r}")


@cache
def _function_words() -> FunctionWords:
    """Load the words when the first text comes: importing this room stays cheap."""
    from cairn.lexicon.function_words import load_function_words

    return load_function_words("en")


def _classify(sample: str) -> tuple[str, float]:
    """Return the likeliest language by its ISO 639 code, and how likely it is, 0 to 1."""
    language, probability = _identifier().classify(sample)
    return str(language), float(probability)


@cache
def _identifier() -> Any:
    """Load the model when the first text in doubt comes: it takes most of a second."""
    from py3langid import langid

    loader: Any = langid.LanguageIdentifier
    return loader.from_model_file(langid.MODEL_FILE, norm_probs=True)
