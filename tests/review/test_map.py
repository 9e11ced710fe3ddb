"""The map: circles as wide as places are known, and a list of what is in view."""

from __future__ import annotations

import pytest

from browsing import needs_browser, open_browser
from cairn.records import Place
from review.desk import Desk, served


def spots(desk: Desk, query: str = "") -> list[dict[str, object]]:
    return list(desk.browser().get(f"/map.json{query}").json()["features"])


def test_a_place_is_drawn_once_with_how_far_off_it_may_be(desk: Desk) -> None:
    desk.add("far", Place(name="Quellbrook", country="IQ", latitude=33.0, longitude=44.0, radius_km=40.0))
    found = {each["properties"]["place"]: each for each in spots(desk)}  # type: ignore[index]
    assert set(found) == {"Orvale", "Quellbrook"}
    assert found["Quellbrook"]["geometry"] == {"type": "Point", "coordinates": [44.0, 33.0]}
    assert found["Quellbrook"]["properties"] == {"place": "Quellbrook", "radius_km": 40.0, "incidents": 1}


def test_an_incident_without_coordinates_is_on_no_map_and_in_the_list(desk: Desk) -> None:
    incident = desk.add("vague", Place(name="the valley", country="SY"))
    assert len(spots(desk)) == 1
    page = desk.browser().get("/map").text
    assert f"/incidents/{incident}" in page
    assert "not on the map" in page


@pytest.mark.parametrize(
    ("box", "held"),
    [("36,35,38,37", True), ("36,35,37,36", False), ("170,-90,-170,90", False), ("170,-90,38,90", True)],
    ids=["around", "beside", "across the 180th meridian", "across it and on"],
)
def test_the_list_holds_what_is_in_the_part_of_the_map_that_the_address_names(
    desk: Desk, box: str, held: bool
) -> None:
    assert (f"/incidents/{desk.claims()[0].incident}" in desk.browser().get(f"/map?box={box}").text) == held


@pytest.mark.parametrize(
    "box", ["1,2,3", "a,b,c,d", "nan,0,1,1", "0,10,0,5", "0,0,0,91", "-181,0,0,0", "1e999,0,0,0"]
)
def test_a_broken_part_of_the_map_is_told_in_one_line(desk: Desk, box: str) -> None:
    answer = desk.browser().get("/map", params={"box": box})
    assert answer.status_code == 422
    assert "is no part of the map" in answer.text


def test_filters_hold_for_the_map_as_for_other_lists(desk: Desk) -> None:
    assert spots(desk, "?place=Orvale")
    assert not spots(desk, "?place=Elsewhere")
    assert not spots(desk, "?harm=displaced")


@needs_browser
def test_the_map_is_drawn_and_the_list_and_the_address_follow_it(desk: Desk) -> None:
    pytest.importorskip("selenium")
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    from cairn.review import Role

    desk.add("far", Place(name="Quellbrook", country="IQ", latitude=33.0, longitude=44.0, radius_km=40.0))
    with served(desk.setup) as origin, open_browser() as browser:

        def until(holds):
            return WebDriverWait(browser, 60).until(lambda _: holds())

        def listed():
            script = "return Array.from(document.querySelectorAll('.in-view li a'), each => each.innerText)"
            return browser.execute_script(script)  # at one go: the page may put another list in its place

        browser.get(f"{origin}/login")
        browser.add_cookie({"name": "cairn", "value": desk.tokens[Role.READER]})
        browser.get(f"{origin}/map")
        until(lambda: browser.find_elements(By.CSS_SELECTOR, ".canvas[data-drawn]"))
        assert any("Orvale" in each for each in listed())
        assert any("Quellbrook" in each for each in listed())
        browser.get(f"{origin}/map?box=42,31,46,35")
        until(lambda: browser.find_elements(By.CSS_SELECTOR, ".canvas[data-drawn]"))
        assert not any("Orvale" in each for each in listed())
        browser.find_element(By.CSS_SELECTOR, ".zooming button[aria-label='Show all places']").click()
        until(lambda: any("Orvale" in each for each in listed()))
        assert "box=" in browser.current_url
        assert [each for each in browser.get_log("browser") if each["level"] == "SEVERE"] == []
        asked = [
            each["message"]
            for each in browser.get_log("performance")
            if 'requestWillBeSent"' in each["message"]
        ]
        assert any("maplibre-gl-worker.mjs" in each for each in asked)
        assert [each for each in asked if '"url":"http' in each and f'"url":"{origin}' not in each] == []
