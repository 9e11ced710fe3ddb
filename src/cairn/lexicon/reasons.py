"""Wordings for what speaks for a choice."""

from __future__ import annotations

from cairn.lexicon.toml import load_toml


def load_reasons(language: str) -> dict[str, str]:
    """Load ``reasons.toml``: feature, or the start of one, -> words for a person."""
    wordings: dict[str, str] = load_toml(language, "reasons")["wordings"]
    return wordings


def word_reason(features: str, wordings: dict[str, str], most: int | None = None) -> str:
    """Return features, parted by commas, as words; without wording they are left out, and none is told twice.

    Args:
        features: names of features, the weightiest first.
        wordings: feature, or the start of one, -> words; the longest start wins.
        most: how many are told; ``None`` for all.
    """
    told: list[str] = []
    for feature in features.split(", "):
        if len(told) == most:
            break
        starts = (feature[:end] for end in range(len(feature), 0, -1))
        words = next((wordings[start] for start in starts if start in wordings), "")
        if words and words not in told:
            told.append(words)
    return "; ".join(told)
