"""One figure in its surroundings, and the features of where something stands from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cairn.claims.bind import Binding
from cairn.claims.choose import class_of
from cairn.claims.names import Names
from cairn.claims.tellings import Doer
from cairn.claims.told import ToldPlace, ToldTime, ToldVoice
from cairn.claims.tree import ancestors, roles_of, tree_distance
from cairn.claims.view import View, sentence_number
from cairn.claims.voices import Voice
from cairn.claims.weapons import Weapon
from cairn.lexicon import Lexicon
from cairn.records import Attribution, Harm, Mention, PersonsKind, Reading, Role, Span

NEAR_TOKENS = (2, 5, 10, 20)  # upper ends of the distance classes inside a sentence
LARGE = 1000  # persons; no single attack of the training reports is said to have harmed so many
LASTING = frozenset({Harm.DETAINED, Harm.ABDUCTED, Harm.MISSING})
SMALL_WORDS = frozenset({"a", "an", "the", "his", "her", "their", "its", "one", "another", "of", "."})
DEFINITE = frozenset({"the", "these", "this", "that", "those", "both"})


Taken = dict[str, str | None]
"""What was chosen for a figure, by slot, as a key that equal answers share."""


TURN_STARTS = 2  # words at the start of a sentence at which a turn may begin: "But meanwhile"

RECENT = 40  # figures before one whose choices it sees; a report with more is a list


@dataclass(frozen=True, slots=True)
class Stage:
    """What all figures of a report share, worked out once.

    Attributes:
        figures: every figure by its sentence's number.
        weapons: every means told, by sentence number.
        doers: every doer told, with every place that names it.
        turning: numbers of the sentences that turn to something else, rising.
        words: every lower-case word of a sentence, by its number.
        speaking: numbers of the sentences that speak on of an attack told before.
        voices: the voice of every attribution.
        places: every named place, with what its own sentence tells of it.
        times: every time told, likewise.
        told_voices: every attribution, likewise.
    """

    views: Sequence[View]
    reading: Reading
    names: Names
    lexicon: Lexicon
    figures: Mapping[int, Sequence[Binding]]
    weapons: Mapping[int, Sequence[Weapon]]
    doers: Sequence[Doer]
    turning: Sequence[int]
    words: Mapping[int, frozenset[str]]
    speaking: frozenset[int]
    voices: Mapping[Mention[Attribution], Voice]
    places: Sequence[ToldPlace]
    times: Sequence[ToldTime]
    told_voices: Sequence[ToldVoice]


class Taker(NamedTuple):
    """A figure before another one, what was chosen for it, and whether both tell the same."""

    binding: Binding
    taken: Taken
    same: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """A figure, the report around it, and what was settled for the figures before it.

    Attributes:
        history: the last figures before this one, each with what was chosen for it by slot.
        whole: what was chosen for the figure that includes this one, by slot.
        traits: what kind of figure this is, for features that hold only for some kinds.
        again: numbers of the sentences that tell the same figure.
        same: what was chosen for those of the history that tell the same figure.
        takers: slot and key of an answer -> what takes of it there were in the history.
        number: of the figure's sentence.
    """

    binding: Binding
    stage: Stage
    history: Sequence[tuple[Binding, Taken]]
    whole: Taken
    traits: tuple[str, ...] = field(init=False)
    again: frozenset[int] = field(init=False)
    same: Sequence[Taken] = field(init=False)
    takers: Mapping[tuple[str, str], Sequence[Taker]] = field(init=False)
    number: int = field(init=False)

    def __post_init__(self) -> None:
        takers = [Taker(other, taken, _same_figure(other, self.binding)) for other, taken in self.history]
        object.__setattr__(self, "traits", figure_traits(self.binding))
        object.__setattr__(self, "again", frozenset(_told_again(self.binding, self.stage.figures)))
        object.__setattr__(self, "same", [each.taken for each in takers if each.same])
        object.__setattr__(self, "takers", _by_answer(takers))
        object.__setattr__(self, "number", self.binding.view.number)

    @property
    def views(self) -> Sequence[View]:
        """Return the report's sentences."""
        return self.stage.views

    @property
    def reading(self) -> Reading:
        """Return the report with its marks."""
        return self.stage.reading

    @property
    def names(self) -> Names:
        """Return every name of the report."""
        return self.stage.names

    @property
    def lexicon(self) -> Lexicon:
        """Return the words of the report's language."""
        return self.stage.lexicon

    def figures(self, sentence: int) -> Sequence[Binding]:
        """Return the figures that a sentence tells."""
        return self.stage.figures.get(sentence, ())

    @property
    def last(self) -> Binding | None:
        """Return the figure before this one."""
        return self.history[-1][0] if self.history else None

    @property
    def before(self) -> Taken:
        """Return what was chosen for the figure before this one."""
        return self.history[-1][1] if self.history else {}

    def taken(self, slot: str, key: str) -> bool:
        """Say whether an earlier figure took an answer for the slot."""
        return (slot, key) in self.takers


