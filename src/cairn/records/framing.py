"""Framing: wording that loads an account rather than reports it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cairn.records.span import Span


class FramingKind(StrEnum):
    """How wording loads an account."""

    LABEL = "label"
    """Calls a party or people what one side alone calls them: "terrorists", "the regime", "martyrs"."""
    DISTANCING = "distancing"
    """Keeps off from a word while using it: scare quotes, "so-called", "self-styled"."""
    INTENSIFIER = "intensifier"
    """Judges what it tells: "massacre", "heinous", "blatant"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """One stretch of loaded wording.

    Attributes:
        span: where it stands in the document's text.
        neutral: wording that all sides could accept; empty where the words are best left out, ``None`` where
            none is known.
        quote: the sentence that it stands in.
        speaker: whose words they are, as the text names them; ``None`` in the outlet's own voice.
        named: the party that is called so, as the text names it beside the words, or ``None``.
    """

    span: Span
    kind: FramingKind
    neutral: str | None
    quote: Span | None = None
    speaker: str | None = None
    named: str | None = None
