"""Words that say harm was suffered, with who suffers it in the sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cairn.errors import LexiconError
from cairn.lexicon.forms import Form, plural_forms, verb_forms
from cairn.lexicon.toml import load_toml
from cairn.records import Harm, Role

SUFFERED = frozenset(
    {"injury", "injuries", "wounds", "burns"}
    | {"leg", "legs", "arm", "arms", "eye", "eyes", "hand", "hands", "limb", "limbs", "foot", "feet"}
)
"""Nouns that a verb of suffering may have at a distance: "sustained gunshot wounds", "lost both legs"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmPhrase:
    """One form of one expression of harm.

    Attributes:
        words: in lower case; the first is the inflected one, after an adverb the second.
        lemma: dictionary form of the whole.
        gap: other words may stand between the first word and the rest ("took two people hostage").
        passive: it says harm in the passive alone ("four men were held").
    """

    words: tuple[str, ...]
    lemma: str
    harm: Harm
    role: Role
    forms: frozenset[Form] = frozenset()
    gap: bool = False
    passive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Harms:
    """Expressions of harm by their first word, longest first, and words that change their standing."""

    phrases: dict[str, tuple[HarmPhrase, ...]]
    verb_lemmas: tuple[str, ...]
    by_tree: frozenset[str]
    persons: frozenset[str]
    mortal: frozenset[str]
    deadly: frozenset[str]
    bodily: frozenset[str]
    survived: frozenset[str]
    dead: frozenset[str]
    taking: frozenset[str]
    open: frozenset[str]
    told: frozenset[str]
    moving: frozenset[str]
    officers: frozenset[str]
    outlaws: frozenset[str]
    lives_verbs: frozenset[str]
    lives_nouns: frozenset[str]
    feared: frozenset[str]
    denied: frozenset[str]
    negation: frozenset[str]
    unreal: frozenset[str]
    tolling: frozenset[str]


def load_harms(language: str, irregular: dict[str, tuple[str, str]]) -> Harms:
    """Load ``harms.toml``; ``irregular`` gives past tenses as in ``grammar.toml``.

    Raises:
        LexiconError: when a table names a harm that the records do not know.
    """
    tables = load_toml(language, "harms")
    phrases: list[HarmPhrase] = []
    lemmas: list[str] = []
    try:
        for role in Role:
            for name, entries in tables[role.value].items():
                for entry in entries:
                    phrases.extend(_phrases(entry, Harm(name), role, irregular))
                    if role in (Role.OBJECT, Role.SUBJECT):
                        lemmas.append(_adverb_and_verb(entry)[1])
        for name, entries in tables["passive"].items():
            for entry in entries:
                found = _phrases(entry, Harm(name), Role.OBJECT, irregular)
                phrases += [replace(p, passive=True) for p in found if Form.PARTICIPLE in p.forms]
        for name, entries in tables["tree"].items():
            for entry in entries:
                phrases += _phrases(entry, Harm(name), Role.OBJECT, irregular)
    except (ValueError, KeyError) as error:
        raise LexiconError(f"lexicon file {language}/harms.toml: {error}") from error
    by_first: dict[str, list[HarmPhrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase.words[0], []).append(phrase)
    lives = tables["lives"]
    lives_verbs = frozenset(form for lemma in lives["verbs"] for form in verb_forms(lemma, irregular))
    lives_nouns = frozenset(form for noun in lives["nouns"] for form in (noun, *plural_forms(noun, {})))
    status = {key: frozenset(words) for key, words in tables["status"].items()}
    return Harms(
        phrases={
            first: tuple(sorted(group, key=lambda phrase: -len(phrase.words)))
            for first, group in by_first.items()
        },
        verb_lemmas=tuple(dict.fromkeys(lemmas)),
        by_tree=frozenset(
            entry for table in ("passive", "tree") for entries in tables[table].values() for entry in entries
        ),
        persons=frozenset(tables["persons"]["words"]),
        mortal=frozenset(tables["mortal"]["verbs"]),
        deadly=frozenset(tables["mortal"]["deadly"]),
        bodily=frozenset(tables["mortal"]["bodily"]),
        survived=frozenset(tables["mortal"]["survived"]),
        dead=frozenset(tables["mortal"]["dead"]),
        taking=frozenset(tables["taking"]["verbs"]),
        open=frozenset(tables["taking"]["open"]),
        told=frozenset(tables["taking"]["told"]),
        moving=frozenset(tables["taking"]["moving"]),
        officers=frozenset(tables["taking"]["officers"]),
        outlaws=frozenset(tables["taking"]["outlaws"]),
        lives_verbs=lives_verbs,
        lives_nouns=lives_nouns,
        unreal=_forms(tables["unreal"], irregular),
        tolling=_forms(tables["tolling"], irregular),
        **status,
    )


def _forms(table: dict[str, list[str]], irregular: dict[str, tuple[str, str]]) -> frozenset[str]:
    """Return every form of a table's verbs, and its other words."""
    return frozenset(
        [form for verb in table["verbs"] for form in verb_forms(verb, irregular)] + table["words"]
    )


def _adverb_and_verb(entry: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return the adverb that may open the entry of a verb, its verb, and what follows."""
    words = entry.split()
    verb = 1 if words[0].endswith("ly") and len(words) > 1 else 0
    return tuple(words[:verb]), words[verb], tuple(words[verb + 1 :])


def _phrases(entry: str, harm: Harm, role: Role, irregular: dict[str, tuple[str, str]]) -> list[HarmPhrase]:
    """Return the forms of one entry; a verb inflects its first word after an adverb, a noun its last."""
    if role in (Role.OBJECT, Role.SUBJECT):
        adverb, verb, rest = _adverb_and_verb(entry)
        return [
            HarmPhrase(
                words=(*adverb, word, *rest),
                lemma=entry,
                harm=harm,
                role=role,
                forms=frozenset(kinds),
                gap=bool(rest) and not adverb and (role is Role.OBJECT or rest[-1] in SUFFERED),
            )
            for word, kinds in verb_forms(verb, irregular).items()
        ]
    if role is Role.PREDICATE:
        return [HarmPhrase(words=tuple(entry.split()), lemma=entry, harm=harm, role=role)]
    nouns = (entry, *plural_forms(entry, {}))
    return [HarmPhrase(words=tuple(noun.split()), lemma=entry, harm=harm, role=role) for noun in nouns]
