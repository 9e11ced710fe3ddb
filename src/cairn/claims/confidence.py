"""How likely a claim and each of its slots are right: named traits, weighed as annotated reports taught.

A choice between options comes with the probability that its weights give it; what rules bind comes with what
the rules saw. Both are traits of a logistic regression for each slot, whose weights stand in
``lexicon/en/confidence.json``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from cairn.claims.bind import Binding
from cairn.claims.choose import Choice, class_of
from cairn.claims.discourse import Setting
from cairn.records import Count, Group, Scope, Status

SLOTS = (
    "claim", "count", "victims", "perpetrator", "means", "place", "time", "speakers", "status", "scope",
    "part_of",
)  # fmt: skip
"""What gets a confidence, in the order in which it is kept: the claim itself, then its annotated slots.

Of ``victims`` it is that of the groups, of ``speakers`` that of the first. What was hit and the incident have
none: no annotated report carries the one, and the other is a view over all claims.
"""
SUREST = 5.0
"""Log-odds at which the probability of a choice is cut off: 0.993; beyond it the weights only overstate."""
DIGITS = 3
"""Of a confidence; coarser than any difference between the arithmetic of two machines."""
SIZES = (1, 5, 20, 100, 1000)  # upper ends of the classes of a figure's size
REACHES = (0, 2, 5, 10)  # upper ends of the classes of tokens between a figure and its harm
CROWDS = (1, 2, 4)  # upper ends of the classes of figures in one sentence
LEDE = 1  # number of the last sentence that sums up what a report goes on to tell
PART_REACH = 6  # tokens before a figure in which words tell it as a part
PLAIN_NOUNS = frozenset(
    {"people", "persons", "person", "others", "other", "more", "victims", "lives", "casualties", "dead"}
)
"""Nouns that tell no group."""
PART_WORDS = frozenset(
    {
        "including",
        "among",
        "amongst",
        "them",
        "whom",
        "those",
        "others",
        "other",
        "another",
        "further",
        "more",
    }
)
TOLD = {
    "s0": "here", "same-paragraph": "same-paragraph", "tree:under-harm": "under-harm",
    "taken-before": "as-before", "taken-by-whole": "as-whole", "taken": "taken", "covers": "covers",
    "beside-same-figure": "retold", "turn-between": "turn-between", "at-saying": "at-saying",
    "at-saying:here": "at-saying", "role:ARGM-TMP": "role-time", "only-time-in-report": "only-one",
    "dateline": "dateline", "dateline:nothing-told-yet": "dateline-first", "unsettled": "unsettled",
    "refined-nearby": "refined-nearby", "beside-more-exact": "beside-more-exact", "refines-here": "refines",
    "says-of-something-else": "off-matter", "none:told-here": "told-here", "none:last-told": "last-told",
    "none:large": "large", "none:nobody-speaks": "nobody-speaks", "none:no-time-in-report": "no-time",
}  # fmt: skip
"""Features of a chosen option that say how far it can be trusted, and the trait that each is here.

