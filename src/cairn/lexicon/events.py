"""Words for political acts, and for how an act stands to what has happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cairn.errors import LexiconError
from cairn.lexicon.forms import plural_forms, verb_forms
from cairn.lexicon.toml import load_toml
from cairn.records import MODES, EventStatus, EventType

LINKS = frozenset({"of", "to", "for", "on", "by", "against", "from", "with", "in"})
"""Words that end the part of a noun's expression which its head closes: "call | for"."""


class Frame(StrEnum):
    """How the words around an act take part in it."""

    PLAIN = "plain"
    MUTUAL = "mutual"
    SUFFERS = "suffers"
    ASKS = "asks"
    ALLEGES = "alleges"
    ENDS = "ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one group of expressions tells.

    Attributes:
        recipient: where the recipient stands: ``obj`` or a preposition, likeliest first.
        agents: prepositions before the actor.
        needs: without a recipient the words tell no act.
    """

    type: EventType
    mode: str | None
    frame: Frame
    recipient: tuple[str, ...]
    agents: frozenset[str]
    needs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Words for an act beside its head.

    Attributes:
        beside: sets of forms; of each, one must hang on the head or on what hangs on it.
        subject: forms of which one must be the subject or agent.
    """

    beside: tuple[frozenset[str], ...]
    act: Act
    subject: frozenset[str] | None = None

    @property
    def length(self) -> int:
        """Return how many words stand beside the head."""
        return len(self.beside) + (self.subject is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """Everything that is known of words for acts.

    Attributes:
        verbs: form -> its expressions, those of most words first.
        nouns: likewise for nouns.
        signs: forms of both that name an act with no other word beside them.
        stances: form -> the status of an act in its content.
        reports: nouns that what is denied must hold, where the word for denying may mean more.
        conditions: words that open a condition.
        modals: auxiliaries of what is not said to be so.
        future: auxiliaries of what is said to come.
        duties: auxiliaries by which a speaker asks for what another is to do.
        negations: words that deny.
        support: forms of verbs whose subject does the act that is their object.
        undergone: forms of verbs whose subject the act that is their object befalls.
        occurring: forms of verbs that say that the act that is their subject took place.
        aftermath: nouns in whose "of" an act is only referred to.
        series: nouns in whose "of" it is told.
        counting: words that say only how many are meant.
        arms: nouns for what attacks are made with that name no means.
        about: mode -> words of what is asked for or refused; ``threats`` of what is threatened.
        truces: words for what stops fighting.
        parties: nouns for those who speak for a side.
        actors: nouns for others who act, of whom the other files of the lexicon know nothing.
        accusing: types of acts that accuse the other side of whom they are told.
        backing: types that do when they are done for a party that fights.
    """

    verbs: Mapping[str, tuple[Expression, ...]]
    nouns: Mapping[str, tuple[Expression, ...]]
    signs: frozenset[str]
    stances: Mapping[str, EventStatus]
    reports: frozenset[str]
    conditions: frozenset[str]
    modals: frozenset[str]
    future: frozenset[str]
    duties: frozenset[str]
    negations: frozenset[str]
    support: frozenset[str]
    undergone: frozenset[str]
    occurring: frozenset[str]
    aftermath: frozenset[str]
    series: frozenset[str]
    arms: frozenset[str]
    counting: frozenset[str]
    about: Mapping[str, frozenset[str]]
    threats: Mapping[str, frozenset[str]]
    truces: tuple[str, ...]
    parties: frozenset[str]
    actors: frozenset[str]
    accusing: frozenset[EventType]
    backing: frozenset[EventType]


def load_events(language: str, irregular: Mapping[str, Sequence[str]]) -> EventWords:
    """Load ``events.toml``.

    Raises:
        LexiconError: a type, mode, frame, status or means in it is not known.
    """
    tables = load_toml(language, "events")
    verbs: dict[str, list[Expression]] = {}
    nouns: dict[str, list[Expression]] = {}
    for row in tables["acts"]:
        act = _act(row)
        for words in row.get("verbs", ()):
            head, *others = words.split()
            doer = next((each[1:] for each in others if each.startswith("^")), None)
            expression = Expression(
                beside=tuple(_any(each, irregular) for each in others if not each.startswith("^")),
                act=act,
                subject=_any(doer, irregular) if doer is not None else None,
            )
            for form in tables["forms"].get(head) or verb_forms(head, irregular):
                verbs.setdefault(form, []).append(expression)
        for words in row.get("nouns", ()):
            head, beside = _noun(words.split())
            expression = Expression(beside=tuple(_any(each, irregular) for each in beside), act=act)
            for form in (head, *plural_forms(head, {})):
                nouns.setdefault(form, []).append(expression)
    forms = {name: _forms(words, irregular) for name, words in _lists(tables)}
    stances: dict[str, EventStatus] = {}
    for status in (EventStatus.DENIED, EventStatus.ALLEGED, EventStatus.PLANNED, EventStatus.HYPOTHETICAL):
        for form in _forms(tables["stances"][status.value], irregular):
            stances.setdefault(form, status)
    _require(tables)
    return EventWords(
        verbs={form: _longest_first(found) for form, found in verbs.items()},
        nouns={form: _longest_first(found) for form, found in nouns.items()},
        signs=frozenset(
            form
            for known in (verbs, nouns)
            for form, found in known.items()
            if any(not expression.length for expression in found)
        ),
        stances=stances,
        reports=forms["reports"],
        conditions=frozenset(tables["stances"]["conditions"]),
        modals=frozenset(tables["stances"]["modals"]),
        future=frozenset(tables["stances"]["future"]),
        duties=frozenset(tables["stances"]["duties"]),
        negations=frozenset(tables["stances"]["negations"]),
        support=forms["verbs"],
        undergone=forms["undergone"],
        occurring=forms["occurring"],
        aftermath=forms["aftermath"],
        series=forms["series"],
        arms=forms["arms"],
        counting=frozenset(tables["support"]["counting"]),
        about={mode: _forms(words, irregular) for mode, words in tables["about"].items()},
        threats={mode: _forms(words, irregular) for mode, words in tables["threats"].items()},
        truces=tuple(tables["truce"]["words"]),
        parties=frozenset(tables["accusing"]["parties"]),
        actors=frozenset(
            form for noun in tables["accusing"]["actors"] for form in (noun, *plural_forms(noun, {}))
        ),
        accusing=frozenset(EventType(name.upper()) for name in tables["accusing"]["acts"]),
        backing=frozenset(EventType(name.upper()) for name in tables["accusing"]["backing"]),
    )


def _lists(tables: Mapping[str, Any]) -> Iterable[tuple[str, Sequence[str]]]:
    yield "reports", tables["stances"]["reports"]
    yield from tables["support"].items()


def _act(row: Mapping[str, Any]) -> Act:
    """Return what a row of ``acts`` tells."""
    try:
        kind, frame = EventType(row["type"]), Frame(row.get("frame", "plain"))
    except ValueError as error:
        raise LexiconError(f"events.toml: {error}") from error
    mode = row.get("mode")
    if mode is not None and mode not in MODES.get(kind, ()):
        raise LexiconError(f"events.toml: {kind} has no mode {mode!r}")
    return Act(
        type=kind,
        mode=mode,
        frame=frame,
        recipient=tuple(row.get("to", ())),
        agents=frozenset({"by", *row.get("from", ())}),
        needs=row.get("needs", False),
    )


def _require(tables: Mapping[str, Any]) -> None:
    """Check the rows of modes by means and by content."""
    known = {
        "about": (EventType.REQUEST, tables["about"]),
        "threats": (EventType.THREATEN, tables["threats"]),
    }
    for name, (kind, modes) in known.items():
        for mode in modes:
            if mode not in MODES[kind]:
                raise LexiconError(f"events.toml: [{name}] {kind} has no mode {mode!r}")


def _noun(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the head of a noun's expression and the words beside it."""
    end = next((at for at, word in enumerate(words) if at and word in LINKS), len(words))
    return words[end - 1], [*words[: end - 1], *words[end:]]


def _any(alternatives: str, irregular: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return _forms(alternatives.split("|"), irregular)


def _forms(words: Iterable[str], irregular: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return every form that each word may take, as a verb and as a noun."""
    found: set[str] = set()
    for word in words:
        head = word.split()[0]
        found |= {word, *verb_forms(head, irregular), *plural_forms(head, {})}
    return frozenset(found)


def _longest_first(found: Iterable[Expression]) -> tuple[Expression, ...]:
    return tuple(sorted(found, key=lambda expression: -expression.length))
