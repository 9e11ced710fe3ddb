"""How long the pages of ``cairn serve`` take with a large ledger, and fifty people who judge at once.

    python benchmarks/review.py                                 100,000 claims
    python benchmarks/review.py --claims 1000000 --keep big.db  kept, and used again where it is there

Claims are invented as for ``benchmarks/ledger.py``, in 2,000 towns with places of their own, an incident a
report; every tenth claim was confirmed by one person, every twentieth made public by another. Each page is
asked for 50 times; medians and 95th percentiles are told in milliseconds of the clock, and of the processor,
which other programs on the machine do not lengthen. Then fifty people accept claims of a server that is a
process by itself, started as people start it: all at once and without a pause, and then each after looking at
the claim for a while.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
from starlette.testclient import TestClient

from cairn.ledger import (
    Asked,
    Joined,
    Nearby,
    Read,
    append_decisions,
    append_readings,
    as_of,
    list_claims,
    list_incidents,
    list_waiting,
    open_ledger,
    rebuild,
)
from cairn.records import Claim, Decision, Document, Ruling, content_id, decide
from cairn.review import (
    Accounts,
    Role,
    Setup,
    accept,
    invite,
    open_accounts,
    serve_app,
    serve_public_app,
)
from cairn.review.sessions import sign_in
from ledger import BATCH, INVENTED, invent

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "review"))
from crowd import judge

Heard = Sequence[tuple[Document, Sequence[Claim]]]
TIMES = 50
PEOPLE = 50
EACH = 4
PAUSES = (0, 3)
"""Seconds for which people look at a claim before they accept it."""
PASSWORD = "for a benchmark alone"  # noqa: S105


def spread(read: Read) -> Read:
    """Return a document whose towns lie apart: each at its own place of a grid, exact to some kilometres."""
    incident = content_id("inc", [read.document.id])
    return replace(read, claims=[replace(_placed(claim), incident=incident) for claim in read.claims])


def _placed(claim: Claim) -> Claim:
    if claim.place is None:
        return claim
    number = int(claim.place.name.removeprefix("Town"))
    place = replace(
        claim.place,
        latitude=31 + number // 50 * 0.15,
        longitude=35 + number % 50 * 0.15,
        radius_km=float(2 + number % 9),
    )
    return replace(claim, place=place)


def report_by_report(told: Heard, made: Sequence[Decision], nearby: Nearby | None = None) -> Joined:
    """Take each report for an incident of its own: linking has a benchmark of its own."""
    of = {
        claim.id: content_id("inc", [document.id])
        for document, claims in told
        for claim in claims
        if claim.incident is not None
    }
    return Joined(of=of, estimates={}, contradictions=())


def fill(path: Path, claims: int) -> float:
    """Make a ledger; return the seconds that it took."""
    begun = time.perf_counter()
    reads = map(spread, invent(claims))
    with open_ledger(path, create=True) as ledger:
        while made := list(islice(reads, INVENTED)):
            for _ in append_readings(ledger, made, now, size=BATCH):
                pass
            ids = [claim.id for each in made for claim in each.claims]
            append_decisions(ledger, [*judged(ids)], now())
        rebuild(ledger, report_by_report)
    return time.perf_counter() - begun


def judged(claims: Sequence[str]) -> Iterator[Decision]:
    """Yield what two people decided about some of the claims."""
    at = now()
    for place, claim in enumerate(claims[::10]):
        yield decide(Ruling.CONFIRM, claim, who="one", at=at)
        if place % 2:
            yield decide(Ruling.RESTRICT, claim, who="another", at=at, value="public")


def now() -> dt.datetime:
    """Return the moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def kept_at(path: Path) -> Accounts:
    """Return a file of accounts."""
    return open_accounts(Accounts(path=path, clock=now, chance=os.urandom))


def people(path: Path) -> dict[str, str]:
    """Make accounts; return the session of each by its name."""
    kept = kept_at(path)
    names = ["admin", *(f"reviewer {number}" for number in range(PEOPLE))]
    for name in names:
        role = Role.ADMIN if name == "admin" else Role.REVIEWER
        accept(kept, invite(kept, role, "benchmark"), name, PASSWORD)
    return {name: str(sign_in(kept, name, PASSWORD, "", "here")) for name in names}


