"""Closed word classes, verb forms, abbreviations and titles."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.lexicon.forms import Form, verb_forms
from cairn.lexicon.toml import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What is needed to tell word classes apart.

    Attributes:
        closed: word -> its UPOS names, the likeliest first.
        verbs: form -> (lemma, forms it can be) of every known verb.
        irregular: lemma -> past tense and past participle; two forms in use are parted by a space.
        abbreviations: words whose full stop does not end a sentence.
        titles: words before a person's name.
    """

    closed: dict[str, tuple[str, ...]]
    verbs: dict[str, tuple[str, frozenset[Form]]]
    irregular: dict[str, tuple[str, str]]
    abbreviations: frozenset[str]
    titles: frozenset[str]


def load_grammar(language: str, extra_verbs: tuple[str, ...] = ()) -> Grammar:
    """Load ``grammar.toml``; ``extra_verbs`` are lemmas that other files of the lexicon name."""
    tables = load_toml(language, "grammar")
    closed: dict[str, list[str]] = {}
    for upos, words in tables["closed"].items():
        for word in words:
            closed.setdefault(word, []).append(upos)
    irregular = {lemma: (forms[0], forms[1]) for lemma, forms in tables["verbs"]["irregular"].items()}
    verbs: dict[str, tuple[str, frozenset[Form]]] = {}
    for lemma in (*tables["verbs"]["common"], *irregular, *extra_verbs):
        for word, forms in verb_forms(lemma, irregular).items():
            known = verbs.get(word)
            merged = frozenset(forms | known[1]) if known and known[0] == lemma else frozenset(forms)
            verbs.setdefault(word, (lemma, merged))
    return Grammar(
        closed={word: tuple(tags) for word, tags in closed.items()},
        verbs=verbs,
        irregular=irregular,
        abbreviations=frozenset(tables["abbreviations"]["words"]),
        titles=frozenset(tables["titles"]["words"]),
    )
