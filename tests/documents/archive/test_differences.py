"""Differences: figures that changed are told apart, nothing is lost, and wrapping is no change."""

from __future__ import annotations

import textwrap
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.documents.archive import diff_versions
from cairn.documents.archive.wordings import split
from cairn.lexicon import Lexicon, load_lexicon
from cairn.records import Change, ChangeKind, Difference, Document
from tables import rows

TEXT = (
    "TARN (AP) — At least 12 people were killed when shells hit a market, Dr. Adel Sorin said. "
    "Thirty others were wounded. Schools closed on Monday.\n"
    "The U.N. condemned the attack. Nobody has claimed it."
)


def diff(old: str, new: str, **options: str | None) -> Difference:
    def document(text: str, title: str | None) -> Document:
        return Document(id="d", text=text, title=title)

    return diff_versions(
        document(old, options.get("old_title")), document(new, options.get("new_title")), load_lexicon()
    )


def fates(difference: Difference) -> list[tuple[str, str]]:
    return [
        (change.kind.value, " ".join(piece.words for piece in change.pieces)) for change in difference.changes
    ]


def told(difference: Difference) -> str:
    return "; ".join(f"{each.old or ''} > {each.new or ''}".strip() for each in difference.figures)


@pytest.mark.parametrize("row", rows("changed_figures"), ids=lambda row: row["note"])
def test_a_changed_figure_is_told(row: dict[str, str]) -> None:
    assert told(diff(row["old"], row["new"])) == row["changes"]


def test_a_changed_figure_says_what_it_counts_and_stands_apart(lexicon: Lexicon) -> None:
    difference = diff(TEXT, TEXT.replace("12", "19"))
    [figure] = difference.figures
    assert (figure.old, figure.new) == ("At least 12", "At least 19")
    assert figure.words == "At least 19 people were killed when"
    [changed] = [change for change in difference.changes if change.kind is not ChangeKind.SAME]
    marked = [(piece.words, piece.kind, piece.figure) for piece in changed.pieces]
    assert marked[1:3] == [
        ("At least 12", ChangeKind.REMOVED, True),
        ("At least 19", ChangeKind.ADDED, True),
    ]


def test_each_sentence_has_its_fate() -> None:
    new = TEXT.replace(" Schools closed on Monday.", " The army denied it.")
    new = new.replace("Thirty others were wounded.", "Thirty others and a nurse were wounded.")
    new = "Nobody has claimed it. " + new.replace(" Nobody has claimed it.", "")
    assert [kind for kind, _ in fates(diff(TEXT, new))] == [
        "moved", "same", "reworded", "removed", "added", "same",
    ]  # fmt: skip


def test_sentences_end_at_full_stops_and_not_in_names() -> None:
    sentences = [each.words for each in split(TEXT, load_lexicon().grammar.abbreviations)]
    assert len(sentences) == 5
    assert sentences[0].endswith("Dr. Adel Sorin said.")
    assert sentences[3] == "The U.N. condemned the attack."


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("12 killed", "12  killed", ChangeKind.SAME),
        ("12 killed", "19 killed", ChangeKind.REWORDED),
        (None, "19 killed", ChangeKind.ADDED),
        ("12 killed", None, ChangeKind.REMOVED),
        (None, None, None),
    ],
)
def test_the_headline_stands_apart(old: str | None, new: str | None, kind: ChangeKind | None) -> None:
    difference = diff("Same.", "Same.", old_title=old, new_title=new)
    assert (difference.headline.kind if difference.headline else None) == kind
    assert told(difference) == ("12 > 19" if kind is ChangeKind.REWORDED else "")


@pytest.mark.parametrize("width", [20, 40, 72, 1000])
def test_wrapping_is_no_change(width: int) -> None:
    wrapped = "\r\n".join(textwrap.wrap(TEXT, width, break_on_hyphens=False))
    assert {kind for kind, _ in fates(diff(TEXT, wrapped))} == {"same"}
    assert {kind for kind, _ in fates(diff(wrapped, TEXT))} == {"same"}


words = st.sampled_from(
    [
        "people",
        "12",
        "nineteen",
        "at",
        "least",
        "fled.",
        "Tarn",
        "(AP)",
        "“No”.",
        "Dr.",
        "و",
        "。",
        "—",
        "3,000",
    ]
)
texts = st.lists(words, min_size=1, max_size=40).map(" ".join)


def spoken(changes: tuple[Change, ...], *kinds: ChangeKind) -> str:
    return "".join(
        piece.words for change in changes for piece in change.pieces if piece.kind in kinds
    ).replace(" ", "")


@given(texts, texts)
@settings(deadline=None)
def test_no_word_is_lost_and_none_is_made(old: str, new: str) -> None:
    difference = diff(old, new)
    assert spoken(difference.changes, ChangeKind.SAME, ChangeKind.ADDED) == new.replace(" ", "")
    # Sentences that moved stand at their new place alone, so the old text comes out in another order.
    here = Counter(spoken(difference.changes, ChangeKind.SAME, ChangeKind.REMOVED))
    assert here == Counter(old.replace(" ", ""))


@given(texts)
@settings(deadline=None)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    difference = diff(text, text)
    assert {change.kind for change in difference.changes} == {ChangeKind.SAME}
    assert difference.figures == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Same. " * 20_000, "Same. " * 19_999 + "Other."),
        ("a b " * 20_000, "b a " * 20_000),
        (" ".join(f"Word{n} fell." for n in range(9000)), " ".join(f"Word{n} rose." for n in range(9000))),
        ("1 " * 50_000, "2 " * 50_000),
        ("." * 100_000, "! " * 100_000),
    ],
    ids=["sentences", "words", "all others", "figures", "marks"],
)
def test_a_text_made_to_be_slow_comes_to_an_end(old: str, new: str) -> None:
    assert diff(old, new).changes
