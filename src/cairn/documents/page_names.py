"""What a page's title element holds: the headline, and mostly the outlet's name beside it."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"\s+(?:\|{1,2}|:{1,2}|[–—·•»«~-])\s+|\s*\|\s*")
_HEADLINE_WORDS = 4
"""Words from which a part of a title is a headline rather than the name of a paper or a section."""

_OWNER_SIGNS = ("©", "&copy;", "Copyright", "copyright", "(c)")
_OWNER_CHARS = 160
"""How far behind the last sign of copyright the owner's name is looked for, markup included."""

_TAG = re.compile(r"<[^>]*>?")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def find_owners(markup: str) -> str:
    """Return the words beside the signs of copyright in a page: whose it is stands there."""
    places = (markup.rfind(sign) for sign in _OWNER_SIGNS)
    beside = (markup[place : place + _OWNER_CHARS] for place in places if place >= 0)
    return " ".join(" ".join(_TAG.sub(" ", each).split()) for each in beside).casefold()


def name_page(
    title: str | None, outlet: str | None, *, head: str, owners: str, above: tuple[str, ...]
) -> tuple[str | None, str | None]:
    """Return the headline and the outlet of a page.

    Args:
        title: headline as the page's metadata or its only first heading has it.
        outlet: as its metadata has it, or the name of its host.
        head: its title element.
        owners: words beside the signs of copyright.
        above: lines above the article.
    """
    title, outlet = _line(title), _line(outlet)
    parts = [part for part in _BETWEEN.split(head) if part]
    if title and head.startswith(f"{title}: "):  # "The Tarn Post: Market reopens", and the name as a heading
        parts = [title, head[len(title) + 2 :]]
    longest = max(parts, key=lambda part: len(part.split()), default="")
    names = [part for part in parts if part != longest]
    if outlet is None or _HOST.fullmatch(outlet):
        owner = next((name for name in names if name.casefold() in owners), None)
        outlet = owner or (title if title in names else None) or outlet
    if title and names and (title in (head, *parts) or _holds(title, longest, names)):
        above_headline = next((line for line in above if len(line.split()) >= _HEADLINE_WORDS), None)
        title = longest if len(longest.split()) >= _HEADLINE_WORDS else above_headline or title
    return title, outlet


def _holds(title: str, headline: str, names: list[str]) -> bool:
    """Say whether a title is the headline with a name still beside it."""
    return title != headline and headline in title and any(name in title for name in names)


def _line(value: str | None) -> str | None:
    return " ".join((value or "").split()) or None
