"""Words for means and for what was hit."""

from __future__ import annotations

from dataclasses import dataclass, field

from cairn.errors import LexiconError
from cairn.lexicon.forms import Form, plural_forms, verb_forms
from cairn.lexicon.toml import load_toml
from cairn.records import Means, TargetKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansWords:
    """Words for means, for what is hit, and for who does it.

    Attributes:
        means: phrase of lower-case words -> code.
        targets: phrase of lower-case words -> kind.
        longest: words in the longest phrase.
        openings: first words of the phrases for means.
        doing: forms of verbs whose subject attacks.
        clashing: words for a fight, before "with" or "between" and a party.
        events: nouns for what a party does, cut off from its name ("regime air raids").
        actors: nouns for parties, and for things that act for one ("warplanes").
        summing: words that tell a sum over several attacks from one.
        hitting: verbs and prepositions before what is hit.
        lone: nouns for those who are known by their deed alone ("gunmen").
        craft: nouns for what acts for a party ("warplanes").
        bodies: nouns that mean a body named before when they stand alone ("the group").
        membership: nouns whose body the words after "of" tell ("units of").
        charging: forms of verbs that hold a person to a harm ("convicted of").
        confessing: forms of those whose subject is held to the harm by its own word ("admitted").
        held: the participles of the others ("convicted"), which headlines use without an auxiliary.
        guilty: adjectives and prepositions that do ("behind the attack").
        describing: words that tell no party from another ("suspected").
        blaming: forms of verbs that name a doer after the deed.
        watching: heads of bodies that watch and tell, and do no harm.
        suffering: words for those who suffer, who are not the doers.
    """

    means: dict[tuple[str, ...], Means]
    targets: dict[tuple[str, ...], TargetKind]
    longest: int
    doing: frozenset[str]
    clashing: frozenset[str]
    events: frozenset[str]
    actors: frozenset[str]
    hitting: frozenset[str]
    summing: frozenset[str]
    lone: frozenset[str]
    craft: frozenset[str]
    bodies: frozenset[str]
    membership: frozenset[str]
    charging: frozenset[str]
    confessing: frozenset[str]
    held: frozenset[str]
    guilty: frozenset[str]
    describing: frozenset[str]
    blaming: frozenset[str]
    watching: frozenset[str]
    suffering: frozenset[str]
    openings: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "openings", frozenset(phrase[0] for phrase in self.means))


def load_means(language: str, irregular: dict[str, tuple[str, str]]) -> MeansWords:
    """Load ``means.toml``.

    Raises:
        LexiconError: when a table names a code that the records do not know.
    """
    tables = load_toml(language, "means")
    means: dict[tuple[str, ...], Means] = {}
    targets: dict[tuple[str, ...], TargetKind] = {}
    try:
        for name, phrases in tables["means"].items():
            for phrase in phrases:
                for form in (phrase, *plural_forms(phrase, {})):
                    means.setdefault(tuple(form.split()), Means(name))
        for name, phrases in tables["targets"].items():
            for phrase in phrases:
                for form in (phrase, *plural_forms(phrase, {})):
                    targets.setdefault(tuple(form.split()), TargetKind(name))
    except ValueError as error:
        raise LexiconError(f"lexicon file {language}/means.toml: {error}") from error
    doing = tables["doing"]
    return MeansWords(
        means=means,
        targets=targets,
        longest=max(map(len, (*means, *targets))),
        doing=frozenset(form for verb in doing["verbs"] for form in verb_forms(verb, irregular)),
        clashing=frozenset(doing["clashing"]),
        events=frozenset(doing["events"]),
        actors=frozenset(doing["actors"]),
        hitting=frozenset(doing["hitting"]),
        summing=frozenset(doing["summing"]),
        lone=frozenset(doing["lone"]),
        craft=frozenset(doing["craft"]),
        bodies=frozenset(doing["bodies"]),
        membership=frozenset(doing["membership"]),
        charging=frozenset(form for verb in doing["charging"] for form in verb_forms(verb, irregular)),
        confessing=frozenset(form for verb in doing["confessing"] for form in verb_forms(verb, irregular)),
        held=frozenset(
            form
            for verb in doing["charging"]
            for form, uses in verb_forms(verb, irregular).items()
            if Form.PARTICIPLE in uses
        ),
        guilty=frozenset(doing["guilty"]),
        describing=frozenset(doing["describing"]),
        blaming=frozenset(form for verb in doing["blaming"] for form in verb_forms(verb, irregular)),
        watching=frozenset(doing["watching"]),
        suffering=frozenset(doing["suffering"]),
    )
