"""How fast the reading model reads, beside its bare encoder: ``python benchmarks/reading.py``.

The bare encoder is cut out of the shipped graph (package ``onnx`` needed, nothing else beyond Cairn), and
gets the same word pieces in the same batches with the same session options. Rounds of both alternate, so that
whatever else the machine does weighs on both; the best round of each counts. On a busy machine
trust the share by processor time, with one thread (threads that wait spin).
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import time
from importlib.resources import files
from pathlib import Path

import onnx
import onnxruntime

from cairn.readings.parser import SLOW_FUSIONS, load_parser
from cairn.readings.parser_batches import make_batches, make_windows
from cairn.readings.parser_words import ud_words

TREEBANK = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "ewt_joint.jsonl.gz"
INVENTED = (
    "At least twelve people were killed on Thursday when a shell hit a market, officials said.",
    "The ministry denied it.",
    "Rescue workers who reached the village after dark told reporters that four houses had been destroyed, "
    "and that among the dead were two children and a teacher.",
)


def sentences() -> list[str]:
    """Return sentences to read: the treebank's test part where it lies beside the project, else invented."""
    if not TREEBANK.exists():
        return list(INVENTED) * 700
    with gzip.open(TREEBANK, "rt", encoding="utf-8") as lines:
        return [" ".join(row["tokens"]) for row in map(json.loads, lines) if row["split"] == "test"]


def bare_encoder(threads: int) -> onnxruntime.InferenceSession:
    """Return the encoder alone, from word pieces to its last layer norm."""
    model = onnx.load_from_string((files("cairn.readings") / "model" / "reading.onnx").read_bytes())
    last = [node for node in model.graph.node if node.op_type == "LayerNormalization"][-1]
    cut = onnx.utils.Extractor(model).extract_model(["pieces", "casings"], [last.output[0]])
    return onnxruntime.InferenceSession(
        cut.SerializeToString(), session_options(threads), disabled_optimizers=SLOW_FUSIONS
    )


def session_options(threads: int) -> onnxruntime.SessionOptions:
    """Return the options that the parser uses."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def main() -> None:
    """Time both and print one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    begun = time.perf_counter()
    parser = load_parser(threads=chosen.threads)
    parser.read("Two people died.", [(0, 16)])
    cold = time.perf_counter() - begun
    texts = sentences()
    text = "\n".join(texts)
    ranges, start = [], 0
    for one in texts:
        ranges.append((start, start + len(one)))
        start += len(one) + 1
    words = [[text[a:b] for a, b in ud_words(text, *whole)] for whole in ranges]
    count = sum(map(len, words))
    parser.read(text, ranges[:100])
    peak_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    encoder = bare_encoder(chosen.threads)
    batches = [batch.inputs() for batch in make_batches(make_windows(words, parser.pieces))]
    whole, bare = [], []
    for _ in range(chosen.rounds):
        begun = time.perf_counter(), time.process_time()
        parser.read(text, ranges)
        whole.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
        begun = time.perf_counter(), time.process_time()
        for inputs in batches:
            encoder.run(None, {name: inputs[name] for name in ("pieces", "casings")})
        bare.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
    best, best_bare = min(one for one, _ in whole), min(one for one, _ in bare)
    used, used_bare = min(two for _, two in whole), min(two for _, two in bare)
    result = {
        "words": count,
        "threads": chosen.threads,
        "words_a_second": round(count / best),
        "bare_encoder_words_a_second": round(count / best_bare),
        "share_of_bare_encoder": round(best_bare / best, 3),
        "words_a_second_of_processor": round(count / used),
        "bare_encoder_words_a_second_of_processor": round(count / used_bare),
        "share_by_processor_time": round(used_bare / used, 3),
        "cold_start_seconds": round(cold, 2),
        "peak_mib_after_warm_up": round(peak_before / 1024),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    json.dump(result, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
