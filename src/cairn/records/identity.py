"""Ids made from content: two readings that agree give the same id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

ID_HEX_DIGITS = 16
"""64 bits of SHA-256: a ledger of 10 million records has a chance of about 3 in a million of one clash."""


def content_id(prefix: str, parts: Sequence[str | int | float | bool | Sequence[str] | None]) -> str:
    """Return ``prefix-`` and a digest of ``parts``, framed as JSON so that no two lists run together."""
    framed = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}-{digest[:ID_HEX_DIGITS]}"
