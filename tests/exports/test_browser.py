"""The page in a real browser: linking, keys, policy, phone. Skipped where none is installed."""

from pathlib import Path

import pytest

from browsing import needs_browser, open_browser
from cairn.exports import write_page
from cairn.records import Count, Place, Span
from exports.factory import TEXT, claim, document, velmar_claims, victims

selenium = pytest.importorskip("selenium")
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

pytestmark = needs_browser


def endless():
    """Return a report in which no word can be broken at a space."""
    word = "x" * 300
    whole = claim(
        Span(0, 200), id="whole", victims=victims(word), speakers=(word, word), place=Place(name=word)
    )
    part = claim(Span(50, 250), id="part", part_of="whole", count=Count(low=200_000, approx=True))
    return document(id=word, title=word, outlet=word, text=word), (whole, part)


@pytest.fixture(scope="module")
def browser():
    with open_browser() as driver:
        yield driver


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    with path.open("w", encoding="utf-8") as stream:
        write_page(
            [
                (document(), velmar_claims(), (), ()),
                (document(id="again"), velmar_claims()[:2], (), ()),
                (*endless(), (), ()),
            ],
            stream,
        )
    return path.as_uri()


def opened(browser, address, width=1280, height=900, phone=False):
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get("about:blank")
    browser.get(address)
    return browser


@pytest.fixture
def desk(browser, address):
    return opened(browser, address)


@pytest.fixture
def phone(browser, address):
    return opened(browser, address, 390, 844, phone=True)


def find(browser, selector):
    return browser.find_elements(By.CSS_SELECTOR, selector)


def anchor(browser, key):
    return browser.find_element(By.ID, f"at-{key}")


def lit_cards(browser):
    return [card.get_attribute("data-claim") for card in find(browser, ".card.lit")]


def lit_words(browser, slot):
    return "".join(part.get_attribute("textContent") for part in find(browser, f"[data-lit~='{slot}']"))


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def focused(browser):
    element = browser.switch_to.active_element
    return element.get_attribute("id") or element.get_attribute("href").split("#")[1]


def test_focus_on_an_anchor_lights_its_card_and_the_words_of_each_slot(desk):
    desk.execute_script("arguments[0].focus()", anchor(desk, "1-1"))
    assert lit_cards(desk) == ["1-1"]
    assert lit_words(desk, "anchor") == "At least 49 civilians"
    assert lit_words(desk, "place") == "Velmar"
    assert lit_words(desk, "time") == "on Wednesday"
    assert lit_words(desk, "speakers") == "the Orsan Relief Committee"
    assert lit_words(desk, "target") == "covered market"


def test_each_slot_has_a_tint_of_its_own_and_the_anchor_the_strongest(desk):
    desk.execute_script("arguments[0].focus()", anchor(desk, "1-1"))
    slots = ("anchor", "harm", "place", "time", "speakers", "target", "means")
    tints = {
        slot: find(desk, f"[data-lit~='{slot}']")[0].value_of_css_property("background-color")
        for slot in slots
    }
    assert len(set(tints.values())) == len(slots)


def test_pointing_at_a_card_lights_its_words_and_leaving_lets_go(desk):
    ActionChains(desk).move_to_element(find(desk, ".card dl")[0]).perform()
    assert lit_cards(desk) == ["1-1"]
    assert lit_words(desk, "anchor") == "At least 49 civilians"
    ActionChains(desk).move_to_element(find(desk, ".wordmark")[0]).perform()
    assert lit_cards(desk) == []
    assert find(desk, "[data-lit]") == []


def test_pointing_at_an_anchor_lights_its_card_over_the_focused_one(desk):
    desk.execute_script("arguments[0].focus()", anchor(desk, "1-1"))
    ActionChains(desk).move_to_element(anchor(desk, "1-5")).perform()
    assert lit_cards(desk) == ["1-5"]
    ActionChains(desk).move_to_element(find(desk, ".wordmark")[0]).perform()
    assert lit_cards(desk) == ["1-1"]


