"""Options for the days of a harm: every time told near it, and none."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.claims.choose import Option, class_of
from cairn.claims.scene import LASTING, Scene, null_features, sentence_of, standing
from cairn.claims.view import View, within
from cairn.records import Attribution, Mention, Moment, MomentKind, Period, PersonsKind, day

BACK, AHEAD = 8, 3  # sentences before and after the figure in which its time may be told
FEW = 5  # persons; of more, "since" tells a sum over arrests and not the day of one
LONG_DAYS = (1, 3, 10, 45, 400)  # upper ends of the classes of length
OLD_DAYS = (1, 7, 45, 400)  # upper ends of the classes of age at publication


def time_options(scene: Scene) -> list[Option[Mention[Moment]]]:
    """Return every moment around the figure as an option, and the option that no time is told."""
    options: list[Option[Mention[Moment]]] = []
    here = False
    kept = scene.taken("time")
    told = _told(scene)
    told_here = any(
        mention.value.period is not None and "dateline" not in mention.value.reason
        for mention in within(scene.binding.view.sentence, scene.reading.moments)
    )
    for mention in scene.reading.moments:
        offset = sentence_of(scene, mention.span) - scene.number
        key = moment_key(mention)
        near = -BACK <= offset <= AHEAD or "dateline" in mention.value.reason
        if not near and key not in kept:
            continue
        here = here or offset == 0
        features = [*standing(scene, mention.span, "time", key), *_kind(scene, mention, offset, told)]
        if offset:
            features.append("elsewhere:" + ("told-here" if told_here else "not-told-here"))
        options.append(Option(mention, tuple(features), key))
    nothing = [*null_features(scene, "time", any_here=here)]
    if not told:
        nothing.append("none:no-time-in-report")
    options.append(Option(None, tuple(nothing)))
    return options


def _told(scene: Scene) -> list[Mention[Moment]]:
    """Return the settled times of the report but its dateline."""
    return [
        mention
        for mention in scene.reading.moments
        if mention.value.period is not None and "dateline" not in mention.value.reason
    ]


def _kind(
    scene: Scene, mention: Mention[Moment], offset: int, told: Sequence[Mention[Moment]]
) -> tuple[str, ...]:
    """Return the features of what the time phrase itself says; ``told`` are all settled times."""
    moment = mention.value
    features = [f"kind:{moment.kind}", f"kind:{moment.kind}:{'here' if offset == 0 else 'elsewhere'}"]
    features += [f"kind:{moment.kind}:{trait}" for trait in scene.traits]
    if "dateline" in moment.reason:
        features.append("dateline")
        end = scene.binding.view.sentence.span.end
        if not any(other.span.start < end for other in told):
            features.append("dateline:nothing-told-yet")
        if not told:
            features.append("dateline:nothing-told")
    elif len({other.value.period for other in told}) == 1 and moment.period is not None:
        features.append("only-time-in-report")
    if "dateline" in moment.reason:
        features.append("dateline:early" if scene.number <= 4 else "dateline:late")
    if moment.period is None:
        return (*features, "unsettled")
    features.append("days:" + class_of(moment.period.days, LONG_DAYS))
    published = scene.reading.document.published
    if published is not None:
        age = (published - moment.period.end).days
        features.append("age:" + ("ahead" if age < 0 else class_of(age, OLD_DAYS)))
    view = scene.views[sentence_of(scene, mention.span)]
    if _at_saying(view, mention, within(view.sentence, scene.reading.attributions)):
        features.append("at-saying" if offset else "at-saying:here")
    return tuple(features)


def _at_saying(view: View, moment: Mention[Moment], said: tuple[Mention[Attribution], ...]) -> bool:
    """Say whether the time stands at a verb of saying ("said on Thursday")."""
    first = view.index_of(moment.span.start)
    for mention in said:
        verb = view.index_of(mention.span.end - 1)
        inside = mention.span.start <= moment.span.start < mention.span.end
        if inside or verb < first <= verb + 2:
            return True
    return False


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


def moment_key(mention: Mention[Moment]) -> str:
    """Return a key that times of the same days share."""
    period = mention.value.period
    return f"{period.start}/{period.end}" if period is not None else "unsettled"
