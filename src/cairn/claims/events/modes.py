"""Tell how an act is done, or what is asked for, refused or threatened."""

from __future__ import annotations

from collections.abc import Mapping

from cairn.claims.events.draft import Draft
from cairn.claims.scene import Stage
from cairn.claims.tree import ancestors
from cairn.records import MODE_BY_MEANS, EventType, Span


def mode_of(draft: Draft, stage: Stage) -> tuple[str | None, Span | None]:
    """Return the mode of an act and the word that tells it beside the trigger, if one does."""
    act, events = draft.trigger.act, stage.lexicon.events
    if act.type in {EventType.REQUEST, EventType.REJECT}:
        return _content(draft, events.about)
    if act.type is EventType.THREATEN:
        return _content(draft, events.threats)
    if act.type is EventType.ASSAULT and (act.mode is None or act.mode == "explosives"):
        found = _weapon(draft, stage)
        return found if found[0] is not None else (act.mode, None)
    return act.mode, None


def _content(draft: Draft, words: Mapping[str, frozenset[str]]) -> tuple[str | None, Span | None]:
    """Return the first mode of which a word stands in the content of an act."""
    view = draft.trigger.view
    inside = [
        index
        for index in range(len(view.tokens))
        if index in draft.trigger.words
        or index == draft.trigger.at
        or (
            draft.trigger.at in (above := ancestors(view.tokens, index))
            and not {draft.actor, draft.recipient} & {index, *above}
        )
    ]
    for index in inside:
        mode = next((mode for mode, forms in words.items() if view.word(index) in forms), None)
        if mode is not None and (index != draft.trigger.at or index not in draft.trigger.words):
            return mode, view.tokens[index].span
    return None, None


def _weapon(draft: Draft, stage: Stage) -> tuple[str | None, Span | None]:
    """Return the mode of an attack by its means: told in its own words, or settled for the harm it did."""
    view = draft.trigger.view
    at = draft.trigger.at
    for weapon in stage.weapons[view.number]:
        index = view.index_of(weapon.span.end - 1)
        near = index in draft.trigger.words or at in ancestors(view.tokens, index)[:3]
        near = near or index in ancestors(view.tokens, at)[:2]
        if near and weapon.means in MODE_BY_MEANS:
            return MODE_BY_MEANS[weapon.means], weapon.span
    for figure in draft.figures:
        armed = figure.armed.value
        if armed is not None and armed.means in MODE_BY_MEANS:
            return MODE_BY_MEANS[armed.means], armed.span
    return None, None
