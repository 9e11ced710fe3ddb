"""Options for the place of a harm: every place named around it, and none."""

from __future__ import annotations

from collections import Counter

from cairn.claims.choose import Option
from cairn.claims.scene import Scene, null_features, sentence_of, standing
from cairn.claims.tree import ancestors
from cairn.claims.view import View, within
from cairn.lexicon import SceneWords
from cairn.records import Harm, Locality, Mention, PlaceKind, distance_km

BACK, AHEAD = 8, 3  # sentences before and after the figure in which its place may be named
REFINED_BACK = 2  # sentences back in which a more exact place of the same attack may have been named
BESIDE = 6  # tokens between two places that are read together ("Saraqeb in Idlib")
EXACTNESS = {kind: rank for rank, kind in enumerate(PlaceKind)}


def place_options(scene: Scene) -> list[Option[Mention[Locality]]]:
    """Return every place around the figure as an option, and the option that no place is told."""
    options: list[Option[Mention[Locality]]] = []
    uses = Counter(m.value.place.name for m in scene.reading.localities if not m.value.adjectival)
    countries = Counter(m.value.place.country for m in scene.reading.localities)
    main = countries.most_common(1)[0][0] if countries else None
    here = False
    words = scene.lexicon.scenes
    kept = scene.taken("place")
    beside = [
        m for m in within(scene.binding.view.sentence, scene.reading.localities) if not m.value.adjectival
    ]
    near = [m for m in scene.reading.localities if _is_near(scene, m)]
    for mention in scene.reading.localities:
        offset = sentence_of(scene, mention.span) - scene.number
        if mention.value.kind is PlaceKind.AREA:
            continue
        key = place_key(mention)
        if not -BACK <= offset <= AHEAD and key not in kept:
            continue
        attacked = _attacked(scene.views[scene.number + offset], mention, words)
        here = here or (offset == 0 and not mention.value.adjectival)
        features = [*standing(scene, mention.span, "place", key), *_kind(scene, mention, offset)]
        if offset:
            told = _told_here(beside, mention)
            features.append(f"elsewhere:{told}")
            features.append(f"elsewhere:{told}:" + ("after" if offset > 0 else "before"))
            if attacked:
                features.append(f"attacked:elsewhere:{told}")
        if attacked:
            features.append("attacked:" + ("elsewhere" if offset else "here"))
        features.append("named:" + ("often" if uses[mention.value.place.name] >= 3 else "rarely"))
        if main is not None and mention.value.place.country != main:
            features.append("other-country")
        if offset and any(_contains(other.value, mention.value) for other in beside):
            features.append("refines-here:" + ("after" if offset > 0 else "before"))
        if any(_contains(mention.value, other.value) for other in near):
            features.append("refined-nearby")
            features.append("refined-nearby:" + ("lede" if scene.number <= 1 else "body"))
        options.append(Option(mention, tuple(features), key))
    options.append(Option(None, null_features(scene, "place", any_here=here)))
    return options


def _told_here(beside: list[Mention[Locality]], mention: Mention[Locality]) -> str:
    """Return how exact the places of the figure's own sentence are beside one elsewhere."""
    if not beside:
        return "not-told-here"
    if all(_coarser(other.value, mention.value) for other in beside):
        return "told-here-coarser"
    return "told-here"


def _coarser(one: Locality, other: Locality) -> bool:
    """Say whether ``one`` is less exact and may hold ``other``."""
    if EXACTNESS[one.kind] <= EXACTNESS[other.kind]:
        return False
    return None in (one.place.country, other.place.country) or one.place.country == other.place.country


def _attacked(view: View, mention: Mention[Locality], words: SceneWords) -> bool:
    """Say whether the words make a place what an attack fell on: "the strike on X", "shells hit X"."""
    at = view.index_of(mention.span.end - 1)
    chain = ancestors(view.tokens, at)[:3]
    return any(view.word(index) in words.attacks or view.word(index) in words.hitting for index in chain)


def _is_near(scene: Scene, mention: Mention[Locality]) -> bool:
    """Say whether a place is named in the sentences in which one attack is told."""
    if mention.value.adjectival:
        return False
    return -REFINED_BACK <= sentence_of(scene, mention.span) - scene.number <= AHEAD


def _contains(outer: Locality, inner: Locality) -> bool:
    """Say whether ``inner`` is a more exact place inside ``outer``."""
    one, other = outer.place, inner.place
    if EXACTNESS[inner.kind] >= EXACTNESS[outer.kind] or one.name == other.name:
        return False
    if inner.within == one.name:
        return True
    if one.country != other.country:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return True
    apart = distance_km(one, other)
    return apart is not None and one.radius_km is not None and apart <= one.radius_km


def place_key(mention: Mention[Locality]) -> str:
    """Return a key that mentions of one place share."""
    return mention.value.place.name.lower()


def _kind(scene: Scene, mention: Mention[Locality], offset: int) -> list[str]:
    """Return the features of the place itself and of the words right before it."""
    locality = mention.value
    kind = "adjective" if locality.adjectival else str(locality.kind)
    place = "here" if offset == 0 else "elsewhere"
    features = [f"kind:{kind}", f"kind:{kind}:{place}"]
    features += [f"kind:{kind}:{trait}" for trait in scene.traits]
    if "dateline" in locality.reason:
        features.append("dateline")
    view = scene.views[scene.number + offset]
    at = view.index_of(mention.span.start)
    told = scene.lexicon.scenes
    words = {view.word(at - step) for step in (1, 2, 3)}
    if view.word(at - 1) in told.locating or words & {"in", "at", "near"}:
        features.append("after-in")
    if view.word(at - 1) in told.moving:
        features.append("after-to-or-from")
    if scene.binding.harm is Harm.DISPLACED and view.word(at - 1) in told.moving - told.origins:
        features.append("where-they-went")
    if words & told.hitting:
        features.append("after-hit")
    if view.word(at - 1) in {"of", "'s"}:
        features.append("after-of")
    if view.pos(at + 1) in {"NOUN", "PROPN"} and view.word(at + 1) not in {
        "province",
        "city",
        "town",
        "district",
    }:
        features.append("before-noun")
    said = within(view.sentence, scene.reading.attributions)
    if any(m.value.speaker.overlaps(mention.span) for m in said):
        features.append("in-speaker")
    noun = scene.binding.persons.value.noun
    if noun is not None and noun.overlaps(mention.span):
        features.append("in-victims")
    features += _company(scene, view, mention)
    return features


def _company(scene: Scene, view: View, mention: Mention[Locality]) -> list[str]:
    """Return how exact the place is among those that stand beside it."""
    at = view.index_of(mention.span.start)
    beside = [
        other
        for other in within(view.sentence, scene.reading.localities)
        if other is not mention
        and not other.value.adjectival
        and abs(view.index_of(other.span.start) - at) <= BESIDE
    ]
    features = []
    rank = EXACTNESS[mention.value.kind]
    if any(EXACTNESS[other.value.kind] < rank for other in beside):
        features.append("beside-more-exact")
    if any(EXACTNESS[other.value.kind] > rank for other in beside):
        features.append("beside-less-exact")
    if any(other.value.within == mention.value.place.name for other in beside):
        features.append("contains-another")
    if mention.value.within is not None:
        features.append("inside-another")
    return features