def figure_traits(binding: Binding) -> tuple[str, ...]:
    """Return what kind of figure this is."""
    count = binding.persons.value.count
    traits = []
    if binding.harm in LASTING:
        traits.append("lasting")
    elif binding.harm is Harm.DISPLACED:
        traits.append("displaced")
    else:
        traits.append("harmed")
    if (count.low or count.high or 0) >= LARGE or count.fraction is not None:
        traits.append("large")
    if binding.persons.value.kind in {PersonsKind.NAMED, PersonsKind.DEFINITE}:
        traits.append("known-person")
    if binding.cue.value.role is Role.TOLL:
        traits.append("toll")
    if binding.view.number <= 1:
        traits.append("lede")
    return tuple(traits)


def null_features(scene: Scene, slot: str, *, any_here: bool) -> tuple[str, ...]:
    """Return the features of the option that the text does not say."""
    found = ["none"]
    found += [f"none:{trait}" for trait in scene.traits]
    if any_here:
        found.append("none:told-here")
    if scene.last is not None:
        found.append("none:last-none" if scene.before.get(slot) is None else "none:last-told")
    same = [taken.get(slot) for taken in scene.same]
    if same:
        found.append("none:same-figure-none" if None in same else "none:same-figure-told")
    if scene.binding.whole is not None:
        found.append("none:whole-none" if scene.whole.get(slot) is None else "none:whole-told")
    return tuple(found)


def standing(scene: Scene, span: Span, slot: str, key: str) -> tuple[str, ...]:
    """Return the features of where ``span`` stands from the figure.

    Sentence distance, and inside the sentence: token distance, side, and other harms between; whether the
    figure before this one, the whole, or another telling of the same figure took it.
    """
    view = scene.binding.view
    sentence = sentence_of(scene, span)
    offset = sentence - scene.number
    features: list[str] = []
    if offset == 0:
        features += _inside(scene, span)
    else:
        features.append("s" + ("+" if offset > 0 else "-") + class_of(abs(offset), (1, 2, 4, 8)))
        if scene.reading.sentences[sentence].paragraph == view.sentence.paragraph:
            features.append("same-paragraph")
        figures = scene.figures(sentence)
        if sentence in scene.again:
            features.append("beside-same-figure")
        if not figures:
            features.append("sentence-without-figure")
            if offset == 1 and sentence in scene.stage.speaking:
                features.append("next-speaks-on")
        if turn_between(scene.stage, sentence, scene.number):
            features.append("turn-between")
            features.append("turn-between:" + ("after" if offset > 0 else "before"))
        if any(other.harm is scene.binding.harm for other in figures):
            features.append("beside-same-harm")
    if scene.before.get(slot) == key and scene.last is not None:
        distance = scene.number - scene.last.view.number
        features.append("taken-before")
        features.append(f"taken-before:{class_of(distance, (0, 1, 2, 4))}")
        if scene.last.harm is scene.binding.harm:
            features.append("taken-before:same-harm")
    if scene.binding.whole is not None and scene.whole.get(slot) == key:
        features.append("taken-by-whole")
    features += _taken(scene, slot, key)
    if sentence <= 1:
        features.append("in-lede")
    place = "here" if offset == 0 else "elsewhere"
    features += [f"{trait}:{place}" for trait in scene.traits]
    return tuple(features)


def _by_answer(takers: Sequence[Taker]) -> dict[tuple[str, str], list[Taker]]:
    """Return the figures that took each answer to each slot."""
    found: dict[tuple[str, str], list[Taker]] = {}
    for taker in takers:
        for slot, key in taker.taken.items():
            if key is not None:
                found.setdefault((slot, key), []).append(taker)
    return found


