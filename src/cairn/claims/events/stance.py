"""Tell how an act stands to what has happened, from the words that stand over it in the tree."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.claims.deeds import case_of
from cairn.claims.view import View
from cairn.lexicon import Lexicon
from cairn.records import EventStatus, Span

CONTENT = frozenset({"ccomp", "xcomp", "obj", "csubj", "csubj:pass", "nsubj:pass", "acl"})
"""Dependencies by which an act stands in the content of a verb."""
CONTENT_CASES = frozenset({"of", "for", "about", "over", "against", "from", "to", "as", "that", "on", "with"})
APART = frozenset({"acl:relcl", "parataxis", "appos", "advcl:relcl"})
"""Clauses that what stands over them says nothing of."""
RANK = (
    EventStatus.DENIED,
    EventStatus.HYPOTHETICAL,
    EventStatus.ALLEGED,
    EventStatus.PLANNED,
)
"""Of several signs the first holds: an act that is feared to be planned is not planned."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A status and the word that gives it; ``word`` is ``None`` for an act that is told as done."""

    status: EventStatus
    word: Span | None = None
    negated: bool = False


def stance_of(view: View, at: int, lexicon: Lexicon, inside: frozenset[int] = frozenset()) -> Stance:
    """Return how the act at ``at`` stands to what has happened.

    Args:
        view: its sentence.
        at: the verb or noun that names it.
        lexicon: words of doubt, of plans, of denial.
        inside: other tokens of its expression, which say nothing about it.
    """
    found: dict[EventStatus, Span] = {}
    negated = about_report = False
    node, inherits = at, True
    for _ in range(len(view.tokens)):
        for status, index in _beside(view, node, lexicon, inside) if inherits else ():
            found.setdefault(status, view.tokens[index].span)
            negated = negated or _denies(view, index, lexicon)
        token = view.tokens[node]
        over = token.head
        if over is None or over < 0 or is_apart(view, node):
            break
        if token.dep in {"advcl", "acl"} and _is_purpose(view, node):
            found.setdefault(EventStatus.HYPOTHETICAL, token.span)
        given = _over(view, node, over, lexicon, about_report=about_report)
        if given is not None and over not in inside:
            found.setdefault(given, view.tokens[over].span)
        about_report = about_report or view.word(over) in lexicon.events.reports
        if token.dep == "ccomp" and view.word(over) in lexicon.speech.verbs:
            unsaid = (
                t.span for i, t in enumerate(view.tokens) if t.head == over and _denies(view, i, lexicon)
            )
            for word in unsaid:  # "no group has said that it attacked"
                found.setdefault(EventStatus.HYPOTHETICAL, word)
            break  # "wish to inform you that": what is wished for is not what is said
        if token.dep == "advcl" and _has_mark(view, node):
            break  # "after rebels attacked": the clause above says nothing of it
        inherits = inherits and _inherits(view, node, over, lexicon)
        node = over
    for status in RANK:
        if status in found:
            return Stance(status, found[status], negated)
    return Stance(EventStatus.ACTUAL)


def is_apart(view: View, node: int) -> bool:
    """Say whether a clause only describes what it hangs on: "who attacked", not "reports that they did"."""
    if view.tokens[node].dep not in APART:
        return False
    return not any(token.head == node and token.dep == "mark" for token in view.tokens)


