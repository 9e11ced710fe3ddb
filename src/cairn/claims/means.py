"""Options for the means of a harm, and what was hit."""

from __future__ import annotations

from collections import Counter

from cairn.claims.bind import Binding
from cairn.claims.choose import Option
from cairn.claims.scene import Scene, null_features, sentence_of, standing
from cairn.claims.view import View
from cairn.claims.weapons import Weapon
from cairn.lexicon import Lexicon
from cairn.records import Means, Span, TargetKind

BACK, AHEAD = 4, 2  # sentences before and after the figure in which its means may be told
GENERAL = frozenset({Means.ATTACK, Means.CLASHES, Means.EXPLOSION})
"""Means that say little: a word for a more telling one wins over them where both are told."""
BOMBS = frozenset({Means.CAR_BOMB, Means.SUICIDE_BOMB, Means.IED, Means.LANDMINE})
FROM_AFAR = frozenset({Means.AIRSTRIKE, Means.MISSILE, Means.DRONE, Means.ROCKET, Means.SHELLING})
REFINES = {
    "explosion": BOMBS,
    "blast": BOMBS,
    "bomb": BOMBS,
    "bombing": BOMBS | {Means.AIRSTRIKE},
    "detonation": BOMBS,
    "strike": FROM_AFAR,
    "raid": FROM_AFAR,
    "bombardment": FROM_AFAR,
    "fire": FROM_AFAR | {Means.SMALL_ARMS},
    "shell": frozenset({Means.ROCKET}),
}
"""Words that say little, and the means that a word elsewhere may tell them to be; "attack" may be any."""
ANY = ("attack", "massacre", "assault", "operation", "incident")
HIT_BEFORE = 5  # tokens between a verb or preposition of hitting and what was hit


def means_options(scene: Scene) -> list[Option[Weapon]]:
    """Return every means told around the figure as an option, and the option that none is told."""
    options: list[Option[Weapon]] = []
    here = False
    own = scene.stage.weapons[scene.number]
    vague = _vague(scene)
    telling = {weapon.means for weapon in own} - GENERAL
    counts = Counter(weapon.means for weapons in scene.stage.weapons.values() for weapon in weapons)
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
            features += _told(scene, weapon, view, vague, telling, counts)
            options.append(Option(weapon, tuple(features), str(weapon.means)))
    options.append(Option(None, null_features(scene, "means", any_here=here)))
    return options


def _vague(scene: Scene) -> frozenset[Means]:
    """Return the means that the vague words of the figure's sentence may stand for: "the blast"."""
    found: set[Means] = set()
    for token in scene.binding.view.tokens:
        word = token.lower.removesuffix("s")
        if word in ANY:
            found |= set(Means) - GENERAL
        found |= REFINES.get(word, frozenset())
    return frozenset(found)


def _told(
    scene: Scene,
    weapon: Weapon,
    view: View,
    vague: frozenset[Means],
    telling: set[Means],
    counts: Counter[Means],
) -> list[str]:
    """Return how a means goes with what else is told here and in the whole report."""
    features = []
    elsewhere = view.number != scene.number
    place = "elsewhere" if elsewhere else "here"
    if elsewhere and weapon.means in vague and not telling:
        features.append("refines-here")
        features.append(
            "refines-here:definite" if scene.number in scene.stage.speaking else "refines-here:new"
        )
        if scene.before.get("means") == str(weapon.means):
            features.append("refines-here:taken-before")
    if elsewhere and telling:
        features.append("against-telling-here" if weapon.means not in telling else "told-here-too")
    if not elsewhere and weapon.means in GENERAL:
        before = scene.before.get("means")
        if before is not None and Means(before) in vague:
            features.append("refined-by-last")
        near = {
            w.means
            for number in range(scene.number - 2, scene.number + 2)
            for w in scene.stage.weapons.get(number, ())
            if number != scene.number
        }
        if near & vague:
            features.append("refined-near")
            features.append(
                "refined-near:definite" if scene.number in scene.stage.speaking else "refined-near:new"
            )
        elif vague & set(counts):
            features.append("refined-far")
            if len(vague & set(counts)) == 1:
                features.append("refined-far:alone")
    most = max((n for code, n in counts.items() if code not in GENERAL), default=0)
    if weapon.means not in GENERAL and counts[weapon.means] == most:
        features.append(f"told-most:{place}")
        if "refines-here" in features:
            features.append("refines-here:told-most")
        if sum(code not in GENERAL for code in counts) == 1:
            features.append(f"told-alone:{place}")
            if "refines-here" in features:
                features.append("refines-here:told-alone")
    token = view.tokens[view.index_of(weapon.span.end - 1)]
    if token.dep:
        head = token.head
        if not elsewhere and head is not None and head >= 0:
            if scene.binding.cue.first <= head < scene.binding.cue.last:
                features.append(f"of-own-harm:{token.dep}")
            elif view.tokens[head].pos == "VERB" and token.dep in {"obj", "nsubj:pass"}:
                features.append("suffers-the-verb")
    return features


def _kind(scene: Scene, weapon: Weapon, view: View) -> list[str]:
    """Return the features of the means word itself."""
    place = "here" if view.number == scene.number else "elsewhere"
    features = [f"code:{weapon.means}:{place}"]
    features += [f"code:{weapon.means}:{trait}" for trait in scene.traits]
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
    hits = [index for index, word in enumerate(words) if word in lexicon.means.hitting]
    reached = {index for hit in hits for index in range(hit + 1, min(hit + HIT_BEFORE + 1, len(words)))}
    best: tuple[int, int, int, TargetKind] | None = None
    for index in sorted(reached):
        for length in range(min(lexicon.means.longest, len(words) - index), 0, -1):
            kind = lexicon.means.targets.get(tuple(words[index : index + length]))
            if kind is None:
                continue
            if not binding.persons.first <= index < binding.persons.last:
                distance = abs(index - binding.cue.first)
                if best is None or distance < best[0]:
                    best = (distance, index, index + length, kind)
            break
    if best is None:
        return None
    _, first, last, kind = best
    return view.tokens[first].span.to(view.tokens[last - 1].span), kind
