"""Invented reports: what a statement becomes in print, with the claims that stand in it.

Texts are made of the words in ``simulate.toml``, and claims with them, so nothing is read and no fault of
reading is mixed in.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cairn.records import (
    Claim,
    Count,
    Credit,
    CreditKind,
    Document,
    Group,
    Harm,
    Scope,
    Span,
    Status,
    Victims,
    exactly,
)

WORDS: Mapping[str, Any] = tomllib.loads(
    Path(__file__).with_name("simulate.toml").read_text(encoding="utf-8")
)

Pair = tuple[Claim, Document]
Report = list[tuple[str, Pair]]
"""Claims of one report, each with the name of the voice behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the invented world is like. The shares are plain choices, wide enough to meet each case often.

    Attributes:
        seed: of all chance.
        incidents: how many.
        voices: chance of one, two, three… independent voices.
        exact: chance that a voice's last figure is the truth.
        under: chance that it is too low; else it is too high.
        off: how far it is wrong at most, as a share of the truth.
        rising: chance of a lower figure before the last, and of one more before that.
        withdrawn: chance of a higher figure before the last, which the voice takes back with it.
        vague: chance that an earlier figure is told as "dozens", where it is one.
        hedged: chance of "at least" or "nearly" before a figure.
        delay: days between two figures of a voice at most; 0 is the same day.
        own: chance that a voice is an agency's or a paper's own count.
        copies: mean number of copies of a report.
        edited: chance that a copy was lightly edited.
        credited: chance that a copy names the agency.
        late: days that a copy may come late.
        relays: mean number of papers that write their own report of a statement.
        short: chance that a voice goes by a shorter name.
        parts: chance that a report tells how many children were among the dead.
        tallies: chance that a report adds a sum over the year.
        roundups: chance that a relay quotes a second voice.
    """

    seed: int = 7
    incidents: int = 300
    voices: tuple[float, ...] = (0.15, 0.3, 0.3, 0.15, 0.1)
    exact: float = 0.4
    under: float = 0.4
    off: float = 0.4
    rising: float = 0.5
    withdrawn: float = 0.15
    vague: float = 0.2
    hedged: float = 0.3
    delay: int = 2
    own: float = 0.35
    copies: float = 2.0
    edited: float = 0.4
    credited: float = 0.4
    late: int = 3
    relays: float = 0.7
    short: float = 0.3
    parts: float = 0.3
    tallies: float = 0.2
    roundups: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who knows something at first hand.

    Attributes:
        names: in full, then shorter ones; the first tells voices apart.
        quoted: somebody else prints what it says.
    """

    names: tuple[str, ...]
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One figure of one voice on one day.

    Attributes:
        figure: the number behind the words.
        count: what the words say.
        withdrawn: the figure that it takes back.
        again: the voice has spoken before; when it is first printed, it is named in full.
    """

    voice: Voice
    day: dt.date
    figure: int
    count: Count
    words: str
    withdrawn: int | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What all reports of one incident share."""

    number: int
    settings: Settings
    chance: random.Random
    killed: int
    place: str
    what: str
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence; what it claims stands between brackets.

    Attributes:
        slots: of the claim; ``None`` when it claims nothing.
        speakers: as the sentence names them.
        voice: full name of who knows it.
    """

    words: str
    slots: Mapping[str, Any] | None = None
    speakers: tuple[str, ...] = ()
    voice: str = ""


def write_lines(scene: Scene, said: Statement, relay: Sequence[str]) -> list[Line]:
    """Return the lines of a report in fresh words.

    Args:
        scene: of the incident.
        said: what it tells.
        relay: names of who printed it first; none in the first report itself, which speaks for itself where
            its own count is told.
    """
    chance, settings, voice = scene.chance, scene.settings, said.voice
    name = pick_name(voice.names, settings, chance) if relay or said.again else voice.names[0]
    speakers: tuple[str, ...] = ()
    if voice.quoted and relay:
        speakers = (name, pick_name(relay, settings, chance))
    elif voice.quoted or relay:
        speakers = (name,)
    way = chance.choice(WORDS["said"]["relay" if len(speakers) > 1 else "voice"])
    about = way.format(voice=speakers[0], relay=speakers[-1]) if speakers else ""

    def line(kind: str, figure: str, **slots: Any) -> Line:
        words = chance.choice(WORDS["lede"][kind]).format(
            figure=figure,
            were="was" if figure.startswith("1 ") else "were",
            place=scene.place,
            weekday=f"{scene.day:%A}",
            what=scene.what,
            said=about,
        )
        return Line(words=words[0].upper() + words[1:], speakers=speakers, voice=voice.names[0], slots=slots)

    lines = [line("killed", said.words, count=said.count), *_fill(chance, 2)]
    if chance.random() < settings.parts and said.figure > 3:
        part = exactly(chance.randint(2, max(2, said.figure // 3)))
        victims = Victims(text="children", groups=(Group.CHILD,))
        lines.insert(1, line("part", f"{part.low} children", count=part, victims=victims, part_of="1"))
    hurt = exactly(1 + said.figure * 2)
    lines.append(line("injured", say_people(1 + said.figure * 2), count=hurt, harm=Harm.INJURED))
    if said.withdrawn is not None:
        gone = exactly(said.withdrawn)
        lines.append(line("withdrawn", str(said.withdrawn), count=gone, status=Status.SUPERSEDED))
    lines.extend(_fill(chance, 2))
    if chance.random() < settings.tallies:
        total = Count(low=chance.randint(10, 90) * 10)
        lines.append(line("tally", f"more than {total.low} people", count=total, scope=Scope.TALLY))
    return [*lines, *_fill(chance, 2)]


def put_beside(scene: Scene, lines: Sequence[Line], said: Statement) -> list[Line]:
    """Return lines with a second voice's figure after the first."""
    name = pick_name(said.voice.names, scene.settings, scene.chance)
    were = "was" if said.words.startswith("1 ") else "were"
    words = scene.chance.choice(WORDS["lede"]["beside"]).format(figure=said.words, other=name, were=were)
    more = Line(words=words, speakers=(name,), voice=said.voice.names[0], slots={"count": said.count})
    return [*lines[:1], more, *lines[1:]]


