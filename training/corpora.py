"""Read the corpora that the model may learn from, each with the layers it has."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cairn.readings.parser_words import ud_words
from cairn.readings.sentences import split_sentences

NAME_KINDS = ("PER", "ORG", "LOC")
THING_KINDS = ("WEAPON", "VEHICLE", "TIME", "QUANTITY", "NATIONALITY")
RE3D_THINGS = {
    "Weapon": "WEAPON",
    "MilitaryPlatform": "VEHICLE",
    "Vehicle": "VEHICLE",
    "Temporal": "TIME",
    "Quantity": "QUANTITY",
    "Money": "QUANTITY",
    "Nationality": "NATIONALITY",
}
RE3D_NAMES = {"Organisation": "ORG", "Location": "LOC"}
"""Persons are left out: re3d takes their titles in, the treebank does not."""
LINKING = frozenset({"of", "and", "the", "for", "al", "el", "-", "'s", "’s", "&"})
"""Small words inside names."""
CROSSNER_NAMES = {
    "politician": "PER",
    "person": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "location": "LOC",
    "country": "LOC",
}
RARE_ROLE = 100
"""Roles seen less often in the training part are not learnt."""
UNSURE = "?"
"""A tag that its corpus does not settle; no loss is taken on it."""


@dataclass
class Sample:
    """One sentence with the layers that its corpus has; a layer that it lacks is ``None``.

    Attributes:
        heads: 1-based number of each word's head, 0 for the root.
        roles: (predicate, head word of the argument, role), 0-based.
        starts: whether a sentence starts at the word (true of more than one in joined text).
    """

    words: list[str]
    starts: list[bool]
    key: str = ""
    upos: list[str] | None = None
    heads: list[int] | None = None
    deprels: list[str] | None = None
    names: list[str] | None = None
    things: list[str] | None = None
    predicates: list[bool] | None = None
    roles: list[tuple[int, int, str]] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)


def load_ewt(path: Path, part: str) -> list[Sample]:
    """Return the sentences of one part ("train", "dev", "test") of the English Web Treebank."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["split"] == part]
    return [_ewt_sample(row) for row in rows]


def _ewt_sample(row: dict[str, Any]) -> Sample:
    count = len(row["tokens"])
    sample = Sample(
        words=row["tokens"],
        starts=[True] + [False] * (count - 1),
        key=row["sent_id"],
        upos=row["upos"],
        heads=row["head"],
        deprels=row["deprel"],
        names=row.get("ner"),
        xpos=row["xpos"],
    )
    if "srl" in row:
        sample.predicates = [False] * count
        for frame in row["srl"]:
            sample.predicates[frame["pred"]] = True
            for role, start, end in frame["args"]:
                sample.roles += [
                    (frame["pred"], word, role)
                    for word in range(start, end)
                    if not start <= row["head"][word] - 1 < end
                ][:1]
    return sample


def role_kinds(samples: Iterable[Sample]) -> list[str]:
    """Return the roles worth learning, most frequent first."""
    seen = Counter(role for sample in samples for _, _, role in sample.roles)
    return [role for role, count in seen.most_common() if count >= RARE_ROLE]


def load_crossner(folder: Path, parts: Iterable[str]) -> list[Sample]:
    """Return CrossNER's sentences on politics; kinds that the treebank would split are left unsure."""
    samples = []
    for part in parts:
        for block in (folder / f"{part}.txt").read_text(encoding="utf-8").split("\n\n"):
            pairs = [line.split("\t") for line in block.splitlines() if "\t" in line]
            if pairs:
                words = [word for word, _ in pairs]
                samples.append(
                    Sample(
                        words=words,
                        starts=[True] + [False] * (len(words) - 1),
                        names=[_crossner_name(tag.strip()) for _, tag in pairs],
                    )
                )
    return samples


def _crossner_name(tag: str) -> str:
    if tag == "O":
        return "O"
    mark, kind = tag.split("-", 1)
    return f"{mark}-{CROSSNER_NAMES[kind]}" if kind in CROSSNER_NAMES else UNSURE


def load_re3d(folder: Path, held_out: bool) -> list[Sample]:
    """Return re3d's sentences with things of war marked; each tenth document is held out for measuring."""
    samples = []
    for source in sorted(folder.iterdir()):
        documents = [json.loads(line) for line in (source / "documents.json").open(encoding="utf-8")]
        entities = [json.loads(line) for line in (source / "entities.json").open(encoding="utf-8")]
        for number, document in enumerate(documents):
            if (number % 10 == 9) == held_out:
                own = [one for one in entities if one["documentId"] == document["_id"]]
                samples += _re3d_samples(document["text"], own)
    return samples


def _re3d_samples(text: str, entities: list[dict[str, Any]]) -> Iterator[Sample]:
    spans = [
        (one["begin"], one["end"], RE3D_THINGS[one["type"]]) for one in entities if one["type"] in RE3D_THINGS
    ]
    for sentence in split_sentences(text):
        words = ud_words(text, sentence.span.start, sentence.span.end)
        tags = ["O"] * len(words)
        for start, end, kind in sorted(spans, key=lambda span: span[0] - span[1]):
            inside = [number for number, word in enumerate(words) if start <= word[0] and word[1] <= end]
            for number in inside:
                if tags[number] == "O":
                    tags[number] = f"{'B' if number == inside[0] else 'I'}-{kind}"
        texts = [text[start:end] for start, end in words]
        yield Sample(
            words=texts,
            starts=[True] + [False] * (len(words) - 1),
            names=_re3d_names(texts, words, entities),
            things=tags,
        )


def _re3d_names(texts: list[str], words: list[tuple[int, int]], entities: list[dict[str, Any]]) -> list[str]:
    """Tag the mentions that are proper names; re3d marks noun phrases as well, which are left unsure."""
    tags = [UNSURE if text[:1].isupper() else "O" for text in texts]
    free = set(range(len(words)))
    for one in sorted(entities, key=lambda one: one["begin"] - one["end"]):
        kind = RE3D_NAMES.get(one["type"])
        inside = [at for at, word in enumerate(words) if one["begin"] <= word[0] and word[1] <= one["end"]]
        while (inside and not texts[inside[0]][:1].isupper()) or (inside and texts[inside[0]] == "The"):
            inside.pop(0)
        named = [texts[at][:1].isupper() or texts[at].lower() in LINKING for at in inside]
        if not kind or not inside or not all(named) or not free.issuperset(inside):
            continue
        if not texts[inside[-1]][:1].isupper():
            continue
        free.difference_update(inside)
        for at in inside:
            tags[at] = f"{'B' if at == inside[0] else 'I'}-{kind}"
    return tags
