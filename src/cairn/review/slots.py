"""Slots: the boxes in which a person corrects one, and the value that a decision records of them."""

from __future__ import annotations

import json

from cairn.errors import InputError
from cairn.records import Claim, Group, Harm, Means, Place, Scope, Span, Status, TargetKind
from cairn.review.forms import Form

LARGEST_COUNT = 10**10
"""More than there are people; what is longer was not meant as a number."""

KEYS = {
    "count": "1", "harm": "2", "victims": "3", "perpetrator": "4", "means": "5", "target": "6", "place": "7",
    "time": "8", "sources": "9", "status": "0", "scope": "s", "part_of": "w",
}  # fmt: skip
"""Slots by their published names, in the order of a card, each with the key that opens its boxes."""

FIELDS = {"speakers": "sources"}
"""Fields of a claim whose published name is another."""

CHOICES: dict[str, tuple[str, ...]] = {
    "harm": tuple(harm.value for harm in Harm),
    "means": tuple(means.value for means in Means),
    "status": tuple(status.value for status in Status),
    "scope": tuple(scope.value for scope in Scope),
    "kind": tuple(kind.value for kind in TargetKind),
    "groups": tuple(group.value for group in Group),
}
"""What may be chosen in a box."""


def typed_value(slot: str, form: Form, claim: Claim) -> str:
    """Return as JSON what a person typed into the boxes of a slot.

    Args:
        slot: by its published name.
        form: with the boxes.
        claim: as it stands; what the boxes do not show of a slot stays.

    Raises:
        InputError: what was typed is no number, or no country’s code.
    """
    return json.dumps(_value(slot, form, claim), ensure_ascii=False)


def _value(slot: str, form: Form, claim: Claim) -> object:
    text = form.one("text")
    if slot == "count":
        return _count(form, claim)
    if slot == "victims":
        return {"text": text, "groups": form.many("groups") or [Group.UNSPECIFIED.value]}
    if slot == "target":
        return {"text": text, "kind": form.one("kind") or TargetKind.OTHER.value} if text else None
    if slot == "place":
        return _place(text, form.one("country").upper() or None, claim)
    if slot == "time":
        start = form.one("start")
        return {"start": start, "end": form.one("end") or start} if start else None
    if slot == "sources":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if slot in CHOICES:
        return form.one("choice") or None
    return text or None


def _count(form: Form, claim: Claim) -> dict[str, object]:
    bounds = {name: _number(form.one(name)) for name in ("low", "high")}
    told = any(value is not None for value in bounds.values())
    fraction = None if told else claim.count.fraction
    return bounds | {"approx": bool(form.one("approx")), "fraction": fraction}


def _number(typed: str) -> int | None:
    plain = typed.replace(",", "").replace(" ", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= len(str(LARGEST_COUNT))):
        raise InputError(f"{typed[:40]!r} is no number of persons; write digits, or leave the box empty")
    return int(plain)


def _place(name: str, country: str | None, claim: Claim) -> dict[str, object] | None:
    """Return a place; a new one comes without coordinates, which were read for another name."""
    if not name:
        return None
    if country is not None and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise InputError(f"{country[:40]!r} is no country’s code; write its two letters, such as SY")
    held = claim.place
    if held is None or (held.name, held.country) != (name, country):
        held = Place(name=name, country=country)
    return {
        "name": name,
        "country": country or held.country,
        "geonames_id": held.geonames_id,
        "latitude": held.latitude,
        "longitude": held.longitude,
        "radius_km": held.radius_km,
    }


def selected(start: str, end: str, text: str) -> Span | None:
    """Return the words that a person selected in a text; ``None`` when it is none of its words."""
    if not all(each.isascii() and each.isdecimal() and len(each) < 10 for each in (start, end)):
        return None
    first, last = int(start), int(end)
    if not first < last <= len(text):
        return None
    words = text[first:last]
    first += len(words) - len(words.lstrip())
    last -= len(words) - len(words.rstrip())
    return Span(first, last) if first < last else None
