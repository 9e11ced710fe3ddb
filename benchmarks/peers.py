"""How fast the parts are beside what one would pick instead: ``python benchmarks/peers.py``.

The same texts, the project's own invented reports, in one process and thread, by processor time; who gives
the better answers is not asked here. ``pip install -e '.[bench]'`` installs the others; what is absent is
left out, and told. Each is called as its documentation shows, on one report at a time; spaCy on all.
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
from importlib.metadata import version

from cairn.pipeline import Tools, document_of, open_tools
from cairn.readings import parse_documents
from cairn.readings.counts import find_counts
from cairn.readings.sentences import split_sentences
from cairn.readings.times import find_moments
from cairn.records import Document
from pipeline import OWN

Reader = Callable[[Sequence[Document]], object]
"""Reads all documents; what it finds is thrown away."""


def main() -> None:
    """Time everything that is there and print one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reports", type=int, default=30)
    chosen = arguments.parse_args()
    lines = [line for file in sorted(OWN.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    documents = [document_of(json.loads(line)) for line in lines[: chosen.reports]]
    words = sum(len(document.text.split()) for document in documents)
    found: dict[str, object] = {"reports": len(documents), "words": words}
    own = cairn_readers(open_tools(threads=1))
    for task, others in PEERS.items():
        rates: dict[str, float | str] = {"cairn": rate(own[task], documents, words)}
        for name, make in others.items():
            try:
                with contextlib.redirect_stdout(sys.stderr):
                    rates[name_of(name)] = rate(make(), documents, words)
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


def cairn_readers(tools: Tools) -> dict[str, Reader]:
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

    return {
        "sentences and tokens": sentences,
        "dates": dates,
        "quantities": quantities,
        "parse": parsing,
    }


def blank_spacy() -> Reader:
    """Return spaCy's tokenizer and its rules for sentences."""
    import spacy

    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return lambda documents: list(language.pipe(each.text for each in documents))


def small_spacy() -> Reader:
    """Return spaCy's small English model: tags, dependencies, names."""
    import spacy

    language = spacy.load("en_core_web_sm")
    return lambda documents: list(language.pipe(each.text for each in documents))


def dateparser() -> Reader:
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


def recognizers() -> Reader:
    """Return Microsoft's recognizer of dates."""
    from recognizers_date_time import recognize_datetime
    from recognizers_text import Culture

    return lambda documents: [recognize_datetime(each.text, Culture.English) for each in documents]


def recognizers_number() -> Reader:
    """Return Microsoft's recognizer of numbers."""
    from recognizers_number import recognize_number
    from recognizers_text import Culture

    return lambda documents: [recognize_number(each.text, Culture.English) for each in documents]


def quantulum() -> Reader:
    """Return quantulum3 without its classifier, which no scikit-learn of today can load."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    return lambda documents: [parser.parse(each.text) for each in documents]


PEERS: dict[str, dict[str, Callable[[], Reader]]] = {
    "sentences and tokens": {"spacy (blank)": blank_spacy},
    "dates": {"dateparser": dateparser, "recognizers-text-date-time": recognizers},
    "quantities": {"quantulum3": quantulum, "recognizers-text-number": recognizers_number},
    "parse": {"spacy (en_core_web_sm)": small_spacy},
}


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    warnings.simplefilter("ignore")
    main()
