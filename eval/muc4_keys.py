"""MUC-4's answer keys, and how responses are scored against them.

A response maps to a key template when the incident types match at least in part ("ATTACK" is the parent of
all others, and half right) and a human target's name, description or type does, or a perpetrator, or a
physical target. Of all mappings the one with most credit is taken.

A fill is correct (COR) when value and cross-reference are right, partly so (PAR, half) when the value is
right and the cross-reference is not, or the value is the parent of the right one ("NO INJURY" of "NO DEATH").
Any alternative of the key will do. Optional fills and templates that are not given are not missing.

After the scorer's own configuration for MUC-4 (``config.el``, ``slotconfig.el``) and N. Chinchor, "MUC-4
Evaluation Metrics" (1992). Strings are compared by program (``same_name``) where then a person was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SLOTS = {
    12: "physical",
    18: "name",
    19: "description",
    20: "type",
    21: "number",
    23: "effect",
    9: "perpetrator",
    10: "perpetrator",
}
"""Slot of a key -> name here; the two slots of perpetrators are one."""
SCORED = {"number": "hum-tgt-num", "effect": "hum-tgt-effect"}
"""Slot that is scored here -> its name in ``official_slot_scores.tsv``."""
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
"""A string of a key, in which a quotation mark stands after a backslash."""
MOST_EXACT = 10
"""Keys up to which every mapping is tried."""
PARENTS = {"NO INJURY": {"NO DEATH", "NO INJURY OR DEATH"}, "POLITICAL FIGURE": {"GOVERNMENT OFFICIAL"}}
"""Set fill -> the finer ones that it is half right for (slotconfig.el)."""
PREMODIFIERS = frozenset(
    re.findall(
        r"[A-Z]+",
        "A THE AN THIS THAT THESE THOSE ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN MORE MOST MANY "
        "SEVERAL SOME ALL FEW ANY ANOTHER OTHER CERTAIN OF",
    )
)
"""Words that no string is told apart by, as the scorer was configured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """One fill of a slot.

    Attributes:
        values: what it says, alternatives of a key; of a string slot, the strings.
        names: the targets that it refers to, alternatives; empty where it refers to none.
        optional: a response may leave it out.
    """

    values: tuple[str, ...]
    names: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One incident, of a key or a response."""

    types: tuple[str, ...]
    slots: dict[str, tuple[Fill, ...]]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many fills of a slot came out how."""

    cor: int = 0
    par: int = 0
    inc: int = 0
    spu: int = 0
    mis: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(
            self.cor + other.cor,
            self.par + other.par,
            self.inc + other.inc,
            self.spu + other.spu,
            self.mis + other.mis,
        )

    @property
    def recall(self) -> float:
        """Return the share of what the key holds, in percent."""
        return _percent(self.cor + self.par / 2, self.cor + self.par + self.inc + self.mis)

    @property
    def precision(self) -> float:
        """Return the share of what was given, in percent."""
        return _percent(self.cor + self.par / 2, self.cor + self.par + self.inc + self.spu)

    @property
    def f(self) -> float:
        """Return F with recall and precision weighed alike, in percent."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


# Reading keys


def read_keys(path: Path) -> dict[str, list[Template]]:
    """Read an answer key: message -> templates; an irrelevant message has none."""
    keys: dict[str, list[Template]] = {}
    for block in re.split(r"\n(?= ?0\. +MESSAGE: ID)", "\n" + path.read_text(encoding="latin-1")):
        rows: dict[int, list[str]] = {}
        number = None
        for line in block.splitlines():
            match = re.match(r" ?(\d{1,2})\. +[A-Z:/ ]+?(?:\s{2,}(.*))?$", line)
            if match:
                number = int(match.group(1))
                rows[number] = [(match.group(2) or "").strip()]
            elif line.strip() and not line.startswith(";") and number is not None:
                rows[number].append(line.strip())
        if 0 not in rows:
            continue
        templates = keys.setdefault(rows[0][0].split()[0], [])
        if rows[1][0] != "*":
            templates.append(_template(rows))
    return keys


def _template(rows: dict[int, list[str]]) -> Template:
    slots: dict[str, tuple[Fill, ...]] = dict.fromkeys(SLOTS.values(), ())
    for number, name in SLOTS.items():
        fills = [read_fill(line) for line in rows.get(number, []) if line not in {"", "-", "*"}]
        slots[name] += tuple(fills)
    return Template(
        types=tuple(each.strip() for each in rows[4][0].split("/")),
        slots=slots,
        optional="OPTIONAL" in rows[1][0],
    )


def read_fill(line: str) -> Fill:
    """Read one fill: '? 1 / PLURAL: "GUARD" / "GUARDS"', '"ANA RUIZ"'."""
    optional, body = line.startswith("?"), line.lstrip("? ")
    value, *names = re.split(r' *: *(?=")', body, maxsplit=1)
    strings = tuple(each.replace('\\"', "") for each in re.findall(STRING, value))
    values = strings or tuple(_number(each) for each in value.split("/"))
    referred = tuple(each.replace('\\"', "") for each in re.findall(STRING, "".join(names)))
    return Fill(values=values, names=() if referred == ("-",) else referred, optional=optional)


def _number(written: str) -> str:
    """Return a set fill or number without stray spaces: "7 -" is "7-"."""
    written = " ".join(written.split())
    return written.replace(" ", "") if re.fullmatch(r"~? ?[\d -]+", written) else written


# Scoring


@cache
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a string that tell it apart, plurals without their s."""
    words = [word for word in re.findall(r"[A-Z0-9']+", name.upper()) if word not in PREMODIFIERS]
    return tuple(re.sub(r"(?<=[A-Z]{3})(S|S'|'S)$", "", word) for word in words)


