"""Find the words that name an act: expressions of the lexicon, and words of harm that somebody does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cairn.claims.view import View
from cairn.lexicon import Act, Expression, Frame, Lexicon
from cairn.records import Attribution, EventType, Harm, Mention, Role, Span

INSIDE_PHRASE = frozenset(
    {
        *("obj", "iobj", "obl", "nsubj:pass", "xcomp", "compound:prt", "advmod", "nmod", "case"),
        *("compound", "amod", "fixed", "flat", "obl:agent", "mark", "expl", "nmod:poss", "cop"),
    }
)
"""Dependencies over which an expression's words may hang together."""
DEEPEST = 2  # steps from a word of an expression to its head
BEFORE = 3  # tokens before a noun in which the words of its expression may stand
AFTER = 5  # tokens after a verb in which they may stand in an unparsed sentence
HARM_ACTS = {
    Harm.KILLED: (EventType.ASSAULT, None),
    Harm.INJURED: (EventType.ASSAULT, None),
    Harm.CASUALTIES: (EventType.ASSAULT, None),
    Harm.ABDUCTED: (EventType.ASSAULT, "abduct"),
    Harm.DETAINED: (EventType.COERCE, "arrest"),
    Harm.DISPLACED: (EventType.SANCTION, "expel"),
}
"""What a harm is as an act (PLOVER manual 2.0: people driven out are SANCTION, mode expel)."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an act over the tokens ``[first, last)``; ``at`` is the verb or noun they hang on.

    Attributes:
        words: every token of the expression.
        of_harm: it was found as a word of harm.
    """

    view: View
    first: int
    last: int
    at: int
    words: frozenset[int]
    act: Act
    verbal: bool
    of_harm: bool = False

    @property
    def span(self) -> Span:
        """Return where the words stand."""
        return self.view.tokens[self.first].span.to(self.view.tokens[self.last - 1].span)


def find_triggers(view: View, lexicon: Lexicon, dated: frozenset[int]) -> list[Trigger]:
    """Return the acts that a sentence names, in reading order; no word is part of two of them.

    Args:
        view: the sentence.
        lexicon: words of its language.
        dated: tokens inside time phrases, which name no act: "in March", "on Friday".
    """
    found = sorted(_expressions(view, lexicon, dated), key=lambda trigger: -len(trigger.words))
    taken: set[int] = set()
    kept: list[Trigger] = []
    for trigger in found:
        if taken & trigger.words:
            continue
        taken |= trigger.words
        kept.append(trigger)
    kept += [trigger for trigger in _harms(view, lexicon) if not taken & trigger.words]
    return sorted(kept, key=lambda trigger: trigger.at)


def _expressions(view: View, lexicon: Lexicon, dated: frozenset[int]) -> Iterator[Trigger]:
    """Yield the longest expression at each verb and noun."""
    there = frozenset(token.lower for token in view.tokens)
    for index, token in enumerate(view.tokens):
        verbal = token.pos in {"VERB", "AUX"}
        if index in dated or not (verbal or token.pos in {"NOUN", "PROPN"}):
            continue
        if verbal and token.dep == "amod":
            continue  # "the convicted man": told elsewhere
        known = (lexicon.events.verbs if verbal else lexicon.events.nouns).get(token.lower, ())
        for expression in known:
            if any(there.isdisjoint(forms) for forms in expression.beside):
                continue
            words = _matched(view, index, expression, dated, verbal=verbal)
            if words is not None:
                first, last = _edges(index, words)
                yield Trigger(view, first, last, index, words, expression.act, verbal)
                break


def find_duties(
    view: View, said: Sequence[Mention[Attribution]], lexicon: Lexicon
) -> Iterator[tuple[Trigger, int]]:
    """Yield what somebody says that another must do, as a request, with the token that names who says it."""
    for index, token in enumerate(view.tokens):
        verb = token.head
        if token.dep != "aux" or token.lower not in lexicon.events.duties or verb is None or verb < 0:
            continue
        voice = next((m for m in said if m.value.scope.contains(token.span)), None)
        doubt = lexicon.events.negations | lexicon.events.conditions
        if voice is None or any(t.head == verb and t.lower in doubt for t in view.tokens):
            continue
        speaker = view.index_of(voice.value.speaker.end - 1)
        act = Act(
            type=EventType.REQUEST,
            mode=None,
            frame=Frame.ASKS,
            recipient=("nsubj",),
            agents=frozenset(),
        )
        yield Trigger(view, index, index + 1, verb, frozenset({index}), act, verbal=True), speaker


