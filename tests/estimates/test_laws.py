"""Laws of estimates: what must hold whatever is told, by whom, in which order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.estimates import POLICIES, Heard, estimate_all, take_positions
from cairn.records import Copy, Count, Status
from estimates.made import Pair, copied, killed, said, under

COUNTS = st.one_of(
    st.integers(0, 60).map(lambda number: Count(low=number, high=number)),
    st.integers(0, 60).map(lambda number: Count(low=number)),
    st.integers(1, 60).map(lambda number: Count(high=number)),
    st.integers(1, 60).map(lambda number: Count(low=number, high=number, approx=True)),
    st.tuples(st.integers(0, 30), st.integers(31, 60)).map(lambda ends: Count(low=ends[0], high=ends[1])),
    st.just(Count(low=24, approx=True)),
)
SPEAKERS = st.sampled_from([None, "ministry", "monitor", "residents", "Varo hospital"])
STATUSES = st.sampled_from([Status.ASSERTED, Status.ASSERTED, Status.FEARED, Status.SUPERSEDED])


@st.composite
def told(draw: st.DrawFn) -> list[Pair]:
    """Return figures of some voices, each in a report of its own."""
    drawn = draw(st.lists(st.tuples(SPEAKERS, COUNTS, STATUSES, st.integers(1, 9)), min_size=1, max_size=7))
    return [
        said(
            speaker,
            1,
            day=day,
            document=f"r-{number}",
            outlet=f"Outlet {number % 3}",
            count=count,
            status=status,
        )
        for number, (speaker, count, status, day) in enumerate(drawn)
    ]


def estimates(*pairs: Pair, copies: list[Copy] | None = None) -> dict[str, object]:
    """Return what each policy makes of the dead, without the reports and reasons."""
    made = estimate_all(killed(*pairs, copies=copies or []))
    return {name: (each.low, each.best, each.high, each.grade, each.origins) for name, each in made.items()}


@given(pairs=told(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_copies_whenever_printed_change_no_estimate(pairs: list[Pair], data: st.DataObject) -> None:
    lots = st.lists(
        st.tuples(st.sampled_from(pairs), st.integers(0, 12), st.sampled_from("ABCD")), max_size=6
    )
    again = [
        copied(pair, int(f"{pair[1].published:%d}") + late, f"Copying {outlet}")
        for pair, late, outlet in data.draw(lots)
    ]
    more = data.draw(st.permutations([*pairs, *(pair for pair, _ in again)]))
    assert estimates(*more, copies=[copy for _, copy in again]) == estimates(*pairs)


@given(pairs=told(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_new_voice_inside_the_range_leaves_it(pairs: list[Pair], data: st.DataObject) -> None:
    before = under("range", *pairs)
    if before.low is None or before.high is None:
        return
    low = data.draw(st.integers(before.low, before.high))
    high = data.draw(st.integers(low, before.high))
    new = said("a new voice", low, count=Count(low=low, high=high), document="r-new")
    after = under("range", *pairs, new)
    assert (after.low, after.high) == (before.low, before.high)


@given(pairs=told(), data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_order_of_claims_changes_nothing(pairs: list[Pair], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(pairs))
    assert take_positions(Heard(claims=shuffled)) == take_positions(Heard(claims=pairs))


@given(pairs=told())
@settings(max_examples=150, deadline=None)
def test_every_policy_orders_its_figures(pairs: list[Pair]) -> None:
    for name, made in estimate_all(killed(*pairs)).items():
        figures = [each for each in (made.low, made.best, made.high) if each is not None]
        assert figures == sorted(figures)
        assert name in POLICIES
