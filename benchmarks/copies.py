"""How well copies are found, and how fast: ``python benchmarks/copies.py [quality|candidates|speed]``.

All on the invented bed of ``tests/documents/copies``:

- ``quality``: copies found by alteration, and independent reports wrongly called one, over beds of several
  seeds that no threshold was chosen on;
- ``candidates``: ways to find pairs worth comparing, by the pairs they give, the copies among them and the
  time they take: the index of winnowed shingles, and (when ``datasketch`` is installed, which Cairn does not
  need) MinHash LSH over whole texts, over windows of them, and LSH Ensemble for containment;
- ``speed``: many documents of some 300 words, one in ten a copy, in no order: seconds on the clock, of
  processor, and memory. On a busy machine trust the processor's.

Without an argument all three, the last on a tenth of its documents.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from cairn.documents import CopyIndex, add_documents, find_copies
from cairn.documents.copies.index import find_candidates
from cairn.documents.copies.words import read_words
from cairn.hands import Hands, many_hands, own_hands
from documents.copies.bed import Made, make_bed
from documents.copies.score import score_bed
from linking import Timed

SEEDS = (201, 202, 203)
INCIDENTS = 600
"""Incidents a bed: about 3,000 documents."""
FULL_SPEED = 100_000
HARDER = ("excerpted", "rewritten")
"""Alterations beyond those that were asked for: 60 words of a wire in an own report on the same incident;
moved about, trimmed, and up to one word in six changed."""

STREWN = 0.3
"""Share of invented words in the documents to time: without them the grammar repeats itself, unlike news."""

Pairs = set[tuple[int, int]]


def quality() -> dict[str, object]:
    """Score beds of fresh seeds."""
    made_count, found, kinds = Counter[str](), Counter[str](), Counter[str]()
    independent = wrong = 0
    for seed in SEEDS:
        made = list(make_bed(seed, INCIDENTS, copy_share=1.0))
        score = score_bed(made, list(find_copies(index_of(made))))
        made_count.update(score.made)
        found.update(score.found)
        for alteration, counts in score.kinds.items():
            kinds.update({f"{alteration} as {kind}": count for kind, count in counts.items()})
        independent += score.independent
        wrong += len(score.wrongly_called)
    asked = [each for each in made_count if each not in HARDER]
    return {
        "copies": made_count.total(),
        "found": round(found.total() / made_count.total(), 4),
        "found of those asked for": round(
            sum(found[each] for each in asked) / sum(made_count[each] for each in asked), 4
        ),
        "found by alteration": {
            each: round(found[each] / made_count[each], 4) for each in sorted(made_count)
        },
        "known as": dict(sorted(kinds.items())),
        "independent reports": independent,
        "wrongly called copies": wrong,
        "share wrongly called": round(wrong / independent, 5),
    }


def index_of(made: Sequence[Made], hands: Hands = own_hands) -> CopyIndex:
    """Return an index of the documents of a bed."""
    return add_documents(CopyIndex(), [each.document for each in made], hands=hands)


def candidates() -> Iterator[dict[str, object]]:
    """Compare ways to find pairs worth comparing."""
    made = list(make_bed(SEEDS[0], INCIDENTS, copy_share=1.0))
    yield measure("winnowed shingles in an index", made, lambda: winnowed(made))
    try:
        import datasketch  # noqa: F401
    except ImportError:
        return
    words = [list(read_words(each.document.text).folded) for each in made]
    for threshold in (0.5, 0.3, 0.15):
        yield measure(f"MinHash LSH, Jaccard {threshold}", made, lambda t=threshold: hashed(words, t))
    for threshold in (0.3, 0.2):
        yield measure(
            f"MinHash LSH of windows of 80 words, Jaccard {threshold}",
            made,
            lambda t=threshold: hashed(words, t, window=80),
        )
    for threshold in (0.5, 0.3):
        yield measure(f"LSH Ensemble, containment {threshold}", made, lambda t=threshold: ensemble(words, t))


def measure(name: str, made: Sequence[Made], find: Callable[[], Pairs]) -> dict[str, object]:
    """Return how many pairs one way gives, which copies are among them, and its processor time."""
    begun = time.process_time()
    pairs = find()
    used = time.process_time() - begun
    numbers = {each.document.id: number for number, each in enumerate(made)}
    wanted, hit = Counter[str](), Counter[str]()
    for each in made:
        for original in each.originals:
            wanted[each.alteration] += 1
            hit[each.alteration] += ordered(numbers[each.document.id], numbers[original]) in pairs
    return {
        "way": name,
        "seconds of processor": round(used, 1),
        "pairs a document": round(len(pairs) / len(made), 2),
        "copies among them": round(hit.total() / wanted.total(), 4),
        "by alteration": {each: round(hit[each] / wanted[each], 2) for each in sorted(wanted)},
    }


def ordered(one: int, other: int) -> tuple[int, int]:
    """Return a pair in one order."""
    return min(one, other), max(one, other)


def winnowed(made: Sequence[Made]) -> Pairs:
    """Return pairs by Cairn's index."""
    index = index_of(made)
    return {
        ordered(here, there) for here, others in find_candidates(index, range(len(made))) for there in others
    }


