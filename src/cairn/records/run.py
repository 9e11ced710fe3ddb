"""Run: one set-up of the extractor."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.records.identity import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What read: two readings under equal runs are by the same reader and give the same claims.

    Attributes:
        version: of the program.
        model: digest of the reading model; "" where none was used.
        lexicon: digest of the lexicon with its weights.
        settings: what else bears on claims, one ``name=value`` a line.
    """

    version: str
    model: str
    lexicon: str
    settings: str = ""

    @property
    def id(self) -> str:
        """Return a name made from everything."""
        return content_id("run", [self.version, self.model, self.lexicon, self.settings])
