import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.documents.copies.prints import SHINGLE, WINDOW, hash_shingles, make_prints

WORDS = st.lists(st.sampled_from(["tarn", "shells", "hit", "a", "market", "on", "monday", "12"]), max_size=30)
SURE = SHINGLE + WINDOW - 1
"""Words in a row that two texts share from which they share a fingerprint."""


@given(WORDS, WORDS, WORDS, WORDS, st.lists(st.sampled_from("bcdefgh"), min_size=SURE, max_size=20))
def test_a_shared_run_of_words_is_always_seen(before, after, other_before, other_after, run):
    one, other = " ".join([*before, *run, *after]), " ".join([*other_before, *run, *other_after])
    assert len(np.intersect1d(make_prints(one), make_prints(other)))


@given(WORDS)
def test_fingerprints_are_hashes_of_shingles_ascending_and_each_once(words):
    prints = make_prints(" ".join(words)).tolist()
    shingles = hash_shingles(words).tolist()
    assert prints == sorted(set(prints))
    assert set(prints) <= set(shingles)
    assert bool(prints) == (len(words) >= SHINGLE)
    assert len(shingles) == max(len(words) - SHINGLE + 1, 0)


def test_hashes_are_the_same_in_every_process():
    """They may be kept, so they must not change with the process or the version."""
    assert hash_shingles(["Shells", "hit", "a", "market", "on", "Monday"]).tolist() == [
        3108699648,
        22393707,
    ]


def test_case_and_punctuation_do_not_matter():
    assert (
        make_prints("SHELLS hit, a market — on Monday!").tolist()
        == make_prints("shells Hit a “market” on Monday").tolist()
    )


@pytest.mark.parametrize(
    "apart",
    ['"We saw it all from the roof of the old mill."', "Subscribe to our newsletter for more of this."],
)
def test_quotations_and_furniture_leave_no_fingerprint(apart):
    own = "The mayor of the town asked the people to stay off the roads until the pipes are mended. " * 3
    assert set(make_prints(f"{own}\n{apart}").tolist()) & set(make_prints(apart).tolist()) == set()
    assert len(make_prints(apart))  # but a text that is nothing else is known by them
