"""What the reading model points at from people: bounded, the same in any company, counted as a feature."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.claims.choose import Option, choose
from cairn.lexicon import load_lexicon
from cairn.readings.mark import parse_documents
from cairn.readings.parser import Parser, load_parser
from cairn.readings.pointer import POINTED, STRETCH_TOKENS, WIDTH, stretches
from cairn.records import Document, Pointing, Sentence, Span, Token

TEXT = (
    "Twelve people were killed in an air strike on Harim on Monday. "
    "Nothing else was said. In Salqin, rebels shot two men."
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(threads=1)


def sentences_of(lengths: list[int]) -> list[Sentence]:
    """Return sentences of so many one-letter tokens, each state told by the token's number."""
    found, at = [], 0
    for length in lengths:
        tokens = tuple(Token(Span(at + 2 * n, at + 2 * n + 1), "a") for n in range(length))
        states = np.repeat(np.arange(at, at + 2 * length, 2, dtype=np.float32), WIDTH).tobytes()
        span = Span(at, at + max(1, 2 * length))
        found.append(Sentence(span, tokens, states=states))
        at += 2 * length + 1
    return found


@given(st.lists(st.integers(0, 2 * STRETCH_TOKENS + 3), max_size=6))
@settings(max_examples=30, deadline=None)
def test_stretches_hold_every_token_once_and_are_bounded(lengths: list[int]) -> None:
    sentences = sentences_of(lengths)
    found = list(stretches(sentences))
    starts = [start for stretch in found for start in stretch.starts]
    assert starts == [token.span.start for sentence in sentences for token in sentence.tokens]
    for stretch in found:
        assert 0 < len(stretch.starts) <= STRETCH_TOKENS
        assert stretch.states.shape == (len(stretch.starts), WIDTH)
        assert stretch.states[:, 0].tolist() == stretch.starts
        assert stretch.sentences.tolist() == sorted(stretch.sentences.tolist())


def test_short_sentences_are_cut_only_between() -> None:
    lengths = [STRETCH_TOKENS - 1, 2, STRETCH_TOKENS - 2, 3]
    assert [len(stretch.starts) for stretch in stretches(sentences_of(lengths))] == [
        STRETCH_TOKENS - 1,
        STRETCH_TOKENS,
        3,
    ]


def test_sentences_that_were_not_parsed_have_empty_states() -> None:
    one, other = sentences_of([2, 2])
    unparsed = Sentence(one.span, one.tokens)
    (stretch,) = stretches([unparsed, other])
    assert not stretch.states[:2].any()
    assert stretch.states[2:].any()


def test_a_word_is_found_by_where_it_ends() -> None:
    (stretch,) = stretches(sentences_of([3]))
    assert [stretch.word(end) for end in (1, 3, 5, 6, 9)] == [0, 1, 2, None, None]


def test_pointing_is_told_at_the_last_word_of_a_stretch_of_text() -> None:
    pointing = Pointing((0, 4, 9), 12, {"place": (0.5, 1.0, 2.0, 3.0)})
    assert pointing.at("place", Span(0, 3)) == 1.0
    assert pointing.at("place", Span(0, 8)) == 2.0
    assert pointing.at("place", Span(9, 12)) == 3.0
    assert pointing.at("place", None) == 0.5
    assert pointing.at("place", Span(20, 25)) == 0.5, "out of reach: the least of all"
    assert pointing.at("time", Span(0, 3)) == 0.0


def pointed(parser: Parser, text: str, people: list[Span]) -> dict[Span, Pointing]:
    (sentences,) = parse_documents([Document(id="d", text=text)], load_lexicon(), parser)
    return parser.pointer.point(sentences, people)


def test_what_is_pointed_at_does_not_change_in_company(parser: Parser) -> None:
    first, second = (
        Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in ("Twelve people", "two men")
    )
    together = pointed(parser, TEXT, [first, second])
    for span in (first, second):
        alone = pointed(parser, TEXT, [span])[span]
        assert alone.starts == together[span].starts
        for slot in POINTED:
            assert alone.scores[slot] == pytest.approx(together[span].scores[slot], abs=1e-4)
            assert len(alone.scores[slot]) == 1 + len(alone.starts)
            assert np.isfinite(alone.scores[slot]).all()


def test_a_plain_attack_is_pointed_at_where_it_is_told(parser: Parser) -> None:
    first, second = (
        Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in ("Twelve people", "two men")
    )
    found = pointed(parser, TEXT, [first, second])
    harim, salqin = (Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in ("Harim", "Salqin"))
    assert found[first].at("place", harim) > found[first].at("place", salqin)
    assert found[second].at("place", salqin) > found[second].at("place", harim)


def test_nobody_and_nothing_are_pointed_from(parser: Parser) -> None:
    assert parser.pointer.point([], []) == {}
    assert pointed(parser, TEXT, [Span(5000, 5003)]) == {}


def test_many_people_in_a_long_text_are_read_in_parts(parser: Parser) -> None:
    text = "Two men were killed in Harim. " * 400
    people = [Span(at, at + 7) for at in range(0, len(text), 30)]
    found = pointed(parser, text, people)
    assert set(found) == set(people)
    assert max(len(each.starts) for each in found.values()) <= STRETCH_TOKENS


def test_what_is_pointed_at_counts_as_a_feature_with_a_weight() -> None:
    options = [Option("near", ("close",)), Option("far", ("distant",))]
    weights = {"close": 1.0, "pointed": 0.5}
    assert choose(options, weights).value == "near"
    chosen = choose(options, weights, [-2.0, 4.0])
    assert chosen.value == "far"
    assert chosen.reason == "pointed"
    assert choose(options, weights, [4.0, -2.0]).reason == "pointed, close"
    assert choose(options, weights, [0.0, 0.0]).probability == choose(options, weights).probability
