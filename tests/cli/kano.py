"""A report for tests of the command line, and how its lines are read."""

from __future__ import annotations

import json
from typing import Any

TEXT = (
    "At least 12 people were killed on Monday when shells hit a market in Kano, the mayor said.\n"
    "Three nurses were wounded on 3 July, a doctor told Reuters."
)
REPORT = {"id": "kano-1", "text": TEXT, "published": "2021-07-14", "outlet": "Harbour Wire"}


def lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]