def test_keys_alone_reach_everything(desk):
    desk.execute_script("arguments[0].focus()", anchor(desk, "1-1"))
    press(desk, Keys.TAB)
    assert focused(desk) == "at-1-2"
    press(desk, "j", Keys.ARROW_RIGHT)
    assert focused(desk) == "at-1-4"
    press(desk, "k")
    assert (focused(desk), lit_cards(desk)) == ("at-1-3", ["1-3"])
    press(desk, Keys.ENTER)  # over to the card: its heading is a link back to the words
    assert desk.switch_to.active_element.get_attribute("class") == "figure"
    assert lit_cards(desk) == ["1-3"]
    press(desk, Keys.ARROW_RIGHT)
    assert lit_cards(desk) == ["1-4"]
    press(desk, Keys.ENTER)
    assert focused(desk) == "at-1-4"
    press(desk, Keys.ESCAPE)
    assert lit_cards(desk) == []


def test_escape_in_a_card_goes_back_to_the_words(desk):
    desk.execute_script("arguments[0].focus()", anchor(desk, "1-2"))
    press(desk, Keys.ENTER, Keys.ESCAPE)
    assert focused(desk) == "at-1-2"


def test_a_chosen_card_is_brought_into_view(desk):
    anchor(desk, "1-11").click()
    card = desk.find_element(By.ID, "card-1-11")
    box = desk.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return [r.top, r.bottom]", card
    )
    assert 0 <= box[0] < box[1] <= 900


def test_inside_leads_to_the_whole(desk):
    find(desk, "#card-1-2 dd a")[0].click()
    assert lit_cards(desk) == ["1-1"]


def test_an_address_with_a_claim_opens_at_it(browser, address):
    opened(browser, address + "#card-1-5")
    assert lit_cards(browser) == ["1-5"]


def test_the_browser_shows_the_text_unchanged(desk):
    assert find(desk, ".text")[0].get_attribute("textContent") == TEXT


@pytest.mark.parametrize("width", [320, 390, 768, 960, 1280])
def test_no_width_scrolls_sideways(browser, address, width):
    opened(browser, address, width, 844, phone=width < 500)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_a_tap_on_a_phone_shows_the_card_and_the_words_together(phone):
    anchor(phone, "1-5").click()
    (card,) = find(phone, ".card.sheet")
    assert card.get_attribute("data-claim") == "1-5"
    top, bottom, words = phone.execute_script(
        "const card = arguments[0].getBoundingClientRect(), words = arguments[1].getBoundingClientRect();"
        "return [card.top, card.bottom, words.bottom]",
        card,
        anchor(phone, "1-5"),
    )
    assert 0 < words < top < bottom <= 844
    find(phone, "[data-step='1']")[0].click()
    assert lit_cards(phone) == ["1-6"]
    assert find(phone, ".bar output")[0].text == "6 of 11"
    find(phone, "[data-close]")[0].click()
    assert find(phone, ".card.sheet") == []
    assert not find(phone, ".bar")[0].is_displayed()


def test_the_page_breaks_no_policy_and_asks_nobody_anything(browser, address):
    browser.get_log("browser"), browser.get_log("performance")
    opened(browser, address)
    anchor(browser, "1-3").click()
    assert browser.get_log("browser") == []
    asked = [
        entry["message"]
        for entry in browser.get_log("performance")
        if 'requestWillBeSent"' in entry["message"]
    ]
    assert asked
    assert not [message for message in asked if '"url":"http' in message or '"url":"//' in message]


def test_an_injected_script_would_not_run(desk):
    desk.execute_script(
        "const added = document.createElement('script');"
        "added.textContent = 'window.ran = 1'; document.body.append(added)"
    )
    assert desk.execute_script("return window.ran") is None


def test_dark_and_light_are_both_told_apart(browser, address):
    grounds = set()
    for scheme in ("dark", "light"):
        features = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", features)
        opened(browser, address)
        grounds.add(find(browser, "html")[0].value_of_css_property("background-color"))
    assert len(grounds) == 2


def test_printed_cards_follow_the_text(browser, address):
    opened(browser, address)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    text, cards, keys = browser.execute_script(
        "return [document.querySelector('.text').getBoundingClientRect().bottom,"
        "document.querySelector('.claims').getBoundingClientRect().top,"
        "getComputedStyle(document.querySelector('.keys')).display]"
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert text <= cards
    assert keys == "none"
