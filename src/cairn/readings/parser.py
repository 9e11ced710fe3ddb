"""Parse sentences with Cairn's own small model: parts of speech, dependencies, names, roles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, islice

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from cairn.errors import InputError
from cairn.readings.parser_batches import Pieces, Window, make_batches, make_windows
from cairn.readings.parser_tags import allowed_moves, best_tags
from cairn.readings.parser_tree import Ints, best_trees
from cairn.readings.parser_words import ud_words
from cairn.readings.pointer import Pointer, States, no_states

MODEL_FILES = ("reading.onnx", "pointer.onnx", "tokenizer.json", "labels.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What one word (with all that hangs on it) is to a predicate: ARG0 the doer, ARGM-TMP the time.

    Attributes:
        predicate: number of the predicate's word.
        head: number of the word that heads the argument.
        role: its name in PropBank.
    """

    predicate: int
    head: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """One sentence as the model reads it; all tuples but ``arguments`` have one entry a word.

    Attributes:
        words: the words of Universal Dependencies, finer than Cairn's tokens ("UK-based" holds three).
        spans: where each word stands, half-open: in the text that was read, or in the sentence's words with
            one space between them.
        upos: part of speech.
        heads: number of the word that each word hangs on; -1 for the root, of which there is one.
        deprels: kind of the dependency; "root" for the root.
        names: "B-PER", "I-PER" and so on for persons, organisations and places; else "O".
        things: the same for weapons, vehicles, times, quantities and nationalities; learnt from little.
        predicates: whether the word has roles to give.
        arguments: in order of predicate, then head.
        starts: how sure the model is, from 0 to 1, that a sentence starts here.
        states: what the heads read of each word, (words, 384), for what is read from several sentences.
    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    upos: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]
    things: tuple[str, ...]
    predicates: tuple[bool, ...]
    arguments: tuple[Argument, ...]
    starts: tuple[float, ...]
    states: States = field(default_factory=no_states, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The closed sets of labels, in the order of the model's outputs."""

    upos: tuple[str, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]
    things: tuple[str, ...]
    roles: tuple[str, ...]


SLOW_FUSIONS = ["SkipLayerNormFusion", "BiasGeluFusion"]
"""What onnxruntime joins to one operation that takes longer than its parts, on processors: the whole model
takes a fifth less time without (`benchmarks/reading.py`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """A loaded model; one may be shared by threads."""

    session: onnxruntime.InferenceSession
    pieces: Pieces
    labels: Labels
    pointer: Pointer

    def parse(self, sentences: Sequence[Sequence[str]]) -> tuple[Parse, ...]:
        """Read sentences whose words are given, however many, of whatever length.

        Args:
            sentences: each its words in order, cut as ``ud_words`` cuts.

        Returns:
            One parse a sentence, in the same order; an empty sentence has an empty parse. Memory does not
            grow with the number of sentences beyond the parses themselves, nor with their length squared:
            a sentence of more than ``MAX_WINDOW_WORDS`` words is read in windows, and each later window's
            root hangs on the first's as "parataxis".
        """
        return self._parse([list(words) for words in sentences], [_running(words) for words in sentences])

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> tuple[Parse, ...]:
        """Read sentences of a text, cutting them into words.

        Args:
            text: any text; it is not changed.
            sentences: where each sentence stands in ``text``, half-open, in any order.

        Returns:
            One parse a sentence, as ``parse`` gives; ``text[start:end]`` is the word for each of its spans,
            and the spans together hold every character of the sentence that is not white space.
        """
        return self.read_together([(text, sentences)])[0]

    def read_together(
        self, texts: Sequence[tuple[str, Sequence[tuple[int, int]]]]
    ) -> tuple[tuple[Parse, ...], ...]:
        """Read sentences of several texts in common batches, which like lengths fill better than one text's.

        Args:
            texts: each with where its sentences stand in it.

        Returns:
            For each text what ``read`` gives, whatever it is read together with.
        """
        spans = [ud_words(text, start, end) for text, sentences in texts for start, end in sentences]
        owners = [text for text, sentences in texts for _ in sentences]
        words = [[text[start:end] for start, end in own] for text, own in zip(owners, spans, strict=True)]
        parses = iter(self._parse(words, spans))
        return tuple(tuple(islice(parses, len(sentences))) for _, sentences in texts)

    def _parse(self, sentences: list[list[str]], spans: list[list[tuple[int, int]]]) -> tuple[Parse, ...]:
        """Read sentences with their words' places known."""
        read: dict[tuple[int, int], _Read] = {}
        for batch in make_batches(make_windows(sentences, self.pieces)):
            outputs = self.session.run(None, batch.inputs())
            for window, one in zip(batch.windows, _decode(batch.windows, outputs, self.labels), strict=True):
                read[window.sentence, window.start] = one
        found: list[list[_Read]] = [[] for _ in sentences]
        for (number, _), one in sorted(read.items(), key=lambda item: item[0]):
            found[number].append(one)
        return tuple(_join(*parts) for parts in zip(sentences, spans, found, strict=True))


@dataclass(slots=True)
class _Read:
    """What was read from one window; numbers of words count from the window's first."""

    upos: list[str]
    heads: list[int]
    deprels: list[str]
    names: list[str]
    things: list[str]
    predicates: list[bool]
    roles: list[tuple[int, int, str]]
    starts: list[float]
    states: States


