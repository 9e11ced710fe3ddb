from hypothesis import given
from hypothesis import strategies as st

from cairn.documents.copies.align import MAX_HOLE, Run, align, shingle
from cairn.documents.copies.prints import SHINGLE

FEW = st.lists(st.sampled_from("abc"), max_size=40)
MANY = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=40)


def aligned(here, there):
    return align(shingle(here), shingle(there))


def split(text):
    return text.split()


@given(FEW | MANY, FEW | MANY)
def test_runs_are_the_same_words_and_no_word_stands_in_two(here, there):
    runs = [run for stretch in aligned(here, there) for run in stretch]
    for run in runs:
        assert here[run.here : run.here + run.count] == there[run.there : run.there + run.count]
    places = [place for run in runs for place in range(run.here, run.here + run.count)]
    assert places == sorted(set(places))


@given(
    st.lists(st.integers(0, 10**6), min_size=SHINGLE, max_size=60, unique=True).map(lambda n: [*map(str, n)])
)
def test_a_text_is_its_own_copy(words):
    assert aligned(words, words) == [(Run(0, 0, len(words)),)]


def test_what_was_moved_is_found():
    first, second = split("the mill burned down at dawn"), split("a bus fell off the old bridge")
    [one, other] = aligned([*first, "x", *second], [*second, "y", *first])
    assert one == (Run(0, 8, 6),)
    assert other == (Run(7, 0, 7),)


def test_a_changed_word_parts_a_stretch_into_runs():
    here = split("the mill in tarn burned down at dawn and two men died in it they said")
    there = split("the mill in tarn burned down at noon and two men died in it they said")
    assert aligned(here, there) == [(Run(0, 0, 7), Run(8, 8, 8))]


def test_short_runs_are_found_in_the_holes_of_a_stretch():
    here = split("one two three four five big old mill six seven eight nine ten")
    there = split("one two three four five great old brick six seven eight nine ten")
    assert aligned(here, there) == [(Run(0, 0, 5), Run(6, 6, 1), Run(8, 8, 5))]


def test_a_larger_hole_parts_stretches():
    filler = [f"x{place}" for place in range(MAX_HOLE + 1)]
    first, second = split("one two three four five"), split("six seven eight nine ten")
    assert len(aligned([*first, *filler, *second], [*first, *second])) == 2
    assert len(aligned([*first, *filler[1:], *second], [*first, *second])) == 1


def test_the_longest_run_is_taken_first():
    phrase = split("in the town of tarn today")
    here = [*phrase, "more", "words", "that", "follow"]
    there = [*phrase, "other", *phrase, "more", "words", "that", "follow"]
    assert aligned(here, there) == [(Run(0, 7, 10),)]


def test_what_repeats_itself_starts_nothing():
    assert aligned(["a"] * 20_000, ["a"] * 20_000) == []
