"""How firmly a figure stands, and whether it tells one attack or a sum: status and scope."""

from __future__ import annotations

from cairn.claims.bind import Binding
from cairn.claims.choose import Option, class_of
from cairn.claims.scene import Scene
from cairn.lexicon import Lexicon
from cairn.records import Moment, Period, Scope, Span, Status

FEAR_REACH = 6  # tokens before the verb of harm in which a doubt about it stands
NEAR = 8  # tokens around the harm in which words tell one attack from several
DAYS = (1, 3, 10, 45, 400)  # upper ends of the classes of length
COUNTS = (1, 5, 20, 60, 200, 1000)  # upper ends of the classes of size
PERFECT = frozenset({"has", "have", "had"})


def find_status(binding: Binding, lexicon: Lexicon, *, denied: bool) -> tuple[Status, Span | None]:
    """Return the status of a figure and the word that gives it."""
    if binding.replaced:
        return Status.SUPERSEDED, None
    if denied:
        return Status.DENIED, None
    view = binding.view
    low = min(binding.persons.last, binding.cue.first) - FEAR_REACH
    stop = max(binding.cue.first, binding.persons.first) + 1
    for index in range(max(0, low), min(stop, len(view.tokens))):
        if view.word(index) in lexicon.harms.feared and _is_doubt(binding, index):
            return Status.FEARED, view.tokens[index].span
    return Status.ASSERTED, None


def _is_doubt(binding: Binding, index: int) -> bool:
    """Say whether a word of doubt at ``index`` doubts the harm: "may have", "feared dead"."""
    view = binding.view
    word = view.word(index)
    if word in {"may", "might", "could"}:
        return view.word(index + 1) == "have"
    if word in {"expected", "likely", "suspected"}:
        return view.word(index + 1) in {"dead", "to"} and index > binding.persons.first
    return True


def scope_options(scene: Scene, period: Period | None, moment: Moment | None) -> list[Option[Scope]]:
    """Return the two scopes, with what speaks for a sum over several attacks."""
    binding, view = scene.binding, scene.binding.view
    count = binding.persons.value.count
    size = count.low if count.low is not None else count.high
    found = [*scene.traits, f"harm:{binding.harm}", f"role:{binding.cue.value.role}"]
    found.append("size:share" if size is None else "size:" + class_of(size, COUNTS))
    found.append("time:none" if period is None else "time:" + class_of(period.days, DAYS))
    if moment is not None:
        found.append(f"time:{moment.kind}")
    low = max(0, min(binding.cue.first, binding.persons.first) - NEAR)
    high = min(len(view.tokens), max(binding.cue.last, binding.persons.last) + NEAR)
    words = {view.word(index) for index in range(low, high)}
    found += [f"word:{word}" for word in sorted(words & scene.lexicon.means.summing)]
    if any(view.word(index) in PERFECT for index in range(binding.persons.last, binding.cue.first)):
        found.append("perfect")
    if binding.whole is not None:
        found.append("part")
    return [Option(Scope.INCIDENT, ()), Option(Scope.TALLY, ("bias", *found))]
