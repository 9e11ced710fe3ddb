"""Lists of feeds are read as people write and export them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cairn.documents.web import Listed, read_list
from cairn.errors import InputError


def write(folder: Path, content: str | bytes, name: str = "feeds.txt") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Region</title></head><body>
<outline text="Dailies" title="Dailies">
  <outline type="rss" text="The Tarn Herald" xmlUrl="https://herald.example/rss" htmlUrl="https://herald.example/"/>
  <outline type="rss" text="short" title="Dorn &amp; Sons" xmlurl="https://dorn.example/feed"/>
</outline>
<outline text="just a note"/>
<outline type="rss" xmlUrl="https://plain.example/atom.xml"/>
<outline type="rss" text="again" xmlUrl="https://herald.example/rss"/>
</body></opml>"""


def test_opml(tmp_path: Path) -> None:
    assert read_list(write(tmp_path, OPML, "feeds.opml")) == (
        Listed(url="https://herald.example/rss", outlet="The Tarn Herald"),
        Listed(url="https://dorn.example/feed", outlet="Dorn & Sons"),
        Listed(url="https://plain.example/atom.xml"),
    )


def test_opml_is_known_by_what_it_is_not_by_its_name(tmp_path: Path) -> None:
    assert len(read_list(write(tmp_path, "\ufeff\n" + OPML.split("\n", 1)[1]))) == 3


def test_plain(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "# Tarn and around\r\n\r\nhttps://herald.example/rss The  Tarn Herald  # daily\n"
        "  https://dorn.example/feed\tDorn Post\nHTTPS://plain.example/a#b # no name\nhttps://herald.example/rss\n",
    )
    assert read_list(path) == (
        Listed(url="https://herald.example/rss", outlet="The Tarn Herald"),
        Listed(url="https://dorn.example/feed", outlet="Dorn Post"),
        Listed(url="HTTPS://plain.example/a#b"),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_plain_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "https://cafe.example/rss Le Café du Matin\n".encode(encoding))
    assert read_list(path) == (Listed(url="https://cafe.example/rss", outlet="Le Café du Matin"),)


BOMB = '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><outline xmlUrl="&b;"/></opml>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is empty"),
        ("# nothing yet\n", "names no feed"),
        ("herald.example/rss\n", "line 1 starts with 'herald.example/rss'"),
        ("https://a.example/\nfeed://b.example/\n", "line 2 starts with 'feed://b.example/'"),
        ("<opml><body></body></opml>", "names no feed"),
        ("<opml><body>", "is damaged OPML"),
        ("<html><body>feeds</body></html>", "is a web page"),
        ("<!DOCTYPE html><html></html>", "a document type of its own"),
        (BOMB, "defines entities"),
        ('<!DOCTYPE o SYSTEM "http://198.41.0.4/x"><opml/>', "a document type of its own"),
        ('<?xml version="1.0" encoding="no-such"?><opml/>', "is damaged OPML"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG image"),
        ("a" * 5_000_001, "more than 5,000,000 bytes"),
    ],
)
def test_what_is_no_list_is_told_in_one_line(tmp_path: Path, content: str | bytes, told: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(InputError, match=re.escape(told)) as raised:
        read_list(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_list(tmp_path / "none.txt")
    with pytest.raises(InputError, match="directory"):
        read_list(tmp_path)