@contextmanager
def served(ledger: Path, accounts: Path) -> Iterator[tuple[str, Callable[[], float]]]:
    """Serve a ledger by the command that people use; give the address, and how long it was busy so far."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "cairn", "serve", "--ledger", str(ledger), "--accounts", str(accounts)]
    process = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                httpx.get(f"{origin}/login")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield origin, lambda: seconds_of(process.pid)
    finally:
        process.terminate()
        process.wait()


def seconds_of(process: int) -> float:
    """Return the seconds of processor that a process took by now, as Linux tells them; elsewhere none."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return math.nan
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pages_of(ledger: Path) -> dict[str, str]:
    """Return the addresses of all kinds of pages, with and without filters."""
    with open_ledger(ledger) as opened, as_of(opened, None) as state:
        claim = next(iter(list_claims(state, Asked(), 1)))
        incident = next(iter(list_incidents(state, Asked(since=dt.date(2020, 1, 1)), 1)))
    return {
        "inbox": "/",
        "inbox, doubtful first": "/?order=doubt",
        "inbox, largest first": "/?order=consequence",
        "inbox of a place": "/?place=Town77",
        "inbox of a speaker": "/?speaker=monitor",
        "inbox, page 100": "/?page=100",
        "backlog": "/backlog.svg",
        "read view": f"/claims/{claim['id']}",
        "incidents": "/incidents",
        "incidents of a week": "/incidents?since=2017-03-01&until=2017-03-07",
        "incidents of a means": "/incidents?means=airstrike",
        "incidents of a speaker": "/incidents?speaker=monitor",
        "incident": f"/incidents/{incident['id']}",
        "map": "/map",
        "map, a part": "/map?box=36,32,37,33",
        "map of a harm": "/map?harm=detained",
        "map of a speaker": "/map?speaker=monitor",
        "places of the map": "/map.json",
        "places of a harm": "/map.json?harm=detained",
        "places of a means": "/map.json?means=airstrike",
        "timeline": "/timeline",
        "timeline of a month": "/timeline?since=2017-03-01&until=2017-03-31",
        "timeline of a harm": "/timeline?harm=injured",
        "timeline of a means": "/timeline?means=airstrike",
        "timeline of a speaker": "/timeline?speaker=monitor",
        "publishing": "/publishing",
        "API, claims": "/api/v1/claims",
    }


PUBLIC_PAGES = {
    "public: claims": "/",
    "public: claims of a harm": "/?harm=detained",
    "public: claims of a means": "/?means=airstrike",
    "public: claims of a speaker": "/?speaker=monitor",
    "public: incidents": "/incidents",
    "public: incidents of a harm": "/incidents?harm=detained",
    "public: incidents of a means": "/incidents?means=airstrike",
    "public: places": "/map.json",
    "public: places of a harm": "/map.json?harm=detained",
    "public: places of a speaker": "/map.json?speaker=monitor",
    "public: timeline": "/timeline",
    "public: timeline of a harm": "/timeline?harm=injured",
}
"""Addresses of all kinds of pages that everybody may see."""


def timed(browser: TestClient, pages: dict[str, str], times: int) -> dict[str, Any]:
    """Return what each page takes at the server, in milliseconds of the clock and of the processor."""
    found = {}
    for name, path in pages.items():
        taken, busy = [], []
        for _ in range(times):
            begun, worked = time.perf_counter(), time.process_time()
            answer = browser.get(path)
            taken.append(1000 * (time.perf_counter() - begun))
            busy.append(1000 * (time.process_time() - worked))
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code} {answer.text[:500]}")
        found[name] = {"clock": spread_of(taken), "processor": spread_of(busy)}
        print(f"{name}: {found[name]}", file=sys.stderr)
    return found


def timed_all(path: Path, accounts: Path, session: str, times: int) -> dict[str, Any]:
    """Return what the pages of both servers take."""
    origin = "http://testserver"
    with open_ledger(path) as ledger:
        setup = Setup(ledger=ledger, accounts=kept_at(accounts), clock=now, origins=(origin,))
        inside = TestClient(serve_app(setup), cookies={"cairn": session})
        outside = TestClient(serve_public_app(ledger, (origin,)))
        return timed(inside, pages_of(path), times) | timed(outside, PUBLIC_PAGES, times)


def crowd(
    origin: str,
    busy: Callable[[], float],
    sessions: Mapping[str, str],
    work: Sequence[Sequence[str]],
    pause: float,
) -> dict[str, Any]:
    """Let people accept claims; return what their answers took.

    Args:
        origin: of the server.
        busy: gives the seconds of processor that it took by now.
        sessions: of the people, by name.
        work: claims for each.
        pause: seconds for which each looks at a claim.
    """
    begun, worked = time.perf_counter(), busy()
    seen = judge(origin, sessions, dict(zip(sessions, work, strict=True)), pause)
    seconds, worked = time.perf_counter() - begun, busy() - worked
    many = len(seen.confirmed)
    return {
        "decisions": many,
        "errors": len(seen.errors),
        "decisions a second": round(many / seconds, 1),
        "milliseconds of processor a decision": round(1000 * worked / many, 1),
        "milliseconds an answer": spread_of([1000 * each for each in seen.seconds]),
    }


def spread_of(taken: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of some milliseconds."""
    ordered = sorted(taken)
    return {
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
    }


def main() -> None:
    """Print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--claims", type=int, default=100_000)
    arguments.add_argument("--times", type=int, default=TIMES, help="how often each page is asked for")
    arguments.add_argument("--keep", type=Path, help="the ledger's file; used again where it is there")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "cairn.db"
        accounts = Path(folder) / "accounts"
        filled = None if path.exists() else round(fill(path, chosen.claims), 1)
        sessions = people(accounts)
        with open_ledger(path) as ledger, as_of(ledger, None) as state:
            claims = [row["id"] for row in list_waiting(state, Asked(), limit=PEOPLE * EACH * len(PAUSES))]
        milliseconds = timed_all(path, accounts, sessions.pop("admin"), chosen.times)
        shared = [claims[place::PEOPLE] for place in range(PEOPLE)]
        with served(path, accounts) as (origin, busy):
            crowds = {
                f"fifty people who look for {pause} seconds": crowd(
                    origin, busy, sessions, [each[turn * EACH : (turn + 1) * EACH] for each in shared], pause
                )
                for turn, pause in enumerate(PAUSES)
            }
    result = {
        "claims": chosen.claims,
        "seconds to fill": filled,
        "milliseconds a page": milliseconds,
        **crowds,
    }
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
