"""What each alteration is known as, and what is no copy."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.documents import CopyIndex, add_documents, find_copies
from cairn.documents.copies.words import fold
from cairn.hands import many_hands
from cairn.records import CopyKind
from documents.copies import alter
from documents.copies.bed import make_bed
from documents.copies.made import document, paragraphs

WIRE = paragraphs(1)
OTHER_WIRE = paragraphs(2)
OWN = paragraphs(3, 600)
STATEMENT = (
    '"We reject this cowardly act and will bring to court everyone who planned it. We ask all sides to hold '
    "their fire so that the wounded can be carried out before nightfall. The ministry will publish what it "
    'learns within thirty days, whatever the outcome may be," the ministry said.'
)
FOOTER = (
    "Join the Tarn Post on your telephone for updates, comment and live reports from nine countries, and "
    "turn on notifications now so that you are the first to hear what happens in the valley and on the coast."
)


def chance(seed):
    return random.Random(seed)  # noqa: S311


def copies_of(*documents):
    return list(find_copies(add_documents(CopyIndex(), documents)))


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (WIRE, CopyKind.WHOLE),
        (["Another headline over it", *WIRE], CopyKind.WHOLE),
        (alter.edit(alter.respell(WIRE), chance(1), 0.08), CopyKind.WHOLE),
        ([*WIRE[:4], "— Ostra"], CopyKind.TRIMMED),
        ([*WIRE[:2], OWN[4], OWN[5], *WIRE[2:]], CopyKind.EXTENDED),
        ([*OWN[:9], *WIRE[:5], *OWN[9:]], CopyKind.PARTIAL),
    ],
    ids=["same", "headline", "edited", "trimmed", "extended", "embedded"],
)
def test_a_copy_is_known_as_what_it_is(lines, kind):
    [copy] = copies_of(document("wire", WIRE), document("copy", lines, 1))
    assert (copy.document_id, copy.of, copy.kind) == ("copy", "wire", kind)
    assert "wire, published 1 day earlier" in copy.reason


def test_a_dispatch_spliced_of_two_wires_is_known_by_both():
    wires = document("one", WIRE), document("two", OTHER_WIRE)
    spliced = document("both", [*WIRE[:4], "Meanwhile, the fighting went on.", *OTHER_WIRE[:5]], 1)
    found = copies_of(*wires, spliced)
    assert {(copy.of, copy.kind) for copy in found} == {("one", CopyKind.SPLICED), ("two", CopyKind.SPLICED)}
    assert "other passages stand in two" in next(copy.reason for copy in found if copy.of == "one")


def test_passages_are_the_same_words_in_both_texts():
    wire = document("wire", WIRE)
    made = document("copy", alter.edit(alter.reorder(WIRE, chance(3)), chance(4), 0.1), 1)
    [copy] = copies_of(wire, made)
    for passage in copy.passages:
        assert fold(passage.here.words(made.text)) == fold(passage.there.words(wire.text))
    repeated = sum(len(fold(passage.here.words(made.text))) for passage in copy.passages)
    assert copy.share == pytest.approx(repeated / len(fold(made.text)), abs=1e-3)


def test_who_came_first_is_told():
    found = [
        copies_of(document("a", WIRE), document("b", [*WIRE, OWN[3]], later))[0].reason
        for later in (0, 2, None)
    ]
    assert "b, the longer of the two" in found[0]
    assert "a, published 2 days earlier" in found[1]
    assert "a, whose day of publication is known" in found[2]


def test_a_statement_that_two_reports_quote_makes_no_copy():
    mine = [*WIRE[:3], STATEMENT, *WIRE[3:]]
    theirs = [*OTHER_WIRE[:2], STATEMENT, *OTHER_WIRE[2:]]
    assert copies_of(document("a", mine), document("b", theirs)) == []


def test_a_statement_that_two_outlets_print_and_nothing_else_is_one_text():
    [copy] = copies_of(document("a", STATEMENT), document("b", f"Ministry speaks\n{STATEMENT}", 1))
    assert copy.kind == CopyKind.WHOLE


@pytest.mark.parametrize("days", [1, 30])
def test_what_an_outlet_prints_under_every_report_makes_no_copy(days):
    reports = [
        document(f"d{seed}", [*paragraphs(seed, 80), FOOTER], seed % days, outlet="Tarn Post")
        for seed in range(5, 9)
    ]
    assert copies_of(*reports) == []


def test_an_outlets_footer_does_not_extend_a_copy():
    others = [document(f"d{seed}", [*paragraphs(seed), FOOTER], outlet="Tarn Post") for seed in range(5, 9)]
    printed = document("copy", [*WIRE, FOOTER], 1, outlet="Tarn Post")
    [copy] = copies_of(document("wire", WIRE), *others, printed)
    assert copy.kind == CopyKind.WHOLE
    assert copy.share > 0.97


def test_subscribe_lines_and_credits_make_no_copy():
    lines = (
        "Subscribe to our free morning newsletter and never miss the stories that shape the region, every "
        "day in your inbox. This site uses cookies to measure your visit and to improve our pages, which you "
        "can change at any time in your settings. Reporting by Ada Brook and Cal Dunn; editing by Eve Fenn."
    )
    assert copies_of(document("a", [*WIRE[:4], lines]), document("b", [*OTHER_WIRE[:4], lines])) == []


def bulletin(day, figures):
    return document(
        f"day{day}",
        "Daily report. Over the past 24 hours {} artillery strikes were recorded in the region, {} of them "
        "against populated areas, the administration said in its morning summary. In the north of it {} "
        "people were killed and {} wounded when shells hit residential buildings; {} private houses and {} "
        "farm buildings were damaged. Demining teams removed {} explosive items, and residents were taken to "
        "safer places with the help of volunteers.".format(*figures),
        day,
    )


def test_two_bulletins_in_one_mould_are_no_copies():
    assert copies_of(bulletin(1, (31, 12, 2, 5, 14, 3, 6)), bulletin(2, (8, 2, 1, 9, 22, 7, 11))) == []


def test_an_updated_toll_is_still_a_copy():
    [copy] = copies_of(bulletin(1, (31, 12, 2, 5, 14, 3, 6)), bulletin(2, (31, 12, 2, 7, 14, 3, 6)))
    assert copy.kind == CopyKind.WHOLE


PRINTS = [document(f"p{number:02}", WIRE, 1) for number in range(30)]


def test_a_wire_that_all_print_is_told_once_a_print():
    found = copies_of(document("wire", WIRE), *PRINTS)
    assert [(copy.document_id, copy.of) for copy in found] == [(each.id, "wire") for each in PRINTS]


def test_a_figure_changed_in_one_print_tells_who_copied_that_print():
    changed = "\n".join(WIRE).replace("77 were being", "91 were being")
    late = document("mended", changed, 2), document("last", changed, 3)
    [*_, copy] = copies_of(document("wire", WIRE), *PRINTS, *late)
    assert (copy.document_id, copy.of, copy.share) == ("last", "mended", 1.0)


def test_a_passage_of_a_wire_that_all_print_is_no_set_phrase():
    lines = [*OWN[:4], WIRE[1], *OWN[4:7], WIRE[2], *OWN[7:9], WIRE[7], OWN[9]]
    found = copies_of(document("wire", WIRE), *PRINTS, document("own", lines, 2))
    assert [copy.of for copy in found if copy.document_id == "own"] == ["wire"]


def small_bed():
    return [made.document for made in make_bed(3, 12, outlets=5, copy_share=2)]


BED = small_bed()
FOUND = {copy.id: copy for copy in copies_of(*BED)}


def test_the_bed_of_these_tests_has_copies():
    assert len(FOUND) > 15


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(len(BED))), st.lists(st.integers(1, len(BED) - 1), max_size=3))
def test_order_and_rounds_do_not_matter(order, cuts):
    index = CopyIndex()
    places = [0, *sorted(cuts), len(BED)]
    for start, end in pairwise(places):
        index = add_documents(index, [BED[place] for place in order[start:end]])
    assert {copy.id: copy for copy in find_copies(index)} == FOUND


def test_asking_for_new_documents_tells_what_they_changed():
    index = add_documents(CopyIndex(), [document("early", [*WIRE, OWN[2]], 1), document("apart", OTHER_WIRE)])
    assert list(find_copies(index)) == []
    index = add_documents(index, [document("wire", WIRE)])
    [copy] = find_copies(index, ["wire"])
    assert (copy.document_id, copy.of) == ("early", "wire")
    assert list(find_copies(index, ["apart"])) == []


def test_an_unknown_id_is_an_error():
    with pytest.raises(KeyError):
        list(find_copies(CopyIndex(), ["nobody"]))


def test_other_processes_find_the_same():
    index = add_documents(CopyIndex(), BED, hands=many_hands(2))
    assert {copy.id: copy for copy in find_copies(index, hands=many_hands(2))} == FOUND


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="ab \n\"“”'.", max_size=60), max_size=6))
def test_any_texts_are_compared(texts):
    for copy in copies_of(*(document(f"d{place}", text or "x") for place, text in enumerate(texts))):
        assert copy.document_id != copy.of
