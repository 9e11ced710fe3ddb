"""Options for the voice behind a figure: every attribution around it, and the report's own voice."""

from __future__ import annotations

from cairn.claims.choose import Option
from cairn.claims.scene import Scene, null_features, standing
from cairn.claims.told import ToldVoice, key_of
from cairn.claims.voices import Voice
from cairn.records import Attribution, Mention

BACK, AHEAD = 3, 3  # sentences before and after the figure in which its voice may be heard
QUOTES = ("“", '"', "”", "''")


def voice_options(scene: Scene) -> list[Option[Mention[Attribution]]]:
    """Return every attribution around the figure as an option, and the option of the report's own voice."""
    options: list[Option[Mention[Attribution]]] = []
    voices = scene.stage.told_voices
    here = any(told.sentence == scene.number for told in voices)
    quoted = _quoted(scene)
    for told in voices:
        offset = told.sentence - scene.number
        near = -BACK <= offset <= AHEAD
        if not near and not scene.taken("speakers", told.key) and told.sentence not in scene.again:
            continue
        features = [*standing(scene, told.mention.span, "speakers", told.key)]
        if offset:
            features.append("elsewhere:" + ("told-here" if here else "not-told-here"))
        features += _kind(scene, told, offset, quoted=quoted)
        options.append(Option(told.mention, tuple(features), told.key))
    nothing = [*null_features(scene, "speakers", any_here=here)]
    if not voices:
        nothing.append("none:nobody-speaks")
    if quoted:
        nothing.append("none:quoted")
    options.append(Option(None, tuple(nothing)))
    return options


def voice_key(scene: Scene, mention: Mention[Attribution]) -> str:
    """Return a key that attributions to one voice share."""
    return key_of(resolve_voice(scene, mention), scene.reading.document.text)


def _kind(scene: Scene, told: ToldVoice, offset: int, *, quoted: bool) -> list[str]:
    """Return the features of the attribution itself."""
    attribution = told.mention.value
    place = "here" if offset == 0 else "elsewhere"
    features = []
    if offset == 0:
        covers = attribution.scope.overlaps(scene.binding.persons.span)
        features.append("covers" if covers else "covers-not")
        if attribution.speaker.overlaps(scene.binding.persons.span):
            features.append("speaker-is-victim")
    features.append(f"verb-{told.strength}:{place}")
    features.append(f"{told.sort}:{place}")
    if told.hearsay:
        features.append("hearsay")
    if offset and quoted:
        features.append("quoted:" + ("next" if offset > 0 else "last"))
    elif offset:
        number = told.sentence
        of_harm = scene.views[number].cues or scene.stage.weapons[number] or number in scene.stage.speaking
        features.append("says-of-harm" if of_harm else "says-of-something-else")
    return features


def _quoted(scene: Scene) -> bool:
    """Say whether the figure's sentence stands in quotation marks that go on beyond it."""
    words = scene.binding.view.sentence.span.words(scene.reading.document.text)
    return words.startswith(QUOTES) or words.endswith(QUOTES)


def resolve_voice(scene: Scene, mention: Mention[Attribution] | None) -> Voice | None:
    """Return the chain of an attribution by fullest names; ``None`` for the report's own voice."""
    return scene.stage.voices.get(mention) if mention is not None else None
