from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cairn.exports.order import nest
from cairn.records import Span
from exports.factory import claim, velmar_claims


def shape(claims):
    return [(entry.claim.id, entry.depth) for entry in nest(claims)]


def test_parts_stand_under_their_whole():
    shown = shape(velmar_claims())
    assert shown[:4] == [("49", 0), ("14", 1), ("3", 2), ("27", 0)]


def test_a_part_told_before_its_whole_still_stands_under_it():
    early = claim(Span(0, 3), id="part", part_of="whole")
    late = claim(Span(5, 9), id="whole")
    assert shape([early, late]) == [("whole", 0), ("part", 1)]


def test_an_unknown_whole_leaves_the_part_at_the_top():
    assert shape([claim(id="part", part_of="elsewhere")]) == [("part", 0)]


def test_a_circle_of_wholes_loses_nobody():
    circle = [claim(Span(n, n + 1), id=str(n), part_of=str((n + 1) % 3)) for n in range(3)]
    assert sorted(name for name, _ in shape(circle)) == ["0", "1", "2"]


@given(st.lists(st.none() | st.integers(0, 12), max_size=12))
def test_every_claim_is_shown_once_and_under_its_whole(wholes):
    claims = [
        claim(Span(n, n + 1), id=str(n), part_of=None if whole is None or whole == n else str(whole))
        for n, whole in enumerate(wholes)
    ]
    nested = nest(claims)
    assert sorted(int(entry.claim.id) for entry in nested) == list(range(len(claims)))
    for above, entry in pairwise(nested):
        assert entry.depth <= above.depth + 1
        if entry.depth == above.depth + 1:
            assert entry.claim.part_of == above.claim.id
