"""What is installed: the code, the model and the words by which reports are read, told by their digests."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from cairn.records import Run

GIVEN = Run(version="as given", model="", lexicon="")
"""The set-up of claims and events that come with their reports: nobody says which one read them."""


def describe_run() -> Run:
    """Return the set-up of the extractor as it is installed: its code, its model, its words and weights."""
    code = _digest(*(files(f"cairn.{room}") for room in ("readings", "claims", "gazetteer")), ending=".py")
    return Run(
        version=f"{version('cairn-ledger')}+{code[:12]}",
        model=_digest(files("cairn.readings") / "model", ending="manifest.json"),
        lexicon=_digest(files("cairn.lexicon"), ending=(".py", ".toml", ".json", ".tsv")),
    )


def digest_code() -> str:
    """Return the digest of all code, with the words and weights that lie beside it."""
    return _digest(files("cairn"), ending=(".py", ".toml"))


def _digest(*folders: Traversable, ending: str | tuple[str, ...]) -> str:
    """Return the SHA-256 of all files in folders, and in those in them, whose names have an ending."""
    total = hashlib.sha256()
    left = list(folders)
    while left:
        for each in sorted(left.pop().iterdir(), key=lambda entry: entry.name):
            if each.is_dir():
                left.append(each)
            elif each.name.endswith(ending):
                total.update(each.name.encode() + hashlib.sha256(each.read_bytes()).digest())
    return total.hexdigest()
