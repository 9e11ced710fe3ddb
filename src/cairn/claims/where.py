"""Options for the place of a harm: every place named around it, and none."""

from __future__ import annotations

from cairn.claims.choose import Option
from cairn.claims.scene import Scene, null_features, standing
from cairn.claims.told import EXACTNESS, ToldPlace
from cairn.records import Harm, Locality, Mention, PlaceKind, distance_km

BACK, AHEAD = 8, 3  # sentences before and after the figure in which its place may be named
REFINED_BACK = 2  # sentences back in which a more exact place of the same attack may have been named


def place_options(scene: Scene) -> list[Option[Mention[Locality]]]:
    """Return every place around the figure as an option, and the option that no place is told."""
    options: list[Option[Mention[Locality]]] = []
    here = False
    places = scene.stage.places
    named = [each for each in places if not each.mention.value.adjectival]
    beside = [each.mention for each in named if each.sentence == scene.number]
    near = [each.mention for each in named if -REFINED_BACK <= each.sentence - scene.number <= AHEAD]
    for told in places:
        mention, offset = told.mention, told.sentence - scene.number
        if mention.value.kind is PlaceKind.AREA:
            continue
        if not -BACK <= offset <= AHEAD and not scene.taken("place", told.key):
            continue
        here = here or (offset == 0 and not mention.value.adjectival)
        features = [*standing(scene, mention.span, "place", told.key), *_kind(scene, told)]
        if offset:
            words = _told_here(beside, mention)
            features.append(f"elsewhere:{words}")
            features.append(f"elsewhere:{words}:" + ("after" if offset > 0 else "before"))
            if told.attacked:
                features.append(f"attacked:elsewhere:{words}")
        if told.attacked:
            features.append("attacked:" + ("elsewhere" if offset else "here"))
        features.append("named:" + ("often" if told.often else "rarely"))
        if told.abroad:
            features.append("other-country")
        if offset and any(_contains(other.value, mention.value) for other in beside):
            features.append("refines-here:" + ("after" if offset > 0 else "before"))
        if any(_contains(mention.value, other.value) for other in near):
            features.append("refined-nearby")
            features.append("refined-nearby:" + ("lede" if scene.number <= 1 else "body"))
        options.append(Option(mention, tuple(features), told.key))
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


def _kind(scene: Scene, told: ToldPlace) -> list[str]:
    """Return the features of the place itself and of the words around it."""
    place = "here" if told.sentence == scene.number else "elsewhere"
    features = [f"kind:{told.sort}", f"kind:{told.sort}:{place}"]
    features += [f"kind:{told.sort}:{trait}" for trait in scene.traits]
    features += told.left
    if told.towards and scene.binding.harm is Harm.DISPLACED:
        features.append("where-they-went")
    features += told.right
    noun = scene.binding.persons.value.noun
    if noun is not None and noun.overlaps(told.mention.span):
        features.append("in-victims")
    features += told.company
    return features
