"""Bind figures told without a noun that answer another figure: "the army says 17", "against 31 last year".

Such a figure names neither people nor a harm. It takes both from the figure that it answers: the nearest
before it in its sentence, else in the sentences right before.
"""

from __future__ import annotations

from collections.abc import Sequence

from cairn.claims.bind import Binding
from cairn.claims.view import At, View
from cairn.lexicon import Lexicon
from cairn.records import Cue, Harm, Persons, PersonsKind, Role

NEAR = 2  # sentences back to the figure that another answers
REACH = 8  # tokens between a noun of harm and its figure
FEWEST = 2  # lowest number meant by "several"
NOUNS = frozenset({Role.TOLL, Role.HEAD, Role.OF})
COUNTING = frozenset({PersonsKind.COUNTED, PersonsKind.ELLIPTIC})
TELLING = {
    "": frozenset({"obj", "ccomp", "xcomp"}),
    "of": frozenset({"obl", "obj"}),
    "at": frozenset({"obl"}),
}
"""How a figure hangs on a verb that tells it, by the preposition between them."""
MOVED = frozenset({"to", "at", "from", "of"})
"""What stands before the figure of a toll that is put, raised or brought somewhere."""


def bind_rivals(
    view: View, bound: Sequence[Binding], before: Sequence[Binding], lexicon: Lexicon
) -> list[Binding]:
    """Return the figures of a sentence that answer another, bound to the harm of that one.

    Args:
        view: the sentence; one without a tree tells of no such figure.
        bound: what is bound in it already.
        before: what the sentences before it bind, in reading order.
        lexicon: nouns for figures and verbs that tell them.
    """
    found: list[Binding] = []
    taken = {binding.persons.first for binding in bound}
    for persons in view.persons:
        if persons.value.kind is not PersonsKind.ELLIPTIC or persons.first in taken:
            continue
        if not _is_number(view, persons) or not _answers(view, persons, lexicon):
            continue
        own = _own_cue(view, persons, [*bound, *found])
        model = None if own else _answered(view, persons, [*bound, *found], before)
        if own is not None:
            cue, harm = own, own.value.harm
        elif model is not None:
            cue, harm = model.cue, model.harm
            # The harm may be told in a sentence before: here it then stands where the figure stands.
            cue = cue if model.view is view else At(persons.first, persons.first, cue.mention)
        else:
            continue
        found.append(Binding(view, persons, cue, harm, "a figure that answers another"))
    return found


def _is_number(view: View, persons: At[Persons]) -> bool:
    """Say whether a figure is a number of several people: neither "many", "both" nor "the one"."""
    count = persons.value.count
    low = count.low if count.low is not None else count.high
    few = low is None or low <= (FEWEST if count.approx else 1)
    return count.fraction is None and not few and view.word(persons.first) not in {"both", "the", "these"}


def _own_cue(view: View, persons: At[Persons], bound: Sequence[Binding]) -> At[Cue] | None:
    """Return the noun of harm in the figure's own clause that no other figure has: "put its dead at 41"."""
    used = {binding.cue.first for binding in bound}
    nouns = [
        cue
        for cue in view.cues
        if cue.first not in used
        and (cue.value.role in NOUNS or view.tokens[cue.first].dep in {"obj", "nsubj", "nsubj:pass"})
        and view.pos(cue.first) not in {"VERB", "AUX"}
    ]
    near = [cue for cue in nouns if abs(cue.first - persons.first) <= REACH]
    return min(near, key=lambda cue: abs(cue.first - persons.first)) if near else None


def _answers(view: View, persons: At[Persons], lexicon: Lexicon) -> bool:
    """Say whether the words around a figure give it as another count of what was counted before."""
    figure = _head(view, persons)
    if figure is None or _has_subject(view, figure, lexicon):
        return False
    words = lexicon.figures
    case = next(
        (t.lower for at, t in enumerate(view.tokens) if t.head == figure and t.dep == "case" and at < figure),
        "",
    )
    if case in words.comparing or view.word(persons.first - 1) in words.comparing:
        return True
    over = view.tokens[figure].head
    if over is None or over < 0:
        return _is_figure(view, figure, words.nouns)
    if view.word(over) in words.nouns and case in {"of", ""}:
        return view.tokens[figure].dep in {"nmod", "appos"}
    relation = (view.tokens[figure].dep or "").split(":")[0]
    if view.word(over) in words.telling and relation in TELLING.get(case, ()):
        return True
    moved = case in MOVED and relation == "obl" and view.pos(over) == "VERB"
    return (moved and _is_figure(view, over, words.nouns)) or _is_figure(view, figure, words.nouns)


def _has_subject(view: View, figure: int, lexicon: Lexicon) -> bool:
    """Say whether a number is told of something that is no figure: "I was nine"."""
    return any(
        token.head == figure and token.dep == "nsubj" and token.lower not in lexicon.figures.nouns
        for token in view.tokens
    )


def _head(view: View, persons: At[Persons]) -> int | None:
    """Return the token of a figure that hangs outside it."""
    inside = range(persons.first, persons.last)
    heads = [(at, view.tokens[at].head) for at in inside]
    return next((at for at, head in heads if head is not None and head not in inside), None)


def _is_figure(view: View, verb: int, nouns: frozenset[str]) -> bool:
    """Say whether a noun for a figure is the subject or the object of a verb, or of a figure after "is"."""
    return any(
        token.head == verb and token.dep in {"nsubj", "nsubj:pass", "obj"} and token.lower in nouns
        for token in view.tokens
    )


def _answered(
    view: View, persons: At[Persons], bound: Sequence[Binding], before: Sequence[Binding]
) -> Binding | None:
    """Return the figure that another answers."""
    here = [each for each in bound if _counts(each) and each.persons.last <= persons.first]
    near = here or [each for each in before if _counts(each) and view.number - each.view.number <= NEAR]
    last = [each for each in near if each.view is near[-1].view]
    killed = [each for each in last if each.harm is Harm.KILLED]
    return (killed or last)[-1] if last else None  # of dead and wounded it is the dead that are counted anew


def _counts(binding: Binding) -> bool:
    """Say whether a binding tells a figure that another can answer."""
    return binding.persons.value.kind in COUNTING and binding.whole is None
