import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.errors import GroundingError
from cairn.exports.segments import Mark, cut_paragraphs
from cairn.records import Span


def mark(start, end, claim="1-1", slot="anchor"):
    return Mark(span=Span(start, end), claim=claim, slot=slot)


def joined(paragraphs):
    return "".join(
        segment.text for paragraph in paragraphs for stretch in paragraph for segment in stretch.segments
    )


def stretches(text, marks):
    return [
        ("".join(segment.text for segment in stretch.segments), stretch.claims)
        for paragraph in cut_paragraphs(text, marks)
        for stretch in paragraph
    ]


@st.composite
def marked_texts(draw):
    text = draw(st.text(st.sampled_from("ab \n\r\té😀"), min_size=1, max_size=40))
    marks = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append(mark(start, end, f"1-{number}", draw(st.sampled_from(["anchor", "place", "time"]))))
    return text, marks


@given(marked_texts())
def test_no_character_is_lost_repeated_or_changed(marked):
    text, marks = marked
    assert joined(cut_paragraphs(text, marks)) == text


@given(marked_texts())
def test_each_segment_lies_under_exactly_the_marks_that_cover_it(marked):
    text, marks = marked
    position = 0
    for paragraph in cut_paragraphs(text, marks):
        for stretch in paragraph:
            for segment in stretch.segments:
                here = Span(position, position + len(segment.text))
                assert set(segment.marks) == {m for m in marks if m.span.contains(here)}
                assert set(segment.marks) == {m for m in marks if m.span.overlaps(here)}
                position = here.end


@given(marked_texts())
def test_each_anchor_lies_whole_in_one_stretch(marked):
    text, marks = marked
    anchors = {m.claim for m in marks if m.slot == "anchor"}
    held = [claim for _, claims in stretches(text, marks) for claim in claims]
    assert sorted(held) == sorted(anchors)


def test_overlapping_anchors_share_a_stretch_and_touching_ones_do_not():
    marks = [mark(0, 3, "a"), mark(2, 4, "b"), mark(4, 6, "c")]
    assert stretches("abcdefgh", marks) == [("abcd", ("a", "b")), ("ef", ("c",)), ("gh", ())]


def test_the_innermost_mark_comes_first():
    ((stretch,),) = cut_paragraphs("abcdef", [mark(0, 6, "outer"), mark(2, 4, "inner")])
    assert [m.claim for m in stretch.segments[1].marks] == ["inner", "outer"]


def test_blank_lines_part_paragraphs_and_single_breaks_then_do_not():
    assert stretches("one\ntwo\n\nthree", []) == [("one\ntwo\n\n", ()), ("three", ())]
    assert stretches("one\ntwo", []) == [("one\n", ()), ("two", ())]


def test_no_paragraph_ends_inside_an_anchor():
    assert stretches("20\npeople", [mark(0, 9, "a")]) == [("20\npeople", ("a",))]


def test_a_mark_past_the_end_is_refused():
    with pytest.raises(GroundingError, match=r"1-1.*place"):
        cut_paragraphs("abc", [mark(1, 4, slot="place")])
