"""Invented news with a known truth: who knew what when, who printed it, and who copied whom.

An incident has a true toll. Independent voices tell it: bodies that are quoted, agencies and papers that
count for themselves. A voice ends right, too low or too high; on the way its figure rises, or is withdrawn.
Each statement is first printed once. Other papers copy that report, word for word or lightly edited, with a
credit or without, at once or days late; others again write their own report of what the voice told an agency.
Chance has a fixed seed: the same settings give the same news.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cairn.records import Count, exactly
from simulated_texts import (
    WORDS,
    Pair,
    Report,
    Scene,
    Settings,
    Statement,
    Voice,
    edit_lines,
    pick_name,
    print_report,
    put_beside,
    say_people,
    write_lines,
)

FIRST_DAY = dt.date(2031, 3, 3)
MIN_TOLL = 4
"""Fewest killed: below, a voice could not be wrong by a share of the truth."""
DOZENS = Count(low=24, approx=True)
"""How Cairn reads "dozens"."""

COUNTING = 4
"""Papers that may count for themselves; the others copy and relay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The truth, who told it, and what was printed.

    Attributes:
        killed: the true toll.
        last: each voice's last statement.
        first: claims of reports that copy nobody, each with its report.
        copied: claims of copies and relays.
        voice_of: name of the voice behind each claim, by the claim's id.
    """

    number: int
    killed: int
    last: tuple[Statement, ...]
    first: tuple[Pair, ...]
    copied: tuple[Pair, ...]
    voice_of: Mapping[str, str]


def imply_coverage(settings: Settings) -> float:
    """Return how often the truth lies between what independent voices say last, as the settings imply.

    It lies outside when all voices are too low, or all too high. A voice is so with chances ``under`` and
    1 - ``exact`` - ``under`` whatever the others say: of n voices all, with the n-th power of these.
    """
    over = 1.0 - settings.exact - settings.under
    return sum(
        chance * (1.0 - settings.under**number - over**number)
        for number, chance in enumerate(settings.voices, start=1)
    )


def simulate(settings: Settings) -> Iterator[Incident]:
    """Yield incidents, the same for the same settings."""
    chance = random.Random(settings.seed)  # noqa: S311  # no secret hangs on it
    for number in range(settings.incidents):
        yield _incident(_scene(number, settings, chance))


def invent_report(incident: Incident, name: str, figure: int, settings: Settings) -> Pair:
    """Return one more voice's figure of the dead in an incident, in a report of its own."""
    chance = random.Random(f"{settings.seed} {incident.number} {name}")  # noqa: S311
    scene = _scene(incident.number, replace(settings, parts=0.0, tallies=0.0), chance)
    voice = Voice(names=(name,), quoted=True)
    told = Statement(
        voice=voice, day=scene.day, figure=figure, count=exactly(figure), words=say_people(figure)
    )
    ((_, pair), *_) = print_report(
        f"{incident.number}/{name}", write_lines(scene, told, ()), "Late Edition", scene.day
    )
    return pair


def _scene(number: int, settings: Settings, chance: random.Random) -> Scene:
    return Scene(
        number=number,
        settings=settings,
        chance=chance,
        killed=MIN_TOLL + int(math.exp(chance.gauss(2.6, 0.9))),
        place=chance.choice(WORDS["places"]),
        what=chance.choice(WORDS["what"]["happened"]),
        day=FIRST_DAY + dt.timedelta(days=number),
    )


def _incident(scene: Scene) -> Incident:
    first: list[Pair] = []
    copied: list[Pair] = []
    voice_of: dict[str, str] = {}
    told = [_statements(scene, voice) for voice in _voices(scene)]
    for number, statements in enumerate(told):
        others = [each for other in told if other is not statements for each in other]
        for place, said in enumerate(statements):
            for report, pairs in enumerate(_reports(scene, f"{scene.number}/{number}/{place}", said, others)):
                (copied if report else first).extend(pair for _, pair in pairs)
                voice_of |= {claim.id: voice for voice, (claim, _) in pairs}
    return Incident(
        number=scene.number,
        killed=scene.killed,
        last=tuple(statements[-1] for statements in told),
        first=tuple(first),
        copied=tuple(copied),
        voice_of=voice_of,
    )


