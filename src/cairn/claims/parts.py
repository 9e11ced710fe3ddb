"""Bind people told as part of others: "including three children", "of whom two", "six in a village"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.claims.bind import RISING, Binding, bind_sentence
from cairn.claims.identified import bind_identified
from cairn.claims.outcomes import with_outcomes
from cairn.claims.rivals import bind_rivals
from cairn.claims.sums import with_sums
from cairn.claims.view import At, View
from cairn.claims.wholes import LIST_MARKS, VICTIM_WORDS, antecedent, find_whole, partitioned
from cairn.lexicon import Lexicon
from cairn.records import Cue, Harm, Persons, PersonsKind, Role

INCLUDING = frozenset({"including", "include", "includes", "included", "among", "amongst", "comprising"})
AMONG = frozenset({"among", "amongst"})
OF_THEM = frozenset({"them", "whom", "these", "those", "which"})
TOLLS = frozenset({"toll", "count", "figure", "estimate", "number", "tally"})
EARLIER = frozenset({"earlier", "previous", "initial", "preliminary", "provisional", "first"})
CLAUSE_REACH = 7  # tokens of a participle clause right after its noun
LIST_REACH = 12  # tokens from "including" to the last item of its list


def bind_report(views: Sequence[View], lexicon: Lexicon) -> list[Binding]:
    """Return the bindings of a whole report, in reading order: each sentence's own, then its parts."""
    own = with_outcomes([bind_sentence(view, lexicon) for view in views], views, lexicon)
    bound: list[Binding] = []
    for view, found in zip(views, own, strict=True):
        told = bind_parts(view, found, bound)
        identified = bind_identified(view, told, bound, lexicon)
        groups = {each.cue.first for each in identified}  # "Roe was one of the hostages" tells Roe alone
        told = [
            each for each in told if not groups.intersection(range(each.persons.first, each.persons.last))
        ]
        told += [_with_whole(view, each, told, bound) for each in identified]
        told += bind_rivals(view, told, bound, lexicon)
        bound += sorted(told, key=lambda binding: binding.persons.first)
    return with_sums(bound)


def bind_parts(view: View, bound: list[Binding], before: list[Binding]) -> list[Binding]:
    """Return ``bound`` with the parts that the sentence tells of its own or the last sentence's figures.

    Args:
        view: the sentence.
        bound: what its verbs and nouns of harm bind, in reading order.
        before: the bindings of the sentences before it.
    """
    taken = {binding.persons.first for binding in bound}
    found = [replace(each, replaced=each.replaced or _is_earlier(view, each.persons)) for each in bound]
    for persons in view.persons:
        if persons.first in taken:
            continue
        if persons.value.kind is PersonsKind.DEFINITE and not (
            _among_victims(view, persons) or view.word(persons.first - 1) == "including"
        ):
            continue
        part = (
            _replaced(view, persons, found)
            or _listed_part(view, persons, found, before)
            or _breakdown(view, persons, found)
        )
        if part:
            found.append(part)
    whole_named = [_with_whole(view, binding, found, before) for binding in found]
    return sorted(_turned(view, whole_named), key=lambda binding: binding.persons.first)


def _turned(view: View, bound: list[Binding]) -> list[Binding]:
    """Make the figure after "were among" the whole of those before it: "3 children were among 12 killed"."""
    for at in range(1, len(view.tokens)):
        if view.word(at) not in {"among", "amongst"} or view.pos(at - 1) != "AUX":
            continue
        whole = next((each for each in bound if at < each.persons.first <= at + 2), None)
        if whole is None or whole.persons.value.kind not in {PersonsKind.COUNTED, PersonsKind.ELLIPTIC}:
            continue
        alone = replace(whole, whole=None)
        end, turned = at, {whole.persons.first: alone}
        while view.pos(end - 1) in {"AUX", "ADV"}:
            end -= 1
        for each in sorted(bound, key=lambda binding: -binding.persons.first):
            if each.persons.last == end and each.harm is whole.harm:
                turned[each.persons.first] = replace(each, whole=alone)
                end = each.persons.first
                while view.word(end - 1) in LIST_MARKS:
                    end -= 1
        bound = [turned.get(each.persons.first, each) if each.harm is whole.harm else each for each in bound]
    return bound


