"""Teach the pointer: where in a report stands what is told of a figure, by the reading model's own states.

Usage: python training/pointers.py GOLD.jsonl [OWN.jsonl ...] --out RUN [--check DEV.jsonl] [--folds 2]

The reading model reads sentences one by one. The pointer reads their states together, through two more
layers that start as copies of the model's last two, and scores for each group of people every word of the
report as the place and as the day of what they suffered. Its scores are added to the weights of named
features (``choices.py``), times a factor a slot.

It learns from annotated reports: of the options that Cairn finds for a figure, those that agree with the
annotation are to be likelier than the others. Three more slots and the claims' own places in the text are
learnt beside, and not shipped.

With ``--folds``, so many pointers are taught first, each without one part of the reports, and what each
points at there is written to ``RUN/held_out.json``: ``confidence.py`` learns from it how far pointing can be
trusted on reports never seen.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import numpy as np  # noqa: E402
import onnx  # noqa: E402
import torch  # noqa: E402
from onnx import numpy_helper  # noqa: E402
from torch import Tensor, nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402, N812

from cairn.claims.choose import Choice, Option, choose  # noqa: E402
from cairn.claims.discourse import set_in_discourse  # noqa: E402
from cairn.evaluation import load_gold  # noqa: E402
from cairn.lexicon import Lexicon, load_lexicon  # noqa: E402
from cairn.readings.pointer import POINTED, SENTENCES, stretches  # noqa: E402
from cairn.readings.pointer import Pointer as LoadedPointer  # noqa: E402
from choices import Prepared, agrees, annotated, prepare  # noqa: E402
from network import WIDTH, Layer, Linear  # noqa: E402
from requantise import MODEL_FOLDER, exact_products, lighten_heads, write_manifest  # noqa: E402

LAYERS = 2
INNER = 96  # numbers in which a figure and a word meet
SLOTS = (*POINTED, "means", "perpetrator", "speakers")  # the last three only teach
HARMS = ("killed", "injured", "casualties", "missing", "abducted", "detained", "displaced")
AWAY = (-50, -20, -10, -5, -2, 0, 2, 5, 10, 20, 50)  # classes of the distance in words
FAR_SENTENCES, EARLY_SENTENCES = 6, 7  # sentences from which distance and position are one class
BATCH = 4  # reports a step
RATES = (3e-4, 1e-3)  # of the layers that are copies, of all else
TAG_SHARE, POINT_SHARE = 1 / 60, 1 / 20  # bring both losses of a report to about one
ROUNDED = 0.6  # share of the steps after which layers round as the export does


@dataclass(frozen=True)
class Question:
    """One slot of one figure: its options' words (-1: not told), and which agree with the annotation."""

    slot: int
    first: int
    last: int
    words: tuple[int, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True)
class Taught:
    """One stretch of a report as tensors."""

    states: Tensor
    sentences: Tensor
    tags: Tensor
    questions: tuple[Question, ...]


