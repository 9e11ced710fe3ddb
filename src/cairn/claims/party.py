"""Options for who did it: every doer of the report, by what is told of it around the figure."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.claims.acting import Kind
from cairn.claims.bind import Binding
from cairn.claims.choose import Option, class_of
from cairn.claims.doers import Party
from cairn.claims.names import words_of
from cairn.claims.scene import Scene, Taken, null_features, standing
from cairn.claims.tellings import VAGUE_KINDS, Doer, Telling, Words, party_words, singular, voices_of
from cairn.claims.tree import ancestors
from cairn.claims.weapons import Weapon
from cairn.records import Attribution, Harm, Mention, Span

BACK, AHEAD = 12, 6  # sentences around the figure in which a doer must be told at least once
LEDE = 2  # sentences at the start whose doers may be those of any figure
NEAR = 2  # sentences around the figure that count as its neighbourhood


def party_options(
    scene: Scene,
    voiced: Mention[Attribution] | None,
    armed: Weapon | None = None,
    now: Taken | None = None,
) -> list[Option[Party]]:
    """Return every doer told in the report as an option, and the option that none is told.

    A party that only another voice than the figure's own names is no option: one speaker's accusation is
    not put into another's mouth. What the report says in its own voice is open to every figure.

    Args:
        scene: the figure in its report.
        voiced: the attribution chosen for the figure, ``None`` for the report's own voice.
        armed: the means chosen for the figure.
        now: what else was chosen for the figure, by slot.
    """
    own = voices_of(voiced, scene.reading, scene.names, scene.lexicon) if voiced is not None else ()
    deeds = [sum(map(_acts, doer.tellings)) for doer in scene.stage.doers]
    told, every = max(deeds, default=0), sum(deeds)
    options: list[Option[Party]] = []
    here = False
    closest = len(RANKS)
    for doer in scene.stage.doers:
        tellings = [t for t in doer.tellings if _reachable(scene, t) and not _is_figure(scene, t)]
        open_to = [t for t in tellings if t.sentence == scene.number or _open_to(t, own)]
        if not open_to:
            continue
        ranked = sorted(((_rank(scene, t, armed), t) for t in open_to), key=lambda each: PLACES[each[0]])
        features, rank = _features(scene, doer, ranked, own, armed, now or {}, most=told, every=every)
        if "words-of-the-harmed" not in features and "harmed-elsewhere" not in features:
            closest = min(closest, PLACES[rank])
        here = here or any(t.sentence == scene.number and _acts(t) for t in open_to)
        options.append(Option(_shown(scene, doer, ranked), tuple(features)))
    best = RANKS[closest] if closest < len(RANKS) else "nobody"
    options.append(Option(None, _nothing(scene, armed, now or {}, best, sum(map(bool, deeds)), here=here)))
    return options


def party_key(scene: Scene, party: Party) -> str:
    """Return a key that tellings of one party share."""
    words = party_words(party.span.words(scene.reading.document.text), scene.lexicon)
    for doer in scene.stage.doers:
        if doer.full.span == party.span or any(t.party.span == party.span for t in doer.tellings):
            words = doer.words
            break
    return " ".join(sorted(words))


def _shown(scene: Scene, doer: Doer, ranked: Sequence[Ranked]) -> Party:
    """Return the telling whose words fill the slot: the nearest, or the full name that it shortens."""
    text = scene.reading.document.text
    parties = (telling.party for _, telling in ranked)
    plain = (party for party in parties if party.kind not in VAGUE_KINDS and party.kind is not Kind.CRAFT)
    nearest = next(plain, None)
    if nearest is None:
        return doer.full
    if nearest.role == "modifier" and (plural := _plural(nearest, doer, text)) is not None:
        nearest = plural
    short, full = words_of(nearest.span.words(text)), words_of(doer.full.span.words(text))
    named = any(word[:1].isupper() for word in doer.full.span.words(text).split())
    return doer.full if named and short <= full else nearest


def _plural(modifier: Party, doer: Doer, text: str) -> Party | None:
    """Return the plural that a word before an attack stands for: "rebel shelling", elsewhere "rebels"."""
    word = modifier.span.words(text).lower()
    told = ((t.party, t.party.span.words(text).lower()) for t in doer.tellings)
    return next((party for party, words in told if words != word and singular(words) == word), None)


def _reachable(scene: Scene, telling: Telling) -> bool:
    return telling.sentence <= LEDE or -BACK <= telling.sentence - scene.number <= AHEAD


def _is_figure(scene: Scene, telling: Telling) -> bool:
    """Say whether a telling names the figure's own people, or those harmed by the very deed."""
    party = telling.party
    if scene.binding.persons.span.overlaps(party.span):
        return True
    return party.act is not None and any(
        other.persons.span.overlaps(party.span)
        and any(
            part.overlaps(party.act)
            for part in (other.view.tokens[other.cue.first].span, *other.cue.value.parts)
        )
        for other in scene.figures(telling.sentence)
    )


def _open_to(telling: Telling, own: Sequence[Words]) -> bool:
    """Say whether the words that name a doer are the report's own or of the figure's own voice."""
    return not telling.voices or _same_voice(telling.voices, own)


