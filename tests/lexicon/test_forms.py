"""Forms of verbs and nouns are those that news is written in."""

from __future__ import annotations

import re

import pytest

from cairn.lexicon import Form, load_lexicon
from cairn.lexicon.forms import plural_forms, verb_forms

IRREGULAR = load_lexicon().grammar.irregular


@pytest.mark.parametrize(
    ("lemma", "words"),
    [
        ("kill", "kill kills killing killed"),
        ("injure", "injure injures injuring injured"),
        ("stab", "stab stabs stabbing stabbed"),
        ("kidnap", "kidnap kidnaps kidnapping kidnapped"),
        ("massacre", "massacre massacres massacring massacred"),
        ("flee", "flee flees fleeing fled"),
        ("die", "die dies dying died"),
        ("bury", "bury buries burying buried"),
        ("slay", "slay slays slaying slew slain"),
        ("perish", "perish perishes perishing perished"),
        ("behead", "behead beheads beheading beheaded"),
        ("torch", "torch torches torching torched"),
        ("shoot", "shoot shoots shooting shot"),
        ("hurt", "hurt hurts hurting hurt"),
        ("beat", "beat beats beating beat beaten"),
        ("drown", "drown drowns drowning drowned"),
        ("arrest", "arrest arrests arresting arrested"),
        ("remand", "remand remands remanding remanded"),
        ("whip", "whip whips whipping whipped"),
        ("hang", "hang hangs hanging hanged hung"),
        ("burn", "burn burns burning burned burnt"),
        ("free", "free frees freeing freed"),
        ("forget", "forget forgets forgetting forgot forgotten"),
        ("begin", "begin begins beginning began begun"),
        ("panic", "panic panics panicking panicked"),
        ("travel", "travel travels traveling travelling traveled travelled"),
        ("patrol", "patrol patrols patrolling patrolled"),
        ("occur", "occur occurs occurring occurred"),
        ("reveal", "reveal reveals revealing revealed"),
        ("surrender", "surrender surrenders surrendering surrendered"),
        ("target", "target targets targeting targeted"),
        ("visit", "visit visits visiting visited"),
        ("execute", "execute executes executing executed"),
        ("deny", "deny denies denying denied"),
        ("destroy", "destroy destroys destroying destroyed"),
        ("lynch", "lynch lynches lynching lynched"),
        ("mow", "mow mows mowing mowed mown"),
        ("get", "get gets getting got gotten"),
        ("strike", "strike strikes striking struck stricken"),
    ],
)
def test_every_form_of_a_verb(lemma: str, words: str) -> None:
    assert set(verb_forms(lemma, IRREGULAR)) == set(words.split())


@pytest.mark.parametrize("lemma", ["burn", "die", "kill", "take", "hold", "shoot", "blow", "beat", "hurt"])
def test_every_verb_of_harm_has_its_five_forms(lemma: str) -> None:
    assert set().union(*verb_forms(lemma, IRREGULAR).values()) == set(Form)


def test_both_past_tenses_of_burn_are_harm() -> None:
    phrases = load_lexicon().harms.phrases
    for word in ("burned", "burnt"):
        assert any(phrase.lemma == "burn alive" for phrase in phrases.get(word, ()))


def test_every_known_verb_is_spelt_by_rule() -> None:
    """No form carries the marks of a rule gone wrong: three letters alike, "yed" for "ied"."""
    wrong = re.compile(r"(.)\1\1|[^aeiou]yed$|[^aeiou]ys$|(?<!e)eing$")
    assert [word for word in sorted(load_lexicon().grammar.verbs) if wrong.search(word)] == []


def test_every_harm_is_told_by_its_past_participle() -> None:
    """Victims stand before participles: "nine were beaten to death", "two were shot dead"."""
    phrases = load_lexicon().harms.phrases
    for words in (
        "beaten to death",
        "shot dead",
        "burned alive",
        "burnt alive",
        "fatally shot",
        "hurt",
        "slain",
    ):
        first, *_ = words.split()
        known = [phrase for phrase in phrases[first] if " ".join(phrase.words) == words]
        assert any(Form.PARTICIPLE in phrase.forms for phrase in known), words


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("soldier", "soldiers"),
        ("body", "bodies"),
        ("boy", "boys"),
        ("corpse", "corpses"),
        ("witness", "witnesses"),
        ("church", "churches"),
        ("aid worker", "aid workers"),
        ("policewoman", "policewomen"),
        ("commando", "commandos"),
        ("human", "humans"),
    ],
)
def test_plurals(noun: str, plural: str) -> None:
    assert plural_forms(noun, {}) == (plural,)


def test_a_listed_plural_wins() -> None:
    assert plural_forms("police woman", {"woman": ["women"]}) == ("police women",)