def _taken(scene: Scene, slot: str, key: str) -> list[str]:
    """Return which earlier figures took the same answer."""
    takers = scene.takers.get((slot, key))
    if takers is None:
        return []
    features = ["taken"]
    if any(taker.same for taker in takers):
        features.append("taken:by-same-figure")
    kin = [other for other, _ in scene.history if other.harm is scene.binding.harm]
    if kin and 2 * sum(taker.binding.harm is scene.binding.harm for taker in takers) > len(kin):
        features.append("taken:by-most-of-same-harm")
    return features


def sentence_of(scene: Scene, span: Span) -> int:
    """Return the number of the sentence that holds ``span``."""
    return sentence_number(scene.reading, span)


def _inside(scene: Scene, span: Span) -> list[str]:
    """Return distance, side and what stands between, inside the figure's sentence."""
    binding, view = scene.binding, scene.binding.view
    at = view.index_of(span.start)
    low = min(binding.cue.first, binding.persons.first)
    high = max(binding.cue.last, binding.persons.last)
    distance = low - at if at < low else max(0, at - high)
    features = ["s0", "s0:near-" + class_of(distance, NEAR_TOKENS)]
    side = "before" if at < low else "after" if at >= high else "between"
    features.append("s0:" + side)
    first, last = (at, low) if at < low else (high, at)
    between = sum(1 for cue in view.cues if first <= cue.first < last and cue is not binding.cue)
    figures = sum(1 for other in scene.figures(scene.number) if first <= other.persons.first < last)
    features.append(f"s0:harms-between-{class_of(between, (0, 1))}")
    features.append(f"s0:figures-between-{class_of(figures, (0, 1))}")
    words = {view.word(index) for index in range(first, last)}
    if words & {"and", "while", "when", "after", "but", "as", ";"}:
        features.append("s0:joined-between")
    return features + _in_tree(scene, at)


def _in_tree(scene: Scene, at: int) -> list[str]:
    """Return how the token at ``at`` hangs together with the harm; nothing in an unparsed sentence."""
    binding, sentence = scene.binding, scene.binding.view.sentence
    distance = tree_distance(sentence.tokens, at, binding.cue.first)
    if distance is None:
        return []
    features = ["tree:" + class_of(distance, (1, 2, 3, 5))]
    if binding.cue.first in ancestors(sentence.tokens, at):
        features.append("tree:under-harm")
    head = sentence.tokens[at].head
    if head is not None and head >= 0 and head in ancestors(sentence.tokens, binding.cue.first):
        features.append("tree:beside-harm")
    cue = set(range(binding.cue.first, binding.cue.last))
    features += [f"role:{role}" for role in sorted(roles_of(sentence, cue, at))]
    return features


def _same_figure(one: Binding, other: Binding) -> bool:
    """Say whether two figures tell the same number harmed in the same way; names must agree too."""
    count, again = one.persons.value.count, other.persons.value.count
    if one.harm is not other.harm or (count.low or count.high) != (again.low or again.high):
        return False
    if (count.low or 0) > 1:
        return True
    # One person is the same figure only under the same name or noun.
    words = [{token.lower for token in b.view.tokens[b.persons.first : b.persons.last]} for b in (one, other)]
    return bool(words[0] & words[1] - SMALL_WORDS)


def _told_again(binding: Binding, figures: Mapping[int, Sequence[Binding]]) -> Iterator[int]:
    """Yield the numbers of the sentences that tell the same figure."""
    for sentence, told in figures.items():
        if any(_same_figure(other, binding) for other in told):
            yield sentence


def turns(view: View, lexicon: Lexicon) -> bool:
    """Say whether a sentence turns to something else: "Meanwhile", "In a separate attack"."""
    words = [
        token.lower for token in view.tokens[: lexicon.turns.longest + TURN_STARTS] if token.text[0].isalnum()
    ]
    return any(
        tuple(words[start : start + length]) in lexicon.turns.phrases
        for start in range(TURN_STARTS)
        for length in range(1, lexicon.turns.longest + 1)
    )


def turn_between(stage: Stage, one: int, other: int) -> bool:
    """Say whether the report turns to something else between two sentences."""
    low, high = min(one, other), max(one, other)
    return bisect_right(stage.turning, low) < bisect_right(stage.turning, high)


def speaks_on(view: View, lexicon: Lexicon) -> bool:
    """Say whether a sentence speaks on of an attack told before: "the attacks", "the dead"."""
    return any(
        token.lower in lexicon.scenes.attacks and DEFINITE & {view.word(index - step) for step in (1, 2, 3)}
        for index, token in enumerate(view.tokens)
    )
