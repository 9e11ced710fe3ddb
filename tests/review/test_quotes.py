"""Graphic words: who wants them blurred has them blurred on every page, until they ask."""

from __future__ import annotations

import pytest

from browsing import needs_browser, open_browser
from cairn.review import Role
from review.desk import Desk, served


def test_the_choice_is_kept_in_the_browser_and_taken_back(desk: Desk) -> None:
    browser = desk.browser(Role.READER)
    page = f"/claims/{desk.ids()[0]}"
    assert 'class="blurred"' not in browser.get(page).text
    answer = browser.post("/quotes", data={"quotes": "blurred", "then": page})
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    blurred = browser.get(page).text
    assert 'class="blurred"' in blurred
    assert 'data-quote tabindex="0"' in blurred
    browser.post("/quotes", data={"quotes": "shown", "then": page})
    assert 'class="blurred"' not in browser.get(page).text


@pytest.mark.parametrize(
    "then", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"]
)
def test_nobody_is_led_away(desk: Desk, then: str) -> None:
    answer = desk.browser(Role.READER).post("/quotes", data={"quotes": "blurred", "then": then})
    assert answer.headers["location"] == "/"


@needs_browser
def test_a_passage_is_shown_when_it_is_clicked_and_a_page_by_a_key(desk: Desk) -> None:
    pytest.importorskip("selenium")
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    with served(desk.setup) as origin, open_browser() as browser:
        browser.get(f"{origin}/login")
        for name, value in (("cairn", desk.tokens[Role.READER]), ("cairn-quotes", "blurred")):
            browser.add_cookie({"name": name, "value": value})
        browser.get(f"{origin}/claims/{desk.ids()[0]}")

        def blurs() -> list[bool]:
            return [
                "blur" in each.value_of_css_property("filter")
                for each in browser.find_elements(By.CSS_SELECTOR, ".text p")
            ]

        assert blurs() == [True]
        browser.find_element(By.CSS_SELECTOR, ".text p").click()
        assert blurs() == [False]
        browser.find_element(By.CSS_SELECTOR, "h2").click()
        browser.execute_script("document.activeElement.blur()")
        assert blurs() == [True]
        ActionChains(browser).send_keys("v").perform()
        assert blurs() == [False]
