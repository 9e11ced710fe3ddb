"""Take the words for who takes part in an act back to the fullest name in the report."""

from __future__ import annotations

from cairn.claims.acting import Kind
from cairn.claims.events.clauses import antecedent_in
from cairn.claims.events.phrases import LEADING, can_act, is_pronoun, phrase_of
from cairn.claims.names import PERSON_PRONOUNS, antecedent, fullest, head_of
from cairn.claims.scene import Stage
from cairn.claims.tellings import VAGUE_KINDS
from cairn.claims.view import View
from cairn.claims.voices import Voice
from cairn.records import Attribution, Mention, Span

PLAIN = {"him": "he", "his": "he", "her": "she", "them": "they", "their": "they", "its": "it"}
"""Forms of a pronoun -> the one that stands for a subject."""
BODIES = frozenset({Kind.ARMED, Kind.NAMED, Kind.GROUP})
"""Kinds of doers that "the group" may stand for."""
OWNING = frozenset({"its", "their"})
SPEAKING = frozenset({"i", "we", "me", "us", "our", "my"})


def name_of(view: View, head: int, stage: Stage, voice: Voice | None, last: Span | None) -> Span | None:
    """Return where the fullest name of a party stands; ``None`` for a pronoun without a name.

    Args:
        view: the sentence.
        head: head of the phrase that names the party there.
        stage: the report, with its names and doers.
        voice: who says the sentence, whom "we" means.
        last: the actor of the act told before, whom "they" may mean.
    """
    if is_pronoun(view, head):
        return _meant(view, head, stage, voice, last)
    owner = _owner_of_craft(view, head, stage)
    if owner is not None and (owned := _meant(view, owner, stage, voice, last)) is not None:
        return owned
    span = phrase_of(view, head, stage.lexicon)
    told = _told(view.tokens[head].span, stage)
    less = told is not None and span.contains(told) and span.start == told.start
    if told is not None and told != span and not less and not _only_counts(view, told, span):
        return told
    return _longest(span, stage)


def _owner_of_craft(view: View, head: int, stage: Stage) -> int | None:
    """Return the pronoun for whose craft acts: "the army denied that its jets"."""
    if view.word(head) not in stage.lexicon.means.craft:
        return None
    owners = (at for at, token in enumerate(view.tokens) if token.head == head and token.dep == "nmod:poss")
    return next((at for at in owners if view.word(at) in OWNING), None)


def _only_counts(view: View, told: Span, span: Span) -> bool:
    """Say whether words are those of a span with a number or article before them: "two | soldiers"."""
    before = [token.pos for token in view.tokens if told.start <= token.span.start < span.start]
    return told.end == span.end and bool(before) and LEADING.issuperset(before)


def _longest(span: Span, stage: Stage) -> Span:
    """Return where the fullest name stands, as far as it ends in the same noun or shortens to the name."""
    text = stage.reading.document.text
    full = fullest(span, stage.names, stage.lexicon)
    short, long = span.words(text), full.words(text)
    same = head_of(short) == head_of(long) or short.split()[-1].lower() == long.split()[-1].lower()
    if " and " in long and " and " not in short:
        return span
    return full if same or short.isupper() or short.islower() else span


def _meant(view: View, head: int, stage: Stage, voice: Voice | None, last: Span | None) -> Span | None:
    """Return the name that a pronoun stands for."""
    word = view.word(head)
    span = view.tokens[head].span
    if word in SPEAKING:
        return voice.chain[0] if voice is not None else None
    told = _told(span, stage)
    if told is not None:
        return told
    pronoun = PLAIN.get(word, word)
    if pronoun not in stage.lexicon.speech.pronouns:
        return None
    mention = Mention(
        span=span, value=Attribution(speaker=span, relay=None, scope=span, pronoun=True, verb="")
    )
    before = [other for other in stage.reading.attributions if other.span.start < span.start]
    above = antecedent_in(view, head)
    if pronoun not in PERSON_PRONOUNS and above is not None and can_act(view, above, stage.lexicon):
        return name_of(view, above, stage, voice, last)
    if pronoun in PERSON_PRONOUNS or last is None:
        found = antecedent(mention, before, stage.reading, stage.lexicon)
        return fullest(found, stage.names, stage.lexicon) if found is not None else None
    return last


def _told(span: Span, stage: Stage) -> Span | None:
    """Return the fullest words for the doer that ``span`` names, as far as they name it and not its craft."""
    for doer in stage.doers:
        for telling in doer.tellings:
            if telling.party.span.contains(span) and telling.party.span.end == span.end:
                vague = telling.party.kind in VAGUE_KINDS
                if telling.party.kind is Kind.GROUP and doer.full.kind not in BODIES:
                    return None
                if vague and doer.full.kind not in {*VAGUE_KINDS, Kind.CRAFT}:
                    return doer.full.span
                return None if vague else telling.party.span
    return None
