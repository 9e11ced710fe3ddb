"""Sentences as the model parses them: every token stands in the table, in the tree and under the arcs."""

from __future__ import annotations

import base64
import hashlib
import html
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cairn.exports import sentence_trees, write_trees
from cairn.exports.arcs import draw, names_of
from cairn.exports.tree import sentence_rows
from cairn.records import Document, Reading, Sentence, Span, Token

WORDS = (
    ("Two", "NUM", 1, "nummod", "O"),
    ("porters", "NOUN", 3, "nsubj:pass", "O"),
    ("were", "AUX", 3, "aux:pass", "O"),
    ("killed", "VERB", -1, "root", "O"),
    ("near", "ADP", 6, "case", "O"),
    ("Old", "ADJ", 6, "amod", "B-LOC"),
    ("Velmar", "PROPN", 3, "obl", "I-LOC"),
)
HOSTILE = "<script>alert(1)</script>\x1b[31m\"'&{{7*7}}"


def sentence(
    *words: tuple[str, str, int | None, str, str], roles: tuple[tuple[int, int, str], ...] = ()
) -> Sentence:
    tokens, start = [], 0
    for text, pos, head, dep, name in words:
        tokens.append(Token(Span(start, start + len(text)), text, pos, head, dep, name))
        start += len(text) + 1
    return Sentence(Span(0, max(1, start - 1)), tuple(tokens), roles=roles)


def reading(*sentences: Sentence) -> Reading:
    return Reading(
        document=Document(id="d", text="x" * 400),
        sentences=sentences,
        moments=(),
        localities=(),
        persons=(),
        cues=(),
        attributions=(),
    )


def printed(*sentences: Sentence, width: int = 120) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(sentence_trees(reading(*sentences)))
    return stream.getvalue()


def drawn(*sentences: Sentence) -> str:
    stream = io.StringIO()
    write_trees(reading(*sentences), stream)
    return stream.getvalue()


VELMAR = sentence(*WORDS, roles=((3, 1, "ARG1"), (3, 6, "ARGM-LOC"), (3, 3, "V")))


def test_a_row_says_what_the_token_is_and_what_it_hangs_on() -> None:
    rows = sentence_rows(VELMAR)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert (rows[0].word, rows[0].pos, rows[0].head, rows[0].dep) == ("Two", "NUM", "2 porters", "nummod")
    assert (rows[3].head, rows[3].dep, rows[3].roles) == ("", "root", ())
    assert (rows[6].name, rows[6].roles) == ("I-LOC", ("ARGM-LOC of killed",))


def test_a_token_of_which_nothing_is_known_has_empty_cells() -> None:
    [row] = sentence_rows(sentence(("Oh", "X", None, "", "O")))
    assert (row.head, row.dep, row.name, row.roles) == ("", "", "", ())


def test_the_tree_is_indented_under_heads() -> None:
    out = printed(VELMAR).splitlines()
    branches = out[out.index("killed VERB root") :]
    assert [line.rstrip() for line in branches[:7]] == [
        "killed VERB root",
        "├── porters NOUN nsubj:pass",
        "│   └── Two NUM nummod",
        "├── were AUX aux:pass",
        "└── Velmar PROPN obl I-LOC",
        "    ├── near ADP case",
        "    └── Old ADJ amod B-LOC",
    ]


@given(st.lists(st.integers(-1, 11), min_size=1, max_size=12))
def test_every_token_stands_in_the_tree_once_whatever_the_heads(heads: list[int]) -> None:
    words = [(f"w{at}w", "X", min(head, len(heads) - 1), "dep", "O") for at, head in enumerate(heads)]
    branches = re.findall(r"(w\d+w) X dep", printed(sentence(*words)))
    assert sorted(branches) == sorted(word for word, *_ in words)


@given(st.lists(st.integers(-1, 11), min_size=1, max_size=12))
def test_every_dependency_has_an_arc_inside_the_drawing(heads: list[int]) -> None:
    words = [(f"w{at}", "X", min(head, len(heads) - 1), f"d{at}", "O") for at, head in enumerate(heads)]
    drawing = draw(sentence(*words).tokens)
    hanging = [f"d{at}" if head >= 0 else "root" for at, (_, _, head, _, _) in enumerate(words)]
    assert sorted(arc.label for arc in drawing.arcs) == sorted(hanging)
    assert all(0 < arc.x < drawing.width and 0 < arc.y < drawing.base for arc in drawing.arcs)
    assert [word.x for word in drawing.words] == sorted(word.x for word in drawing.words)


def test_an_arc_rises_above_those_that_it_lies_over() -> None:
    height = {arc.label: arc.y for arc in draw(VELMAR.tokens).arcs}
    assert height["nsubj:pass"] < height["aux:pass"] < draw(VELMAR.tokens).base
    assert height["obl"] < height["case"] < height["amod"]
    assert height["root"] <= min(height.values())


def test_words_never_overlap() -> None:
    drawing = draw(sentence(("x" * 30, "X", 1, "dep", "O"), ("y" * 40, "X", -1, "root", "O")).tokens)
    assert drawing.words[1].x - drawing.words[0].x > (30 + 40) * 9 / 2
    assert drawing.words[1].x + 40 * 9 / 2 < drawing.width


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        (["B-LOC", "I-LOC", "O"], [(0, 2, "LOC")]),
        (["B-LOC", "B-LOC"], [(0, 1, "LOC"), (1, 2, "LOC")]),
        (["B-LOC", "O", "I-LOC"], [(0, 1, "LOC"), (2, 3, "LOC")]),
        (["B-PER", "I-ORG"], [(0, 1, "PER"), (1, 2, "ORG")]),
        (["O", "O"], []),
    ],
)
def test_names_are_put_together(tags: list[str], names: list[tuple[int, int, str]]) -> None:
    assert names_of(sentence(*(("x", "X", None, "", tag) for tag in tags)).tokens) == names


def test_what_a_text_says_cannot_run_or_steer() -> None:
    evil = sentence((HOSTILE, "X", 1, "nsubj", "O"), ("died", "VERB", -1, "root", "O"))
    page = drawn(evil)
    assert "<script" not in page
    assert html.escape(HOSTILE, quote=False).split("\x1b")[0] in page
    assert "\x1b" not in printed(evil)


def test_the_page_needs_nothing_else_and_allows_its_own_style_alone() -> None:
    page = drawn(VELMAR, VELMAR)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{allowed}'" in page
    assert not re.search(r"https?:|url\(|\bsrc=|\bstyle=|<link|@import", page)
    assert page.count("<svg") == 2
    assert "2 sentences" in page


def test_every_word_of_the_page_is_in_the_drawing_and_in_the_table() -> None:
    page = drawn(VELMAR)
    for word, *_ in WORDS:
        assert f">{word}</text>" in page
        assert f'<th scope="row">{word}</th>' in page
    assert page.count('class="arrow"') == len(WORDS)
    assert ">LOC</text>" in page
