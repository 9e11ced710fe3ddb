"""Lists of feeds: OPML, as feed readers export it, or one address a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cairn.documents.checks import is_printable, shortened
from cairn.documents.decoding import decode
from cairn.errors import DocumentError, InputError

MAX_LIST_BYTES = 5_000_000
"""Largest list; tens of thousands of feeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One feed of a list.

    Attributes:
        url: as the list gives it.
        outlet: who prints it, as the list names it.
    """

    url: str
    outlet: str | None = None


def read_list(path: Path) -> tuple[Listed, ...]:
    """Return the feeds of a list, in its order, each address once.

    A list is OPML when it starts as XML does. Otherwise each line holds an address and, after a blank, the
    outlet's name; a line that starts with ``#`` is a comment, and so is what follows `` #``.

    Raises:
        InputError: not readable, damaged, or without a single feed; one line that names the file.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_LIST_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    if len(raw) > MAX_LIST_BYTES:
        raise InputError(f"{path} has more than {MAX_LIST_BYTES:,} bytes; give a list of feeds")
    if not raw.strip():
        raise InputError(f"{path} is empty; {_EXPECTED}")
    try:
        text, _ = decode(raw)
    except DocumentError as error:
        raise InputError(f"{path} {error}") from error
    found = _read_opml(path, raw) if text.lstrip().startswith("<") else _read_lines(path, text)
    if not found:
        raise InputError(f"{path} names no feed; {_EXPECTED}")
    each_once: dict[str, Listed] = {}
    for listed in found:
        each_once.setdefault(listed.url, listed)
    return tuple(each_once.values())


_EXPECTED = "expected OPML, or one address a line: https://example.org/rss.xml Example Herald"


def _read_lines(path: Path, text: str) -> list[Listed]:
    """Return the feeds of a plain list."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        address, rest = (*line.split(maxsplit=1), "")[:2]
        name = "" if rest.startswith("#") else rest.partition(" #")[0]
        if not address.lower().startswith(("http://", "https://")):
            raise InputError(
                f"{path}, line {number} starts with {shortened(address)}; "
                "start it with the address of a feed, https://…, or with # for a comment"
            )
        found.append(Listed(url=address, outlet=_name(name)))
    return found


def _read_opml(path: Path, raw: bytes) -> list[Listed]:
    """Return the feeds of an OPML file; groups are looked into, their names are not outlets."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Any = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as error:
        raise InputError(
            f"{path} defines entities or a document type of its own, which no list of feeds needs; "
            "export it again from the feed reader"
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise InputError(f"{path} is damaged OPML ({error}); export it again from the feed reader") from error
    if root.tag.lower() == "html":
        raise InputError(f"{path} is a web page; {_EXPECTED}")
    found = []
    for outline in root.iter():
        attributes = {name.lower(): value for name, value in outline.attrib.items()}
        url = (attributes.get("xmlurl") or "").strip()
        if url:
            found.append(Listed(url=url, outlet=_name(attributes.get("title") or attributes.get("text"))))
    return found


def _name(value: str | None) -> str | None:
    """Return the name of an outlet, on one line."""
    line = " ".join((value or "").split())
    return line if line and is_printable(line) else None
