"""Take the pictures of ``cairn serve`` that the documents show: ``python docs/pictures.py``.

Reads the bundled sample and the project's own stories into a ledger that is thrown away, serves it, and lets
Chromium take pictures of four pages as ``docs/review/*.webp``. Needs Chromium with its driver.
"""

from __future__ import annotations

import base64
import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from cairn.documents import load_documents
from cairn.ledger import (
    Asked,
    Ledger,
    Read,
    append_readings,
    as_of,
    list_claims,
    most_told,
    open_ledger,
    rebuild,
)
from cairn.pipeline import join_told, open_tools, read_document
from cairn.records import Document, Run
from cairn.review import Accounts, Role, Setup, accept, invite, open_accounts
from cairn.review.sessions import sign_in

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))
from browsing import open_browser  # noqa: E402
from review.desk import PASSWORD, served  # noqa: E402

FOLDER = ROOT / "docs" / "review"
SIZE = {"width": 1200, "height": 800, "deviceScaleFactor": 1.5, "mobile": False}
QUALITY = 70
"""Of WebP, which keeps letters sharp at a tenth of what PNG takes."""
NAME = "A. Recorder"


def main() -> None:
    """Take them."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "cairn.db", create=True) as ledger,
    ):
        fill(ledger)
        kept = open_accounts(Accounts(path=Path(folder) / "accounts", clock=now, chance=os.urandom))
        accept(kept, invite(kept, Role.ADMIN, "pictures"), NAME, PASSWORD)
        session = str(sign_in(kept, NAME, PASSWORD, "", "here"))
        setup = Setup(ledger=ledger, accounts=kept, clock=now, origins=("",))
        with served(setup) as origin, open_browser() as browser:
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SIZE)
            browser.get(f"{origin}/login")
            browser.add_cookie({"name": "cairn", "value": session})
            for name, path in pages(ledger).items():
                browser.get(origin + path)
                take(browser, FOLDER / f"{name}.webp")


def now() -> dt.datetime:
    """Return the moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def fill(ledger: Ledger) -> None:
    """Read the sample and the stories into a ledger."""
    tools = open_tools()
    run = Run(version="pictures", model="", lexicon="", settings="")
    texts = [
        str(files("cairn") / "sample" / "aleppo.jsonl"),
        *map(str, sorted((ROOT / "tests" / "stories").glob("*/report.json"))),
    ]

    def reads() -> Iterator[Read]:
        for document in load_documents(texts):
            if isinstance(document, Document):
                yield Read(document=document, claims=read_document(document, tools).claims, run=run)

    list(append_readings(ledger, reads(), now))
    rebuild(ledger, join_told)


def pages(ledger: Ledger) -> dict[str, str]:
    """Return the addresses of the pages, by the names of their pictures."""
    with as_of(ledger, None) as state:
        incident = most_told(state)
        claim = next(row["id"] for row in list_claims(state, Asked(incident=incident)))
    return {
        "inbox": "/",
        "reading": f"/claims/{claim}",
        "incident": f"/incidents/{incident}",
        "map": "/map",
    }


def take(browser: Any, path: Path) -> None:
    """Write what is seen, once every image and the map, where there is one, is drawn."""
    waits = (
        "return [...document.images].some(image => !image.complete) || "
        "(document.querySelector('.canvas') && !document.querySelector('.canvas[data-drawn]'))"
    )
    for _ in range(240):
        if not browser.execute_script(waits):
            break
        time.sleep(0.25)
    time.sleep(0.5)
    taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    path.write_bytes(base64.b64decode(taken["data"]))


if __name__ == "__main__":
    main()