def load_parser(folder: Traversable | None = None, threads: int = 2) -> Parser:
    """Load the model that is shipped with Cairn, or another one.

    Args:
        folder: holds ``reading.onnx``, ``tokenizer.json``, ``labels.json`` and ``manifest.json``, which
            gives the SHA-256 of each; a ``pathlib.Path`` will do.
        threads: how many threads one batch may use.

    Raises:
        InputError: when a file is missing, or is not the one that the manifest names.
    """
    folder = folder if folder is not None else files("cairn.readings") / "model"
    contents = _checked(folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it keeps what the longest batch took, and saves no time
    try:
        session, pointer = (
            onnxruntime.InferenceSession(
                contents[name], options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
            )
            for name in ("reading.onnx", "pointer.onnx")
        )
        tokenizer = Tokenizer.from_str(contents["tokenizer.json"].decode("utf-8"))
        labels = Labels(**{name: tuple(kinds) for name, kinds in json.loads(contents["labels.json"]).items()})
    except Exception as error:  # each library has errors of its own, and all mean the same here
        raise InputError(f"the reading model in {folder} cannot be loaded: {error}") from error
    return Parser(session=session, pieces=Pieces(tokenizer), labels=labels, pointer=Pointer(pointer))


def _checked(folder: Traversable) -> dict[str, bytes]:
    """Return the contents of the model's files, each compared with the manifest."""
    try:
        hashes = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        contents = {name: (folder / name).read_bytes() for name in MODEL_FILES}
    except (OSError, ValueError) as error:
        raise InputError(f"the reading model in {folder} is incomplete ({error}); reinstall Cairn") from error
    for name, content in contents.items():
        if not isinstance(hashes, dict) or hashlib.sha256(content).hexdigest() != hashes.get(name):
            raise InputError(f"{folder}/{name} is not the file that its manifest names; reinstall Cairn")
    return contents


def _running(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where words stand when they are written with one space between them."""
    spans = []
    start = 0
    for word in words:
        spans.append((start, start + len(word)))
        start += len(word) + 1
    return spans


def _decode(windows: Sequence[Window], outputs: Sequence[Ints], labels: Labels) -> list[_Read]:
    """Turn the outputs for one batch into readings of its windows."""
    upos, names, things, starts, predicates, arcs, kinds, roles, states = outputs
    counts = [len(window.words) for window in windows]
    heads = best_trees(arcs, np.array(counts))
    picked = np.take_along_axis(kinds, heads[:, :, None], 2)[:, :, 0]
    real = np.arange(arcs.shape[1]) < np.array(counts)[:, None]
    named = best_tags(np.where(real[:, :, None], names, 0), allowed_moves(labels.names))
    thing = best_tags(np.where(real[:, :, None], things, 0), allowed_moves(labels.things))
    certain = 1 / (1 + np.exp(-starts.astype(np.float64)))
    read = []
    for row, count in enumerate(counts):
        above = heads[row, :count].tolist()
        relations = [labels.deprels[at] for at in picked[row, :count].tolist()]
        flags = predicates[row, :count] > 0
        framed = np.where(flags[:, None], roles[row, :count, :count], 0)
        frame, argument = framed.nonzero()
        given = zip(frame.tolist(), argument.tolist(), framed[frame, argument].tolist(), strict=True)
        read.append(
            _Read(
                upos=[labels.upos[at] for at in upos[row, :count].tolist()],
                heads=[head - 1 for head in above],
                deprels=[
                    "root" if not head else ("dep" if kind == "root" else kind)
                    for head, kind in zip(above, relations, strict=True)
                ],
                names=[labels.names[at] for at in named[row, :count].tolist()],
                things=[labels.things[at] for at in thing[row, :count].tolist()],
                predicates=flags.tolist(),
                roles=[(one, other, labels.roles[kind]) for one, other, kind in given],
                starts=certain[row, :count].tolist(),
                states=states[row, :count],
            )
        )
    return read


def _join(words: list[str], spans: list[tuple[int, int]], parts: list[_Read]) -> Parse:
    """Put the windows of one sentence together."""
    heads: list[int] = []
    deprels: list[str] = []
    arguments: list[Argument] = []
    for part in parts:
        shift = len(heads)
        first = heads.index(-1) if shift else -1
        arguments += [
            Argument(predicate=one + shift, head=two + shift, role=role) for one, two, role in part.roles
        ]
        deprels += [kind if kind != "root" or not shift else "parataxis" for kind in part.deprels]
        heads += [head + shift if head >= 0 else first for head in part.heads]
    return Parse(
        words=tuple(words),
        spans=tuple(spans),
        upos=tuple(chain.from_iterable(part.upos for part in parts)),
        heads=tuple(heads),
        deprels=tuple(deprels),
        names=tuple(chain.from_iterable(part.names for part in parts)),
        things=tuple(chain.from_iterable(part.things for part in parts)),
        predicates=tuple(chain.from_iterable(part.predicates for part in parts)),
        arguments=tuple(arguments),
        starts=tuple(chain.from_iterable(part.starts for part in parts)),
        states=np.concatenate([part.states for part in parts]) if parts else no_states(),
    )