def _same_voice(voices: Sequence[Words], own: Sequence[Words]) -> bool:
    return any(one <= two or two <= one for one in voices for two in own if one and two)


SUMMING = frozenset(
    {"since", "conflict", "war", "total", "years", "overall", "uprising", "violence", "clashes"}
)
"""Words beside a figure over which no one party has done the harm."""
RANKS = (
    *("own-harm", "over-harm", "under-harm", "same-figure", "chosen-means", "acts-here"),
    *("acts-s-1", "acts-s+1", "acts-s-2"),
    *("acts-s+2", "told-here", "acts-in-lede", "acts-far", "told-s-1", "told-near", "told-far"),
)
"""How closely what is told of a doer is joined to a figure, closest first."""
PLACES = {rank: place for place, rank in enumerate(RANKS)}
Ranked = tuple[str, Telling]
"""A telling of a doer with its rank."""


def _acts(telling: Telling) -> bool:
    """Say whether a telling makes its party the doer of harm or attack."""
    return telling.party.role != "told" and not telling.party.role.endswith("-of-other")


def _rank(scene: Scene, telling: Telling, armed: Weapon | None) -> str:
    """Return how closely one telling of a doer is joined to the figure."""
    offset = telling.sentence - scene.number
    acts = _acts(telling)
    if telling.party.act is not None and offset == 0 and (joined := _deed(scene.binding, telling)):
        return joined
    if acts and offset and _does_same_figure(scene, telling):
        return "same-figure"
    act = telling.party.act
    if armed is not None and (
        (act is not None and act.overlaps(armed.span)) or _is_means(scene, telling, armed)
    ):
        return "chosen-means"
    if offset == 0:
        return "acts-here" if acts else "told-here"
    if acts and abs(offset) <= NEAR:
        return f"acts-s{offset:+d}"
    if acts:
        return "acts-in-lede" if telling.sentence <= 1 else "acts-far"
    return "told-s-1" if offset == -1 else "told-near" if abs(offset) <= NEAR else "told-far"


def _is_means(scene: Scene, telling: Telling, armed: Weapon) -> bool:
    """Say whether the words for a doer tell the figure's means too: "a suicide bomber"."""
    return any(
        weapon.means is armed.means and weapon.span.overlaps(telling.party.span)
        for weapon in scene.stage.weapons[telling.sentence]
    )


def _deed(binding: Binding, telling: Telling) -> str:
    """Return how what a party does in a figure's sentence hangs together with the harm."""
    act = telling.party.act
    view = binding.view
    if act is None:
        return ""
    at = view.index_of(act.start)
    cue = binding.cue.first
    if any(part.overlaps(act) for part in (view.tokens[cue].span, *binding.cue.value.parts)):
        return "own-harm"
    if at in ancestors(view.tokens, cue):
        return "over-harm"
    if cue in ancestors(view.tokens, at):
        return "under-harm"
    return ""


def _does_same_figure(scene: Scene, telling: Telling) -> bool:
    """Say whether the doer harms the same number in the same way in another sentence."""
    count = scene.binding.persons.value.count
    for other in scene.figures(telling.sentence):
        again = other.persons.value.count
        if (
            other.harm is scene.binding.harm
            and (count.low or count.high) == (again.low or again.high)
            and (count.low or count.high or 0) > 1
            and _deed(other, telling)
        ):
            return True
    return False