def _edges(at: int, words: frozenset[int]) -> tuple[int, int]:
    """Return the shortest stretch around the head that holds what of its words stands close to it."""
    near = [index for index in words if abs(index - at) <= BEFORE]
    return min(near), max(near) + 1


def _matched(
    view: View, index: int, expression: Expression, dated: frozenset[int], *, verbal: bool
) -> frozenset[int] | None:
    """Return the tokens of an expression whose head is ``index``; ``None`` when one is missing."""
    words = {index}
    for forms in expression.beside:
        found = next(
            (
                at
                for at, token in enumerate(view.tokens)
                if token.lower in forms
                and at not in words
                and not (at < index and verbal and token.dep in {"case", "mark", "compound:prt"})
                and at not in dated
                and token.head not in dated
                and _hangs(view, at, index, verbal=verbal)
            ),
            None,
        )
        if found is None:
            return None
        words.add(found)
    if expression.subject is not None and not _is_subject(view, index, expression.subject):
        return None
    return frozenset(words)


def _is_subject(view: View, verb: int, forms: frozenset[str]) -> bool:
    """Say whether one of the words is who does a verb: its subject or agent, or the noun it describes."""
    return any(
        token.lower in forms
        and (
            (token.head == verb and token.dep in {"nsubj", "obl:agent"})
            or (view.tokens[verb].head == at and view.tokens[verb].dep in {"acl", "acl:relcl"})
        )
        for at, token in enumerate(view.tokens)
    )


def _hangs(view: View, at: int, head: int, *, verbal: bool) -> bool:
    """Say whether a token hangs on the head or on what hangs on it, or is what a participle describes."""
    tokens = view.tokens
    if tokens[at].head is None:
        return 0 < at - head <= AFTER or (not verbal and 0 < head - at <= BEFORE)
    if not verbal and 0 < head - at <= BEFORE and tokens[at].head in range(at, head + 1):
        return True
    if at == head + 1 and tokens[at].pos in {"ADP", "ADV", "PART"}:
        return True  # a particle, wherever the tree hangs it: "handed over 40 boxes"
    if _describes(view, head, at):
        return True
    if tokens[at].dep not in INSIDE_PHRASE:
        return False
    over = tokens[at].head
    opening = tokens[at].dep in {"mark", "case"} and not tokens[at].lower.startswith("wh")
    for _ in range(DEEPEST):
        if over == head or (over is not None and _describes(view, head, over)):
            return True
        if over is None or over < 0:
            return False
        inside = tokens[over].dep in INSIDE_PHRASE
        if not inside and not (opening and tokens[over].dep in {"advcl", "ccomp", "acl"}):
            return False
        over = tokens[over].head
    return False


def _describes(view: View, verb: int, noun: int) -> bool:
    """Say whether a verb tells what is done to the noun before it: "the truce declared by", "which was"."""
    token = view.tokens[verb]
    if token.head != noun:
        return False
    undergone = any(t.head == verb and t.dep == "nsubj:pass" for t in view.tokens)
    return token.dep == "acl" or (token.dep == "acl:relcl" and undergone)


def _harms(view: View, lexicon: Lexicon) -> Iterator[Trigger]:
    """Yield words of harm that somebody does: verbs with an object, nouns with "of"."""
    for cue in view.cues:
        kind = HARM_ACTS.get(cue.value.harm)
        if cue.value.lemma in lexicon.harms.by_tree or cue.value.lemma in lexicon.harms.bodily:
            continue  # "held", "seized" of things too: the lexicon of acts tells them better
        if kind is None or cue.value.role not in {Role.OBJECT, Role.OF, Role.SUBJECT}:
            continue
        if cue.value.role is not Role.OBJECT and kind[0] is EventType.ASSAULT and kind[1] is None:
            continue  # "died", "the death of" tell no act
        suffers = cue.value.role is Role.SUBJECT
        act = Act(
            type=kind[0],
            mode=kind[1],
            frame=Frame.SUFFERS if suffers else Frame.PLAIN,
            recipient=() if suffers else ("obj", "of"),
            agents=frozenset({"by"}),
        )
        words = frozenset(range(cue.first, cue.last))
        verbal = view.pos(cue.first) in {"VERB", "AUX"}
        yield Trigger(view, cue.first, cue.last, cue.first, words, act, verbal, of_harm=True)
