"""The numbers that were asked for, on a small bed; ``benchmarks/copies.py`` has the large one."""

from collections import Counter

import pytest

from cairn.documents import CopyIndex, add_documents, find_copies
from documents.copies.bed import make_bed
from documents.copies.score import score_bed

HARDER = ("rewritten", "excerpted")
"""Alterations beyond those that were asked for."""


@pytest.fixture(scope="module")
def score():
    made = list(make_bed(101, 400, outlets=20, copy_share=1.0))
    copies = list(find_copies(add_documents(CopyIndex(), [each.document for each in made])))
    return score_bed(made, copies)


def test_copies_are_found(score):
    asked = [each for each in score.found if each not in HARDER]
    assert sum(score.found[each] for each in asked) >= 0.98 * sum(score.made[each] for each in asked)
    assert sum(score.found.values()) >= 0.95 * sum(score.made.values())


def test_independent_reports_are_left_alone(score):
    assert score.independent > 1_500
    assert len(score.wrongly_called) <= 0.005 * score.independent


@pytest.mark.parametrize(
    ("alteration", "kind"),
    [
        ("reheadlined", "whole"),
        ("edited", "whole"),
        ("trimmed", "trimmed"),
        ("inserted", "extended"),
        ("spliced", "spliced"),
        ("embedded", "partial"),
    ],
)
def test_copies_are_known_as_what_they_are(score, alteration, kind):
    kinds = score.kinds[alteration]
    assert kinds[kind] >= 0.85 * kinds.total()


def test_the_bed_is_the_same_every_time():
    one, other = ([each.document.text for each in make_bed(5, 4)] for _ in range(2))
    assert one == other
    assert Counter(one).most_common(1)[0][1] == 1
