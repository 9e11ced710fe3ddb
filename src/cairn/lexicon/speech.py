"""Words for who says what."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.lexicon.forms import Form, plural_forms, verb_forms
from cairn.lexicon.toml import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Verbs and nouns of attribution.

    Attributes:
        verbs: form -> (lemma, forms it can be).
        weak: lemmas that report speech only with a speaker or "that" beside them.
        quote: lemmas that pass on another's word.
        according: first word -> phrases before a speaker, as word tuples, longest first.
        persons: nouns for one or several people who speak -> is it plural.
        bodies: nouns for bodies that speak.
        relays: names of agencies and outlets, in lower case.
        vehicles: nouns, singular and plural, for what a voice speaks through: "statement", "figures".
        wordless: those of them that are no voice unless they have an owner.
        unowned: adjectives that give them none.
        hearsay: nouns that carry no voice of their own.
        describes: noun that stands for a named body -> words that such a body's name holds.
        pronouns: stand for a voice heard before.
    """

    verbs: dict[str, tuple[str, frozenset[Form]]]
    weak: frozenset[str]
    quote: frozenset[str]
    according: dict[str, tuple[tuple[str, ...], ...]]
    persons: dict[str, bool]
    bodies: frozenset[str]
    relays: frozenset[str]
    vehicles: frozenset[str]
    wordless: frozenset[str]
    unowned: frozenset[str]
    hearsay: frozenset[str]
    pronouns: frozenset[str]
    describes: dict[str, frozenset[str]]


def load_speech(language: str, irregular: dict[str, tuple[str, str]]) -> Speech:
    """Load ``speech.toml``."""
    tables = load_toml(language, "speech")
    verbs: dict[str, tuple[str, frozenset[Form]]] = {}
    for lemma in tables["verbs"]["say"]:
        for word, forms in verb_forms(lemma.split()[0], irregular).items():
            verbs.setdefault(word, (lemma, frozenset(forms)))
    persons = dict.fromkeys(tables["nouns"]["person"], False)
    persons |= {
        form: True
        for noun in tables["nouns"]["person"]
        for form in plural_forms(noun, {"spokesman": ["spokesmen"], "family": ["families"]})
    }
    nouns = {
        kind: frozenset(form for noun in tables["nouns"][kind] for form in (noun, *plural_forms(noun, {})))
        for kind in ("body", "vehicle", "wordless")
    }
    frames = [tuple(phrase.split()) for phrase in tables["frames"]["according"]]
    return Speech(
        verbs=verbs,
        weak=frozenset(tables["verbs"]["weak"]),
        quote=frozenset(tables["verbs"]["quote"]),
        according={
            first: tuple(sorted((frame for frame in frames if frame[0] == first), key=len, reverse=True))
            for first in {frame[0] for frame in frames}
        },
        persons=persons,
        bodies=nouns["body"],
        vehicles=nouns["vehicle"],
        wordless=nouns["wordless"],
        unowned=frozenset(tables["nouns"]["unowned"]),
        relays=frozenset(tables["nouns"]["relay"]),
        hearsay=frozenset(tables["nouns"]["hearsay"]),
        pronouns=frozenset(tables["pronouns"]["words"]),
        describes={noun: frozenset(words) for noun, words in tables["describes"].items()},
    )
