"""Options for the voice behind a figure: every attribution around it, and the report's own voice."""

from __future__ import annotations

from cairn.claims.choose import Option
from cairn.claims.names import words_of
from cairn.claims.scene import Scene, null_features, sentence_of, standing, tells_same_figure
from cairn.claims.view import within
from cairn.claims.voices import Voice
from cairn.records import Attribution, Mention

BACK, AHEAD = 3, 3  # sentences before and after the figure in which its voice may be heard
QUOTES = ("“", '"', "”", "''")


def voice_options(scene: Scene) -> list[Option[Mention[Attribution]]]:
    """Return every attribution around the figure as an option, and the option of the report's own voice."""
    options: list[Option[Mention[Attribution]]] = []
    here = False
    kept = scene.taken("speakers")
    told_here = bool(within(scene.binding.view.sentence, scene.reading.attributions))
    for mention in scene.reading.attributions:
        offset = sentence_of(scene, mention.span) - scene.number
        near = -BACK <= offset <= AHEAD
        key = voice_key(scene, mention)
        if not near and key not in kept and not tells_same_figure(scene, scene.number + offset):
            continue
        here = here or offset == 0
        features = standing(scene, mention.span, "speakers", key)
        told = ("elsewhere:" + ("told-here" if told_here else "not-told-here"),) if offset else ()
        options.append(Option(mention, (*features, *told, *_kind(scene, mention, offset)), key))
    nothing = [*null_features(scene, "speakers", any_here=here)]
    if not scene.reading.attributions:
        nothing.append("none:nobody-speaks")
    if _quoted(scene):
        nothing.append("none:quoted")
    options.append(Option(None, tuple(nothing)))
    return options


def voice_key(scene: Scene, mention: Mention[Attribution]) -> str:
    """Return a key that attributions to one voice share."""
    voice = resolve_voice(scene, mention)
    return voice.chain[0].words(scene.reading.document.text).lower() if voice is not None else ""


def _kind(scene: Scene, mention: Mention[Attribution], offset: int) -> list[str]:
    """Return the features of the attribution itself."""
    attribution, speech = mention.value, scene.lexicon.speech
    text = scene.reading.document.text
    place = "here" if offset == 0 else "elsewhere"
    features = []
    if offset == 0:
        covers = attribution.scope.overlaps(scene.binding.persons.span)
        features.append("covers" if covers else "covers-not")
        if attribution.speaker.overlaps(scene.binding.persons.span):
            features.append("speaker-is-victim")
    strength = "weak" if attribution.verb in speech.weak else "strong"
    if attribution.verb == "say" or " " in attribution.verb:
        strength = "say"
    features.append(f"verb-{strength}:{place}")
    words = words_of(attribution.speaker.words(text))
    if attribution.pronoun:
        features.append(f"pronoun:{place}")
    elif words & speech.bodies:
        features.append(f"body:{place}")
    elif any(word in speech.persons for word in words):
        features.append(f"person:{place}")
    elif any(character.isupper() for character in attribution.speaker.words(text)):
        features.append(f"name:{place}")
    else:
        features.append(f"other:{place}")
    if attribution.speaker.words(text).lower() in speech.hearsay:
        features.append("hearsay")
    if offset and not _quoted(scene):
        number = scene.number + offset
        view = scene.views[number]
        of_harm = bool(view.cues or scene.stage.weapons[number] or number in scene.stage.speaking)
        features.append("says-of-harm" if of_harm else "says-of-something-else")
    if offset and _quoted(scene):
        features.append("quoted:" + ("next" if offset > 0 else "last"))
    return features


def _quoted(scene: Scene) -> bool:
    """Say whether the figure's sentence stands in quotation marks that go on beyond it."""
    words = scene.binding.view.sentence.span.words(scene.reading.document.text)
    return words.startswith(QUOTES) or words.endswith(QUOTES)


def resolve_voice(scene: Scene, mention: Mention[Attribution] | None) -> Voice | None:
    """Return the chain of an attribution by fullest names; ``None`` for the report's own voice."""
    return scene.stage.voices.get(mention) if mention is not None else None
