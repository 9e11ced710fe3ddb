"""Turn the anchors of hand-written stories from words into offsets, in place.

Write an anchor in `expected.json` as the words that it covers (`"two women"`), with `#2` at the end when
the second place in the text is meant. Then run `python tests/stories/anchors.py`: every such anchor
becomes `[start, end]`, code points into the report's text. Anchors that are offsets already stay.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

STORIES = Path(__file__).parent
SAMPLE = STORIES.parents[1] / "src" / "cairn" / "sample" / "aleppo.jsonl"


def locate(text: str, words: str) -> list[int]:
    """Return where ``words`` stand in ``text``; words that stand twice need their ``#`` number."""
    words, _, nth = words.partition("#")
    starts = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if not starts or (not nth and len(starts) > 1):
        raise SystemExit(f"{words!r} stands {len(starts)} times in: {text[:60]!r}")
    start = starts[int(nth or 1) - 1]
    return [start, start + len(words)]


def settle(expected: dict[str, Any], text: str) -> dict[str, Any]:
    """Return ``expected`` with every anchor as offsets into ``text``."""
    for claim in expected["claims"]:
        if isinstance(claim["anchor"], str):
            claim["anchor"] = locate(text, claim["anchor"])
    return expected


def main() -> int:
    """Settle the sample's expected claims and each story's."""
    path = STORIES / "aleppo" / "expected.jsonl"
    texts = {report["id"]: report["text"] for report in map(json.loads, SAMPLE.open(encoding="utf-8"))}
    lines = [settle(line, texts[line["id"]]) for line in map(json.loads, path.open(encoding="utf-8"))]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    for report in sorted(STORIES.glob("*/report.json")):
        path = report.with_name("expected.json")
        text = json.loads(report.read_text(encoding="utf-8"))["text"]
        expected = settle(json.loads(path.read_text(encoding="utf-8")), text)
        claims = ",\n".join("  " + json.dumps(claim, ensure_ascii=False) for claim in expected["claims"])
        written = f'{{\n "id": {json.dumps(expected["id"])},\n "claims": [\n{claims}\n ]\n}}\n'
        path.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
