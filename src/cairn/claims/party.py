"""Options for who did it: every party that the words around a figure make a doer."""

from __future__ import annotations

from cairn.claims.attribute import voice_key
from cairn.claims.choose import Option
from cairn.claims.doers import Party
from cairn.claims.scene import Scene, figure_traits, null_features, standing
from cairn.claims.view import View, within
from cairn.records import Attribution, Mention

BACK, AHEAD = 3, 2  # sentences before and after the figure in which the doer may be told


def party_options(scene: Scene, voiced: Mention[Attribution] | None) -> list[Option[Party]]:
    """Return every doer told around the figure as an option, and the option that none is told.

    A party that only another voice than the figure's own names in another sentence is no option: one
    speaker's accusation is not put into another's mouth.

    Args:
        scene: the figure in its report.
        voiced: the attribution chosen for the figure, ``None`` for the report's own voice.
    """
    own_voice = voice_key(scene, voiced) if voiced is not None else None
    options: list[Option[Party]] = []
    here = False
    first, last = max(0, scene.number - BACK), min(len(scene.views), scene.number + AHEAD + 1)
    for view in scene.views[first:last]:
        speakers = [m.value.speaker for m in within(view.sentence, scene.reading.attributions)]
        dated = [m.span for m in within(view.sentence, scene.reading.moments)]
        places = [m.span for m in within(view.sentence, scene.reading.localities) if not m.value.adjectival]
        for party in scene.stage.parties[view.number]:
            if scene.binding.persons.span.overlaps(party.span) or any(d.overlaps(party.span) for d in dated):
                continue
            if any(span.start < party.span.end <= span.end for span in places):
                continue  # a place that is named beside a harm has not done it
            if view.number != scene.number and _named_by(scene, view, party) != own_voice:
                continue
            here = here or view.number == scene.number
            features = [
                *standing(scene, party.span, "perpetrator", party_key(scene, party)),
                *_kind(scene, party, view),
            ]
            if any(span.overlaps(party.span) for span in speakers):
                features.append("is-speaker")
            options.append(Option(party, tuple(features)))
    options.append(Option(None, null_features(scene, "perpetrator", any_here=here)))
    return options


def _named_by(scene: Scene, view: View, party: Party) -> str | None:
    """Return the key of the voice whose words name a party; ``None`` for the report's own voice."""
    for mention in within(view.sentence, scene.reading.attributions):
        if mention.value.scope.overlaps(party.span):
            return voice_key(scene, mention)
    return None


def party_key(scene: Scene, party: Party) -> str:
    """Return a key that tellings of one party share."""
    return party.span.words(scene.reading.document.text).lower()


def _kind(scene: Scene, party: Party, view: View) -> list[str]:
    """Return the features of the party and of what it is told to do."""
    place = "here" if view.number == scene.number else "elsewhere"
    words = party.span.words(scene.reading.document.text).split()
    features = [f"role:{party.role}:{place}", f"words:{min(len(words), 4)}"]
    features += [f"role:{party.role}:{trait}" for trait in figure_traits(scene)]
    if party.role == "subject-of-harm" and view is scene.binding.view:
        at = view.index_of(party.span.end - 1)
        own = at < scene.binding.cue.first and scene.binding.cue.first - at <= 4
        features.append("subject-of-own-verb" if own else "subject-of-other-verb")
    if any(word[:1].isupper() for word in words):
        features.append("proper")
    return features
