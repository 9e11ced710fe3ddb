"""How fast the parts are beside what one would pick instead: ``python benchmarks/peers.py``.

The same texts, the project's own invented reports, in one process and thread, by processor time; who gives
the better answers is not asked here. ``pip install -e '.[bench]'`` installs the others; what is absent is
left out, and told. Each is called as its documentation shows, on one report at a time; spaCy on all.

spaCy's own models are not on the package index. Its pipeline of the same parts is made here as its ``init
config`` makes it for speed, and fitted for a moment to what Cairn's model reads in these texts: speed hangs
on its size, not on what it knows. Where ``en_core_web_sm`` is installed it is told, too.

Of langextract, which asks a large language model for what it extracts, the step is taken that ties the answer
to the text: it gets the words of all evidence of Cairn's claims and looks where they stand, word by word and
then by likeness. Cairn keeps where it read a word, so it only checks that it stands there.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from cairn.claims.ground import require_grounded
from cairn.pipeline import Tools, document_of, open_tools, read_documents
from cairn.readings import parse_documents
from cairn.readings.counts import find_counts
from cairn.readings.sentences import split_sentences
from cairn.readings.times import find_moments
from cairn.records import Claim, Document, Sentence
from pipeline import OWN

Reader = Callable[[Sequence[Document]], object]
"""Reads all documents; what it finds is thrown away."""

ROUNDS = 5
"""Times that spaCy's pipeline is fitted: too few for good trees, but it takes as many steps a word."""


@dataclass(frozen=True, slots=True)
class Known:
    """What others may be given of the texts.

    Attributes:
        sentences: of each document, as Cairn's model parses them.
        claims: of each document.
    """

    sentences: Sequence[Sequence[Sentence]]
    claims: Sequence[Sequence[Claim]]


def main() -> None:
    """Time everything that is there and print one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reports", type=int, default=30)
    chosen = arguments.parse_args()
    lines = [line for file in sorted(OWN.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    documents = [document_of(json.loads(line)) for line in lines[: chosen.reports]]
    words = sum(len(document.text.split()) for document in documents)
    found: dict[str, object] = {"reports": len(documents), "words": words}
    tools = open_tools(threads=1)
    known = Known(
        parse_documents(documents, tools.lexicon, tools.parser, every=True),
        [tuple(each[1].claims) for each in read_documents(documents, tools) if isinstance(each, tuple)],
    )
    own = cairn_readers(tools, known)
    for task, others in PEERS.items():
        rates: dict[str, float | str] = {"cairn": rate(own[task], documents, words)}
        for name, make in others.items():
            try:
                with contextlib.redirect_stdout(sys.stderr):
                    rates[name_of(name)] = rate(make(documents, known), documents, words)
            except (ImportError, OSError) as error:
                rates[name] = f"not installed ({str(error).splitlines()[0]})"
        found[f"{task}, words a second of processor"] = rates
    json.dump(found, sys.stdout, indent=1)
    print()


def rate(read: Reader, documents: Sequence[Document], words: int) -> float:
    """Return words a second of processor time; the first report warms up what is loaded late."""
    read(documents[:1])
    begun = time.process_time()
    read(documents)
    return round(words / (time.process_time() - begun))


def name_of(package: str) -> str:
    """Return a package with its version: "spacy 3.8"; what stands in brackets says which part of it."""
    return f"{package} {version(package.split()[0])}"


def cairn_readers(tools: Tools, known: Known) -> dict[str, Reader]:
    """Return Cairn's own part for each task."""
    lexicon = tools.lexicon

    def sentences(documents: Sequence[Document]) -> list[object]:
        return [split_sentences(each.text, lexicon.grammar.abbreviations) for each in documents]

    def dates(documents: Sequence[Document]) -> list[object]:
        return [
            find_moments(each.text, split_sentences(each.text), each.published, lexicon.calendar)
            for each in documents
        ]

    def quantities(documents: Sequence[Document]) -> list[object]:
        return [find_counts(split_sentences(each.text), (), lexicon.quantities) for each in documents]

    def parsing(documents: Sequence[Document]) -> list[object]:
        return [parse_documents(documents, lexicon, tools.parser, every=True)]

    def grounding(documents: Sequence[Document]) -> None:
        for document, claims in zip(documents, known.claims, strict=False):
            for claim in claims:
                require_grounded(claim, document.text)

    return {
        "sentences and tokens": sentences,
        "dates": dates,
        "quantities": quantities,
        "parse": parsing,
        "words of claims tied to the text": grounding,
    }


