"""Export a trained network to the files that Cairn ships: ONNX in eight bits, tokenizer, labels, manifest.

The vocabulary is stored in eight bits (one scale a piece) and the encoder's matrices in seven (one scale a
column; ``requantise.py`` says why); layer norms and casing stay in floating point, and so do the heads, where
the last digits decide between two attachments (their weights are rounded to 16 bits, their sums are not).
The states of words are given too: ``pointers.py`` teaches what reads them together.
"""

# ruff: noqa: D102 - what a module's forward pass gives is said where the module is

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import onnx  # noqa: E402
import torch  # noqa: E402
from torch import Tensor, nn  # noqa: E402

from batches import Labels  # noqa: E402
from network import Network  # noqa: E402
from requantise import MODEL_FOLDER, exact_products, give_states, lighten_heads, write_manifest  # noqa: E402
from train import base_folder, new_network  # noqa: E402

OUTPUTS = ("upos", "names", "things", "starts", "predicates", "arcs", "labels", "roles")


class SmallVocabulary(nn.Module):
    """The vocabulary in eight bits, one scale a word piece."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1).clamp_min(1e-8) / 127
        self.register_buffer("table", (weight / scale[:, None]).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, pieces: Tensor) -> Tensor:
        return self.table[pieces].float() * self.scale[pieces][:, :, None]


class Exported(nn.Module):
    """The network with the choices that need no tree made inside the graph, as small integers."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, casings: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        upos, names, things, starts, predicates, arcs, labels, roles = self.network(pieces, casings, first)

        def best(scores: Tensor) -> Tensor:
            return scores.argmax(-1).to(torch.uint8)

        return (
            best(upos),
            names,
            things,
            starts[:, :, 1] - starts[:, :, 0],
            best(predicates),
            arcs,
            best(labels),
            best(roles),
        )


def export(network: Network, folder: Path, *, eight_bits: bool) -> Path:
    """Write ``reading.onnx`` into ``folder`` and return its path."""
    network.eval()
    if eight_bits:
        network.encoder.words = SmallVocabulary(network.encoder.words.weight.detach())
    pieces = torch.randint(5, 9, (2, 9))
    casings = torch.ones(2, 9, dtype=torch.long)
    first = torch.tensor([[1, 2, 3, 4, 5], [1, 2, 3, 0, 0]])
    batch, length, count = (torch.export.Dim(name) for name in ("batch", "length", "count"))
    program = torch.onnx.export(
        Exported(network).eval(),
        (pieces, casings, first),
        input_names=["pieces", "casings", "first"],
        output_names=list(OUTPUTS),
        dynamic_shapes=({0: batch, 1: length}, {0: batch, 1: length}, {0: batch, 1: count}),
        opset_version=20,
        dynamo=True,
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "reading.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        program.save(str(plain), external_data=False)
        model = onnx.load(plain)
    give_states(model, sum(network.sizes))
    if eight_bits:
        exact_products(model)
        lighten_heads(model)
    onnx.save(model, path)
    return path


def load_network(weights: Path) -> tuple[Network, Labels]:
    """Return a network with saved weights, and the labels saved beside them."""
    labels = Labels(**json.loads((weights.parent / "labels.json").read_text(encoding="utf-8")))
    network = new_network(labels)
    network.load_state_dict(torch.load(weights, weights_only=True))
    return network.eval(), labels


def ship(weights: Path, folder: Path, *, eight_bits: bool = True) -> None:
    """Write all model files into ``folder``."""
    network, labels = load_network(weights)
    export(network, folder, eight_bits=eight_bits)
    (folder / "labels.json").write_text(json.dumps(vars(labels), indent=1) + "\n", encoding="utf-8")
    tokenizer = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    (folder / "tokenizer.json").write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    shutil.copy(HERE / "LICENCE", folder / "LICENCE")
    write_manifest(folder)


def main() -> None:
    """Read the command line and export."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("weights", type=Path)
    options.add_argument("--folder", type=Path, default=MODEL_FOLDER)
    options.add_argument(
        "--full", action="store_true", help="in full precision, to measure what rounding costs"
    )
    chosen = options.parse_args()
    torch.set_num_threads(1)
    ship(chosen.weights, chosen.folder, eight_bits=not chosen.full)


if __name__ == "__main__":
    main()
