"""Laws of what fits together, for whatever claims are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.records import (
    Count,
    Fit,
    Group,
    Scope,
)
from estimates.fitting import QUARTER, TOWN, WEEK, between, day, fit, of, parts
from estimates.made import Pair, said

KEYS = ((), (Group.CHILD,), (Group.WOMAN,), (Group.MAN,), (Group.CIVILIAN,), (Group.COMBATANT,))


@st.composite
def truths(draw: st.DrawFn) -> dict[tuple[Group, ...], int]:
    """Draw how many of each group were killed: ages divide all, and so do civilians and combatants."""
    child, woman, man = (draw(st.integers(0, 12)) for _ in range(3))
    everybody = child + woman + man + draw(st.integers(0, 5))
    civilian = draw(st.integers(0, everybody))
    return dict(zip(KEYS, (everybody, child, woman, man, civilian, everybody - civilian), strict=True))


@st.composite
def true_claims(draw: st.DrawFn, truth: dict[tuple[Group, ...], int], speakers: Sequence[str]) -> Pair:
    """Draw a claim that is true."""
    key = draw(st.sampled_from(KEYS))
    number = truth[key]
    low = draw(st.none() | st.just(number) | st.integers(0, number))
    high = (
        draw(st.just(number) | st.integers(number, number + 9))
        if low is None
        else draw(st.none() | st.just(number) | st.integers(number, number + 9))
    )
    return said(
        draw(st.sampled_from(speakers)),
        low,
        high=high,
        day=draw(st.integers(1, 9)),
        document=draw(st.uuids()).hex,
        victims=of(*(key or (Group.UNSPECIFIED,))),
    )


@st.composite
def true_reports(draw: st.DrawFn, truth: dict[tuple[Group, ...], int]) -> list[Pair]:
    """Draw a total with parts that divide it, all true."""
    everybody = truth[()]
    whole = said("monitor", everybody, document=draw(st.uuids()).hex, day=9)
    first = draw(st.integers(0, everybody))
    second = draw(st.integers(0, everybody - first))
    return [whole, *parts(whole, first, second, day=9)]


def holds(made: Fit, truth: dict[tuple[Group, ...], int]) -> bool:
    return all(
        each.low is not None
        and each.low <= truth[each.quantity.groups]
        and (each.high is None or truth[each.quantity.groups] <= each.high)
        for each in made.bounds
    )


@given(data=st.data(), truth=truths())
@settings(max_examples=60, deadline=None)
def test_when_all_is_true_the_truth_fits(data: st.DataObject, truth: dict[tuple[Group, ...], int]) -> None:
    voices = ("ministry", "monitor", "residents")
    told = data.draw(st.lists(true_claims(truth, voices), min_size=1, max_size=8))
    made = fit(*told, *data.draw(true_reports(truth)))
    assert holds(made, truth)
    assert made.contradictions == made.rivals == ()


@st.composite
def true_counts(draw: st.DrawFn, number: int) -> Count:
    """Draw bounds that hold a number."""
    low, high = draw(st.integers(0, number)), draw(st.integers(number, number + 9))
    return draw(
        st.sampled_from(
            [Count(low=number, high=number), Count(low=low, high=high), Count(low=low), Count(high=high)]
        )
    )


@given(data=st.data(), tolls=st.lists(st.integers(0, 20), min_size=1, max_size=4), others=st.integers(0, 9))
@settings(max_examples=50, deadline=None)
def test_when_all_is_true_tallies_and_incidents_fit(
    data: st.DataObject, tolls: list[int], others: int
) -> None:
    voices = st.sampled_from(["ministry", "monitor"])
    told = [
        said(
            data.draw(voices),
            0,
            document=f"i{number}",
            incident=f"i{number}",
            place=QUARTER,
            time=day(12),
            count=data.draw(true_counts(toll)),
        )
        for number, toll in enumerate(tolls)
    ]
    total = sum(tolls) + others
    tally = said(
        data.draw(voices),
        0,
        document="t",
        scope=Scope.TALLY,
        place=TOWN,
        time=WEEK,
        count=data.draw(true_counts(total)),
    )
    made = fit(*told, tally, incident="i0")
    assert made.contradictions == ()
    for each in made.bounds:
        truth = tolls[0] if each.quantity.tally is None else total
        assert each.low is not None
        assert each.low <= truth
        assert each.high is None or truth <= each.high


@given(data=st.data(), truth=truths())
@settings(max_examples=50, deadline=None)
def test_a_true_claim_more_never_widens_what_fits(
    data: st.DataObject, truth: dict[tuple[Group, ...], int]
) -> None:
    told = data.draw(st.lists(true_claims(truth, ("ministry", "monitor")), min_size=1, max_size=6))
    more = data.draw(true_claims(truth, ["a voice not heard before"]))
    before, after = fit(*told), fit(*told, more)
    for each in before.bounds:
        if each.origin is None:
            low, high = between(after, *each.quantity.groups)
            assert low is not None
            assert each.low is not None
            assert low >= each.low
            assert each.high is None or (high is not None and high <= each.high)


ANY_CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(["ministry", "monitor", "residents"]),
        st.integers(1, 30),
        st.sampled_from([Group.UNSPECIFIED, *(key[0] for key in KEYS if key)]),
        st.booleans(),
    ),
    min_size=2,
    max_size=9,
    unique_by=lambda each: each[0] + str(each[2]),
)


@given(told=ANY_CLAIMS, data=st.data())
@settings(max_examples=50, deadline=None)
def test_the_order_of_claims_changes_nothing_and_no_contradiction_has_a_claim_too_many(
    told: list[tuple[str, int, Group, bool]], data: st.DataObject
) -> None:
    pairs = [
        said(speaker, low, high=None if open_ended else "same", document=f"r{number}", victims=of(group))
        for number, (speaker, low, group, open_ended) in enumerate(told)
    ]
    made = fit(*pairs)
    assert fit(*data.draw(st.permutations(pairs))) == made
    for found in made.contradictions:
        held = [pair for pair in pairs if pair[0].id in found.claims]
        assert fit(*held).contradictions
        for left in held:
            assert not fit(*(pair for pair in held if pair is not left)).contradictions