def shingles(words: Sequence[str]) -> list[bytes]:
    """Return shingles of five words."""
    return [" ".join(words[place : place + 5]).encode() for place in range(max(1, len(words) - 4))]


def hashed(texts: Iterable[Sequence[str]], threshold: float, window: int = 0) -> Pairs:
    """Return pairs by MinHash LSH, over whole texts or over windows that overlap by half."""
    from datasketch import MinHash, MinHashLSH

    permutations = 64 if window else 128
    lsh = MinHashLSH(threshold=threshold, num_perm=permutations)
    sketches = []
    for number, words in enumerate(texts):
        step = window // 2 or len(words) or 1
        for start in range(0, max(1, len(words) - step), step):
            sketch = MinHash(permutations, seed=1)
            sketch.update_batch(shingles(words[start : start + (window or len(words))]))
            lsh.insert((number, start), sketch)
            sketches.append((number, sketch))
    return {
        ordered(number, other)
        for number, sketch in sketches
        for other, _ in lsh.query(sketch)
        if other != number
    }


def ensemble(texts: Iterable[Sequence[str]], threshold: float) -> Pairs:
    """Return pairs by LSH Ensemble, which looks for containment."""
    from datasketch import MinHash, MinHashLSHEnsemble

    entries = []
    for number, words in enumerate(texts):
        made = shingles(words)
        sketch = MinHash(128, seed=1)
        sketch.update_batch(made)
        entries.append((number, sketch, len(set(made))))
    lsh = MinHashLSHEnsemble(threshold=threshold, num_perm=128, num_part=16)
    lsh.index(entries)
    return {
        ordered(number, other)
        for number, sketch, size in entries
        for other in lsh.query(sketch, size)
        if other != number
    }


def speed(documents: int, workers: int, strewn: float) -> dict[str, object]:
    """Time a large bed."""
    length = round(190 * (1 - 0.8 * strewn))  # footers, headlines and strewn words make it 300
    bed = make_bed(
        SEEDS[0], round(documents / 4.55), outlets=200, copy_share=0.45, words=length, strewn=strewn
    )
    made = list(bed)
    random.Random(1).shuffle(made)  # noqa: S311
    words = sum(len(each.document.text.split()) for each in made) / len(made)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, used = time.perf_counter(), processor_seconds()
    timed = Timed()
    hands = timed if workers == 1 else many_hands(workers)
    index = index_of(made, hands)
    indexed, indexed_used = time.perf_counter(), processor_seconds()
    copies = list(find_copies(index, hands=hands))
    ended, ended_used = time.perf_counter(), processor_seconds()
    score = score_bed(made, copies)
    return {
        "documents": len(made),
        "words each": round(words),
        "strewn words": strewn,
        "share of copies": round(sum(bool(each.originals) for each in made) / len(made), 3),
        "processes": workers,
        "seconds": round(ended - begun, 1),
        "seconds of indexing": round(indexed - begun, 1),
        "seconds of processor": round(ended_used - used, 1),
        "seconds of processor for indexing": round(indexed_used - used, 1),
        **({"seconds that others can work": round(timed.seconds, 1)} if workers == 1 else {}),
        "MiB before": before // 1024,
        "MiB at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "found": round(score.found.total() / score.made.total(), 4),
        "share wrongly called": round(len(score.wrongly_called) / score.independent, 5),
    }


def processor_seconds() -> float:
    """Return the processor time of this process and of those that helped and ended."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def main() -> None:
    """Run what was asked for and print JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", nargs="?", choices=["quality", "candidates", "speed"])
    arguments.add_argument("--documents", type=int, help="how many to time")
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--strewn", type=float, default=STREWN, help="share of invented words, to time")
    chosen = arguments.parse_args()
    result: dict[str, object] = {}
    if chosen.what in (None, "quality"):
        result["quality"] = quality()
    if chosen.what in (None, "candidates"):
        result["candidates"] = list(candidates())
    if chosen.what in (None, "speed"):
        documents = chosen.documents or (FULL_SPEED if chosen.what else FULL_SPEED // 10)
        result["speed"] = speed(documents, chosen.workers, chosen.strewn)
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
