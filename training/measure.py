"""Measure an exported model on the test parts, clean and rough, on gold words and on running text.

``python training/measure.py --folder MODEL`` writes a table; every number of the model card comes from it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from cairn.lexicon.grammar import load_grammar  # noqa: E402
from cairn.readings.parser import Parse, Parser, load_parser  # noqa: E402
from cairn.readings.parser_sentences import read_sentences  # noqa: E402
from cairn.readings.sentences import split_sentences  # noqa: E402
from corpora import UNSURE, Sample, load_crossner, load_ewt, load_re3d  # noqa: E402
from raw_text import documents, joined  # noqa: E402
from roughen import drop_final, drop_words, in_one_case  # noqa: E402
from scores import names_f1, spans_of  # noqa: E402

ABBREVIATIONS = load_grammar("en").abbreviations
VARIANTS: dict[str, Callable[[Sample], Sample]] = {
    "clean": lambda sample: sample,
    "commas dropped": lambda sample: drop_words(sample, {","}),
    "upper case": lambda sample: in_one_case(sample, upper=True),
    "lower case": lambda sample: in_one_case(sample, upper=False),
    "final mark dropped": drop_final,
    "curly quotes": lambda sample: replace(
        sample, words=[word.replace("'", "’").replace('"', "”") for word in sample.words]
    ),
}


def percent(part: float, whole: float) -> float:
    """Return a share in percent, two digits."""
    return round(100 * part / max(1, whole), 2)


def on_gold_words(parser: Parser, samples: Sequence[Sample]) -> dict[str, float]:
    """Return scores where words and sentences are given."""
    parses = parser.parse([sample.words for sample in samples])
    words = upos = uas = las = hit = found = wanted = 0
    for sample, parse in zip(samples, parses, strict=True):
        heads = [head - 1 for head in sample.heads]
        words += len(heads)
        upos += sum(a == b for a, b in zip(sample.upos, parse.upos, strict=True))
        right = [a == b for a, b in zip(heads, parse.heads, strict=True)]
        uas += sum(right)
        las += sum(ok and a == b for ok, a, b in zip(right, sample.deprels, parse.deprels, strict=True))
        if sample.predicates:
            gold = set(sample.roles)
            made = {(one.predicate, one.head, one.role) for one in parse.arguments}
            hit += len(gold & made)
            wanted += len(gold)
            found += len(made)
    named = [
        (sample.names, parse.names) for sample, parse in zip(samples, parses, strict=True) if sample.names
    ]
    return {
        "LAS": percent(las, words),
        "UAS": percent(uas, words),
        "UPOS": percent(upos, words),
        "names": names_f1([one for one, _ in named], [two for _, two in named]),
        "roles": percent(2 * hit, found + wanted),
    }


def on_text(parser: Parser, samples: Sequence[Sample], *, lines: bool) -> dict[str, float]:
    """Return F1 scores on running text: words, sentences and trees are all ours."""
    counts = dict.fromkeys(
        ("gold", "ours", "words", "upos", "uas", "las", "gold_s", "ours_s", "s", "gold_n", "ours_n", "n"), 0
    )
    for document in documents(samples):
        text, spans = joined(document, lines=lines)
        sentences = split_sentences(text, ABBREVIATIONS)
        ranges = [(one.span.start, one.span.end) for one in sentences]
        parses = [parse for parts in read_sentences(parser, text, ranges) for parse in parts]
        gold, gold_names, gold_starts = _gold_of(document, spans)
        ours, our_names, our_starts = _ours_of(parses)
        counts["gold"] += len(gold)
        counts["ours"] += len(ours)
        for span, (upos, head, deprel) in gold.items():
            if span in ours:
                counts["words"] += 1
                counts["upos"] += upos == ours[span][0]
                counts["uas"] += head == ours[span][1]
                counts["las"] += head == ours[span][1] and deprel == ours[span][2]
        for key, one, two in (("s", gold_starts, our_starts), ("n", gold_names, our_names)):
            counts[f"gold_{key}"] += len(one)
            counts[f"ours_{key}"] += len(two)
            counts[key] += len(one & two)
    both = counts["gold"] + counts["ours"]
    return {
        "LAS": percent(2 * counts["las"], both),
        "UAS": percent(2 * counts["uas"], both),
        "UPOS": percent(2 * counts["upos"], both),
        "names": percent(2 * counts["n"], counts["gold_n"] + counts["ours_n"]),
        "words": percent(2 * counts["words"], both),
        "sentences": percent(2 * counts["s"], counts["gold_s"] + counts["ours_s"]),
    }


Range = tuple[int, int]
Words = dict[Range, tuple[str, Range | None, str]]


def _words_of(
    spans: Sequence[Range], upos: Sequence[str], heads: Sequence[int], deprels: Sequence[str]
) -> Words:
    return {
        span: (tag, spans[head] if head >= 0 else None, kind)
        for span, tag, head, kind in zip(spans, upos, heads, deprels, strict=True)
    }


def _named(spans: Sequence[Range], tags: Sequence[str]) -> set[tuple[int, int, str]]:
    return {(spans[start][0], spans[end - 1][1], kind) for start, end, kind in spans_of(tags)}


def _gold_of(document: Sequence[Sample], spans: Sequence[Sequence[Range]]) -> tuple[Words, set, set]:  # type: ignore[type-arg]
    words: Words = {}
    names = set()
    for sample, own in zip(document, spans, strict=True):
        words |= _words_of(own, sample.upos, [head - 1 for head in sample.heads], sample.deprels)
        names |= _named(own, sample.names or ["O"] * len(own))
    return words, names, {(own[0][0], own[-1][1]) for own in spans}


def _ours_of(parses: Sequence[Parse]) -> tuple[Words, set, set]:  # type: ignore[type-arg]
    words: Words = {}
    names = set()
    for parse in parses:
        words |= _words_of(parse.spans, parse.upos, parse.heads, parse.deprels)
        names |= _named(parse.spans, parse.names)
    return words, names, {(parse.spans[0][0], parse.spans[-1][1]) for parse in parses}


def tags_only(parser: Parser, samples: Sequence[Sample], layer: str) -> float:
    """Return the F1 of names or things where a corpus has nothing else; unsure words do not count."""
    parses = parser.parse([sample.words for sample in samples])
    gold = [getattr(sample, layer) for sample in samples]
    ours = [
        [UNSURE if want == UNSURE else tag for want, tag in zip(one, getattr(parse, layer), strict=True)]
        for one, parse in zip(gold, parses, strict=True)
    ]
    clean = [["O" if tag == UNSURE else tag for tag in tags] for tags in gold]
    return names_f1(clean, [["O" if tag == UNSURE else tag for tag in tags] for tags in ours])


def measure(parser: Parser, corpora: Path, part: str) -> dict[str, dict[str, float]]:
    """Return every table of the model card for one model."""
    samples = load_ewt(corpora / "ewt_joint.jsonl.gz", part)
    table = {name: on_gold_words(parser, [make(one) for one in samples]) for name, make in VARIANTS.items()}
    table["own words, a sentence a line"] = on_text(parser, samples, lines=True)
    table["own words, running text"] = on_text(parser, samples, lines=False)
    crossner = load_crossner(corpora / "crossner_politics", ("test",))
    table["CrossNER politics"] = {"names": tags_only(parser, crossner, "names")}
    table["re3d held out"] = {"things": tags_only(parser, load_re3d(corpora / "re3d", True), "things")}
    return table


def main() -> None:
    """Read the command line, measure, print JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpora", type=Path, default=HERE.parents[1] / "shared" / "corpora")
    options.add_argument("--folder", type=Path, help="of the model; the shipped one when left out")
    options.add_argument("--part", default="test", choices=("dev", "test"))
    chosen = options.parse_args()
    table = measure(load_parser(chosen.folder), chosen.corpora, chosen.part)
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