def _voices(scene: Scene) -> list[Voice]:
    """Return who counts for themselves: no two bodies of one kind, no agency or paper twice."""
    chance, settings = scene.chance, scene.settings
    bodies = chance.sample(WORDS["body"], len(WORDS["body"]))
    papers = [[paper] for paper in WORDS["papers"][:COUNTING]]
    owners = chance.sample([*(each["names"] for each in WORDS["agency"]), *papers], COUNTING)
    voices = []
    for _ in range(chance.choices(range(1, len(settings.voices) + 1), settings.voices)[0]):
        if chance.random() < settings.own:
            voices.append(Voice(names=tuple(owners.pop()), quoted=False))
        else:
            names = (each.format(place=scene.place) for each in bodies.pop()["names"])
            voices.append(Voice(names=tuple(names), quoted=True))
    return voices


def _statements(scene: Scene, voice: Voice) -> list[Statement]:
    """Return what a voice says, the last figure as wrong as the settings have it."""
    chance, settings = scene.chance, scene.settings
    lot, reach = chance.random(), max(1, int(settings.off * scene.killed))
    last = scene.killed
    if lot >= settings.exact:
        last += chance.randint(1, reach) * (-1 if lot < settings.exact + settings.under else 1)
    figures = [last]
    while len(figures) < 3 and figures[0] > 1 and chance.random() < settings.rising:
        figures.insert(0, chance.randint(max(1, figures[0] // 3), figures[0] - 1))
    high = chance.random() < settings.withdrawn
    if high:
        figures.insert(-1, last + chance.randint(1, reach + 3))
    day = scene.day
    statements = []
    for place, figure in enumerate(figures):
        final = place == len(figures) - 1
        withdrawn = figures[-2] if final and high else None
        count, words = _word(figure, settings, chance, exact=final or (high and place == len(figures) - 2))
        statements.append(
            Statement(
                voice=voice,
                day=day,
                figure=figure,
                count=count,
                words=words,
                withdrawn=withdrawn,
                again=place > 0,
            )
        )
        day += dt.timedelta(days=chance.randint(0, settings.delay))
    return statements


def _word(figure: int, settings: Settings, chance: random.Random, *, exact: bool) -> tuple[Count, str]:
    """Return how a figure is told; never the last one in vague words, which would cover what is wrong."""
    if not exact and 24 <= figure < 100 and chance.random() < settings.vague:
        return DOZENS, "dozens of people"
    if not exact and chance.random() < settings.hedged:
        if chance.random() < 0.5:
            return Count(low=figure, high=figure, approx=True), f"nearly {say_people(figure)}"
        return Count(low=figure), f"at least {say_people(figure)}"
    return exactly(figure), say_people(figure)


def _reports(scene: Scene, stem: str, said: Statement, others: Sequence[Statement]) -> Iterator[Report]:
    """Yield the first report of a statement, then its copies and the reports that relay it."""
    chance, settings = scene.chance, scene.settings
    printer = chance.choice([*WORDS["agency"], {"names": [WORDS["papers"][0]]}])["names"]
    if not said.voice.quoted:
        printer = said.voice.names
    first = write_lines(scene, said, ())
    signed = printer[0] if len(printer) > 1 else None
    yield print_report(f"{stem}/0", first, printer[0], said.day, signed)
    papers = chance.sample(WORDS["papers"][COUNTING:], len(WORDS["papers"]) - COUNTING)
    for number in range(min(_poisson(settings.copies, chance), len(papers) // 2)):
        lines = edit_lines(first, chance) if chance.random() < settings.edited else first
        day = said.day + dt.timedelta(days=chance.randint(0, settings.late))
        credited = len(printer) > 1 and chance.random() < settings.credited
        credit = pick_name(printer, settings, chance) if credited else None
        yield print_report(f"{stem}/copy {number}", lines, papers.pop(), day, credit)
    for number in range(min(_poisson(settings.relays, chance), len(papers))):
        lines = write_lines(scene, said, printer)
        beside = [each for each in others if each.voice.quoted and each.day == said.day]
        if beside and chance.random() < settings.roundups:
            lines = put_beside(scene, lines, chance.choice(beside))
        yield print_report(f"{stem}/relay {number}", lines, papers.pop(), said.day)


def _poisson(mean: float, chance: random.Random) -> int:
    """Return a draw from a Poisson distribution (Knuth, The Art of Computer Programming, 3.4.1)."""
    number, left = 0, chance.random()
    while left > math.exp(-mean):
        number, left = number + 1, left * chance.random()
    return number
