"""How far reading can be trusted: weights of named traits, fitted to annotated reports."""

from __future__ import annotations

import json
from importlib.resources import files

from cairn.errors import LexiconError


def load_confidence(language: str, name: str = "confidence") -> dict[str, dict[str, float]]:
    """Load ``confidence.json``: ``claim`` or slot -> trait -> weight; written by ``training/confidence.py``.

    Args:
        language: folder of the lexicon.
        name: of the file; that of events is ``event_confidence``, by ``training/event_confidence.py``.

    Raises:
        LexiconError: when the file is missing or holds anything but numbers by slot and trait.
    """
    resource = files("cairn.lexicon") / language / f"{name}.json"
    try:
        tables = json.loads(resource.read_text(encoding="utf-8"))
        return {
            slot: {trait: float(weight) for trait, weight in table.items()} for slot, table in tables.items()
        }
    except (FileNotFoundError, ValueError, AttributeError, TypeError) as error:
        raise LexiconError(f"lexicon file {language}/{name}.json is missing or broken: {error}") from error
