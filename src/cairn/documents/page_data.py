"""Structured data in a page (JSON-LD, schema.org): what it says of the article that the page shows."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

_MOST_NODES = 5_000
"""Objects of structured data looked at in one page; pages have some tens, whole feeds some hundreds."""

_MOST_JSON_CHARS = 2_000_000

_ARTICLE_TYPE = re.compile(r"(article|blogposting|report)$", re.IGNORECASE)
"""schema.org's types of published text: NewsArticle, ReportageNewsArticle, LiveBlogPosting, Report."""
_PUBLISHER_TYPE = re.compile(r"(organization|website)$", re.IGNORECASE)

_DATE_BY_PATTERN = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
"""Finds the date in structured data that is no JSON, as with a comma too many."""

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What structured data says of the page's article.

    Attributes:
        date: of publication, as written; "" for none.
        title: headline; "" for none.
        outlet: name of the publisher; "" for none.
        authors: names.
        free: whether anybody may read it; ``None`` when it does not say.
    """

    date: str = ""
    title: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    free: bool | None = None


def read_data(scripts: Sequence[str]) -> Data:
    """Return what a page's structured data says.

    Args:
        scripts: texts of the elements that hold it.
    """
    nodes: list[Node] = []
    broken = ""
    for script in scripts:
        found = _nodes(script)
        nodes.extend(found or ())
        if found is None and (date := _DATE_BY_PATTERN.search(script)):
            broken = broken or date[1]
    articles = [node for node in nodes if _is(node, _ARTICLE_TYPE)]
    written = next((names for node in articles if (names := tuple(_names(node.get("author"))))), ())
    authors = tuple(dict.fromkeys(name for name in written if name))
    publishers = [node["publisher"] for node in articles if isinstance(node.get("publisher"), dict)]
    publishers += [node for node in nodes if _is(node, _PUBLISHER_TYPE) and node.get("name") not in authors]
    told = (str(node["isAccessibleForFree"]) for node in articles if "isAccessibleForFree" in node)
    free = next((each.lower() not in ("false", "0", "no") for each in told), None)
    return Data(
        date=_first(articles, "datePublished") or _first(nodes, "datePublished") or broken
        or _first(articles, "dateCreated"),
        title=_first(articles, "headline"),
        outlet=_first(publishers, "name"),
        authors=authors,
        free=free,
    )  # fmt: skip


def _nodes(script: str) -> list[Node] | None:
    """Return the objects in structured data, the outermost first; ``None`` when it is no JSON."""
    try:
        whole = json.loads(script[:_MOST_JSON_CHARS].strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return None
    found: list[Node] = []
    waiting: deque[Any] = deque([whole])
    while waiting and len(found) < _MOST_NODES:
        node = waiting.popleft()
        if isinstance(node, dict):
            found.append(node)
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(value for value in node if isinstance(value, dict | list))
    return found


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(each, str) and kind.search(each) for each in listed)


def _first(nodes: Sequence[Node], key: str) -> str:
    """Return the first text under a key. Many sites write it as for HTML, with entities."""
    found = (node[key] for node in nodes if isinstance(node.get(key), str))
    return next((text for each in found if (text := unescape(each).strip())), "")


def _names(author: Any) -> Iterator[str]:
    """Yield the names in the value of "author": a name, an object with one, or a list of those."""
    if isinstance(author, str):
        yield unescape(author).strip()
    elif isinstance(author, dict):
        yield from _names(author.get("name"))
    elif isinstance(author, list):
        for each in author[:20]:
            if not isinstance(each, list):
                yield from _names(each)
