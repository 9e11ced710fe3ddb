"""Find the figure whose people include some others: the nearest before them that can."""

from __future__ import annotations

from cairn.claims.bind import Binding
from cairn.claims.view import At, View
from cairn.records import Harm, Persons

LIST_MARKS = frozenset({",", "and", "or", "&", "-", "–", "—", "(", ":"})
JOINING = frozenset({",", "and", "or", "&"})
VICTIM_WORDS = {
    "dead": Harm.KILLED,
    "killed": Harm.KILLED,
    "deaths": Harm.KILLED,
    "fatalities": Harm.KILLED,
    "wounded": Harm.INJURED,
    "injured": Harm.INJURED,
    "casualties": Harm.CASUALTIES,
    "victims": Harm.KILLED,
    "arrested": Harm.DETAINED,
    "detained": Harm.DETAINED,
    "detainees": Harm.DETAINED,
    "missing": Harm.MISSING,
    "kidnapped": Harm.ABDUCTED,
    "abducted": Harm.ABDUCTED,
    "hostages": Harm.ABDUCTED,
    "displaced": Harm.DISPLACED,
}
PARTITION_REACH = 8  # sentences between a figure and "one of the wounded" of it


def find_whole(
    view: View, persons: At[Persons], bound: list[Binding], before: list[Binding], harm: Harm | None
) -> Binding | None:
    """Return the binding whose people include the phrase: the nearest before it, this sentence first.

    Args:
        view: the sentence.
        persons: the phrase.
        bound: the bindings of the sentence.
        before: those of the sentences before it, in reading order.
        harm: that the whole suffered; any where it is ``None``.
    """
    here = [
        binding
        for binding in bound
        if binding.persons.first < persons.first
        and not binding.replaced
        and (binding.whole is None or binding.whole.view is not view)
        and (harm is None or binding.harm is harm)
    ]
    alone = [binding for binding in here if not _is_listed_with(view, binding.persons, persons)]
    if alone or (here and harm is None):
        return _root(max(alone or here, key=lambda binding: binding.persons.first), view)
    near = [
        binding
        for binding in before
        if view.number - binding.view.number <= 2
        and binding.whole is None
        and not binding.replaced
        and (harm is None or binding.harm is harm)
    ]
    if near:
        return near[-1]
    return _root(max(here, key=lambda binding: binding.persons.first), view) if here else None


def _is_listed_with(view: View, one: At[Persons], other: At[Persons]) -> bool:
    """Say whether two phrases are items of one list: "seven children and four women were among the dead"."""
    between = {view.word(at) for at in range(one.last, other.first)}
    return bool(between) and between <= JOINING


def _root(binding: Binding, view: View) -> Binding:
    """Climb from a part to its whole while both stand in one sentence."""
    while binding.whole is not None and binding.whole.view is view and binding.whole is not binding:
        binding = binding.whole
    return binding


def antecedent(binding: Binding, bound: list[Binding]) -> Binding | None:
    """Return the figure right before "of them" in its sentence, whatever harm it suffered."""
    size = binding.persons.value.count.low or 0
    before = [each for each in bound if each.persons.last <= binding.persons.first]
    counted = [each for each in before if (each.persons.value.count.low or 0) > size and not each.replaced]
    return counted[-1] if counted else None


def partitioned(view: View, binding: Binding, bound: list[Binding], before: list[Binding]) -> Binding | None:
    """Return whose part "one of the wounded" or "three of the suspects" is: by its harm or noun."""
    persons = binding.persons
    of = next((i for i in range(persons.first, persons.last) if view.word(i) == "of"), None)
    if of is None or view.word(of + 1) not in {"the", "those", "these"}:
        return None
    words = [view.word(i) for i in range(of + 2, persons.last + 1)]
    harm = next((VICTIM_WORDS[word] for word in words if word in VICTIM_WORDS), None)
    size = persons.value.count.low or 0
    earlier = [b for b in bound if b.persons.last <= persons.first]
    for each in reversed([*before, *earlier]):
        if each.replaced or each.whole is not None or (each.persons.value.count.low or 0) <= size:
            continue
        if view.number - each.view.number > PARTITION_REACH:
            return None
        if harm is each.harm if harm is not None else _noun(each) == _noun(binding) != "":
            return each
    return None


def _noun(binding: Binding) -> str:
    """Return the last word of the people's noun."""
    noun = binding.persons.value.noun
    return binding.view.word(binding.view.index_of(noun.end - 1)) if noun is not None else ""
