"""Number words, hedges and vague quantities."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.lexicon.toml import load_toml

ARTICLES = ("a", "an", "one")
"""Words that may stand before a share or a scale: "a third", "one million"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """Words that say how many; phrases are in lower case, words parted by one space.

    Attributes:
        numbers: word -> value below one hundred.
        scales: word -> factor ("hundred", "dozen").
        vague: phrase -> lowest number meant ("dozens": 24).
        exact: phrase -> number ("a couple of": 2).
        zero: phrases for nobody.
        before: phrase before a number -> kind of bound (``at_least at_most below about neutral``).
        after: phrase after a number -> kind of bound.
        fractions: noun -> share.
        percent: words after a number that make it a share.
        units: nouns after a number that make it no number of persons.
        currency: marks before a number that make it money.
        labels: nouns before a number that make it a name ("Article 5").
        list_labels: those that go on over a list ("aged nine and 11").
        amending: words between a vague quantity and a higher one ("if not").
        changes: words for a change, after which "from 12 to 19" is two numbers.
        collective: nouns for several people in one ("a family").
        openings: words with which a quantity or its hedge may start; digits may always.
    """

    numbers: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, int]
    exact: dict[str, int]
    zero: frozenset[str]
    before: dict[str, str]
    after: dict[str, str]
    fractions: dict[str, float]
    percent: frozenset[str]
    units: frozenset[str]
    currency: frozenset[str]
    labels: frozenset[str]
    list_labels: frozenset[str]
    amending: frozenset[str]
    changes: frozenset[str]
    collective: frozenset[str]
    openings: frozenset[str]


def load_quantities(language: str) -> Quantities:
    """Load ``quantities.toml``."""
    tables = load_toml(language, "quantities")
    hedges = [phrase for phrases in tables["before"].values() for phrase in phrases]
    listed = [*tables["vague"], *tables["exact"], *tables["zero"]["words"], *hedges]
    single = [*tables["numbers"], *tables["fractions"], *ARTICLES]
    return Quantities(
        numbers=tables["numbers"],
        scales=tables["scales"],
        vague=tables["vague"],
        exact=tables["exact"],
        zero=frozenset(tables["zero"]["words"]),
        before={phrase: kind for kind, phrases in tables["before"].items() for phrase in phrases},
        after={phrase: kind for kind, phrases in tables["after"].items() for phrase in phrases},
        fractions=tables["fractions"],
        percent=frozenset(tables["percent"]["words"]),
        units=frozenset(tables["units"]["words"]),
        currency=frozenset(tables["units"]["currency"]),
        labels=frozenset(tables["units"]["labels"]),
        list_labels=frozenset(tables["units"]["list_labels"]),
        amending=frozenset(tables["amending"]["words"]),
        changes=frozenset(tables["changes"]["words"]),
        collective=frozenset(tables["units"]["collective"]),
        openings=frozenset(phrase.split()[0] for phrase in (*listed, *single)),
    )
