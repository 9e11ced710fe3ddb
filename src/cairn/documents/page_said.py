"""What a page says of itself: structured data, meta elements, and the line that names its writer."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

_MOST_NODES = 5_000
"""Objects of structured data looked at in one page; pages have some tens, whole feeds some hundreds."""

_MOST_JSON_CHARS = 2_000_000

_ARTICLE_TYPE = re.compile(r"(article|blogposting|report)$", re.IGNORECASE)
"""schema.org's types of published text: NewsArticle, ReportageNewsArticle, LiveBlogPosting, Report."""

_DATE_BY_PATTERN = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
"""Finds the date in structured data that is no JSON, as with a comma too many."""

_BYLINE_NAMES = {
    "article:author", "author", "authors", "byl", "citation_author", "creator", "dc.creator", "dc:creator",
    "dcterms.creator", "parsely-author", "sailthru.author",
}  # fmt: skip
"""Names of meta elements for the writer, as trafilatura has them (its metadata, 2.3)."""

_BYLINE_CLASSES = ("byline", "by-line", "author", "writer", "story-credit", "createdby", "submitted")
_BY = re.compile(
    r"^(?:(?:written|posted|reported|submitted|compiled|filed|story|text|report)\s+)?(?:by\b|author\b)[:\s]*",
    re.IGNORECASE,
)
_AFTER_NAMES = re.compile(
    r"\s+(?:on\s+\w+,?\s+\d|\d{1,2}[./ ]|[-|·•]\s*\d|\||published|updated|posted)", re.IGNORECASE
)
"""Where a line about the writer goes on to the date."""

_MOST_BYLINE_CHARS = 120
"""Longest byline: four names with their papers. What is longer is a portrait of the writer."""

_PLACES_SEEN = 20
"""Places of bylines that are looked at: the report's own comes first in the page."""

_ADDRESS = re.compile(r"https?://|www\.|@", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a page says of itself.

    Attributes:
        json_ld_date: publication date in its structured data, as written; "" for none.
        bylines: who wrote it, the surest place first.
        free: whether it says that anybody may read it; ``None`` when it does not say.
    """

    json_ld_date: str
    bylines: tuple[str, ...]
    free: bool | None


def read_said(tree: Any) -> Said:
    """Return what a page says of itself.

    Args:
        tree: of the whole page.
    """
    date, free = "", None
    names: list[str] = []
    for script in tree.iterfind(".//script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        objects = _objects(script.text)
        if objects is None:
            found = _DATE_BY_PATTERN.search(script.text)
            date = date or (found[1] if found else "")
            continue
        articles = [each for each in objects if _is_article(each)]
        told = _first_text(articles, "datePublished") or _first_text(objects, "datePublished")
        date = date or told or _first_text(articles, "dateCreated")
        for article in articles:
            if not names:
                names = [name for name in _names(article.get("author")) if name]
            if free is None and "isAccessibleForFree" in article:
                free = str(article["isAccessibleForFree"]).lower() not in ("false", "0", "no")
    bylines = [", ".join(dict.fromkeys(names)), *_meta_bylines(tree)]
    return Said(
        json_ld_date=date.strip(),
        bylines=tuple(each for each in map(tidy_byline, bylines) if each),
        free=free,
    )


def _objects(text: str) -> list[Mapping[str, Any]] | None:
    """Return the objects in structured data, the outermost first; ``None`` when it is no JSON."""
    try:
        whole = json.loads(text[:_MOST_JSON_CHARS].strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return None
    found: list[Mapping[str, Any]] = []
    waiting: deque[Any] = deque([whole])
    while waiting and len(found) < _MOST_NODES:
        node = waiting.popleft()
        if isinstance(node, dict):
            found.append(node)
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        else:
            waiting.extend(value for value in node if isinstance(value, dict | list))
    return found


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in listed)


def _first_text(nodes: list[Mapping[str, Any]], key: str) -> str:
    return next((node[key] for node in nodes if isinstance(node.get(key), str) and node[key].strip()), "")


def _names(author: Any) -> Iterator[str]:
    """Yield the names in the value of "author": a name, an object with one, or a list of those."""
    if isinstance(author, str):
        yield author
    elif isinstance(author, dict):
        yield from _names(author.get("name"))
    elif isinstance(author, list):
        for each in author[:20]:
            if not isinstance(each, list):
                yield from _names(each)


def _meta_bylines(tree: Any) -> Iterator[str]:
    for meta in tree.iterfind(".//meta[@content]"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        if name.lower() in _BYLINE_NAMES:
            yield meta.get("content")


def shown_bylines(tree: Any) -> Iterator[str]:
    """Yield what stands where a page shows its writer: by microdata, by the link's relation, by class."""
    for element in _byline_places()(tree)[:_PLACES_SEEN]:
        outer = (f"{each.get('class')} {each.get('id')}" for each in element.iterancestors())
        if not any("comment" in each for each in outer):
            yield tidy_byline(element.text_content())


@cache
def _byline_places() -> Any:
    from lxml.etree import XPath

    named = " or ".join(f"contains(@class, '{name}')" for name in _BYLINE_CLASSES)
    return XPath(f"//*[@itemprop='author' or @rel='author' or {named}]")


def tidy_byline(line: str) -> str:
    """Return a byline without "By" and without the date that may follow it; "" for what is none."""
    line = _BY.sub("", " ".join(line.split()))
    if cut := _AFTER_NAMES.search(line):
        line = line[: cut.start()]
    line = line.strip(" ,;:|·•-–—")
    named = sum(character.isalpha() for character in line)
    return line if named > 1 and len(line) <= _MOST_BYLINE_CHARS and not _ADDRESS.search(line) else ""
