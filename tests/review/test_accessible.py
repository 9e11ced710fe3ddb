"""axe-core, the usual checker of accessibility, finds no serious fault on any page, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import needs_browser, open_browser
from cairn.records import Ruling, decide
from cairn.review import Role, invite
from review.desk import Desk, served

pytest.importorskip("selenium")
pytestmark = needs_browser
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
SERIOUS = ("serious", "critical")
RUN = """
const done = arguments[arguments.length - 1];
const told = (each) => [each.impact, each.id, each.nodes.map((node) => node.target.join(" ")).slice(0, 3)];
axe.run(document, {resultTypes: ["violations"]}).then(
  (found) => done(found.violations.map(told)), (error) => done([["critical", String(error), []]]));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with open_browser() as driver:
        driver.set_script_timeout(60)
        yield driver


def show_in(browser: Any, scheme: str, width: int = 1440) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)


def faults(browser: Any, address: str) -> list[Any]:
    browser.get(address)
    browser.execute_script(AXE)
    return [[address, *each] for each in browser.execute_async_script(RUN) if each[0] in SERIOUS]


def confirmed(desk: Desk) -> str:
    """Confirm two claims and publish one, so that every page has something to show; return the incident."""
    one, two, _ = desk.ids()
    at = desk.clock()
    desk.decide(*(decide(Ruling.CONFIRM, each, who="reviewer", at=at, why="seen") for each in (one, two)))
    desk.decide(decide(Ruling.RESTRICT, one, value="public", who="publisher", at=desk.clock()))
    return str(desk.claims()[0].incident)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_no_page_has_a_serious_fault(browser: Any, desk: Desk, scheme: str, width: int) -> None:
    incident, claim = confirmed(desk), desk.ids()[0]
    show_in(browser, scheme, width)
    with served(desk.setup) as origin:
        browser.delete_all_cookies()
        found = faults(browser, f"{origin}/login")
        found += faults(browser, f"{origin}/welcome/{invite(desk.setup.accounts, Role.READER, 'admin')}")
        browser.add_cookie({"name": "cairn", "value": desk.tokens[Role.ADMIN]})
        for path in (
            "/", f"/claims/{claim}", f"/claims/{claim}?slot=victims", f"/claims/{claim}?slot=place",
            "/incidents", f"/incidents/{incident}", "/map", "/timeline", "/publishing", "/people", "/account",
            "/keys", "/api/v1", "/nowhere", "/?harm=joy",
        ):  # fmt: skip
            found += faults(browser, origin + path)
    assert found == []


def test_no_public_page_has_a_serious_fault(browser: Any, desk: Desk) -> None:
    incident = confirmed(desk)
    show_in(browser, "light")
    with served(desk.setup, public=True) as origin:
        paths = ("/", "/incidents", f"/incidents/{incident}", "/map", "/timeline", "/api/v1", "/nowhere")
        assert [fault for path in paths for fault in faults(browser, origin + path)] == []


def test_a_fault_would_be_found(browser: Any, desk: Desk) -> None:
    with served(desk.setup) as origin:
        browser.delete_all_cookies()
        browser.get(f"{origin}/login")
        browser.execute_script(AXE)
        browser.execute_script(
            "document.querySelector('input[name=name]').parentElement.replaceWith(document.createElement('input'))"
        )
        assert [each[1] for each in browser.execute_async_script(RUN) if each[0] in SERIOUS] == ["label"]
