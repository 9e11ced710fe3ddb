"""Questions about the tree around an act: who stands where, in which voice, under which preposition."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.claims.acting import NAMING
from cairn.claims.deeds import SHARED, case_of, meant
from cairn.claims.events.triggers import Trigger
from cairn.claims.tree import ancestors
from cairn.claims.view import View
from cairn.records import Voice

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
OPPOSING = frozenset({"but", "nor", "not", "than", "or", "instead"})
"""Words that join to a party one that takes no part, or perhaps none."""
DEEPEST = 4  # clauses up from a verb to the one whose subject it shares


def subjects_of(view: View, verb: int) -> Iterator[int]:
    """Yield the subject of a verb, its own or that of the clause it shares one with."""
    for _ in range(DEEPEST):
        token = view.tokens[verb]
        kin = [at for at, t in enumerate(view.tokens) if t.head == verb and t.dep in SUBJECTS]
        if kin:
            yield from (meant(view, at, verb) for at in kin)
            return
        if token.head is None or token.head < 0 or token.dep not in SHARED:
            return
        verb = token.head


def has_subject(view: View, verb: int) -> bool:
    """Say whether a verb has a subject of its own."""
    return any(token.head == verb and token.dep in SUBJECTS for token in view.tokens)


def is_passive(view: View, verb: int) -> bool:
    """Say whether a verb is in the passive, or a participle after the noun that undergoes it."""
    tokens = view.tokens
    kin = [token for token in tokens if token.head == verb]
    if any(token.dep in {"aux:pass", "nsubj:pass", "obl:agent"} for token in kin):
        return True
    if not any(token.dep in {"obj", "aux"} for token in kin) and _is_clipped(view, verb):
        return True
    if tokens[verb].lower.endswith("ing") or any(t.dep in {"obj", "mark", "ccomp", *SUBJECTS} for t in kin):
        return False
    return tokens[verb].dep == "acl" or (
        tokens[verb].dep == "advcl" and tokens[verb].lower.endswith(("ed", "en"))
    )


def _is_clipped(view: View, verb: int) -> bool:
    """Say whether a word of harm has lost its auxiliary, as in a headline: "Editor arrested"."""
    cue = next((cue for cue in view.cues if cue.first == verb), None)
    return cue is not None and cue.value.voice in {Voice.PASSIVE, Voice.REDUCED}


def with_case(view: View, hubs: list[int], cases: frozenset[str]) -> Iterator[int]:
    """Yield the nouns that hang on one of the hubs by one of the prepositions."""
    for hub in hubs:
        for index, token in enumerate(view.tokens):
            hangs = token.head == hub and token.dep in {"obl", "obl:agent", "nmod", "advcl"}
            if hangs and token.pos in NAMING | {"PRON"} and case_of(view, index) in cases:
                yield index


def hubs_of(trigger: Trigger) -> list[int]:
    """Return the tokens on which a preposition's noun may hang: the head, its object, what supports it."""
    view, at = trigger.view, trigger.at
    hubs = [at, *sorted(trigger.words - {at})]
    over = view.tokens[at].head
    if not trigger.verbal and over is not None and over >= 0:
        supported = view.tokens[at].dep in {"obj", "nsubj:pass", "acl"} and view.pos(over) == "VERB"
        if supported or view.tokens[at].dep in {"conj", "compound"}:
            hubs.append(over)
    return hubs


def coordinated(view: View, head: int) -> int | None:
    """Return what is coordinated to a head: "A and B met"."""
    return next((at for at, t in enumerate(view.tokens) if t.head == head and t.dep == "conj"), None)


def joined_to(view: View, head: int) -> Iterator[int]:
    """Yield all that are coordinated to a head as taking part too: not "but not B", "rather than B"."""
    for index, token in enumerate(view.tokens):
        if token.head == head and token.dep == "conj" and token.pos in NAMING:
            linked = {other.lower for other in view.tokens if other.head == index and other.dep == "cc"}
            if not linked & OPPOSING:
                yield index


def antecedent_in(view: View, head: int) -> int | None:
    """Return the subject of the clause above a pronoun's, which it most likely stands for."""
    tokens = view.tokens
    for over in ancestors(tokens, head)[1:]:
        for at, token in enumerate(tokens):
            if token.head == over and token.dep in SUBJECTS and at < head and token.pos in {"NOUN", "PROPN"}:
                return at
    return None
