"""Run the readers in order: each sees what the ones before it have marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cairn.lexicon import Lexicon
from cairn.readings.counts import find_counts
from cairn.readings.harms import find_cues
from cairn.readings.parser import Parser
from cairn.readings.persons import find_persons
from cairn.readings.places import EntryLike, find_localities
from cairn.readings.sentence_gate import passes
from cairn.readings.sentences import split_sentences
from cairn.readings.syntax import parse_sentences
from cairn.readings.tags import tag_sentences
from cairn.readings.times import find_moments
from cairn.readings.voices import find_attributions
from cairn.records import Document, Reading, Sentence

PlaceLookup = Callable[[str], Sequence[EntryLike]]
"""From the words of a name to what a gazetteer knows by it, likeliest first."""


def read(
    document: Document,
    lexicon: Lexicon,
    look_up: PlaceLookup,
    parser: Parser | None = None,
    *,
    every: bool = False,
) -> Reading:
    """Mark one document.

    Dates are read before numbers and places before people, so that "February 27" is no count and "Jordan"
    in a list of countries no victim.

    Args:
        document: its text is not changed; every mark indexes it.
        lexicon: words of the document's language.
        look_up: the gazetteer.
        parser: the reading model; without it word classes are told by rules, and no tree is known.
        every: parse also the sentences that can hold no claim, event or attribution.
    """
    text = document.text
    bare = split_sentences(text, lexicon.grammar.abbreviations)
    sentences = _classed(text, bare, lexicon, parser, every=every)
    moments = find_moments(text, sentences, document.published, lexicon.calendar)
    localities = find_localities(text, sentences, look_up, lexicon.geography)
    dated = [mention.span for mention in moments]
    counts = find_counts(sentences, dated, lexicon.quantities)
    named = [mention.span for mention in localities]
    return Reading(
        document=document,
        sentences=sentences,
        moments=moments,
        localities=localities,
        persons=find_persons(sentences, counts, [*dated, *named], lexicon),
        cues=find_cues(sentences, lexicon),
        attributions=find_attributions(sentences, dated, lexicon),
    )


def _classed(
    text: str, bare: Sequence[Sentence], lexicon: Lexicon, parser: Parser | None, *, every: bool
) -> tuple[Sentence, ...]:
    """Return the sentences with word classes: from the model where parsing is worth it, else by rules."""
    if parser is None:
        return tag_sentences(bare, lexicon)
    worth = [every or passes(sentence, lexicon) for sentence in bare]
    parsed = iter(parse_sentences(text, [one for one, ok in zip(bare, worth, strict=True) if ok], parser))
    ruled = iter(tag_sentences([one for one, ok in zip(bare, worth, strict=True) if not ok], lexicon))
    return tuple(next(parsed if ok else ruled) for ok in worth)
