"""The model's doors: what goes in, what comes out, what is refused."""

import hashlib
import itertools
import json
import shutil
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.errors import InputError
from cairn.readings.parser import MODEL_FILES, Parse, Parser, load_parser
from cairn.readings.parser_batches import BATCH_PAIRS, BATCH_PIECES, Window, make_batches, make_windows
from cairn.readings.parser_sentences import read_sentences
from cairn.readings.parser_tags import allowed_moves, best_tags
from cairn.readings.parser_tree import best_tree, best_trees
from cairn.readings.parser_words import Casing, casing_of, casings_of, ud_words

MODEL = Path(str(files("cairn.readings") / "model"))


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser(threads=1)


def is_tree(heads: tuple[int, ...]) -> bool:
    """Say whether every word reaches the one root."""
    for start in range(len(heads)):
        seen, at = set(), start
        while at != -1 and at not in seen:
            seen.add(at)
            at = heads[at]
        if at != -1:
            return False
    return heads.count(-1) == (1 if heads else 0)


def is_whole(parse: Parse) -> bool:
    """Say whether every layer has one entry a word, and the tags are well formed."""
    count = len(parse.words)
    layers = (
        parse.spans,
        parse.upos,
        parse.heads,
        parse.deprels,
        parse.names,
        parse.things,
        parse.predicates,
    )
    stray = any(
        tag.startswith("I-") and (not at or tags[at - 1][2:] != tag[2:])
        for tags in (parse.names, parse.things)
        for at, tag in enumerate(tags)
    )
    inside = all(0 <= one.predicate < count and 0 <= one.head < count for one in parse.arguments)
    roots = [at for at, kind in enumerate(parse.deprels) if kind == "root"]
    return (
        all(len(layer) == count for layer in (*layers, parse.starts))
        and not stray
        and inside
        and roots == [at for at, head in enumerate(parse.heads) if head == -1]
    )


WORD_CASES = {
    "They don't know.": "They do n't know .",
    "the UK-based group's members": "the UK - based group 's members",
    "a non-state actor": "a non-state actor",
    "Gen. J. Doe of the U.S. army": "Gen. J. Doe of the U.S. army",
    "He left for the U.S.": "He left for the U.S .",
    "He cannot go": "He can not go",
    "on 12/05/2016 at 08:30": "on 12/05/2016 at 08:30",
    "the 1990's": "the 1990's",
    "1,200 people": "1,200 people",
    "a 30-year-old man": "a 30 - year - old man",
    "40km away": "40 km away",
    "see https://example.org/a-b.": "see https://example.org/a-b .",
    "What?! No!!": "What ?! No !!",
    "O’Brien’s house": "O’Brien ’s house",
    "": "",
    " \t\n": "",
}


@pytest.mark.parametrize("text", WORD_CASES)
def test_words_are_cut_as_in_the_treebank(text: str) -> None:
    assert " ".join(text[start:end] for start, end in ud_words(text, 0, len(text))) == WORD_CASES[text]


@given(st.text())
def test_words_hold_every_character_that_is_not_space(text: str) -> None:
    spans = ud_words(text, 0, len(text))
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_words_stay_inside_their_stretch(before: str, inside: str, after: str) -> None:
    text = before + inside + after
    start, end = len(before), len(before) + len(inside)
    assert all(start <= one and two <= end for one, two in ud_words(text, start, end))


@pytest.mark.parametrize(
    ("word", "casing"),
    [("the", Casing.LOWER), ("Aleppo", Casing.TITLE), ("UN", Casing.UPPER), ("J.", Casing.INITIAL),
     ("McKay", Casing.MIXED), ("12", Casing.DIGITS), ("F16", Casing.ALPHANUMERIC), (",", Casing.NONE)],
)  # fmt: skip
def test_casing_of_a_word(word: str, casing: Casing) -> None:
    assert casing_of(word) == casing


def test_casing_says_nothing_in_a_sentence_of_one_case() -> None:
    assert set(casings_of(["TWO", "DIED", "IN", "A", "RAID", "."])) == {Casing.UNKNOWN}
    assert set(casings_of(["two", "died", "."])) == {Casing.UNKNOWN}
    assert Casing.UNKNOWN not in casings_of(["Two", "died", "."])


def brute_force(scores: np.ndarray) -> float:
    """Return the best sum over all trees with one root, by trying all."""
    count = len(scores)
    best = -np.inf
    for heads in itertools.product(range(count + 1), repeat=count):
        if is_tree(tuple(head - 1 for head in heads)):
            best = max(best, sum(scores[at, head] for at, head in enumerate(heads)))
    return float(best)


@given(st.integers(1, 4), st.randoms(use_true_random=False))
def test_best_tree_is_the_best_of_all_trees(count: int, random) -> None:  # type: ignore[no-untyped-def]
    scores = np.array([[random.randint(-9, 9) for _ in range(count + 1)] for _ in range(count)], float)
    np.fill_diagonal(scores[:, 1:], -1e4)
    heads = best_tree(scores)
    assert is_tree(tuple((heads - 1).tolist()))
    assert sum(scores[at, head] for at, head in enumerate(heads)) == brute_force(scores)


