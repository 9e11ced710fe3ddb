import pytest

from cairn.documents import CopyIndex, add_documents
from cairn.documents.copies.index import LISTED, find_candidates, list_documents, name_agency, rank_key
from cairn.errors import RecordError
from cairn.records import Credit, CreditKind
from documents.copies.made import document, paragraphs

AGENCY = Credit(agency="Ostra", kind=CreditKind.DATELINE)
AGENCIES = Credit(agency="agencies", kind=CreditKind.CREDIT)


def test_a_document_that_is_there_is_passed_over():
    body = document("a", paragraphs(1))
    index = add_documents(CopyIndex(), [body, body])
    assert len(index.documents) == 1
    assert add_documents(index, [body]) is index


def test_an_id_with_another_text_is_refused():
    index = add_documents(CopyIndex(), [document("a", paragraphs(1))])
    with pytest.raises(RecordError, match="document a was added before"):
        add_documents(index, [document("a", paragraphs(2))])


def test_an_index_stays_as_it_is_when_it_grows():
    first = add_documents(CopyIndex(), [document("a", paragraphs(1))])
    second = add_documents(first, [document("b", paragraphs(2))])
    assert (len(first.documents), len(second.documents)) == (1, 2)
    assert len(first.rows) < len(second.rows)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (document("z", "a b"), document("a", "a b c", 1)),
        (document("z", "a b", 9), document("a", "a b c", None)),
        (document("z", "a b", outlet="Ostra", credits=(AGENCY,)), document("a", "a b c", credits=(AGENCY,))),
        (document("z", "a b", credits=(AGENCY,)), document("a", "a b c")),
        (document("z", "a b c"), document("a", "a b", credits=(AGENCIES,))),
        (document("a", "a b"), document("b", "a b")),
    ],
    ids=["earlier", "day known", "the agency itself", "names an agency", "longer", "id"],
)
def test_which_text_came_first(first, second):
    assert rank_key(first) < rank_key(second)


def test_with_agencies_names_none():
    assert name_agency(document("a", "x", credits=(AGENCIES, AGENCY))) == "Ostra"
    assert name_agency(document("a", "x", credits=(AGENCIES,))) is None


def test_the_first_documents_by_rank_are_listed():
    body = paragraphs(1)
    texts = [document(f"d{number:02}", body, 20 - number) for number in range(20)]
    index = add_documents(add_documents(CopyIndex(), texts[:7]), texts[7:])
    counts, listed = list_documents(index, index.prints_of(0))
    assert set(counts.tolist()) == {20}
    assert {tuple(row) for row in listed.tolist()} == {tuple(range(19, 19 - LISTED, -1))}


def test_candidates_share_enough_and_nobody_is_its_own():
    texts = [document("a", paragraphs(1)), document("b", paragraphs(1)[:5], 1), document("c", paragraphs(2))]
    index = add_documents(CopyIndex(), texts)
    assert dict(find_candidates(index, range(3))) == {0: [1], 1: [0], 2: []}


def test_documents_without_words_are_no_trouble():
    index = add_documents(CopyIndex(), [document("a", "Short."), document("b", "…"), document("c", "Short.")])
    assert [others for _, others in find_candidates(index, range(3))] == [[], [], []]