class Pointer(nn.Module):
    """Two layers over a whole report, and a meeting of each figure with each word."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences = _embedding(SENTENCES, WIDTH, 0.05)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer(0.1) for _ in range(LAYERS))
        self.asked, self.told = nn.Linear(WIDTH, INNER), nn.Linear(WIDTH, INNER)
        self.nowhere = nn.Parameter(torch.zeros(WIDTH))
        self.slots = nn.Parameter(torch.randn(len(SLOTS), INNER) * 0.1)
        self.meeting = nn.Parameter(torch.randn(len(SLOTS), INNER, INNER) * INNER**-0.5)
        self.offset = _embedding(2 * FAR_SENTENCES + 2, INNER, 0.1)
        self.away = _embedding(len(AWAY) + 2, INNER, 0.1)
        self.place = _embedding(EARLY_SENTENCES + 2, INNER, 0.1)
        self.figure_place = _embedding(EARLY_SENTENCES + 1, INNER, 0.1)
        self.weigh = nn.Parameter(torch.randn(len(SLOTS), INNER) * INNER**-0.5)
        self.drop = nn.Dropout(0.2)
        self.tags = nn.Linear(WIDTH, 1 + 2 * len(HARMS))

    def read(self, states: Tensor, sentences: Tensor) -> Tensor:
        """Return each word's state beside all others, (words, 384)."""
        x = self.norm(states + self.sentences(sentences))[None]
        for layer in self.layers:
            x = layer(self.drop(x) if self.training else x, torch.zeros(1, 1, 1, 1))
        return x[0]

    def point(self, read: Tensor, sentences: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return scores (figures, slots, 1 + words): column 0 for what is not told, then each word."""
        figures = self.asked(self.drop((read[first] + read[last]) / 2))
        figures = figures + self.figure_place(sentences[first].clamp(max=EARLY_SENTENCES))
        asked = figures[:, None] + self.slots
        words = self.told(self.drop(torch.cat([self.nowhere[None], read])))
        offset = (sentences[None] - sentences[first][:, None]).clamp(-FAR_SENTENCES, FAR_SENTENCES)
        offset = F.pad(offset + FAR_SENTENCES + 1, (1, 0))
        apart = torch.arange(read.shape[0])[None] - first[:, None]
        away = F.pad((apart[:, :, None] > torch.tensor(AWAY)).sum(2) + 1, (1, 0))
        place = F.pad(sentences.clamp(max=EARLY_SENTENCES) + 1, (1, 0))
        where = self.offset(offset) + self.away(away) + self.place(place)[None]
        turned = torch.einsum("fsi,sij->fsj", asked, self.meeting)
        met = asked[:, :, None] + (words[None] + where)[:, None] + turned[:, :, None] * words
        return (self.drop(F.gelu(met)) * self.weigh[:, None]).sum(3)

    def forward(self, states: Tensor, sentences: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return the scores that ``point`` gives."""
        return self.point(self.read(states, sentences), sentences, first, last)


def _embedding(count: int, width: int, deviation: float) -> nn.Embedding:
    embedding = nn.Embedding(count, width)
    nn.init.normal_(embedding.weight, std=deviation)
    return embedding


def last_layers(pointer: Pointer, model: onnx.ModelProto) -> None:
    """Copy the reading model's last layers."""
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    small = sorted(
        (name for name in held if name.endswith("_small")), key=lambda name: int(name.split("_")[1])
    )
    wide = [(held[n].astype("f4") * held[n.replace("_small", "_scale")]).T.copy() for n in small]
    first = len(wide) // 4 - LAYERS
    with torch.no_grad():
        for number, layer in enumerate(pointer.layers, first):
            for part, matrix in zip(("qkv", "out", "up", "down"), wide[4 * number :], strict=False):
                getattr(layer, part).weight.copy_(torch.from_numpy(matrix))
            for name, value in layer.named_parameters():
                told = held.get(f"network.encoder.layers.{number}.{name}")
                if told is not None:
                    value.copy_(torch.from_numpy(told.copy()))


def taught(report: Prepared, lexicon: Lexicon) -> list[Taught]:
    """Return the stretches of one annotated report."""
    found: list[tuple[str, int, int, tuple[int | None, ...], tuple[bool, ...]]] = []

    def chooser(slot: str, options: Sequence[Option], scene) -> Choice:
        gold = annotated(scene, report.claims)
        if gold is not None and slot in SLOTS and len(options) > 1:
            right = tuple(agrees(slot, option, gold, scene) for option in options)
            ends = tuple(None if option.value is None else option.value.span.end for option in options)
            if any(right):
                anchor = scene.binding.persons.span
                found.append((slot, anchor.start, anchor.end, ends, right))
        return choose(options, lexicon.weights.get(slot, {}))

    set_in_discourse(report.bound, report.views, report.reading, report.names, lexicon, chooser)
    told = []
    for stretch in stretches(report.reading.sentences):
        questions = []
        for slot, start, end, ends, right in found:
            first, last = stretch.word(start + 1), stretch.word(end)
            if first is None or last is None:
                continue
            words = [-1 if at is None else stretch.word(at) for at in ends]
            kept = [(word, fits) for word, fits in zip(words, right, strict=True) if word is not None]
            if any(fits for _, fits in kept):
                questions.append(
                    Question(SLOTS.index(slot), first, last, *map(tuple, zip(*kept, strict=True)))
                )
        tags = torch.zeros(len(stretch.starts), dtype=torch.long)
        for claim in report.claims:
            first, last = (stretch.word(at) for at in (claim["anchor"][0] + 1, claim["anchor"][1]))
            if first is not None and last is not None:
                tags[first : last + 1] = 2 + 2 * HARMS.index(claim["harm"])
                tags[first] -= 1
        told.append(
            Taught(
                torch.from_numpy(stretch.states.copy()),
                torch.from_numpy(stretch.sentences.copy()),
                tags,
                tuple(questions),
            )
        )
    return told


def losses(pointer: Pointer, stretch: Taught) -> tuple[Tensor, Tensor, dict[str, tuple[int, int]]]:
    """Return both losses of a stretch, and for each slot how many choices were right, of how many."""
    read = pointer.read(stretch.states, stretch.sentences)
    tagged = F.cross_entropy(pointer.tags(pointer.drop(read)), stretch.tags, reduction="sum")
    hits: dict[str, tuple[int, int]] = {}
    pointed = torch.zeros(())
    figures = sorted({(one.first, one.last) for one in stretch.questions})
    if figures:
        first, last = (torch.tensor(ends) for ends in zip(*figures, strict=True))
        scores = pointer.point(read, stretch.sentences, first, last)
        for one in stretch.questions:
            row = scores[figures.index((one.first, one.last)), one.slot][torch.tensor(one.words) + 1]
            right = torch.tensor(one.right)
            pointed = pointed + torch.logsumexp(row, 0) - torch.logsumexp(row[right], 0)
            hit, count = hits.get(SLOTS[one.slot], (0, 0))
            hits[SLOTS[one.slot]] = (hit + one.right[int(row.argmax())], count + 1)
    return tagged, pointed, hits


def train(reports: list[list[Taught]], checked: list[list[Taught]], epochs: int) -> Pointer:
    """Return a pointer taught from reports; what it points at in others is printed."""
    pointer = Pointer()
    last_layers(pointer, onnx.load(MODEL_FOLDER / "reading.onnx"))
    copied = [value for name, value in pointer.named_parameters() if name.startswith("layers")]
    fresh = [value for name, value in pointer.named_parameters() if not name.startswith("layers")]
    groups = [{"params": part, "lr": rate} for part, rate in zip((copied, fresh), RATES, strict=True)]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * -(-len(reports) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, 10 * (step + 1) / steps) * max(0.02, 1 - step / steps)
    )
    began, step = time.monotonic(), 0
    for epoch in range(epochs):
        pointer.train()
        random.shuffle(reports)
        sums = np.zeros(2)
        for at in range(0, len(reports), BATCH):
            Linear.rounding = step > ROUNDED * steps
            for report in reports[at : at + BATCH]:
                for stretch in report:
                    tagged, pointed, _ = losses(pointer, stretch)
                    (TAG_SHARE * tagged + POINT_SHARE * pointed).div(BATCH).backward()
                    sums += tagged.item(), pointed.item()
            torch.nn.utils.clip_grad_norm_(pointer.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            step += 1
        print(epoch, sums.round(), round(time.monotonic() - began), flush=True)
        if epoch % 3 == 2 or epoch == epochs - 1:
            check(pointer, checked)
    Linear.rounding = False
    return pointer


def check(pointer: Pointer, reports: list[list[Taught]]) -> None:
    """Print how often the pointer alone points right."""
    pointer.eval()
    sums: dict[str, list[int]] = {slot: [0, 0] for slot in SLOTS}
    with torch.no_grad():
        for report in reports:
            for stretch in report:
                for slot, (hit, count) in losses(pointer, stretch)[2].items():
                    sums[slot][0] += hit
                    sums[slot][1] += count
    print("   ", *(f"{slot} {hit / max(1, count):.3f}" for slot, (hit, count) in sums.items()), flush=True)


@dataclass(frozen=True)
class Session:
    """A pointer in training that is asked as a loaded one is."""

    pointer: Pointer

    def run(self, _: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        """Return scores (figures, slots, 1 + words) of the slots that are shipped."""
        with torch.no_grad():
            scores = self.pointer(*(torch.from_numpy(value.copy()) for value in inputs.values()))
        return [scores[:, : len(POINTED)].numpy()]


def held_out(reports: list[Prepared], told: list[list[Taught]], folds: int, epochs: int) -> dict[str, list]:
    """Return by report's id what a pointer that never saw the report points at; ``choices.py`` reads it."""
    found = {}
    for fold in range(folds):
        others = [one for number, one in enumerate(told) if number % folds != fold]
        loaded = LoadedPointer(Session(train(others, told[fold::folds], epochs).eval()))
        for report in reports[fold::folds]:
            people = list(dict.fromkeys(binding.persons.span for binding in report.bound))
            pointings = loaded.point(report.reading.sentences, people)
            found[report.reading.document.id] = [
                {
                    "people": [span.start, span.end],
                    "starts": pointing.starts,
                    "end": pointing.end,
                    "scores": {slot: [round(one, 3) for one in row] for slot, row in pointing.scores.items()},
                }
                for span, pointing in pointings.items()
            ]
    return found


def ship(pointer: Pointer, folder: Path) -> None:
    """Write ``pointer.onnx`` into ``folder``, in small integers like the reading model, and the manifest."""
    for name in ("slots", "meeting", "weigh"):  # the others have taught
        setattr(pointer, name, nn.Parameter(getattr(pointer, name)[: len(POINTED)].detach()))
    words, figures = (torch.export.Dim(name) for name in ("words", "figures"))
    example = (
        torch.zeros(5, WIDTH),
        torch.tensor([0, 0, 1, 1, 1]),
        torch.tensor([1, 3, 3]),
        torch.tensor([1, 4, 4]),
    )
    program = torch.onnx.export(
        pointer.eval(),
        example,
        input_names=["states", "sentences", "first", "last"],
        output_names=["scores"],
        dynamic_shapes=({0: words}, {0: words}, {0: figures}, {0: figures}),
        opset_version=20,
        dynamo=True,
    )
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        program.save(str(plain), external_data=False)
        model = onnx.load(plain)
    exact_products(model)
    lighten_heads(model)
    onnx.save(model, folder / "pointer.onnx")
    write_manifest(folder)


def main() -> None:
    """Read the command line and train."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("reports", type=Path, nargs="*", help="annotated; none: ship what --out holds")
    options.add_argument("--check", type=Path, action="append", default=[])
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--epochs", type=int, default=10)
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--folder", type=Path, default=MODEL_FOLDER)
    chosen = options.parse_args()
    if not chosen.reports:
        pointer = Pointer()
        pointer.load_state_dict(torch.load(chosen.out / "pointer.pt", weights_only=True))
        ship(pointer, chosen.folder)
        return
    torch.manual_seed(1)
    random.seed(1)
    torch.set_num_threads(chosen.threads)
    lexicon = load_lexicon()

    def of(paths: list[Path]) -> tuple[list[Prepared], list[list[Taught]]]:
        prepared = [one for path in paths for one in prepare(load_gold(path), lexicon)]
        return prepared, [taught(one, lexicon) for one in prepared]

    prepared, told = of(chosen.reports)
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.folds:
        unseen = held_out(prepared, told, chosen.folds, chosen.epochs)
        (chosen.out / "held_out.json").write_text(json.dumps(unseen), encoding="utf-8")
    torch.manual_seed(1)
    random.seed(1)
    pointer = train(told, of(chosen.check)[1], chosen.epochs)
    torch.save(pointer.state_dict(), chosen.out / "pointer.pt")
    ship(pointer, chosen.folder)


if __name__ == "__main__":
    main()
