import pytest

from cairn.documents import CopyIndex, add_documents, find_copies, find_origin, find_repeated
from cairn.records import Span
from documents.copies.made import document, paragraphs

WIRE = paragraphs(1)
FIGURE = "At least 12 people were killed in the market on Monday, and 30 others were hurt as they ran away."
QUOTED = "At least 12 people were killed in the “market” on Monday; and 31 others were hurt as they ran away."


def span_of(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def chain():
    """A wire, an edited print of it with another figure, and a print of that print."""
    documents = [
        document("wire", [*WIRE[:3], FIGURE, *WIRE[3:]]),
        document("edited", ["Market hit", *WIRE[:3], QUOTED, *WIRE[3:6]], 1),
        document("again", [*WIRE[:3], QUOTED, *WIRE[3:6], "Elsewhere, 5 men drowned at sea."], 2),
    ]
    copies = {}
    for copy in find_copies(add_documents(CopyIndex(), documents)):
        copies.setdefault(copy.document_id, []).append(copy)
    return {each.id: each.text for each in documents}, copies


@pytest.mark.parametrize(
    ("words", "origin", "there"),
    [
        ("At least 12 people", "wire", "At least 12 people"),
        ("12 people were killed in the “market” on", "wire", "12 people were killed in the market on"),
        ("31 others", "edited", "31 others"),
        ("5 men", "again", "5 men"),
    ],
)
def test_words_are_traced_to_the_first_text_that_has_them(chain, words, origin, there):
    texts, copies = chain
    found, span = find_origin("again", span_of(texts["again"], words), copies, texts)
    assert (found, span.words(texts[found])) == (origin, there)


def test_words_of_the_first_text_are_their_own_origin(chain):
    texts, copies = chain
    span = span_of(texts["wire"], "12 people")
    assert find_origin("wire", span, copies, texts) == ("wire", span)


def test_half_a_word_is_traced_as_the_word(chain):
    texts, copies = chain
    [copy] = copies["edited"]
    half = span_of(texts["edited"], "eople were kil")
    assert (
        find_repeated(copy, half, texts["edited"], texts["wire"]).words(texts["wire"]) == "people were killed"
    )


def test_what_holds_no_word_or_more_than_a_passage_is_not_repeated(chain):
    texts, copies = chain
    [copy] = copies["edited"]
    for words in ("”", "; and 31 others", "Market hit"):
        assert find_repeated(copy, span_of(texts["edited"], words), texts["edited"], texts["wire"]) is None