def _replaced(view: View, persons: At[Persons], bound: list[Binding]) -> Binding | None:
    """Bind "20" of "up from 20" or "an earlier toll of 20" as a figure that another has replaced."""
    words = [view.word(persons.first - step) for step in (1, 2, 3, 4)]
    risen = words[0] == "from" and set(words[1:]) & RISING
    earlier = _is_earlier(view, persons)
    cut = words[0] == "from" and view.word(persons.last) == "to"
    model = min(bound, key=lambda b: abs(b.persons.first - persons.first)) if bound else None
    if model is None:
        return None
    cut = cut and model.cue.value.role is Role.TOLL and model.persons.first == persons.last + 1
    if not (risen or earlier or cut):
        return None
    cue = At(persons.first, persons.first, model.cue.mention)
    return Binding(view, persons, cue, model.harm, "an earlier figure, replaced", replaced=True)


def _is_earlier(view: View, persons: At[Persons]) -> bool:
    """Say whether "an earlier toll of" stands right before the figure."""
    of, toll, *before = (view.word(persons.first - step) for step in (1, 2, 3, 4))
    return of == "of" and toll in TOLLS and bool(EARLIER.intersection(before))


def _listed_part(
    view: View, persons: At[Persons], bound: list[Binding], before: list[Binding]
) -> Binding | None:
    """Bind "three doctors" of "including three doctors" to the harm of the whole."""
    among = _among_victims(view, persons)
    if among is not None:
        whole = find_whole(view, persons, bound, before, among)
        cue = At(persons.last, persons.last, whole.cue.mention) if whole else _next_cue(view, persons, among)
        if cue is not None:
            return Binding(view, persons, cue, among, "said to be among the victims", whole)
    part = _is_part_of_harmed(view, persons, bound)
    named = persons.value.kind is PersonsKind.NAMED and not persons.value.certain and not part
    known = persons.value.kind in {PersonsKind.NAMED, PersonsKind.DEFINITE} and part is False
    if named or known or not (_is_of_others(view, persons) or _opens_part(view, persons)):
        return None
    harm = _victim_word(view, persons)
    whole = find_whole(view, persons, bound, before, harm)
    if whole is None:
        return None
    # The harm may be told in the sentence before: here it then stands where the figure stands.
    cue = whole.cue if whole.view is view else At(persons.first, persons.first, whole.cue.mention)
    return Binding(view, persons, cue, harm or whole.harm, "told as part of another figure", whole)


def _is_of_others(view: View, persons: At[Persons]) -> bool:
    """Say whether the phrase, or what follows it, counts some of others: "two of them", "one among them"."""
    if view.word(persons.last) in {"among", "amongst"} and view.word(persons.last + 1) in OF_THEM:
        return True
    inside = any(view.word(index) in OF_THEM for index in range(persons.first + 1, persons.last))
    return inside and not _acts(view, persons)


def _acts(view: View, persons: At[Persons]) -> bool:
    """Say whether the phrase is the subject of a verb, which tells its own of it: "one of them said"."""
    return any(
        token.dep == "nsubj" and token.head is not None and view.pos(token.head) == "VERB"
        for token in view.tokens[persons.first : persons.last]
    )


def _is_part_of_harmed(view: View, persons: At[Persons], bound: list[Binding]) -> bool | None:
    """Say whether the tree makes the phrase a part of people whom something harms; ``None`` if of nobody."""
    heads = {view.tokens[at].head for at in range(persons.first, persons.last)}
    whole = next(
        (p for p in view.persons if p.last <= persons.first and heads & set(range(p.first, p.last))), None
    )
    return None if whole is None else any(b.persons.first == whole.first for b in bound)


def _opens_part(view: View, persons: At[Persons]) -> bool:
    """Say whether the words before the phrase open a list of parts."""
    index = persons.first - 1
    while index >= 0 and persons.first - index <= LIST_REACH:
        word = view.word(index)
        if word in INCLUDING or (word in OF_THEM and view.word(index - 1) in {"of", "among", "amongst"}):
            return True
        in_list = (
            word in LIST_MARKS
            or word in VICTIM_WORDS
            or word in {"the", "those", "were", "was", "are", "at", "least", "also", "women", "children"}
            or any(other.first <= index < other.last for other in view.persons)
            or view.pos(index) in {"ADJ", "NOUN", "DET"}
        )
        if not in_list:
            return False
        index -= 1
    # "one of them a woman": the phrase itself holds the words.
    return False


def _among_victims(view: View, persons: At[Persons]) -> Harm | None:
    """Return the harm of "three children (and a nurse) were among the dead"."""
    index = persons.last
    while view.word(index) in {"and", ","} and (
        following := next((other for other in view.persons if other.first in {index + 1, index + 2}), None)
    ):
        index = following.last
    if view.pos(index) == "VERB":  # "three drivers manning the depot were among the dead"
        index = next((i for i in range(index, index + CLAUSE_REACH) if view.pos(i) == "AUX"), index)
    while view.pos(index) in {"AUX", "ADV"}:
        index += 1
    if view.word(index) not in {"among", "amongst"}:
        return None
    return next(
        (VICTIM_WORDS[w] for step in (1, 2, 3) if (w := view.word(index + step)) in VICTIM_WORDS), None
    )


