"""Weights of named features, fitted to annotated reports, by which options are chosen."""

from __future__ import annotations

import json
from importlib.resources import files

from cairn.errors import LexiconError


def load_weights(language: str) -> dict[str, dict[str, float]]:
    """Load ``weights.json``: slot -> feature -> weight.

    Raises:
        LexiconError: when the file is missing or holds anything but numbers by slot and feature.
    """
    resource = files("cairn.lexicon") / language / "weights.json"
    try:
        tables = json.loads(resource.read_text(encoding="utf-8"))
        return {
            slot: {feature: float(weight) for feature, weight in table.items()}
            for slot, table in tables.items()
        }
    except (FileNotFoundError, ValueError, AttributeError, TypeError) as error:
        raise LexiconError(f"lexicon file {language}/weights.json is missing or broken: {error}") from error
