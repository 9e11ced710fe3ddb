"""Nouns for people and what they state of a victim."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import LexiconError
from cairn.lexicon.forms import plural_forms
from cairn.lexicon.toml import load_toml
from cairn.records import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Nouns for people, for what is done to them, and for what is no person.

    Attributes:
        singular: noun of one or more words -> group.
        plural: plural noun -> group.
        modifiers: word before the head noun -> group it states.
        fighter_modifiers: words that make a word for fighters one for insurgents ("opposition fighters").
        fighter_heads: words for fighters.
        movements: names of armed movements, as word tuples.
        many: nouns in the singular that mean several people.
        titles: word before a name -> group it states.
        peoples: names of peoples that are no state's.
        belonging: heads whose people the words after "of" tell ("members of the militia").
        suffixes: endings of nouns that are people more often than not.
        sure_suffixes: those that tell one person after an article.
        things: singular and plural nouns that are never the harmed.
    """

    singular: dict[str, frozenset[Group]]
    plural: dict[str, frozenset[Group]]
    modifiers: dict[str, Group]
    fighter_modifiers: frozenset[str]
    fighter_heads: frozenset[str]
    movements: frozenset[tuple[str, ...]]
    many: frozenset[str]
    titles: dict[str, Group]
    peoples: frozenset[str]
    belonging: frozenset[str]
    suffixes: tuple[str, ...]
    sure_suffixes: tuple[str, ...]
    things: frozenset[str]


def load_people(language: str) -> People:
    """Load ``people.toml``.

    Raises:
        LexiconError: when a table names a group that the records do not know.
    """
    tables = load_toml(language, "people")
    irregular = tables["plural"]
    singular: dict[str, set[Group]] = {}
    plural: dict[str, set[Group]] = {}
    try:
        for name, nouns in tables["groups"].items():
            for noun in nouns:
                singular.setdefault(noun, set()).add(Group(name))
                for form in plural_forms(noun, irregular):
                    plural.setdefault(form, set()).add(Group(name))
        modifiers = _by_word(tables["modifiers"])
        titles = _by_word(tables["titles"])
    except ValueError as error:
        raise LexiconError(f"lexicon file {language}/people.toml: {error}") from error
    things = {form for noun in tables["things"]["words"] for form in (noun, *plural_forms(noun, irregular))}
    return People(
        singular={noun: frozenset(groups) for noun, groups in singular.items()},
        plural={noun: frozenset(groups) for noun, groups in plural.items()},
        modifiers=modifiers,
        fighter_modifiers=frozenset(tables["fighters"]["modifiers"]),
        fighter_heads=frozenset(tables["fighters"]["heads"]),
        movements=frozenset(tuple(name.split()) for name in tables["movements"]["names"]),
        many=frozenset(tables["many"]["nouns"]),
        titles=titles,
        peoples=frozenset(tables["peoples"]["names"]),
        belonging=frozenset(tables["belonging"]["heads"]),
        suffixes=tuple(tables["suffixes"]["words"]),
        sure_suffixes=tuple(tables["suffixes"]["sure"]),
        things=frozenset(things - plural.keys() - singular.keys()),
    )


def _by_word(table: dict[str, list[str]]) -> dict[str, Group]:
    """Return the group of every word of a table from groups to words."""
    return {word: Group(name) for name, words in table.items() for word in words}