def _next_cue(view: View, persons: At[Persons], harm: Harm) -> At[Cue] | None:
    """Return the next word of the harm after a phrase: "the dead" of figures that are told nowhere."""
    return next((cue for cue in view.cues if cue.first >= persons.last and cue.value.harm is harm), None)


def _victim_word(view: View, persons: At[Persons]) -> Harm | None:
    """Return the harm of "among the dead were", when the list says whose part it is."""
    for index in range(persons.first - 1, max(-1, persons.first - LIST_REACH), -1):
        if view.word(index) in VICTIM_WORDS and view.word(index - 1) in {"the", "those"}:
            return VICTIM_WORDS[view.word(index)]
    return None


def _breakdown(view: View, persons: At[Persons], bound: list[Binding]) -> Binding | None:
    """Bind "six in a village" or "a nurse in another" after "15 died in Manbij and"."""
    if (
        persons.value.kind not in {PersonsKind.ELLIPTIC, PersonsKind.COUNTED, PersonsKind.SINGLE}
        or view.word(persons.first - 1) not in {"and", ","}
        or view.word(_over_age(view, persons.last)) not in {"in", "at", "near", "from"}
    ):
        return None
    before = [binding for binding in bound if binding.persons.first < persons.first]
    if not before:
        return None
    sibling = before[-1]
    if persons.value.kind is not PersonsKind.ELLIPTIC and any(
        view.pos(index) == "VERB" for index in range(sibling.cue.last, persons.first)
    ):
        return None  # what follows another verb is its own clause
    return Binding(view, persons, sibling.cue, sibling.harm, "continues the figure before it", sibling.whole)


def _over_age(view: View, index: int) -> int:
    """Return the index after "of 59", the age of somebody told before."""
    return index + 2 if view.word(index) == "of" and view.pos(index + 1) == "NUM" else index


def _with_whole(view: View, binding: Binding, bound: list[Binding], before: list[Binding]) -> Binding:
    """Name the whole of a phrase that a verb reaches: "3 were among the dead", "killed 9, 3 of them boys"."""
    if binding.whole is not None:
        return binding
    total = _total_before_colon(view, binding, bound)
    if total is not None:
        return replace(binding, whole=total)
    others = [each for each in bound if each is not binding]
    if _among_after(view, binding) or _told_as_among(view, binding):
        whole = find_whole(view, binding.persons, others, before, binding.harm)
    elif _follows_of_whom(view, binding.persons):
        whole = find_whole(view, binding.persons, others, [], binding.harm) or antecedent(binding, others)
    elif _is_of_others(view, binding.persons):
        here = find_whole(view, binding.persons, others, [], binding.harm) or antecedent(binding, others)
        whole = here or find_whole(view, binding.persons, others, before, binding.harm)
    else:
        whole = partitioned(view, binding, others, before)
    return replace(binding, whole=whole) if whole is not None else binding


def _told_as_among(view: View, binding: Binding) -> bool:
    """Say whether "among the dead was" or "the dead include" tells the phrase: a part of them."""
    cue = binding.cue
    if cue.last > binding.persons.first:
        return False
    among = view.word(cue.first - 2) in AMONG and view.word(cue.first - 1) in {"the", "those"}
    verb = cue.last
    while view.pos(verb) in {"AUX", "ADV"}:  # "the dead also included"
        verb += 1
    return among or view.word(verb) in INCLUDING


def _follows_of_whom(view: View, persons: At[Persons]) -> bool:
    """Say whether "of whom" or "of them" stands right before: "eleven priests, of whom three died"."""
    return view.word(persons.first - 1) in OF_THEM and view.word(persons.first - 2) == "of"


def _total_before_colon(view: View, binding: Binding, bound: list[Binding]) -> Binding | None:
    """Return the total that a list after a colon breaks down: "21 were killed: 15 in Kano and six ..."."""
    colon = next((i for i in range(binding.persons.first) if view.word(i) == ":"), None)
    if colon is None:
        return None
    size = binding.persons.value.count.low or 0
    return next(
        (
            other
            for other in bound
            if other.persons.last <= colon
            and other.harm is binding.harm
            and size < (other.persons.value.count.low or 0)
        ),
        None,
    )


def _among_after(view: View, binding: Binding) -> bool:
    """Say whether the words after the phrase put it among the victims."""
    words = [view.word(index) for index in range(binding.persons.last, binding.cue.last)]
    return "among" in words or "amongst" in words