def _beside(view: View, node: int, lexicon: Lexicon, inside: frozenset[int]) -> list[tuple[EventStatus, int]]:
    """Return the signs among the words that hang on an act: auxiliaries, negations, "if", "alleged"."""
    events = lexicon.events
    signs = []
    for index, token in enumerate(view.tokens):
        if token.head != node or index in inside:
            continue
        word, dep = token.lower, token.dep
        given = events.stances.get(word)
        if dep in {"aux", "aux:pass"} and word in events.modals:
            signs.append((EventStatus.HYPOTHETICAL, index))
        elif dep == "aux" and word in events.future:
            signs.append((EventStatus.PLANNED, index))
        elif _denies(view, index, lexicon) or (dep == "mark" and word in events.conditions):
            signs.append((EventStatus.HYPOTHETICAL, index))
        elif dep in {"advmod", "amod"} and given is not None:
            sure = dep == "advmod" or word.endswith("ed")
            if given is not EventStatus.HYPOTHETICAL or not sure:
                signs.append((given, index))
        elif (
            dep in {"obl", "advcl", "xcomp"} and given is EventStatus.DENIED and case_of(view, index) == "as"
        ):
            signs.append((given, index))  # "the report that soldiers killed herders as false"
    return signs


def _denies(view: View, index: int, lexicon: Lexicon) -> bool:
    """Say whether a word that hangs on an act denies it: "not", "no village was", "nobody was"."""
    token, negations = view.tokens[index], lexicon.events.negations
    if token.dep in {"advmod", "det", "cc", "mark", "case"}:
        return token.lower in negations
    return token.dep in {"nsubj", "nsubj:pass", "obj"} and (
        token.lower in negations
        or any(t.head == index and t.dep == "det" and t.lower in negations for t in view.tokens)
    )


def _over(view: View, node: int, over: int, lexicon: Lexicon, *, about_report: bool) -> EventStatus | None:
    """Return the status that a word gives to the act in its content, if it gives one."""
    events, word, dep = lexicon.events, view.word(over), view.tokens[node].dep
    status = events.stances.get(word)
    if about_report and any(
        events.stances.get(view.word(index)) is EventStatus.DENIED
        for index, token in enumerate(view.tokens)
        if token.head == over and token.dep in {"obl", "xcomp", "advcl", "obj", "conj"}
    ):
        return EventStatus.DENIED  # "described the reports as untrue"
    if status is None:
        return None
    pos = view.pos(over)
    if pos == "NOUN" or pos == "PROPN":
        content = dep in {"acl", "ccomp", "compound"} or (
            dep == "nmod" and case_of(view, node) in CONTENT_CASES
        )
    elif pos == "ADJ":
        content = dep in {"xcomp", "ccomp", "csubj", "advcl", "nsubj", "obl"}
    else:
        content = dep in CONTENT or (dep == "obl" and case_of(view, node) in CONTENT_CASES)
        content = content or (dep == "advcl" and not _is_finite(view, node))
    if not content:
        return None
    if status is EventStatus.DENIED and word not in {"deny", "denied", "denies", "denying", "denial"}:
        return status if about_report or dep in {"ccomp", "nsubj"} else None
    if status is EventStatus.PLANNED and view.pos(over) == "VERB" and dep == "obj" and word.startswith("set"):
        return None
    return status


def _is_purpose(view: View, node: int) -> bool:
    """Say whether a clause tells what something is for: "to retake the town"."""
    return any(token.head == node and token.dep == "mark" and token.lower == "to" for token in view.tokens)


def _has_mark(view: View, node: int) -> bool:
    return any(token.head == node and token.dep == "mark" and token.lower != "to" for token in view.tokens)


def _is_finite(view: View, node: int) -> bool:
    return not view.word(node).endswith("ing") and not _is_purpose(view, node)


def _inherits(view: View, node: int, over: int, lexicon: Lexicon) -> bool:
    """Say whether what may, will or did not happen above did so below: "may launch an attack"."""
    dep = view.tokens[node].dep
    if dep == "nsubj":
        return view.word(over) in lexicon.events.occurring
    if dep == "conj":
        return not any(
            token.head == node and token.dep in {"nsubj", "nsubj:pass", "aux", "aux:pass"}
            for token in view.tokens
        )
    if dep == "advcl":
        return view.word(node).endswith("ing")
    if dep == "nmod":
        return view.word(over) in lexicon.events.series
    return dep in {"obj", "nsubj:pass", "xcomp", "compound", "amod", "fixed", "case"}
