"""How fast reports become claims, and where the time goes: ``python benchmarks/pipeline.py``.

Reports are the project's own invented ones, or those of ``--texts``, a file of JSON Lines. All is processor
time of one thread, so that other programs on the machine weigh little. The bare encoder (cut out of the
shipped graph, see ``reading.py``) gets the same word pieces in the same batches. Rounds of all parts
alternate; the least of each counts. The share of the encoder says what would be gained if all else were free.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cairn.claims import extract_claims
from cairn.claims.events import read_events
from cairn.claims.extract import stage_report
from cairn.claims.framing import find_framing
from cairn.pipeline import Tools, document_of, open_tools, read_documents
from cairn.readings import mark_parsed, parse_documents
from cairn.readings.parser_batches import make_batches, make_windows
from cairn.readings.parser_words import ud_words
from cairn.readings.sentence_gate import passes
from cairn.readings.sentences import split_sentences
from cairn.records import Document
from reading import bare_encoder

OWN = Path(__file__).resolve().parents[1] / "training" / "reports"
TOGETHER = 16
"""Reports that are parsed together, about as many as the pipeline takes."""
Part = tuple[str, Callable[[], object]]


def main() -> None:
    """Time all parts and print one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reports", type=int, default=90, help="how many; read again from the first on")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument(
        "--texts", type=Path, help="JSON Lines with a report a line, instead of invented ones"
    )
    chosen = arguments.parse_args()
    files = [chosen.texts] if chosen.texts else sorted(OWN.glob("*.jsonl"))
    known = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    documents = [document_of(known[number % len(known)]) for number in range(chosen.reports)]
    json.dump(measure(documents, open_tools(threads=1), chosen.rounds), sys.stdout, indent=1)
    print()


def measure(documents: Sequence[Document], tools: Tools, rounds: int) -> dict[str, object]:
    """Return seconds of each part for all documents, and what follows from them."""
    lexicon, look_up = tools.lexicon, tools.gazetteer.find
    groups = [documents[at : at + TOGETHER] for at in range(0, len(documents), TOGETHER)]
    encoder = bare_encoder(threads=1)
    batches = list(encoder_inputs(groups, tools))
    parsed = [each for group in groups for each in parse_documents(group, lexicon, tools.parser)]
    readings = [mark_parsed(*each, lexicon, look_up) for each in zip(documents, parsed, strict=True)]
    staged = [stage_report(reading, lexicon) for reading in readings]
    claims = sum(len(extract_claims(reading, lexicon).claims) for reading in readings)
    parts: list[Part] = [
        ("encoder alone", lambda: [encoder.run(None, batch) for batch in batches]),
        ("parsing", lambda: [parse_documents(group, lexicon, tools.parser) for group in groups]),
        (
            "marks",
            lambda: [mark_parsed(*each, lexicon, look_up) for each in zip(documents, parsed, strict=True)],
        ),
        ("claims, events and framing", lambda: [extract_claims(reading, lexicon) for reading in readings]),
        ("events", lambda: [read_events(*each) for each in staged]),
        ("framing", lambda: [find_framing(reading, lexicon) for reading in readings]),
        ("whole", lambda: list(read_documents(documents, tools))),
    ]
    least = dict.fromkeys((name for name, _ in parts), float("inf"))
    for _ in range(rounds):
        for name, run in parts:
            begun = time.process_time()
            run()
            least[name] = min(least[name], time.process_time() - begun)
    words = sum(len(document.text.split()) for document in documents)
    per_report = {
        f"{name}, ms a report": round(1000 * took / len(documents), 2) for name, took in least.items()
    }
    return {
        "reports": len(documents),
        "words": words,
        "claims": claims,
        **per_report,
        "ms a claim": round(1000 * least["whole"] / max(1, claims), 2),
        "reports of 500 words a second of processor": round(words / 500 / least["whole"], 1),
        "words a second of processor, encoder alone": round(words / least["encoder alone"]),
        "words a second of processor": round(words / least["whole"]),
        "share of the encoder": round(least["encoder alone"] / least["whole"], 3),
        "share of the encoder in parsing": round(least["encoder alone"] / least["parsing"], 3),
    }


def encoder_inputs(groups: Sequence[Sequence[Document]], tools: Tools) -> Iterator[dict[str, object]]:
    """Yield what the encoder gets when each group is parsed together."""
    if tools.parser is None:
        raise ValueError("without a reading model there is no encoder")
    for group in groups:
        words = [
            [document.text[start:end] for start, end in ud_words(document.text, span.start, span.end)]
            for document in group
            for sentence in split_sentences(document.text, tools.lexicon.grammar.abbreviations)
            if passes(sentence, tools.lexicon)
            for span in [sentence.span]
        ]
        for batch in make_batches(make_windows(words, tools.parser.pieces)):
            yield {name: values for name, values in batch.inputs().items() if name != "first"}


if __name__ == "__main__":
    main()