Most were guessed; five were added because they made held-out train likelier.
"""

Traits = Mapping[str, float]
"""Trait -> how much of it there is; most are 1.0 where they hold."""


def confidence_of(
    setting: Setting,
    before: Sequence[Setting],
    status: Status,
    groups: tuple[Group, ...],
    weights: Mapping[str, Traits],
) -> tuple[tuple[str, float], ...]:
    """Return the calibrated probability of a claim and of each of its slots.

    Args:
        setting: the figure with what was chosen for it.
        before: the figures told before it in the report.
        status: as the claim has it.
        groups: of the victims, as the claim has them.
        weights: slot -> trait -> weight; a slot without weights gets no confidence.
    """
    traits = traits_of(setting, before, status, groups)
    return tuple((slot, _probability(traits[slot], weights[slot])) for slot in SLOTS if slot in weights)


def _probability(traits: Traits, weights: Traits) -> float:
    """Return the logistic of the weighted sum, rounded."""
    total = math.fsum(weights.get(trait, 0.0) * amount for trait, amount in traits.items())
    return round(1.0 / (1.0 + math.exp(-total)), DIGITS)


def traits_of(
    setting: Setting, before: Sequence[Setting], status: Status, groups: tuple[Group, ...]
) -> dict[str, Traits]:
    """Return the traits of a claim and of each slot, ``bias`` among them; see ``confidence_of``."""
    figure = _figure_traits(setting.binding)
    chosen: dict[str, Choice[Any]] = {
        "perpetrator": setting.done,
        "means": setting.armed,
        "place": setting.placed,
        "time": setting.timed,
        "speakers": setting.voiced,
        "scope": setting.scoped,
    }
    found: dict[str, Traits] = {slot: _choice_traits(choice, figure) for slot, choice in chosen.items()}
    tally = {f"tally:{setting.scoped.value is Scope.TALLY}": 1.0}
    found["scope"] = {**found["scope"], **tally}
    found["place"] = {**found["place"], **tally, **_place_traits(setting)}
    found["time"] = {**found["time"], **tally, **_time_traits(setting)}
    found["claim"] = {**figure, **_binding_traits(setting.binding)}
    found["count"] = {**figure, **_count_traits(setting.binding.persons.value.count)}
    found["victims"] = {**figure, **_group_traits(setting, groups)}
    found["status"] = {**figure, f"status:{status}": 1.0}
    found["part_of"] = {**figure, **_part_traits(setting, before)}
    return found


def _choice_traits(choice: Choice[Any], figure: Traits) -> dict[str, float]:
    """Return the traits of a choice: the log-odds that its weights give it, and how it was told."""
    share = min(max(choice.probability, 1e-9), 1.0 - 1e-9)
    sure = max(-SUREST, min(SUREST, math.log(share / (1.0 - share))))
    traits = {"bias": 1.0, "sure": sure}
    if choice.value is None:
        traits |= {"nothing": 1.0, "nothing:sure": sure}
    traits |= {f"told:{TOLD[feature]}": 1.0 for feature in choice.features if feature in TOLD}
    return traits | {trait: 1.0 for trait in ("part", "headline") if trait in figure}


def _figure_traits(binding: Binding) -> dict[str, float]:
    """Return what the figure itself is."""
    persons = binding.persons.value
    traits = {"bias": 1.0, f"kind:{persons.kind}": 1.0, f"harm:{binding.harm}": 1.0}
    if binding.whole is not None:
        traits["part"] = 1.0
    if binding.view.number == 0:
        traits["headline"] = 1.0
    if not persons.certain:
        traits["uncertain-noun"] = 1.0
    if binding.replaced:
        traits["replaced"] = 1.0
    return traits


def _binding_traits(binding: Binding) -> dict[str, float]:
    """Return how figure and harm stand to each other."""
    persons, cue, view = binding.persons, binding.cue, binding.view
    apart = max(cue.first - persons.last, persons.first - cue.last, 0)
    between = range(min(persons.last, cue.last), max(persons.first, cue.first))
    traits = {
        f"role:{cue.value.role}": 1.0,
        f"voice:{cue.value.voice}": 1.0,
        f"apart:{class_of(apart, REACHES)}": 1.0,
        f"figures:{class_of(len(view.persons), CROWDS)}": 1.0,
        f"kind-role:{persons.value.kind}:{cue.value.role}": 1.0,
    }
    if any(view.pos(index) == "VERB" for index in between):
        traits["verb-between"] = 1.0
    if not any(token.pos in {"VERB", "AUX"} for token in view.tokens):
        traits["no-verb"] = 1.0
    if persons.value.count.is_zero:
        traits["zero"] = 1.0
    if not persons.value.groups:
        traits["no-group"] = 1.0
    return traits


def _count_traits(count: Count) -> dict[str, float]:
    """Return how the number is told."""
    size = count.low if count.low is not None else count.high
    traits = {"size:" + ("share" if size is None else class_of(size, SIZES)): 1.0}
    if count.approx:
        traits["approx"] = 1.0
    if count.low is None or count.high is None:
        traits["open"] = 1.0
    elif count.low != count.high:
        traits["range"] = 1.0
    return traits


def _group_traits(setting: Setting, groups: tuple[Group, ...]) -> dict[str, float]:
    """Return what is told of the victims, and whether their noun tells more than was understood."""
    persons = setting.binding.persons.value
    traits = {f"groups:{len(groups)}": 1.0} | {f"group:{group}": 1.0 for group in groups}
    if persons.noun is None:
        return traits | {"no-noun": 1.0}
    tokens = [t for t in setting.binding.view.tokens if persons.noun.start <= t.span.start < persons.noun.end]
    if {token.lower for token in tokens} <= PLAIN_NOUNS:
        traits["plain-noun"] = 1.0
    elif groups == (Group.UNSPECIFIED,):
        traits["noun-not-understood"] = 1.0
    traits["words:" + class_of(len(tokens), (1, 2, 4))] = 1.0
    return traits


def _place_traits(setting: Setting) -> dict[str, float]:
    """Return how exact the chosen place is and whether a gazetteer knows it."""
    if setting.placed.value is None:
        return {}
    locality = setting.placed.value.value
    traits = {f"place:{locality.kind}": 1.0}
    if locality.adjectival:
        traits["adjective"] = 1.0
    if locality.place.geonames_id is None:
        traits["unknown-place"] = 1.0
    if locality.place.country is None:
        traits["no-country"] = 1.0
    return traits


def _time_traits(setting: Setting) -> dict[str, float]:
    """Return how the chosen time is told and how long it is."""
    if setting.timed.value is None or setting.period is None:
        return {}
    days = setting.period.days
    return {
        f"time:{setting.timed.value.value.kind}": 1.0,
        "days:" + class_of(days, (1, 7, 45, 400)): 1.0,
    }


def _part_traits(setting: Setting, before: Sequence[Setting]) -> dict[str, float]:
    """Return what speaks for a whole that was not read, or for one that was read wrongly."""
    binding, view = setting.binding, setting.binding.view
    if binding.whole is not None:
        return {"whole": 1.0, "whole-here" if binding.whole.view is view else "whole-elsewhere": 1.0}
    low, high = max(0, binding.persons.first - PART_REACH), binding.persons.last
    traits = {"no-whole": 1.0}
    if PART_WORDS & {view.word(index) for index in range(low, high)}:
        traits["words-of-parts"] = 1.0
    if any(view.word(i) == "of" and view.word(i + 1) in {"the", "those"} for i in range(low, high)):
        traits["some-of-the"] = 1.0
    larger = [other.binding for other in before if _is_larger(other.binding, binding)]
    if larger:
        traits["larger-before"] = 1.0
    if any(other.view.number <= LEDE for other in larger):
        traits["larger-in-lede"] = 1.0
    return traits


def _is_larger(other: Binding, binding: Binding) -> bool:
    """Say whether a figure of the same harm counts more people."""
    size, own = other.persons.value.count.low, binding.persons.value.count.low
    return other.harm is binding.harm and size is not None and own is not None and size > own
