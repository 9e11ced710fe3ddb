"""What the gate before the reading model lets through, and what it saves.

Run as ``python eval/sentence_gate.py SHARED``; SHARED holds ``gold/*.jsonl``. For each part: the share of
sentences with an annotated anchor that pass (exit code 1 below ``FLOOR``), the share of sentences and of
words that are left unparsed, and the model's processor time over all sentences against that over those that
pass.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cairn.lexicon import load_lexicon
from cairn.readings import Parser, load_parser
from cairn.readings.sentence_gate import passes
from cairn.readings.sentences import split_sentences
from cairn.records import Sentence

FLOOR = 0.995
"""Share of the sentences with a claim's anchor that must pass."""
LEXICON = load_lexicon()

Texts = Sequence[tuple[str, Sequence[Sentence]]]


def anchored(sentence: Sentence, claims: Sequence[dict[str, Any]]) -> bool:
    """Say whether the anchor of a claim touches the sentence."""
    start, end = sentence.span.start, sentence.span.end
    return any(claim["anchor"][0] < end and start < claim["anchor"][1] for claim in claims)


def seconds(parser: Parser, texts: Texts) -> float:
    """Return the processor time that parsing takes."""
    begun = time.process_time()
    for text, sentences in texts:
        parser.read(text, [(one.span.start, one.span.end) for one in sentences])
    return time.process_time() - begun


def measure(path: Path, parser: Parser) -> float:
    """Print one part's figures and return the recall."""
    every: list[tuple[str, Sequence[Sentence]]] = []
    through: list[tuple[str, Sequence[Sentence]]] = []
    gold = kept = 0
    gate_seconds = 0.0
    for report in map(json.loads, path.open(encoding="utf-8")):
        text = report["text"]
        sentences = split_sentences(text, LEXICON.grammar.abbreviations)
        begun = time.process_time()
        passed = [one for one in sentences if passes(one, LEXICON)]
        gate_seconds += time.process_time() - begun
        every.append((text, sentences))
        through.append((text, passed))
        gold += sum(anchored(one, report["claims"]) for one in sentences)
        kept += sum(anchored(one, report["claims"]) for one in passed)
    sizes = [sum(len(own) for _, own in texts) for texts in (every, through)]
    words = [sum(len(one.tokens) for _, own in texts for one in own) for texts in (every, through)]
    seconds(parser, every[:10])  # warm
    spent = [seconds(parser, every), seconds(parser, through) + gate_seconds]
    print(
        f"{path.name}: {kept}/{gold} = {kept / gold:.4f} of the sentences with a claim pass; left unparsed "
        f"{1 - sizes[1] / sizes[0]:.3f} of {sizes[0]} sentences, {1 - words[1] / words[0]:.4f} of the words; "
        f"throughput x{spent[0] / spent[1]:.3f}, the gate itself {gate_seconds / spent[0]:.4f} of parsing"
    )
    return kept / gold


if __name__ == "__main__":
    loaded = load_parser(threads=1)
    recalls = [measure(Path(sys.argv[1]) / "gold" / f"{part}.jsonl", loaded) for part in ("train", "dev")]
    sys.exit(min(recalls) < FLOOR)
