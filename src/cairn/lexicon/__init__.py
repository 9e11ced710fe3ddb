"""Language knowledge as data: one folder a language, the same file names in each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cairn.lexicon.actors import Actors, Party, PartyKind, party_of
from cairn.lexicon.actors_table import read_actors
from cairn.lexicon.calendar import Calendar, load_calendar
from cairn.lexicon.confidence import load_confidence
from cairn.lexicon.events import Act, EventWords, Expression, Frame, load_events
from cairn.lexicon.figures import FigureWords, load_figures
from cairn.lexicon.forms import Form
from cairn.lexicon.framing import ANY_NOUN, FramingWords, LoadedPhrase, load_framing
from cairn.lexicon.geography import Geography, load_geography
from cairn.lexicon.grammar import Grammar, load_grammar
from cairn.lexicon.harms import HarmPhrase, Harms, load_harms
from cairn.lexicon.means import MeansWords, load_means
from cairn.lexicon.parties import Context, resolve_names, resolve_party, same_party, within
from cairn.lexicon.people import People, load_people
from cairn.lexicon.quantities import Quantities, load_quantities
from cairn.lexicon.reasons import load_reasons, word_reason
from cairn.lexicon.scenes import SceneWords, load_scenes
from cairn.lexicon.speech import Speech, load_speech
from cairn.lexicon.tolls import TollWords, load_toll_words
from cairn.lexicon.turns import Turns, load_turns
from cairn.lexicon.weights import load_weights

__all__ = [
    "ANY_NOUN",
    "Act",
    "Actors",
    "Calendar",
    "Context",
    "EventWords",
    "Expression",
    "FigureWords",
    "Form",
    "Frame",
    "FramingWords",
    "Geography",
    "Grammar",
    "HarmPhrase",
    "Harms",
    "Lexicon",
    "LoadedPhrase",
    "MeansWords",
    "Party",
    "PartyKind",
    "People",
    "Quantities",
    "SceneWords",
    "Speech",
    "TollWords",
    "Turns",
    "load_actors",
    "load_lexicon",
    "load_toll_words",
    "party_of",
    "resolve_names",
    "resolve_party",
    "same_party",
    "within",
    "word_reason",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Everything that is known of one language's words."""

    grammar: Grammar
    quantities: Quantities
    people: People
    harms: Harms
    means: MeansWords
    speech: Speech
    events: EventWords
    turns: Turns
    figures: FigureWords
    scenes: SceneWords
    calendar: Calendar
    geography: Geography
    framing: FramingWords
    actors: Actors
    weights: dict[str, dict[str, float]]
    reasons: dict[str, str]
    confidence: dict[str, dict[str, float]]
    event_confidence: dict[str, dict[str, float]]


@cache
def load_lexicon(language: str = "en") -> Lexicon:
    """Load and check every file of ``lexicon/<language>/``.

    Raises:
        LexiconError: when a file is missing or breaks its own rules; file and key are named.
    """
    bare = load_grammar(language)
    harms = load_harms(language, bare.irregular)
    speech = load_speech(language, bare.irregular)
    spoken = tuple({lemma.split()[0] for lemma, _ in speech.verbs.values()})
    return Lexicon(
        grammar=load_grammar(language, extra_verbs=(*harms.verb_lemmas, *sorted(spoken))),
        quantities=load_quantities(language),
        people=load_people(language),
        harms=harms,
        means=load_means(language, bare.irregular),
        speech=speech,
        events=load_events(language, bare.irregular),
        turns=load_turns(language),
        figures=load_figures(language, bare.irregular),
        scenes=load_scenes(language),
        calendar=load_calendar(language),
        geography=load_geography(language),
        framing=load_framing(language, bare.irregular),
        actors=load_actors(language),
        weights=load_weights(language),
        reasons=load_reasons(language),
        confidence=load_confidence(language),
        event_confidence=load_confidence(language, "event_confidence"),
    )


@cache
def load_actors(language: str = "en") -> Actors:
    """Load and check the parties of ``lexicon/<language>/``; some commands need nothing else of it.

    Raises:
        LexiconError: when a file is missing or breaks its own rules; file and line are named.
    """
    return read_actors(language, load_geography(language))
