"""Options for the means of a harm, and what was hit."""

from __future__ import annotations

from cairn.claims.bind import Binding
from cairn.claims.choose import Option
from cairn.claims.scene import Scene, figure_traits, null_features, sentence_of, standing
from cairn.claims.view import View
from cairn.claims.weapons import Weapon
from cairn.lexicon import Lexicon
from cairn.records import Means, Span, TargetKind

BACK, AHEAD = 4, 2  # sentences before and after the figure in which its means may be told
GENERAL = frozenset({Means.ATTACK, Means.CLASHES, Means.EXPLOSION})
"""Means that say little: a word for a more telling one wins over them where both are told."""
HIT_BEFORE = 5  # tokens between a verb or preposition of hitting and what was hit


def means_options(scene: Scene) -> list[Option[Weapon]]:
    """Return every means told around the figure as an option, and the option that none is told."""
    options: list[Option[Weapon]] = []
    here = False
    first, last = max(0, scene.number - BACK), min(len(scene.views), scene.number + AHEAD + 1)
    for view in scene.views[first:last]:
        weapons = scene.stage.weapons[view.number]
        codes = {weapon.means for weapon in weapons}
        for weapon in weapons:
            here = here or view.number == scene.number
            features = [
                *standing(scene, weapon.span, "means", str(weapon.means)),
                *_kind(scene, weapon, view),
            ]
            if weapon.means in GENERAL and codes - GENERAL:
                features.append("beside-more-telling")
            options.append(Option(weapon, tuple(features)))
    options.append(Option(None, null_features(scene, "means", any_here=here)))
    return options


def _kind(scene: Scene, weapon: Weapon, view: View) -> list[str]:
    """Return the features of the means word itself."""
    place = "here" if view.number == scene.number else "elsewhere"
    features = [f"code:{weapon.means}:{place}"]
    features += [f"code:{weapon.means}:{trait}" for trait in figure_traits(scene)]
    if any(part.overlaps(weapon.span) for part in scene.binding.cue.value.parts):
        features.append("in-the-verb-of-harm")
        features.append(f"in-the-verb-of-harm:{weapon.means}")
    if scene.binding.persons.span.overlaps(weapon.span):
        features.append("in-the-figure")
    at = view.index_of(weapon.span.start)
    before = {view.word(at - step) for step in (1, 2, 3, 4)}
    if before & {"in", "by", "from", "with", "during"}:
        features.append(f"after-by-or-in:{place}")
    if sentence_of(scene, weapon.span) == 0 and scene.number > 0:
        features.append("in-headline")
    return features


def target_span(binding: Binding, lexicon: Lexicon) -> tuple[Span, TargetKind] | None:
    """Return where what was hit stands in the figure's sentence, and its kind.

    The nearest word for a place or thing after a verb or preposition of hitting, outside the figure itself.
    """
    view = binding.view
    words = [token.lower for token in view.tokens]
    best: tuple[int, int, int, TargetKind] | None = None
    for index in range(len(words)):
        for length in range(min(lexicon.means.longest, len(words) - index), 0, -1):
            kind = lexicon.means.targets.get(tuple(words[index : index + length]))
            if kind is None:
                continue
            hit = lexicon.means.hitting & set(words[max(0, index - HIT_BEFORE) : index])
            if hit and not binding.persons.first <= index < binding.persons.last:
                distance = abs(index - binding.cue.first)
                if best is None or distance < best[0]:
                    best = (distance, index, index + length, kind)
            break
    if best is None:
        return None
    _, first, last, kind = best
    return view.tokens[first].span.to(view.tokens[last - 1].span), kind
