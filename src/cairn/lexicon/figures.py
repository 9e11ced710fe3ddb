"""Words around a figure that answers another: nouns and verbs that tell it, and what compares two."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import LexiconError
from cairn.lexicon.forms import verb_forms
from cairn.lexicon.toml import load_toml
from cairn.records import Harm


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """Words around figures that are told without their people, in lower case.

    Attributes:
        nouns: for a figure itself ("toll", "count").
        telling: every form of the verbs that have a figure for their object ("lists six").
        comparing: words before a figure that another is held against ("against 31").
        harmed: word for the harmed after "the" or "those" -> what they suffered.
    """

    nouns: frozenset[str]
    telling: frozenset[str]
    comparing: frozenset[str]
    harmed: dict[str, Harm]


def load_figures(language: str, irregular: dict[str, tuple[str, str]]) -> FigureWords:
    """Load ``figures.toml``; ``irregular`` gives past tenses as in ``grammar.toml``.

    Raises:
        LexiconError: when a table is missing.
    """
    tables = load_toml(language, "figures")
    try:
        return FigureWords(
            nouns=frozenset(tables["nouns"]["words"]),
            telling=frozenset(
                form for verb in tables["telling"]["verbs"] for form in verb_forms(verb, irregular)
            ),
            comparing=frozenset(tables["comparing"]["words"]),
            harmed={word: Harm(name) for name, words in tables["harmed"].items() for word in words},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"lexicon file {language}/figures.toml: {error}") from error
