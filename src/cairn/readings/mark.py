"""Run the readers in order: each sees what the ones before it have marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress

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

    Args:
        document: its text is not changed; every mark indexes it.
        lexicon: words of the document's language.
        look_up: the gazetteer.
        parser: the reading model; without it word classes are told by rules, and no tree is known.
        every: parse also the sentences that can hold no claim, event or attribution.
    """
    (sentences,) = parse_documents([document], lexicon, parser, every=every)
    return mark_parsed(document, sentences, lexicon, look_up, parser)


def parse_documents(
    documents: Sequence[Document], lexicon: Lexicon, parser: Parser | None = None, *, every: bool = False
) -> list[tuple[Sentence, ...]]:
    """Return the sentences of each document with word classes: from the model where parsing is worth it.

    Several documents are read faster together than one by one, and in no other way.

    Args:
        documents: all in memory at once; a dozen reports fill the model's batches.
        lexicon: words of the documents' language.
        parser: the reading model; without it rules tell all word classes.
        every: parse also the sentences that can hold no claim, event or attribution.
    """
    cut = [split_sentences(document.text, lexicon.grammar.abbreviations) for document in documents]
    if parser is None:
        return [tag_sentences(sentences, lexicon) for sentences in cut]
    worth = [[every or passes(sentence, lexicon) for sentence in sentences] for sentences in cut]
    chosen = [
        (document.text, list(compress(sentences, flags)))
        for document, sentences, flags in zip(documents, cut, worth, strict=True)
    ]
    return [
        _merged(sentences, flags, parsed, lexicon)
        for sentences, flags, parsed in zip(cut, worth, parse_sentences(chosen, parser), strict=True)
    ]


def _merged(
    sentences: Sequence[Sentence], worth: Sequence[bool], parsed: Iterable[Sentence], lexicon: Lexicon
) -> tuple[Sentence, ...]:
    """Return all sentences of a document in order, those that were not parsed with classes by rules."""
    read = iter(parsed)
    ruled = iter(tag_sentences([one for one, ok in zip(sentences, worth, strict=True) if not ok], lexicon))
    return tuple(next(read if ok else ruled) for ok in worth)


def mark_parsed(
    document: Document,
    sentences: tuple[Sentence, ...],
    lexicon: Lexicon,
    look_up: PlaceLookup,
    parser: Parser | None = None,
) -> Reading:
    """Mark in a document what claims are read from.

    Dates are read before numbers and places before people, so that "February 27" is no count and "Jordan"
    in a list of countries no victim.

    Args:
        document: its text is not changed; every mark indexes it.
        sentences: of the document, with word classes.
        lexicon: words of the document's language.
        look_up: the gazetteer.
        parser: the reading model, which points from people to what is told of them.
    """
    text = document.text
    moments = find_moments(text, sentences, document.published, lexicon.calendar)
    localities = find_localities(text, sentences, look_up, lexicon.geography)
    dated = [mention.span for mention in moments]
    counts = find_counts(sentences, dated, lexicon.quantities)
    named = [mention.span for mention in localities]
    persons = find_persons(sentences, counts, [*dated, *named], lexicon)
    people = [mention.span for mention in persons]
    return Reading(
        document=document,
        sentences=sentences,
        moments=moments,
        localities=localities,
        persons=persons,
        cues=find_cues(sentences, lexicon),
        attributions=find_attributions(sentences, dated, lexicon),
        pointings=parser.pointer.point(sentences, people) if parser is not None and people else {},
    )