def _features(
    scene: Scene,
    doer: Doer,
    ranked: Sequence[Ranked],
    own: Sequence[Words],
    armed: Weapon | None,
    now: Taken,
    *,
    most: int,
    every: int,
) -> tuple[list[str], str]:
    """Return the features of a doer, and its closest rank; ``ranked`` are its tellings, closest first."""
    key = " ".join(sorted(doer.words))
    rank, best = ranked[0]
    tellings = [telling for _, telling in ranked]
    features = {*standing(scene, best.party.span, "perpetrator", key)}
    trait = scene.traits[0]
    role = best.party.role.split("-of-")[0]
    features |= {f"rank:{rank}", f"rank:{rank}:{trait}", f"role:{role}", f"role:{role}:{trait}"}
    if rank in {"own-harm", "acts-here", "over-harm", "under-harm"}:
        features.add(f"role:{best.party.role}:{rank}")
    kind = doer.full.kind
    features |= {f"kind:{kind}", f"kind:{kind}:{trait}", f"kind:{kind}:{rank}"}
    # Police detain and gunmen abduct; those charged with a killing did not arrest themselves.
    features |= {f"role:{role}:{scene.binding.harm}", f"kind:{kind}:{scene.binding.harm}"}
    view = scene.views[best.sentence]
    at = view.index_of(best.party.span.end - 1)
    if _acts(best):
        features.add(f"acts-as:{view.tokens[at].dep}:{rank}")
    if view.word(at) in scene.lexicon.speech.persons and at > view.index_of(best.party.span.start):
        features |= {"office", f"office:{role}"}  # "police spokesman", "army colonel"; not "rebels"
    ranks = {rank for rank, _ in ranked}
    features |= {f"also:{other}" for other in ranks & set(RANKS[:11]) if other != rank}
    on = scene.number in scene.stage.speaking
    if on:
        features.add(f"rank:{rank}:speaks-on")
    if any(_acts(t) and t.sentence > scene.number and t.sentence in scene.stage.speaking for t in tellings):
        features.add("told-back-to")
        features.add(f"told-back-to:{rank}")
    if armed is not None and kind is Kind.LONE:
        features.add(f"lone:means:{armed.means}")
    features |= _shared_attack(scene, tellings, armed, now)
    acting = sum(map(_acts, tellings))
    features.add(f"acts-{class_of(acting, (0, 1, 2, 4))}")
    if acting and acting == most:
        features.add("acts-most")
    if acting:
        features.add(f"share-{class_of(10 * acting // every, (1, 2, 4, 7))}")
        if acting == every:
            features.add("acts-alone")
    if any(telling.speaking for telling in tellings):
        features.add("speaks")
    if any(telling.speaking and _same_voice([doer.words], own) for telling in tellings):
        features.add("speaks-for-figure")
    if own and any(telling.voices for telling in tellings):
        features.add("own-voice-tells")
    victims = party_words(scene.binding.persons.span.words(scene.reading.document.text), scene.lexicon)
    if victims & doer.words:
        features.add("words-of-the-harmed")
        if victims >= doer.words:
            features.add("is-among-the-harmed")
    if any(_harmed(scene, telling.party.span) for telling in tellings):
        features.add("harmed-elsewhere")
    if any(f.persons.span.overlaps(t.party.span) for t in tellings for f in scene.figures(scene.number)):
        features.add("harmed-beside")
    features |= _history(scene, key, now)
    return sorted(features), rank


def _shared_attack(scene: Scene, tellings: Sequence[Telling], armed: Weapon | None, now: Taken) -> set[str]:
    """Return what the attacks of a doer in other sentences share with what was chosen for the figure."""
    features: set[str] = set()
    victims = scene.binding.persons
    harmed = {token.lower for token in scene.binding.view.tokens[victims.first : victims.last]}
    harmed = {word for word in harmed if len(word) > 3 and word.isalpha()}
    for telling in tellings:
        if not _acts(telling) or telling.sentence == scene.number:
            continue
        weapons = scene.stage.weapons[telling.sentence]
        act = telling.party.act
        own = {w.means for w in weapons if act is not None and act.overlaps(w.span)} or {
            w.means for w in weapons
        }
        if armed is not None and own:
            features.add("means-agree" if armed.means in own else "means-differ")
        view = scene.views[telling.sentence]
        words = {token.lower for token in view.tokens}
        if harmed & words:
            features.add("harmed-told-there")
        place = now.get("place")
        if place and any(part in words for part in place.lower().split() if len(part) > 3):
            features.add("place-told-there")
    if {"means-agree", "means-differ"} <= features:
        features.discard("means-differ")
    return features


def _harmed(scene: Scene, span: Span) -> bool:
    """Say whether another figure's people stand at ``span``."""
    return any(
        other.persons.span.overlaps(span)
        for number in range(scene.number - 1, scene.number + 2)
        for other in scene.figures(number)
    )


def _history(scene: Scene, key: str, now: Taken) -> set[str]:
    """Return whether earlier figures of the same sentence, or of the same attack, took the doer."""
    features = set()
    for binding, taken in scene.history:
        if taken.get("perpetrator") != key:
            continue
        if binding.view.number == scene.number:
            features.add("taken-in-sentence")
            if binding.cue is scene.binding.cue:
                features.add("taken-by-same-cue")
        if _same_attack(taken, now):
            features.add("taken-in-same-attack")
    return features


def _same_attack(taken: Taken, now: Taken) -> bool:
    return all(now.get(slot) == taken.get(slot) for slot in ("time", "place", "means")) and bool(now)


def _nothing(
    scene: Scene, armed: Weapon | None, now: Taken, closest: str, doers: int, *, here: bool
) -> tuple[str, ...]:
    """Return the features of the option that the text does not say."""
    features = {*null_features(scene, "perpetrator", any_here=here)}
    harm: Harm = scene.binding.harm
    features |= {f"none:{harm}", f"none:means:{armed.means if armed else None}"}
    features |= {f"none:closest:{closest}", f"none:closest:{closest}:{scene.traits[0]}"}
    features.add(f"none:doers-{class_of(doers, (0, 1, 2, 4, 8))}")
    features |= {f"none:with:{word}" for word in scene.stage.words[scene.number] & SUMMING}
    if scene.number in scene.stage.speaking:
        features.add("none:speaks-on")
        features.add(f"none:speaks-on:{closest}")
    for binding, taken in scene.history:
        none = taken.get("perpetrator") is None
        if binding.view.number == scene.number:
            features.add("none:sentence-none" if none else "none:sentence-told")
        if _same_attack(taken, now):
            features.add("none:same-attack-none" if none else "none:same-attack-told")
    return tuple(sorted(features))
