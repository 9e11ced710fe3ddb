"""Name all who take part in an act, on either side, with the words that tell each."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.claims.deeds import case_of
from cairn.claims.events.clauses import joined_to
from cairn.claims.events.draft import Draft
from cairn.claims.events.naming import name_of
from cairn.claims.events.phrases import can_act, is_pronoun, phrase_of, states_beside
from cairn.claims.events.settle import Surroundings
from cairn.claims.scene import Stage
from cairn.claims.view import View
from cairn.lexicon import Lexicon
from cairn.records import Span

STANDING = {
    "nsubj": "subject", "nsubj:outer": "subject", "nsubj:pass": "undergoes", "obl:agent": "by",
    "obj": "object", "iobj": "object", "nmod:poss": "owner", "conj": "together",
    "compound": "before", "amod": "before", "nmod:desc": "before",
}  # fmt: skip
"""Dependency of a phrase's head -> how it stands to the act."""
SPEAKS, DID_HARM, SUFFERS_HARM, BEYOND = "speaks", "did-harm", "suffers-harm", "beyond"


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part: where the fullest name stands, the words used, and how these stand to the act."""

    name: Span
    words: Span
    standing: str


Parts = tuple[Part, ...]
"""All who take part on one side; the first is the one that the event is told of."""


def actors_of(draft: Draft, stage: Stage, around: Surroundings, last: Span | None) -> Parts:
    """Return who does an act: as the sentence names them, else as the harm that it did was settled.

    Args:
        draft: the act.
        stage: the report.
        around: what the sentences around tell of the act.
        last: the actor of the act told before, whom "they" may mean.
    """
    if draft.actor is not None:
        return _together(draft, draft.actor, stage, around, last)
    done = (figure.done.value for figure in draft.figures)
    return tuple(Part(party.span, party.span, DID_HARM) for party in done if party is not None)[:1]


def recipients_of(draft: Draft, stage: Stage, around: Surroundings, last: Span | None) -> Parts:
    """Return towards whom an act is done; of an attack, those it harmed where nothing else is named."""
    if draft.recipient is not None and _names_somebody(draft, draft.recipient, stage.lexicon):
        return _together(draft, draft.recipient, stage, around, last)
    return harmed(draft, stage)


def harmed(draft: Draft, stage: Stage) -> Parts:
    """Return those whom an act harmed."""
    text, counting = stage.reading.document.text, stage.lexicon.events.counting
    nouns = (figure.binding.persons.value.noun for figure in draft.figures)
    told = {noun.words(text): noun for noun in nouns if noun is not None}
    return tuple(
        Part(noun, noun, SUFFERS_HARM) for words, noun in told.items() if words.lower() not in counting
    )


def used(view: View, head: int, lexicon: Lexicon) -> Span:
    """Return the words that name somebody in a sentence: a pronoun, or the phrase of a noun."""
    return view.tokens[head].span if is_pronoun(view, head) else phrase_of(view, head, lexicon)


def _together(draft: Draft, head: int, stage: Stage, around: Surroundings, last: Span | None) -> Parts:
    """Return one who takes part with all that are named together with it: "Russia and the US urged"."""
    view, lexicon = draft.trigger.view, stage.lexicon
    beside = (*joined_to(view, head), *states_beside(view, head, lexicon))
    others = [at for at in beside if can_act(view, at, lexicon) and at not in {draft.actor, draft.recipient}]
    parts: dict[str, Part] = {}
    for at in (head, *others):
        name = name_of(view, at, stage, around.voice, last)
        if name is None and at == head:
            return ()
        if name is not None:
            part = Part(name, used(view, at, lexicon), _standing(draft, at))
            parts.setdefault(name.words(stage.reading.document.text), part)
    return tuple(parts.values())


def _standing(draft: Draft, at: int) -> str:
    """Return how a phrase stands to the act: a value of ``STANDING``, its preposition, or ``BEYOND``."""
    view, trigger = draft.trigger.view, draft.trigger
    token = view.tokens[at]
    if token.head not in trigger.words | {trigger.at} and token.dep != "conj":
        return BEYOND
    return STANDING.get(token.dep) or case_of(view, at) or BEYOND


def _names_somebody(draft: Draft, head: int, lexicon: Lexicon) -> bool:
    """Say whether a recipient is more than a number or "others", where a harm tells who was hit."""
    view = draft.trigger.view
    return not draft.figures or (view.pos(head) != "NUM" and view.word(head) not in lexicon.events.counting)