def _fill(chance: random.Random, number: int) -> list[Line]:
    parts = WORDS["filler"].values()
    return [Line(words=" ".join(chance.choice(part) for part in parts) + ".") for _ in range(number)]


def edit_lines(lines: Sequence[Line], chance: random.Random) -> list[Line]:
    """Return what an editor makes of lines: other words here and there, and the end cut off."""
    cut = len(lines) - chance.randint(0, 1)

    def exchange(found: re.Match[str]) -> str:
        return str(WORDS["synonyms"].get(found[0], found[0]))

    return [replace(each, words=re.sub(r"\w+", exchange, each.words)) for each in lines[:cut]]


def print_report(
    name: str, lines: Sequence[Line], outlet: str, day: dt.date, credit: str | None = None
) -> list[tuple[str, Pair]]:
    """Return the claims of a report, each with the name of the voice behind it and with the report."""
    text, anchors = "", []
    for each in lines:
        before, _, rest = each.words.partition("[")
        anchor, _, after = rest.partition("]")
        start = len(text) + len(before)
        anchors.append(Span(start, start + len(anchor)) if each.slots else None)
        text += f"{before}{anchor}{after} "
    document = Document(
        id=name,
        text=text,
        published=day,
        outlet=outlet,
        credits=(Credit(agency=credit, kind=CreditKind.CREDIT),) if credit else (),
    )
    people = Victims(text="people", groups=(Group.UNSPECIFIED,))
    pairs = []
    for number, (each, stands) in enumerate(zip(lines, anchors, strict=True), start=1):
        if each.slots and stands:
            slots: dict[str, Any] = {"harm": Harm.KILLED, "victims": people} | dict(each.slots)
            if "part_of" in slots:
                slots["part_of"] = f"{name}#{slots['part_of']}"
            claim = Claim(
                id=f"{name}#{number}", document_id=name, anchor=stands, speakers=each.speakers, **slots
            )
            pairs.append((each.voice, (claim, document)))
    return pairs


def pick_name(names: Sequence[str], settings: Settings, chance: random.Random) -> str:
    """Return a name, the full one most often."""
    short = len(names) > 1 and chance.random() < settings.short
    return chance.choice(names[1:]) if short else names[0]


def say_people(figure: int) -> str:
    """Return a number of people in words."""
    return f"{figure} {'person' if figure == 1 else 'people'}"
