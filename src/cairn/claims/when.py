"""Options for the days of a harm: every time told near it, and none."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.claims.choose import Option
from cairn.claims.scene import LASTING, Scene, null_features, standing
from cairn.claims.told import ToldTime
from cairn.records import Mention, Moment, MomentKind, Period, PersonsKind, day

BACK, AHEAD = 8, 3  # sentences before and after the figure in which its time may be told
FEW = 5  # persons; of more, "since" tells a sum over arrests and not the day of one
EARLY = 4  # sentences after the first that a dateline is still near


def time_options(scene: Scene) -> list[Option[Mention[Moment]]]:
    """Return every moment around the figure as an option, and the option that no time is told."""
    options: list[Option[Mention[Moment]]] = []
    here = False
    settled = [told for told in scene.stage.times if told.settled]
    told_here = any(told.sentence == scene.number for told in settled)
    for told in scene.stage.times:
        offset = told.sentence - scene.number
        near = -BACK <= offset <= AHEAD or told.dateline
        if not near and not scene.taken("time", told.key):
            continue
        here = here or offset == 0
        features = [*standing(scene, told.mention.span, "time", told.key), *_kind(scene, told, settled)]
        if offset:
            features.append("elsewhere:" + ("told-here" if told_here else "not-told-here"))
        options.append(Option(told.mention, tuple(features), told.key))
    nothing = [*null_features(scene, "time", any_here=here)]
    if not settled:
        nothing.append("none:no-time-in-report")
    options.append(Option(None, tuple(nothing)))
    return options


def _kind(scene: Scene, told: ToldTime, settled: Sequence[ToldTime]) -> list[str]:
    """Return the features of what the time phrase itself says, beside all settled times of the report."""
    moment = told.mention.value
    place = "here" if told.sentence == scene.number else "elsewhere"
    features = [f"kind:{moment.kind}", f"kind:{moment.kind}:{place}"]
    features += [f"kind:{moment.kind}:{trait}" for trait in scene.traits]
    if told.dateline:
        features.append("dateline")
        if scene.binding.persons.span in scene.reading.pointings:
            features.append("dateline:pointed")  # what is pointed at speaks against datelines by habit
        if not settled or settled[0].mention.span.start >= scene.binding.view.sentence.span.end:
            features.append("dateline:nothing-told-yet")
        if not settled:
            features.append("dateline:nothing-told")
        features.append("dateline:early" if scene.number <= EARLY else "dateline:late")
    elif moment.period is not None and all(other.key == told.key for other in settled):
        features.append("only-time-in-report")
    features += told.length
    if told.at_saying and moment.period is not None:
        features.append("at-saying:here" if place == "here" else "at-saying")
    return features


def harm_period(scene: Scene, moment: Moment) -> Period | None:
    """Return the days of harm that a moment gives this figure.

    A state that lasts takes the day it began: "held since 3 March" is an arrest of 3 March.
    """
    persons = scene.binding.persons.value
    few = persons.kind is not PersonsKind.COUNTED or (persons.count.high or FEW + 1) <= FEW
    lasting = scene.binding.harm in LASTING and few
    if moment.period is not None and moment.kind is MomentKind.SINCE and lasting:
        return day(moment.period.start)
    return moment.period