def same_name(key: str, got: str) -> bool:
    """Say whether two strings name one target: one's words are all in the other, or they share most of them.

    "PRESIDENT LUIS ARCE" is "LUIS ARCE GOMEZ" by two words of three; "PEASANT" is "MAYAN PEASANTS".
    """
    one, other = set(words_of(key)), set(words_of(got))
    if not one or not other:
        return False
    shared = one & other
    return shared in (one, other) or 2 * len(shared) > max(len(one), len(other))


def same_set(key: str, got: str) -> float:
    """Return 1 for the same set fill or number, half for the parent of the right one."""
    return 1.0 if key == got else 0.5 if key in PARENTS.get(got, ()) else 0.0


def credit(slot: str, key: Fill, got: Fill) -> float:
    """Return 1, a half or nothing for a fill given for a key's."""
    if slot in {"physical", "name", "description", "perpetrator"}:
        return float(any(same_name(one, other) for one in key.values for other in got.values))
    value = max(same_set(one, other) for one in key.values for other in got.values)
    referred = not key.names and not got.names
    referred = referred or any(same_name(one, other) for one in key.names for other in got.names)
    return value if referred else min(value, 0.5)


def pairs(
    keys: Sequence[object], gots: Sequence[object], worth: Sequence[Sequence[float]]
) -> tuple[int, ...]:
    """Return for each of ``gots`` the number of its partner in ``keys``, or -1, for the most credit in all.

    Exact, over all subsets of keys: a message has at most nine templates, a slot hardly more fills; beyond
    ``MOST_EXACT`` keys the best pair is taken first.
    """
    if len(keys) > MOST_EXACT:
        chosen = [-1] * len(gots)
        ranked = sorted(
            ((worth[k][g], -k, -g) for k in range(len(keys)) for g in range(len(gots))), reverse=True
        )
        for value, k, g in ranked:
            if value > 0 and chosen[-g] == -1 and -k not in chosen:
                chosen[-g] = -k
        return tuple(chosen)
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for g in range(len(gots)):
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for used, (total, chosen_so_far) in best.items():
            options = [(-1, 0.0)] + [
                (k, worth[k][g]) for k in range(len(keys)) if not used >> k & 1 and worth[k][g] > 0
            ]
            for k, value in options:
                state = used | (1 << k if k >= 0 else 0)
                found = (total + value, (*chosen_so_far, k))
                if state not in after or found[0] > after[state][0]:
                    after[state] = found
        best = after
    return max(best.values(), key=lambda each: each[0])[1]


def score_slot(slot: str, keys: Sequence[Fill], gots: Sequence[Fill]) -> Tally:
    """Score the fills of one slot of a mapped pair of templates."""
    worth = [[credit(slot, key, got) for got in gots] for key in keys]
    partners = pairs(keys, gots, worth)
    credits = [worth[k][g] for g, k in enumerate(partners) if k >= 0]
    left = [key for k, key in enumerate(keys) if k not in partners]
    wanted = [key for key in left if not key.optional]
    spare = len(gots) - len(credits)
    wrong = min(len(wanted), spare)  # what is given for something else is incorrect, not missing and spurious
    return Tally(
        cor=credits.count(1.0),
        par=len(credits) - credits.count(1.0),
        inc=wrong,
        spu=spare - wrong,
        mis=len(wanted) - wrong,
    )


def overlap(key: Template, got: Template) -> float:
    """Return the credit of mapping ``got`` to ``key``; 0 when they may not be mapped."""
    if not any(one == other or other == "ATTACK" for one in key.types for other in got.types):
        return 0.0
    total = 0.0
    content = 0.0
    for slot in dict.fromkeys(SLOTS.values()):
        tally = score_slot(slot, key.slots[slot], got.slots[slot])
        total += tally.cor + tally.par / 2
        content += (tally.cor + tally.par) * (slot not in SCORED)
    return total + float(key.types == got.types) if content else 0.0


@dataclass(frozen=True, slots=True)
class Message:
    """One message scored: its mapped pairs, and what was left on either side."""

    mapped: tuple[tuple[Template, Template], ...]
    missing: tuple[Template, ...]
    spurious: tuple[Template, ...]

    def tally(self, slot: str, *, spurious: bool) -> Tally:
        """Return a slot's tally over the message, with or without the unmapped responses."""
        total = Tally()
        for key, got in self.mapped:
            total += score_slot(slot, key.slots[slot], got.slots[slot])
        for key in self.missing:
            total += Tally(mis=sum(not fill.optional for fill in key.slots[slot]) * (not key.optional))
        for got in self.spurious if spurious else ():
            total += Tally(spu=len(got.slots[slot]))
        return total


def score_message(keys: Sequence[Template], gots: Sequence[Template]) -> Message:
    """Map the responses of one message to its key templates."""
    worth = [[overlap(key, got) for got in gots] for key in keys]
    partners = pairs(keys, gots, worth)
    return Message(
        mapped=tuple((keys[k], gots[g]) for g, k in enumerate(partners) if k >= 0),
        missing=tuple(key for k, key in enumerate(keys) if k not in partners),
        spurious=tuple(gots[g] for g, k in enumerate(partners) if k < 0),
    )


def total(messages: Iterable[Message], slot: str, *, spurious: bool) -> Tally:
    """Return a slot's tally over all messages."""
    result = Tally()
    for message in messages:
        result += message.tally(slot, spurious=spurious)
    return result
