"""The pages in a real browser: a day's work by keyboard alone. Skipped where none is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browsing import needs_browser, open_browser
from cairn.ledger import verify
from cairn.records import Ruling
from review.desk import PASSWORD, TEXT, Desk, served

selenium = pytest.importorskip("selenium")
from selenium import webdriver  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

pytestmark = needs_browser
PATIENCE = 60
"""Seconds that a page may take on a busy machine."""


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    with open_browser() as driver:
        yield driver


@pytest.fixture
def origin(desk: Desk) -> Iterator[str]:
    with served(desk.setup) as address:
        yield address


def until(browser, holds):
    return WebDriverWait(browser, PATIENCE).until(lambda _: holds())


def find(browser, selector):
    return browser.find_elements(By.CSS_SELECTOR, selector)


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def settled(browser):
    return (
        not find(browser, "[aria-busy]")
        and browser.execute_script("return document.readyState") == "complete"
    )


def sign_in(browser, origin, name):
    browser.delete_all_cookies()
    browser.get(origin + "/login")
    press(browser, name, Keys.TAB, PASSWORD, Keys.ENTER)
    until(browser, lambda: find(browser, ".top nav") and settled(browser))


def decide(browser, desk, key, count):
    """Press a key and wait for its decision to be there, and for the next page."""
    until(browser, lambda: settled(browser))
    press(browser, key)
    until(browser, lambda: sum(len(desk.decisions(number)) for number in (1, 2, 3)) == count)
    until(browser, lambda: find(browser, ".done") and settled(browser))


def test_from_the_door_to_nine_settled_claims_by_keyboard_alone(browser, desk: Desk, origin: str) -> None:
    browser.get_log("browser"), browser.get_log("performance")
    sign_in(browser, origin, "reviewer")
    press(browser, "j")
    until(browser, lambda: find(browser, ".card") and settled(browser))
    for count, key in enumerate("aaaraaaaa", start=1):
        decide(browser, desk, key, count)
    made = [each for number in (1, 2, 3) for each in desk.decisions(number)]
    assert [each.ruling for each in made].count(Ruling.CONFIRM) == 8
    assert "0 claims wait" in find(browser, "h1")[0].text
    press(browser, "u")
    until(browser, lambda: sum(len(desk.decisions(number)) for number in (1, 2, 3)) == 10)
    until(browser, lambda: find(browser, ".card") and settled(browser))
    assert verify(desk.ledger).faults == ()
    assert browser.get_log("browser") == []
    asked = [
        each["message"] for each in browser.get_log("performance") if 'requestWillBeSent"' in each["message"]
    ]
    outside = [each for each in asked if '"url":"http' in each and f'"url":"{origin}' not in each]
    assert asked
    assert outside == []


def test_selected_words_and_a_number_fill_the_box_of_a_slot(browser, desk: Desk, origin: str) -> None:
    sign_in(browser, origin, "recorder")
    browser.get(f"{origin}/claims/{desk.ids()[0]}")
    start = TEXT.index("Activists")
    browser.execute_script(
        "const walk = document.createTreeWalker(document.querySelector('[data-text]'), NodeFilter.SHOW_TEXT);"
        "let node; while ((node = walk.nextNode()) && !node.data.includes('Activists'));"
        "const at = node.data.indexOf('Activists'); const range = document.createRange();"
        "range.setStart(node, at); range.setEnd(node, at + 9);"
        "getSelection().removeAllRanges(); getSelection().addRange(range);"
    )
    press(browser, "9")
    until(browser, lambda: find(browser, ".boxes textarea") and settled(browser))
    box = find(browser, ".boxes textarea")[0]
    assert box.get_attribute("value") == "Activists"
    assert browser.switch_to.active_element == box
    press(browser, Keys.TAB, "she names them", Keys.ENTER)
    until(browser, lambda: desk.decisions())
    assert desk.decisions()[0].value == '["Activists"]'
    assert desk.decisions()[0].why == f"read from “Activists” ({start}–{start + 9}). she names them"


def test_a_report_is_parted_joined_again_and_a_second_person_publishes(
    browser, desk: Desk, origin: str
) -> None:
    sign_in(browser, origin, "reviewer")
    incident = desk.claims()[0].incident
    browser.get(f"{origin}/incidents/{incident}")
    press_in = find(browser, "form[action$='/part'] select")[0]
    press_in.send_keys(Keys.ARROW_DOWN)
    find(browser, "form[action$='/part'] button")[0].send_keys(Keys.ENTER)
    until(browser, lambda: desk.claims(1)[0].incident != desk.claims(2)[0].incident)
    until(browser, lambda: find(browser, ".done") and settled(browser))
    press(browser, "u")
    until(browser, lambda: desk.claims(1)[0].incident == desk.claims(2)[0].incident)
    until(browser, lambda: settled(browser))
    browser.get(f"{origin}/claims/{desk.ids()[0]}")
    decide_before = len(desk.decisions())
    press(browser, "a")
    until(browser, lambda: len(desk.decisions()) > decide_before and settled(browser))
    sign_in(browser, origin, "publisher")
    browser.get(f"{origin}/claims/{desk.ids()[0]}")
    press(browser, "p")
    until(browser, lambda: desk.claims()[0].approval.published)


@pytest.mark.parametrize("width", [390, 1440])
def test_no_width_scrolls_sideways(browser, desk: Desk, origin: str, width: int) -> None:
    size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    sign_in(browser, origin, "admin")
    claim = desk.claims()[0]
    wide = []
    for path in (
        "/",
        f"/claims/{claim.read.id}?slot=victims",
        f"/incidents/{claim.incident}",
        "/people",
        "/publishing",
        "/map",
        "/timeline",
        "/account",
    ):
        browser.get(origin + path)
        if browser.execute_script("return document.documentElement.scrollWidth") > width:
            wide.append(path)
    assert wide == []
