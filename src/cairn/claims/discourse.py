"""Give every figure its voice, days and place, one figure after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from cairn.claims.attribute import resolve_voice, voice_key, voice_options
from cairn.claims.bind import Binding
from cairn.claims.choose import Choice, Option, choose
from cairn.claims.doers import Party
from cairn.claims.means import means_options
from cairn.claims.names import Names
from cairn.claims.party import party_key, party_options
from cairn.claims.scene import RECENT, Scene, Stage, Taken, speaks_on, turns
from cairn.claims.standing import scope_options
from cairn.claims.tellings import gather_doers
from cairn.claims.told import moment_key, place_key, told_places, told_times, told_voices
from cairn.claims.view import View
from cairn.claims.voices import Voice, hear_voices
from cairn.claims.weapons import Weapon, find_weapons
from cairn.claims.when import harm_period, time_options
from cairn.claims.where import place_options
from cairn.lexicon import Lexicon
from cairn.records import Attribution, Harm, Locality, Mention, Moment, Period, Reading, Scope

T = TypeVar("T")
Chooser = Callable[[str, Sequence[Option[Any]], Scene], Choice[Any]]
"""From the name of a slot, its options and the figure they are for, to a choice."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything about a figure that its surroundings tell, with how sure each choice is."""

    binding: Binding
    voice: Voice | None
    period: Period | None
    voiced: Choice[Mention[Attribution]]
    timed: Choice[Mention[Moment]]
    placed: Choice[Mention[Locality]]
    armed: Choice[Weapon]
    done: Choice[Party]
    scoped: Choice[Scope]

    taken: Taken


def set_in_discourse(
    bound: Sequence[Binding],
    views: Sequence[View],
    reading: Reading,
    names: Names,
    lexicon: Lexicon,
    chooser: Chooser | None = None,
) -> list[Setting]:
    """Return every binding with the voice, days and place that its own and other sentences give it.

    Figures are settled in reading order; each sees what was chosen for the figure before it and for the
    figure that includes it.

    Args:
        bound: people bound to harms, in reading order.
        views: the sentences.
        reading: the document with its marks.
        names: every name in it.
        lexicon: words and weights of the language.
        chooser: stands in for the weights of the lexicon; how weights are fitted.
    """
    return settle_figures(bound, set_stage(bound, views, reading, names, lexicon), chooser)


def set_stage(
    bound: Sequence[Binding],
    views: Sequence[View],
    reading: Reading,
    names: Names,
    lexicon: Lexicon,
) -> Stage:
    """Return what all figures and acts of a report share, worked out once."""
    voices = hear_voices(reading, names, lexicon)
    return Stage(
        views=views,
        reading=reading,
        names=names,
        lexicon=lexicon,
        figures=_by_sentence(bound),
        weapons={view.number: tuple(find_weapons(view, lexicon)) for view in views},
        doers=gather_doers(views, reading, names, lexicon),
        turning=[view.number for view in views if turns(view, lexicon)],
        words={view.number: frozenset(token.lower for token in view.tokens) for view in views},
        speaking=frozenset(view.number for view in views if speaks_on(view, lexicon)),
        voices=voices,
        places=told_places(views, reading, lexicon),
        times=told_times(views, reading),
        told_voices=told_voices(reading, voices, lexicon),
    )


def settle_figures(bound: Sequence[Binding], stage: Stage, chooser: Chooser | None = None) -> list[Setting]:
    """Return every binding settled in reading order, each by what was chosen for those before it."""
    settled: list[Setting] = []
    by_binding: dict[tuple[int, int, Harm], Setting] = {}
    for binding in bound:
        whole = by_binding.get(binding.whole.key) if binding.whole is not None else None
        scene = Scene(
            binding=binding,
            stage=stage,
            history=[(setting.binding, setting.taken) for setting in settled[-RECENT:]],
            whole=whole.taken if whole else {},
        )
        setting = _settle(scene, chooser)
        settled.append(setting)
        by_binding[binding.key] = setting
    return settled


def _by_sentence(bound: Sequence[Binding]) -> dict[int, list[Binding]]:
    """Return the figures of each sentence by its number."""
    figures: dict[int, list[Binding]] = {}
    for binding in bound:
        figures.setdefault(binding.view.number, []).append(binding)
    return figures


def _settle(scene: Scene, chooser: Chooser | None) -> Setting:
    """Choose the slots of one figure."""
    weights = scene.lexicon.weights
    pointing = scene.reading.pointings.get(scene.binding.persons.span)

    def pick(slot: str, options: Sequence[Option[T]]) -> Choice[T]:
        return chooser(slot, options, scene) if chooser else choose(options, weights[slot], at(slot, options))

    def at(slot: str, options: Sequence[Option[Any]]) -> list[float]:
        if pointing is None or slot not in pointing.scores:
            return []
        return [pointing.at(slot, option.value.span if option.value else None) for option in options]

    voiced = pick("speakers", voice_options(scene))
    timed = pick("time", time_options(scene))
    placed = pick("place", place_options(scene))
    armed = pick("means", means_options(scene))
    now: Taken = {
        "time": moment_key(timed.value) if timed.value else None,
        "place": place_key(placed.value) if placed.value else None,
        "means": str(armed.value.means) if armed.value else None,
    }
    done = pick("perpetrator", party_options(scene, voiced.value, armed.value, now))
    period = harm_period(scene, timed.value.value) if timed.value else None
    moment = timed.value.value if timed.value else None
    scoped = pick("scope", scope_options(scene, period, moment))
    taken: Taken = {
        "speakers": voice_key(scene, voiced.value) if voiced.value else None,
        "time": moment_key(timed.value) if timed.value else None,
        "place": place_key(placed.value) if placed.value else None,
        "means": str(armed.value.means) if armed.value else None,
        "perpetrator": party_key(scene, done.value) if done.value else None,
    }
    voice = resolve_voice(scene, voiced.value)
    return Setting(scene.binding, voice, period, voiced, timed, placed, armed, done, scoped, taken)
