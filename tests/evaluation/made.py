"""Annotated claims made for tests, and disturbed copies of them."""

from __future__ import annotations

import copy
import random
from typing import Any

Json = dict[str, Any]

HARMS = ("killed", "injured", "casualties", "missing", "abducted", "detained", "displaced")
NAMES = ("army", "Nomsa Veldt", "Tarn Relief Network", "TRN", "police", None)
DAYS = ("2021-07-01", "2021-07-02", "2021-07-09", "2020-01-01")


def annotated(number: int = 1, **changed: Any) -> Json:
    """Return a full claim whose anchor is the ``number``-th stretch of ten characters."""
    return {
        "id": f"c{number}",
        "anchor": [10 * number, 10 * number + 8],
        "harm": "killed",
        "count": {"low": 4, "high": 4, "approx": False, "fraction": None},
        "victims": {"text": "farmers", "groups": ["worker"]},
        "perpetrator": None,
        "means": "shelling",
        "target": None,
        "place": {"name": "Tarn", "country": "ZZ"},
        "time": {"start": "2021-07-01", "end": "2021-07-01"},
        "sources": ["Nomsa Veldt"],
        "status": "asserted",
        "scope": "incident",
        "part_of": None,
        "incident": "raid",
    } | changed


def report(*claims: Json, report_id: str = "r1", **changed: Any) -> Json:
    text = "x" * (10 * len(claims) + 20)
    return {"id": report_id, "published": "2021-07-02", "text": text, "claims": list(claims)} | changed


def disturbed(gold: dict[str, Json], seed: int) -> dict[str, Json]:
    """Return predictions made from annotated reports by chance: claims dropped, doubled, moved, altered."""
    chance = random.Random(seed)  # noqa: S311
    got: dict[str, Json] = {}
    for report_id, original in gold.items():
        if chance.random() < 0.05:
            continue
        claims = []
        for claim in copy.deepcopy(original["claims"]):
            claim["id"] = "p" + claim["id"]
            claim["part_of"] = claim["part_of"] and "p" + claim["part_of"]
            if chance.random() < 0.15:
                continue
            _alter(claim, chance)
            claims.append(claim)
            if chance.random() < 0.1:
                claims.append({**copy.deepcopy(claim), "id": claim["id"] + "-again"})
        chance.shuffle(claims)
        got[report_id] = {**original, "claims": claims}
    return got


def _alter(claim: Json, chance: random.Random) -> None:
    """Alter each slot of a claim with a chance of one in five; take the first of a name's alternatives."""
    changes: Json = {
        "anchor": [
            max(0, claim["anchor"][0] + chance.randint(-9, 9)),
            claim["anchor"][1] + chance.randint(10, 20),
        ],
        "harm": chance.choice(HARMS),
        "count": {**claim["count"], "low": chance.choice([None, 1, 2, 50])},
        "victims": {"text": "men", "groups": ["man"]},
        "perpetrator": chance.choice(NAMES),
        "means": chance.choice([None, "drone", "attack"]),
        "place": chance.choice(
            [None, {"name": "Tarn", "country": None}, {"name": "Old Tarn", "country": "SY"}]
        ),
        "time": chance.choice([None, {"start": DAYS[0], "end": chance.choice(DAYS[:3])}]),
        "sources": [name for name in chance.sample(NAMES, 2) if name],
        "status": "feared",
        "scope": "tally",
        "part_of": chance.choice([None, "pc1", "nobody"]),
        "incident": chance.choice([None, "i1", "i2"]),
    }
    for slot, value in changes.items():
        if chance.random() < 0.2:
            claim[slot] = value
    claim["sources"] = [name.split("|")[0] for name in claim["sources"]]