def test_trees_of_a_batch_are_each_their_own_best() -> None:
    random = np.random.default_rng(7)
    counts = np.array([5, 1, 3, 9])
    arcs = np.full((4, 9, 10), -1e4)
    for row, count in enumerate(counts):
        arcs[row, :count, : count + 1] = random.normal(size=(count, count + 1))
        np.fill_diagonal(arcs[row, :, 1:], -1e4)
    heads = best_trees(arcs, counts)
    for row, count in enumerate(counts.tolist()):
        scores = arcs[row, :count, : count + 1]
        want = best_tree(scores)
        assert is_tree(tuple((heads[row, :count] - 1).tolist()))
        assert scores[np.arange(count), heads[row, :count]].sum() == pytest.approx(
            scores[np.arange(count), want].sum()
        )


TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def may_follow(before: str, tag: str) -> bool:
    return not tag.startswith("I-") or before[2:] == tag[2:]


@given(st.integers(1, 4), st.randoms(use_true_random=False))
def test_best_tags_are_the_best_of_all_well_formed(count: int, random) -> None:  # type: ignore[no-untyped-def]
    scores = np.array([[random.randint(-9, 9) for _ in TAGS] for _ in range(count)], float)
    padded = np.zeros((2, count + 2, len(TAGS)))
    padded[1, :count] = scores
    chosen = best_tags(padded, allowed_moves(TAGS))[1, :count]
    tags = [TAGS[at] for at in chosen]
    assert all(may_follow(one, two) for one, two in itertools.pairwise(["O", *tags]))
    best = max(
        sum(scores[at, tag] for at, tag in enumerate(path))
        for path in itertools.product(range(len(TAGS)), repeat=count)
        if all(may_follow(one, two) for one, two in itertools.pairwise(["O", *(TAGS[tag] for tag in path)]))
    )
    assert scores[np.arange(count), chosen].sum() == best


def test_batches_are_bounded_and_hold_every_window_once(parser: Parser) -> None:
    sentences = [["word"] * length for length in [*range(1, 40), 5000, 150, 159, 0]]
    windows = make_windows(sentences, parser.pieces)
    batches = list(make_batches(windows))
    assert sorted((one.sentence, one.start) for batch in batches for one in batch.windows) == sorted(
        (one.sentence, one.start) for one in windows
    )
    for batch in batches:
        assert batch.pieces.size <= BATCH_PIECES or len(batch.windows) == 1
        assert batch.first.shape[0] * batch.first.shape[1] ** 2 <= BATCH_PAIRS or len(batch.windows) == 1
    covered: dict[int, list[Window]] = {}
    for one in windows:
        covered.setdefault(one.sentence, []).append(one)
    for number, parts in covered.items():
        assert sum(len(part.words) for part in parts) == len(sentences[number])


def test_a_plain_sentence_is_read_whole(parser: Parser) -> None:
    (parse,) = parser.parse([["The", "soldiers", "killed", "two", "farmers", "in", "Aleppo", "."]])
    assert is_tree(parse.heads)
    assert is_whole(parse)
    verb = parse.words.index("killed")
    assert parse.upos[verb] == "VERB"
    assert parse.heads[verb] == -1
    assert parse.heads[parse.words.index("soldiers")] == verb
    assert parse.names[parse.words.index("Aleppo")] == "B-LOC"


COMPANY_TEXTS = (
    "He denied it .",
    "Shells fell on the old market at noon .",
    "No .",
    "The governor of Hama told Orient Radio on 3 May that 14 farmers and two of their children had died .",
    "THREE GUARDS AND A COOK WERE HURT NEAR THE BRIDGE",
    "Neither side 's spokesman , reached by telephone in Homs , would say who had fired first .",
)


def test_company_and_order_do_not_change_a_parse(parser: Parser) -> None:
    sentences = [text.split() for text in COMPANY_TEXTS]
    alone = tuple(parser.parse([one])[0] for one in sentences)
    assert [one.words for one in alone] == [tuple(one) for one in sentences]
    assert parser.parse(sentences) == alone
    assert parser.parse(sentences[::-1]) == alone[::-1]
    assert parser.parse([*sentences, ["word"] * 120, *(["x"] for _ in range(30))])[: len(alone)] == alone


@pytest.mark.parametrize("more", [1, 7, 64, 200])
def test_padding_does_not_change_what_the_model_gives(parser: Parser, more: int) -> None:
    for text in COMPANY_TEXTS:
        (batch,) = make_batches(make_windows([text.split()], parser.pieces))
        padded = {name: np.pad(values, ((0, 1), (0, more))) for name, values in batch.inputs().items()}
        count = batch.first.shape[1]
        outputs = parser.session.run(None, batch.inputs())
        wider = parser.session.run(None, padded)
        for output, other, wanted in zip(outputs, wider, parser.session.get_outputs(), strict=True):
            real = other[0, :count]
            if wanted.name in {"arcs", "labels"}:
                real = real[:, : count + 1]
            elif wanted.name == "roles":
                real = real[:, :count]
            # padded arrays may sum floats in another order; one step of an activation would be far more
            np.testing.assert_allclose(real, output[0], rtol=1e-4, atol=1e-4, err_msg=wanted.name)


