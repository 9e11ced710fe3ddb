"""Name the attacks of one report: claims on the same attack share an incident id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cairn.claims.choose import class_of
from cairn.claims.scene import LASTING, SMALL_WORDS, Stage, turn_between
from cairn.claims.view import sentence_number
from cairn.records import Claim, Harm, Means, Period, Place, Scope, content_id, distance_km

GENERAL = frozenset({Means.ATTACK, Means.EXPLOSION, Means.CLASHES})
"""Means that a more telling one may be another telling of."""
HELD = LASTING | {Harm.DISPLACED}
"""Harms that are seldom part of an attack that kills."""
TAKEN = frozenset({Harm.ABDUCTED, Harm.MISSING})
"""Of those, the two that may tell one thing."""
APART = (0, 1, 4)
"""Sentences: upper ends of the classes of how far apart two figures are told."""
NEAR_KM = 60.0
"""Two towns closer than that are told apart with care: their attacks may be one."""
DAYS = (3, 45)
"""Upper ends of the classes of how many days lie between two times."""
BESIDE = 1
"""Sentences between a whole and a part that is of its attack without more being told."""
LEAST = 1.0
"""Odds, as a natural logarithm, from which a claim joins an incident; set on both parts of the annotated
reports. To join two attacks is worse than to leave one in two: linking still can join those."""
NOTHING_APART = 1.5
"""Added where nothing told keeps a claim apart from any of an incident; set likewise."""
RECENT = 24
"""Claims of an incident that a new one is compared with, so that long lists stay cheap."""
APART_ALONE = frozenset(
    [
        "harm:held-and-hurt",
        "harm:held-otherwise",
        "means:other",
        "place:near",
        "place:far",
        "place:abroad",
        "time:gap-3",
        "time:gap-45",
    ]
)
"""What keeps two claims apart unless something else joins them, such as a name."""
YEARS_APART = f"time:gap-over-{DAYS[-1]}"
"""What keeps them apart whatever else joins them: two may have been killed in one town twice."""


@dataclass(frozen=True, slots=True)
class Account:
    """A claim with where its report tells it, and in what words: in lower case, and those with a capital."""

    claim: Claim
    sentence: int
    words: frozenset[str]
    names: frozenset[str]


def name_incidents(claims: Sequence[Claim], stage: Stage) -> tuple[Claim, ...]:
    """Return the claims with incident ids: parts told near that of their whole, others the likeliest.

    A claim joins the incident with whose claims it agrees most in the mean, if enough speaks for it.
    A tally has no incident. The id is made from the first claim of the incident, so it does not move when a
    later claim is read differently.
    """
    weights = stage.lexicon.weights["incident"]
    members: dict[str, list[Account]] = {}
    incident_of: dict[str, str] = {}
    accounts: dict[str, Account] = {}
    named: list[Claim] = []
    for claim in claims:
        if claim.scope is Scope.TALLY:
            named.append(claim)
            continue
        account = account_of(claim, stage)
        incident = _of_whole(account, accounts, incident_of) or _likeliest(account, members, stage, weights)
        incident = incident or content_id("inc", [claim.id])
        members.setdefault(incident, []).append(account)
        incident_of[claim.id], accounts[claim.id] = incident, account
        named.append(replace(claim, incident=incident))
    return tuple(named)


def _of_whole(
    account: Account, accounts: Mapping[str, Account], incident_of: Mapping[str, str]
) -> str | None:
    """Return the incident of a whole told right before its part; further on a sum may be of many attacks."""
    whole = accounts.get(account.claim.part_of or "")
    if whole is None or account.sentence - whole.sentence > BESIDE:
        return None
    return incident_of[whole.claim.id]


def _likeliest(
    account: Account, members: Mapping[str, Sequence[Account]], stage: Stage, weights: Mapping[str, float]
) -> str | None:
    """Return the incident that most speaks for, the latest of equals; ``None`` when too little does."""
    best, most = None, LEAST
    for incident, others in members.items():
        found = [pair_features(other, account, stage) for other in others[-RECENT:]]
        if any(YEARS_APART in features for features in found):
            continue
        odds = sum([weights.get(feature, 0.0) for features in found for feature in features]) / len(found)
        if not any(APART_ALONE.intersection(features) for features in found):
            odds += NOTHING_APART
        if odds >= most:
            best, most = incident, odds
    return best


def account_of(claim: Claim, stage: Stage) -> Account:
    """Return the claim with its sentence and the words that tell who was harmed."""
    number = sentence_number(stage.reading, claim.anchor)
    tokens = stage.views[number].tokens if stage.views else ()  # a given report may come without its text
    words = {token.text for token in tokens if token.span.overlaps(claim.anchor) and token.text[0].isalpha()}
    words = {word for word in words if word.lower() not in SMALL_WORDS}
    return Account(
        claim=claim,
        sentence=number,
        words=frozenset(word.lower() for word in words),
        names=frozenset(word for word in words if word[0].isupper()),
    )


def pair_features(one: Account, other: Account, stage: Stage) -> tuple[str, ...]:
    """Return what speaks for and against two accounts, in reading order, telling one attack.

    The weights of these features are natural logarithms of odds; ``training/incidents.py`` fits them.
    """
    first, second = one.claim, other.claim
    features = [
        "one",
        "harm:" + _harms(first.harm, second.harm),
        "means:" + _means(first.means, second.means),
        "place:" + _places(first.place, second.place),
        "time:" + _times(first.time, second.time),
        "apart:" + class_of(other.sentence - one.sentence, APART),
    ]
    if first.harm is second.harm:
        figures = [claim.count.low or claim.count.high or 0 for claim in (first, second)]
        alike = "same" if figures[0] > 1 else "single"
        features.append("figure:" + (alike if figures[0] == figures[1] else "other"))
    if one.names & other.names:
        features += ["name:same", "name:same:" + ("harm" if first.harm is second.harm else "other-harm")]
    elif one.names and other.names:
        features.append("name:other")
    if one.words & other.words:
        features.append("word:same")
    if first.perpetrator and second.perpetrator:
        doers = [set(claim.perpetrator.lower().split()) for claim in (first, second) if claim.perpetrator]
        features.append("doer:" + ("same" if doers[0] & doers[1] - SMALL_WORDS else "other"))
    if turn_between(stage, one.sentence, other.sentence):
        features.append("turn-between")
    if first.part_of is not None and first.part_of == second.part_of:
        features.append("parts-of-one")
    return tuple(features)


def _harms(one: Harm, other: Harm) -> str:
    """Return how two harms go together."""
    harms = {one, other}
    if len(harms) == 1:
        return "same:held" if harms <= HELD else "same"
    if harms == TAKEN:
        return "taken"
    if harms <= HELD:
        return "held-otherwise"
    return "held-and-hurt" if harms & HELD else "hurt-otherwise"


def _means(one: Means | None, other: Means | None) -> str:
    """Return how two means go together."""
    told = {one, other} - {None}
    if len(told) < 2:
        return "untold" if not told else "same" if one is other else "untold-once"
    return "general" if len(told - GENERAL) < 2 else "other"


def _places(one: Place | None, other: Place | None) -> str:
    """Return how two places lie."""
    if one is None or other is None:
        return "untold"
    if one.name == other.name:
        return "same"
    apart = distance_km(one, other)
    if apart is None:
        return "inside" if one.country == other.country else "abroad"
    if apart <= max(one.radius_km or 0.0, other.radius_km or 0.0):
        return "inside"
    return "near" if apart < NEAR_KM else "far" if one.country == other.country else "abroad"


def _times(one: Period | None, other: Period | None) -> str:
    """Return how two times lie."""
    if one is None or other is None:
        return "untold" if one is other else "untold-once"
    if (one.start, one.end) == (other.start, other.end):
        return "same"
    gap = max((other.start - one.end).days, (one.start - other.end).days)
    return "overlap" if gap <= 0 else "gap-" + class_of(gap, DAYS)
