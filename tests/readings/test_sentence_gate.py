"""Which sentences are worth parsing, and that leaving the others out touches nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.lexicon import load_lexicon
from cairn.readings import read
from cairn.readings.parser import Parse
from cairn.readings.parser_words import ud_words
from cairn.readings.sentence_gate import passes
from cairn.readings.sentences import split_sentences
from cairn.records import Document, Pointing, Sentence, Span
from tables import rows

LEXICON = load_lexicon()
CASES = [pytest.param(row["text"], row["worth"] == "yes", id=row["note"]) for row in rows("sentence_gate")]


def sentence(text: str) -> Sentence:
    (only,) = split_sentences(text, LEXICON.grammar.abbreviations)
    return only


@pytest.mark.parametrize(("text", "worth"), CASES)
def test_a_sentence_passes_for_any_one_sign(text: str, worth: bool) -> None:
    assert passes(sentence(text), LEXICON) is worth


@given(st.text())
def test_the_gate_stands_any_text(text: str) -> None:
    for one in split_sentences(text):
        assert passes(one, LEXICON) in (True, False)


@given(st.sampled_from([case.values[0] for case in CASES if case.values[1]]), st.text(alphabet="ab c"))
def test_more_words_never_shut_the_gate(text: str, more: str) -> None:
    assert passes(sentence(f"{text} {more}"), LEXICON)


class Recorder:
    """A model that notes what it is given, and hangs every word on the first."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.pointer = self

    def point(self, *asked: object) -> dict[Span, Pointing]:
        return {}

    def read_together(self, texts: list[tuple[str, list[tuple[int, int]]]]) -> tuple[tuple[Parse, ...], ...]:
        self.given += [text[start:end] for text, sentences in texts for start, end in sentences]
        return tuple(tuple(self.parse(text, *one) for one in sentences) for text, sentences in texts)

    def parse(self, text: str, start: int, end: int) -> Parse:
        spans = tuple(ud_words(text, start, end))
        count = len(spans)
        return Parse(
            words=tuple(text[one:two] for one, two in spans),
            spans=spans,
            upos=("INTJ",) * count,
            heads=(-1,) + (0,) * (count - 1),
            deprels=("root",) + ("dep",) * (count - 1),
            names=("O",) * count,
            things=("O",) * count,
            predicates=(False,) * count,
            arguments=(),
            starts=(0.0,) * count,
        )


TEXT = "Please try again later.\nTwo men died in Torvale.\nAll rights reserved."
DOCUMENT = Document(id="text", text=TEXT)


def marked(recorder: Recorder, *, every: bool) -> tuple[Sentence, ...]:
    model: Any = recorder
    return read(DOCUMENT, LEXICON, lambda name: (), model, every=every).sentences


def test_only_sentences_that_pass_are_parsed_and_the_others_keep_the_classes_of_the_rules() -> None:
    recorder = Recorder()
    first, second, third = marked(recorder, every=False)
    assert recorder.given == ["Two men died in Torvale."]
    assert {token.pos for token in second.tokens} == {"INTJ"}
    assert [token.head for token in first.tokens] == [None] * len(first.tokens)
    assert {"X", "INTJ"}.isdisjoint(token.pos for one in (first, third) for token in one.tokens)


def test_every_sentence_is_parsed_when_asked() -> None:
    recorder = Recorder()
    sentences = marked(recorder, every=True)
    assert recorder.given == TEXT.split("\n")
    assert all(token.head is not None for one in sentences for token in one.tokens)


def test_order_and_text_survive_the_gate() -> None:
    assert [TEXT[one.span.start : one.span.end] for one in marked(Recorder(), every=False)] == TEXT.split(
        "\n"
    )