@pytest.mark.parametrize(("name", "products"), [("reading.onnx", 24), ("pointer.onnx", 8)])
def test_no_product_of_the_layers_has_a_scale_that_a_batch_shares(name: str, products: int) -> None:
    model = (MODEL / name).read_bytes()
    assert model.count(b"MatMulIntegerToFloat") >= products
    assert b"DynamicQuantizeLinear" not in model


ODD_TEXTS = {
    "empty": "",
    "emoji": "🙂",
    "control characters": "\x00\x01 \u200b",
    "right to left": "שלום עולם، مرحبا",
    "a long word": "a" * 1_000_000,
    "a long sentence": "word " * 10_000,
    "marks": "(" * 5000,
    "combining": "e\u0301 " * 50,
    "half a pair": "\ud800 lone",
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_any_text_is_read(parser: Parser, text: str) -> None:
    (parse,) = parser.read(text, [(0, len(text))])
    assert is_tree(parse.heads)
    assert is_whole(parse)
    assert "".join(text[start:end] for start, end in parse.spans) == "".join(text.split())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_reading_is_lossless_over_any_text(parser: Parser, parts: list[str]) -> None:
    text = "\n".join(parts)
    ranges, start = [], 0
    for part in parts:
        ranges.append((start, start + len(part)))
        start += len(part) + 1
    for (begin, end), parse in zip(ranges, parser.read(text, ranges), strict=True):
        assert tuple(text[one:two] for one, two in parse.spans) == parse.words
        assert "".join(parse.words) == "".join(text[begin:end].split())
        assert is_tree(parse.heads)
        assert is_whole(parse)


def test_words_given_by_hand_may_be_empty_or_blank(parser: Parser) -> None:
    parses = parser.parse([[], ["", " "], ["died"]])
    assert [len(one.heads) for one in parses] == [0, 2, 1]


def test_a_missing_model_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="incomplete"):
        load_parser(tmp_path)


@pytest.mark.parametrize("name", MODEL_FILES)
def test_a_corrupt_model_is_one_clear_error(tmp_path: Path, name: str) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    damaged = tmp_path / "model" / name
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    with pytest.raises(InputError, match=name):
        load_parser(tmp_path / "model")


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"reading.onnx": 1}', "\x00"])
def test_a_bad_manifest_is_one_clear_error(tmp_path: Path, manifest: str) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    (tmp_path / "model" / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(InputError):
        load_parser(tmp_path / "model")


def test_files_that_match_their_manifest_but_are_no_model_are_one_clear_error(tmp_path: Path) -> None:
    for name in MODEL_FILES:
        (tmp_path / name).write_bytes(b"no model")
    digest = hashlib.sha256(b"no model").hexdigest()
    (tmp_path / "manifest.json").write_text(json.dumps(dict.fromkeys(MODEL_FILES, digest)), encoding="utf-8")
    with pytest.raises(InputError, match="cannot be loaded"):
        load_parser(tmp_path)


def test_model_and_licence_fit_into_thirty_megabytes() -> None:
    sizes = {one.name: one.stat().st_size for one in MODEL.iterdir()}
    assert "LICENCE" in sizes
    assert sum(sizes.values()) <= 30_000_000


class Sure:
    """A reader that is sure of a start at some words, for tests of what is done with that."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def read(self, text: str, sentences: list[tuple[int, int]]) -> tuple[Parse, ...]:
        return tuple(self.parse(text, *one) for one in sentences)

    def parse(self, text: str, start: int, end: int) -> Parse:
        spans = tuple(ud_words(text, start, end))
        words = tuple(text[one:two] for one, two in spans)
        count = len(words)
        return Parse(
            words=words,
            spans=spans,
            upos=("X",) * count,
            heads=(-1,) + (0,) * (count - 1),
            deprels=("root",) + ("dep",) * (count - 1),
            names=("O",) * count,
            things=("O",) * count,
            predicates=(False,) * count,
            arguments=(),
            starts=tuple(float(word in self.words) for word in words),
        )


def test_sentences_are_cut_again_after_a_final_mark_where_a_start_is_sure() -> None:
    text = "He came home. nobody saw it. they waited at dawn"
    (parses,) = read_sentences(Sure("nobody", "they", "dawn"), text, [(0, len(text))])  # type: ignore[arg-type]
    assert [" ".join(one.words) for one in parses] == [
        "He came home .",
        "nobody saw it .",
        "they waited at dawn",
    ]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab .!?\n(\"'🙂", max_size=60))
def test_cutting_again_loses_nothing(parser: Parser, text: str) -> None:
    (parses,) = read_sentences(parser, text, [(0, len(text))])
    assert "".join(word for one in parses for word in one.words) == "".join(text.split())
    assert all(is_tree(one.heads) and is_whole(one) for one in parses)
