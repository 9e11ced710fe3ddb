"""Take out of a page's tree what no article stands in, so that what is left can be searched fast and well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

_FURNITURE = (
    "aside", "audio", "button", "canvas", "dialog", "embed", "fieldset", "footer", "iframe", "img", "input",
    "label", "link", "menu", "meta", "nav", "noscript", "object", "picture", "select", "style", "svg",
    "template", "textarea", "video",
)  # fmt: skip
"""Elements that trafilatura passes over too (its settings, 2.3). Dropped before, they are not looked through
by each of its hundred searches."""

_LINKS_OF_A_LIST = 4
_SHARE_OF_LINKS = 0.7
"""A list of this many links or more, with this share of its letters in them, leads elsewhere. Lists in
articles have a link here and there; "more on this story" has a date or a topic beside each."""

_ITEMS_SEEN = 4
"""Items of a list that are looked at: furniture repeats itself."""

_LONG_LINK_CHARS = 150
"""Letters a link from which a list of links is text after all: no headline is that long."""

_CARDS = 3
"""Linked headlines from which they are cards of other reports: an article's own headings are no links."""

_CARD_CHARS = 900
"""Longest card: a headline, a date, and the first paragraph of what it leads to."""

_LAYOUT_CELL_CHARS = 300
"""A cell with so many characters, or with several paragraphs, holds a story, and its table lays out the page:
cells of figures and names stay far below."""

_HEADINGS = ("h2", "h3", "h4", "h5")
_OF_CARDS = ("img", "picture", "time", *_HEADINGS)
"""Elements that stand in cards of other reports, and in items of an article's own lists hardly ever."""

_BEFORE_PATH = re.compile(r"^(?:https?:)?//[^/]*", re.IGNORECASE)

_CELLS = ("tbody", "thead", "tfoot", "tr", "td", "th")


def drop_furniture(tree: Any, urls: Sequence[str] = ()) -> None:
    """Take out navigation, lists of links, cards of other reports, scripts and styles; unfold layout tables.

    Structured data stays: some pages have their article nowhere else.

    Args:
        tree: of a page; it is changed.
        urls: addresses of the page: links to places in it, as live reports have them, do not lead elsewhere.
    """
    own = {_path(url) for url in urls}
    for element in list(tree.iter("ul", "ol", "dl", "td")):
        if _is_list_of_links(element, own):
            _drop(element)
    for element in list(tree.iter("script", *_FURNITURE)):
        if element.tag != "script" or "ld+json" not in (element.get("type") or ""):
            _drop(element)
    _drop_cards(tree, own)
    for element in list(tree.iter("p")):
        if _is_lead_elsewhere(element, own):
            _drop(element)
    for table in list(tree.iter("table")):
        if _is_layout(table):
            for element in table.iter("table", *_CELLS):
                element.tag = "div"


def _is_list_of_links(element: Any, own: set[str]) -> bool:
    links = element.findall(".//a")
    if len(links) < _LINKS_OF_A_LIST:
        return False
    if element.tag in ("ul", "ol"):
        items = list(islice(element.iterchildren("li"), _ITEMS_SEEN))
        if all(_is_card(item, own) for item in items):
            return True
    linked = sum(len(link.text_content()) for link in links)
    whole = len(element.text_content())
    return linked >= _SHARE_OF_LINKS * whole and linked < _LONG_LINK_CHARS * len(links)


def _is_card(item: Any, own: set[str]) -> bool:
    """Say whether a list's item is the card of another report: a link first, a picture or a day beside it."""
    link = next((each for each in item.iter("a") if each.text_content().strip()), None)
    if link is None or not _leads_away(link, own) or next(item.iter(*_OF_CARDS), None) is None:
        return False
    before = item.text_content().partition(link.text_content())[0]
    return not before.strip()


def _leads_away(link: Any, own: set[str]) -> bool:
    target = link.get("href") or "#"
    return not target.startswith(("#", "javascript:")) and _path(target) not in own


def _path(url: str) -> str:
    """Return the path of an address, without host, query and fragment."""
    return _BEFORE_PATH.sub("", re.split(r"[?#]", url, maxsplit=1)[0]).rstrip("/")


def _drop_cards(tree: Any, own: set[str]) -> None:
    """Drop the cards of other reports: the largest pieces around one linked headline alone."""
    linked = [each for each in tree.iter(*_HEADINGS) if _is_linked(each, own)]
    if len(linked) < _CARDS:
        return
    marked = set(linked)
    for headline in linked:
        card = headline
        while (parent := card.getparent()) is not None:
            alone = not any(each in marked and each is not headline for each in parent.iter(*_HEADINGS))
            if parent.tag == "body" or not alone or len(parent.text_content()) > _CARD_CHARS:
                break
            card = parent
        _drop(card)


def _is_linked(headline: Any, own: set[str]) -> bool:
    link = next(headline.iterancestors("a"), None)
    if link is None:
        link = headline.find(".//a")
    if link is None or not _leads_away(link, own):
        return False
    return len(link.text_content().strip()) >= _SHARE_OF_LINKS * len(headline.text_content().strip()) > 0


def _is_lead_elsewhere(paragraph: Any, own: set[str]) -> bool:
    """Say whether a paragraph is nothing but the headline of another report: "Read also: Market reopens"."""
    links = paragraph.findall(".//a")
    if len(links) != 1 or not _leads_away(links[0], own):
        return False
    words, linked = paragraph.text_content().strip(), links[0].text_content().strip()
    return len(linked) >= _SHARE_OF_LINKS * len(words) > 0 and words[-1] not in '.!?…"”»)'


def _is_layout(table: Any) -> bool:
    if table.tag != "table":
        return False  # unfolded with the table around it
    return table.find(".//table") is not None or any(
        len(cell.findall("p")) > 1 or len(cell.text_content()) > _LAYOUT_CELL_CHARS
        for cell in table.iter("td")
    )


def _drop(element: Any) -> None:
    """Remove an element, but not the words that follow it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