def blank_spacy(_documents: Sequence[Document], _known: Known) -> Reader:
    """Return spaCy's tokenizer and its rules for sentences."""
    import spacy

    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return lambda documents: list(language.pipe(each.text for each in documents))


def small_spacy(_documents: Sequence[Document], _known: Known) -> Reader:
    """Return spaCy's small English model: tags, dependencies, names."""
    import spacy

    language = spacy.load("en_core_web_sm")
    return lambda documents: list(language.pipe(each.text for each in documents))


def like_spacy(documents: Sequence[Document], known: Known) -> Reader:
    """Return spaCy's pipeline of tags, dependencies and names, fitted for a moment to what Cairn reads."""
    import spacy
    from spacy.cli.init_config import init_config
    from spacy.tokens import Doc
    from spacy.training import Example

    parts = ["tok2vec", "tagger", "parser", "ner"]
    config = init_config(lang="en", pipeline=parts, optimize="efficiency", silent=True)
    spacy.util.fix_random_seed(1)
    language = spacy.util.load_model_from_config(config, auto_fill=True)
    examples = []
    for sentences in known.sentences:
        tokens = [token for sentence in sentences for token in sentence.tokens]
        heads: list[int] = []
        for sentence in sentences:
            start = len(heads)
            root = next((place for place, token in enumerate(sentence.tokens) if token.head == -1), 0)
            hung = [root if token.head in (None, -1) else token.head for token in sentence.tokens]
            heads += [start + (head or 0) for head in hung]
        told = Doc(
            language.vocab,
            words=[token.text for token in tokens],
            tags=[token.pos for token in tokens],
            heads=heads,
            deps=["ROOT" if token.head == -1 else token.dep or "dep" for token in tokens],
            ents=[token.name for token in tokens],
        )
        examples.append(Example(language.make_doc(told.text), told))
    optimizer = language.initialize(lambda: examples)
    for _ in range(ROUNDS):
        for at in range(0, len(examples), 4):
            language.update(examples[at : at + 4], sgd=optimizer)
    return lambda documents: list(language.pipe(each.text for each in documents))


def langextract(documents: Sequence[Document], known: Known) -> Reader:
    """Return langextract's search for where extracted words stand, given the words of all evidence."""
    from langextract.core.data import Extraction
    from langextract.resolver import Resolver

    told = {
        document.id: [
            (entry.slot, span.words(document.text))
            for claim in claims
            for entry in claim.evidence
            for span in entry.spans
        ]
        for document, claims in zip(documents, known.claims, strict=True)
    }

    def read(documents: Sequence[Document]) -> list[object]:
        resolver = Resolver()
        return [
            list(
                resolver.align(
                    [
                        Extraction(extraction_class=slot, extraction_text=words)
                        for slot, words in told[each.id]
                    ],
                    each.text,
                    token_offset=0,
                )
            )
            for each in documents
        ]

    return read


def dateparser(_documents: Sequence[Document], _known: Known) -> Reader:
    """Return the search for dates in running text."""
    import datetime as dt

    from dateparser.search import search_dates

    def read(documents: Sequence[Document]) -> list[object]:
        bases = [dt.datetime.combine(each.published or dt.date(2031, 1, 1), dt.time()) for each in documents]
        return [
            search_dates(each.text, languages=["en"], settings={"RELATIVE_BASE": base})
            for each, base in zip(documents, bases, strict=True)
        ]

    return read


def recognizers(_documents: Sequence[Document], _known: Known) -> Reader:
    """Return Microsoft's recognizer of dates."""
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    return lambda documents: [recognize_datetime(each.text, Culture.English) for each in documents]


def recognizers_number(_documents: Sequence[Document], _known: Known) -> Reader:
    """Return Microsoft's recognizer of numbers."""
    from recognizers_number import recognize_number
    from recognizers_text import Culture

    return lambda documents: [recognize_number(each.text, Culture.English) for each in documents]


def quantulum(_documents: Sequence[Document], _known: Known) -> Reader:
    """Return quantulum3 without its classifier, which no scikit-learn of today can load."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    return lambda documents: [parser.parse(each.text) for each in documents]


PEERS: dict[str, dict[str, Callable[[Sequence[Document], Known], Reader]]] = {
    "sentences and tokens": {"spacy (blank)": blank_spacy},
    "dates": {"dateparser": dateparser, "recognizers-text-date-time": recognizers},
    "quantities": {"quantulum3": quantulum, "recognizers-text-number": recognizers_number},
    "parse": {"spacy (a pipeline of the same parts)": like_spacy, "spacy (en_core_web_sm)": small_spacy},
    "words of claims tied to the text": {"langextract": langextract},
}


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    warnings.simplefilter("ignore")
    main()
