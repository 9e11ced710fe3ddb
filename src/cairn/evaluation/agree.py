"""When a predicted slot agrees with an annotated one, by the rules of the contract's referee."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

GENERIC = frozenset(
    [
        "source",
        "sources",
        "official",
        "officials",
        "ministry",
        "police",
        "army",
        "forces",
        "force",
        "group",
        "groups",
        "agency",
        "state",
        "government",
        "spokesman",
        "spokeswoman",
        "military",
        "militants",
        "media",
        "report",
        "reports",
        "people",
        "activists",
        "authorities",
        "local",
        "security",
        "news",
        "center",
        "centre",
        "syrian",
    ]
)
"""Words that two different names may share without being one."""
UNCOUNTED = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "at",
        "on",
        "for",
        "and",
        "city",
        "town",
        "province",
        "district",
        "governorate",
        "village",
        "region",
        "state",
        "country",
        "s",
        "its",
        "his",
        "her",
        "their",
    ]
)
LONGEST_SLACK_DAYS = 31

Json = Mapping[str, Any]


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name without accents, case, possessives and small words."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return frozenset(re.findall(r"[a-z0-9]+", plain.replace("'s", ""))) - UNCOUNTED


def same_name(gold: str | None, got: str | None) -> bool:
    """Say whether two names name one thing; ``gold`` may give alternatives parted by ``|``.

    Half of the words in common are enough, or one name inside the other by more than a generic word, or
    the acronym of a form.
    """
    if not gold or not got:
        return not gold and not got
    return any(_same_form(form, name_words(got)) for form in gold.split("|"))


def _same_form(form: str, got: frozenset[str]) -> bool:
    words = name_words(form)
    if words and got:
        if 2 * len(words & got) >= len(words | got):
            return True
        inside = words <= got or got <= words
        if inside and min(words, got, key=len) - GENERIC:
            return True
    return "".join(word[0] for word in form.split() if word[:1].isupper()).lower() in got


def same_place(gold: Json | None, got: Json | None) -> bool:
    """Say whether two places have one name and no two countries."""
    if gold is None or got is None:
        return gold is None and got is None
    countries = {gold.get("country"), got.get("country")}
    return same_name(gold["name"], got.get("name")) and (len(countries) == 1 or None in countries)


def same_time(gold: Json | None, got: Json | None) -> bool:
    """Say whether both ends of two periods lie close: within a day, or a tenth of the gold period."""
    if gold is None or got is None:
        return gold is None and got is None
    (first, last), (start, end) = (
        tuple(dt.date.fromisoformat(period[key][:10]) for key in ("start", "end")) for period in (gold, got)
    )
    slack = max(1, min(LONGEST_SLACK_DAYS, (last - first).days // 10))
    return abs((first - start).days) <= slack and abs((last - end).days) <= slack


def same_count(gold: Json, got: Json) -> bool:
    """Say whether both bounds and the fraction of two counts are equal."""
    return all(gold.get(key) == got.get(key) for key in ("low", "high", "fraction"))


def same_chain(gold: list[str], got: list[str]) -> bool:
    """Say whether two chains of voices agree link by link."""
    return len(gold) == len(got) and all(map(same_name, gold, got))
