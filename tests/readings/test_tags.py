"""Word classes are told well enough for the rules that stand on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.lexicon import load_lexicon
from cairn.readings.sentences import split_sentences
from cairn.readings.tags import tag_sentences
from cairn.records import Reading

LEXICON = load_lexicon()
NAMES = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
UPOS = frozenset(NAMES.split(" "))


def tags(reading: Reading) -> dict[str, str]:
    return {token.text: token.pos for sentence in reading.sentences for token in sentence.tokens}


@pytest.mark.parametrize(
    ("text", "word", "pos"),
    [
        ("Rebels attacked the town.", "attacked", "VERB"),
        ("The attack was short.", "attack", "NOUN"),
        ("Two shells hit a school.", "shells", "NOUN"),
        ("The wounded were moved.", "were", "AUX"),
        ("Nine of them fled.", "Nine", "NUM"),
        ("At least forty-two fled.", "forty-two", "NUM"),
        ("They met on 3 May in Lomé.", "May", "PROPN"),
        ("They may have fled.", "may", "AUX"),
        ("Police in Lomé fled.", "Lomé", "PROPN"),
        ("They fled quickly.", "quickly", "ADV"),
        ("They fled, he said.", ",", "PUNCT"),
        ("Soldiers from the town fled.", "from", "ADP"),
        ("Women and men fled.", "and", "CCONJ"),
        ("The Turkish-backed fighters fled.", "fighters", "NOUN"),
    ],
)
def test_the_class_of_a_word(text: str, word: str, pos: str, reading_of: Callable[[str], Reading]) -> None:
    assert tags(reading_of(text))[word] == pos


def test_a_shouted_headline_is_not_all_names(reading_of: Callable[[str], Reading]) -> None:
    found = tags(reading_of("GUNMEN KILL FOUR POLICEMEN IN THE VALLEY"))
    assert found["POLICEMEN"] == "NOUN"
    assert found["IN"] == "ADP"


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_every_token_keeps_its_words_and_gets_a_known_class(text: str) -> None:
    bare = split_sentences(text, LEXICON.grammar.abbreviations)
    tagged = tag_sentences(bare, LEXICON)
    assert [s.span for s in tagged] == [s.span for s in bare]
    for before, after in zip(bare, tagged, strict=True):
        assert [(t.span, t.text) for t in after.tokens] == [(t.span, t.text) for t in before.tokens]
        assert {token.pos for token in after.tokens} <= UPOS
