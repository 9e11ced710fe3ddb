"""Many people who judge claims at the same time, each as a browser would."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx

PATIENCE = 120
"""Seconds that one answer may take on a busy machine before it counts as an error."""


@dataclass
class Seen:
    """What all of them saw.

    Attributes:
        confirmed: names and claims of which the server said that it was recorded.
        asked_again: times that somebody else had decided meanwhile.
        errors: answers that a person must not see.
        seconds: that each answer took.
    """

    confirmed: set[tuple[str, str]] = field(default_factory=set)
    asked_again: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def judge(
    origin: str, sessions: Mapping[str, str], work: Mapping[str, Sequence[str]], pause: float = 0.0
) -> Seen:
    """Let everybody accept claims, all at once: look, accept, and say so again when asked.

    Args:
        origin: of the server.
        sessions: by name.
        work: claims by the name of who is to accept them.
        pause: seconds for which each looks at a claim; all begin within as long, not at one moment.
    """
    seen, together = Seen(), threading.Barrier(len(sessions))

    def person(place: int, name: str, token: str) -> None:
        with httpx.Client(
            base_url=origin, cookies={"cairn": token}, headers={"Origin": origin}, timeout=PATIENCE
        ) as browser:
            together.wait()
            time.sleep(pause * place / len(sessions))
            for claim in work[name]:
                try:
                    accept(browser, name, claim)
                except httpx.HTTPError as error:
                    seen.errors.append(f"{name}: {error!r}")

    def timed(
        browser: httpx.Client, method: str, path: str, form: dict[str, str] | None = None
    ) -> httpx.Response:
        begun = time.perf_counter()
        answer = browser.request(method, path, data=form)
        seen.seconds.append(time.perf_counter() - begun)
        return answer

    def accept(browser: httpx.Client, name: str, claim: str) -> None:
        form = {"seen": last_seen(timed(browser, "GET", f"/claims/{claim}").text)}
        time.sleep(pause)
        answer = timed(browser, "POST", f"/claims/{claim}/confirm", form)
        for _ in sessions:  # others may go on deciding while one looks at what they decided
            if answer.status_code != 409:
                break
            seen.asked_again += 1
            form = {"seen": last_seen(answer.text), "sure": "yes"}
            answer = timed(browser, "POST", f"/claims/{claim}/confirm", form)
        if answer.status_code == 303:
            seen.confirmed.add((name, claim))
        else:
            seen.errors.append(f"{name}: {answer.status_code} {answer.text[:200]}")

    threads = [
        threading.Thread(target=person, args=(place, *each)) for place, each in enumerate(sessions.items())
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE)
    return seen


def last_seen(page: str) -> str:
    """Return what a page remembers of the decisions about its claim."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    return found.group(1) if found else ""
