"""Exports open in other readers, which find every capture as it came; an export is whole or not there."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from cairn.documents.archive import Archive, export_archive
from cairn.documents.archive.cdxj import search_key
from cairn.documents.archive.warc import capture_members
from cairn.errors import ArchiveError, InputError
from documents.archive.factory import HEADERS, URL, capture, document, hours

PAGE = b"<html><p>12 people were killed.</p></html>"
LATER = b"<html><p>19 people were killed.</p></html>"
OTHER = "https://www.other.example/a b/\u00fcnd?b=2&a=1"


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """An archive with every kind of capture: packed, chunked, redirected, without headers, no article."""
    archive.keep(capture(PAGE), PAGE, document("12 people were killed.", title="12 killed in Tarn"))
    packed = gzip.compress(LATER, mtime=0)
    headers = (*HEADERS, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    archive.keep(
        capture(packed, hour=1.5, response_headers=headers), packed, document("19 people were killed.")
    )
    archive.keep(
        capture(b"wall", hour=2, url="https://short.example/x", final_url=OTHER, status=203), b"wall", None
    )
    loose = capture(b"text", hour=3, url="reports/t\u00e4rn 1.txt", response_headers=(), request_headers=())
    archive.keep(loose, b"text", document("text"))
    return archive


def replayed(stream: io.BufferedIOBase) -> Iterator[tuple[str, str, bytes]]:
    """Yield kind, address and content of the records that hold some, as warcio replays them."""
    for record in ArchiveIterator(stream):
        if record.rec_type in ("response", "resource"):
            yield (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI"),
                record.content_stream().read(),
            )


REPLAYED = [
    ("response", URL, PAGE),
    ("response", URL, LATER),
    ("response", "https://www.other.example/a%20b/%C3%BCnd?b=2&a=1", b"wall"),
    ("resource", "file:reports/t%C3%A4rn%201.txt", b"text"),
]


def test_warcio_replays_what_was_captured(filled: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out.warc.gz"
    exported = export_archive(filled, out)
    assert (exported.captures, exported.skipped) == (4, [])
    with out.open("rb") as stream:
        assert list(replayed(stream)) == REPLAYED
    checker = Checker(type("Options", (), {"inputs": [str(out)], "verbose": False, "exit_value": 0})())
    checker.process_all()
    assert checker.exit_value == 0


def test_fastwarc_replays_what_was_captured(filled: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out.warc.gz"
    export_archive(filled, out)
    kinds, contents = [], []
    with out.open("rb") as stream:
        for record in FastIterator(stream, parse_http=False):
            kinds.append(record.headers["WARC-Type"])
            assert record.verify_block_digest()
            if record.is_http:
                record.parse_http(auto_decode="all")
            if kinds[-1] in ("response", "resource"):
                contents.append(record.reader.read())
    assert contents == [content for _, _, content in REPLAYED]
    http = ["request", "response", "metadata"]
    assert kinds == ["warcinfo", *http * 3, "resource", "metadata"]


def test_what_is_told_beside_the_bytes_is_there(filled: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out.warc.gz"
    export_archive(filled, out)
    told: list[dict[str, str]] = []
    with out.open("rb") as stream:
        for record in ArchiveIterator(stream):
            assert record.rec_headers.protocol == "WARC/1.1"
            if record.rec_type == "request":
                assert record.http_headers.get_header("User-Agent") == "cairn"
            if record.rec_type == "metadata":
                lines = record.content_stream().read().decode().splitlines()
                told.append(dict(line.split(": ", 1) for line in lines))
    assert [each["cairn-capture"] for each in told] == [each.id for each in filled.captures()]
    assert json.loads(told[0]["cairn-document"])["title"] == "12 killed in Tarn"
    assert told[2]["via"] == "https://short.example/x"


def test_moments_keep_their_fractions(filled: Archive, tmp_path: Path) -> None:
    body = b"late"
    filled.keep(capture(body, hour=4.000123), body, None)
    out = tmp_path / "out.warc.gz"
    export_archive(filled, out, url=URL)
    with out.open("rb") as stream:
        dates = {record.rec_headers.get_header("WARC-Date") for record in ArchiveIterator(stream)}
    moments = {dt.datetime.fromisoformat(date) for date in dates}
    assert moments == {hours(0), hours(1.5), hours(4.000123)}


# --- WACZ ---------------------------------------------------------------------------------------------


def index_lines(package: zipfile.ZipFile) -> list[tuple[str, str, dict[str, Any]]]:
    lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    assert lines == sorted(lines, key=str.encode)
    split = (line.split(" ", 2) for line in lines)
    return [(key, moment, json.loads(told)) for key, moment, told in split]


def test_a_package_has_what_the_format_asks_for(filled: Archive, tmp_path: Path) -> None:
    """Each rule is one of https://specs.webrecorder.net/wacz/1.1.1/."""
    out = tmp_path / "out.wacz"
    export_archive(filled, out, created=hours(5))
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        told = json.loads(package.read("datapackage.json"))
        assert (told["profile"], told["wacz_version"]) == ("data-package", "1.1.1")
        assert told["created"] == "2024-05-03T15:00:00Z"
        listed = {resource["path"]: resource for resource in told["resources"]}
        assert set(listed) == set(package.namelist()) - {"datapackage.json", "datapackage-digest.json"}
        for path, resource in listed.items():
            content = package.read(path)
            assert resource["bytes"] == len(content)
            assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        digest = json.loads(package.read("datapackage-digest.json"))
        assert digest["path"] == "datapackage.json"
        assert digest["hash"] == "sha256:" + hashlib.sha256(package.read("datapackage.json")).hexdigest()
        for info in package.infolist():
            if info.filename.endswith(".gz"):
                assert info.compress_type == zipfile.ZIP_STORED
        header, *pages = map(json.loads, package.read("pages/pages.jsonl").splitlines())
        assert header["format"] == "json-pages-1.0"
        assert [(page["url"], page["title"]) for page in pages] == [
            (URL, "12 killed in Tarn"),
            (URL, "Market hit"),
            ("file:reports/t%C3%A4rn%201.txt", "Market hit"),
        ]
        assert all(dt.datetime.fromisoformat(page["ts"]).utcoffset() == dt.timedelta(0) for page in pages)


def test_a_package_replays_by_its_index(filled: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out.wacz"
    export_archive(filled, out)
    found = []
    with zipfile.ZipFile(out) as package:
        for key, moment, told in index_lines(package):
            assert key == search_key(told["url"])
            with package.open(f"archive/{told['filename']}") as warc:
                warc.seek(told["offset"])
                member = warc.read(told["length"])
            [(_, url, content)] = replayed(io.BytesIO(member))
            assert url == told["url"]
            assert len(moment) == 14
            found.append((moment, content))
    assert sorted(found) == [
        ("20240503100000", PAGE), ("20240503113000", LATER), ("20240503120000", b"wall"),
        ("20240503130000", b"text"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.org/index.html", "org,example)/index.html"),
        ("http://Example.ORG:80", "org,example)/"),
        ("https://example.org:8443/A/", "org,example:8443)/a"),
        ("https://www2.news.example/x?b=2&a=1", "example,news)/x?a=1&b=2"),
        ("https://example.org/x?", "org,example)/x"),
        ("http://example.org:bad/x", "org,example)/x"),
        ("urn:x-thing:1", "urn:x-thing:1"),
    ],
)
def test_an_address_is_looked_up_without_what_makes_no_other_page(url: str, key: str) -> None:
    assert search_key(url) == key


# --- what is refused and left out ---------------------------------------------------------------------


def test_the_same_captures_give_the_same_bytes(filled: Archive, tmp_path: Path) -> None:
    for name in ("one.wacz", "two.wacz", "one.warc.gz", "two.warc.gz"):
        export_archive(filled, tmp_path / name, created=hours(5))
    assert (tmp_path / "one.wacz").read_bytes() == (tmp_path / "two.wacz").read_bytes()
    assert (tmp_path / "one.warc.gz").read_bytes() == (tmp_path / "two.warc.gz").read_bytes()


def test_one_address_alone_can_be_exported(filled: Archive, tmp_path: Path) -> None:
    assert export_archive(filled, tmp_path / "one.wacz", url=URL).captures == 2
    with pytest.raises(ArchiveError, match="was never captured"):
        export_archive(filled, tmp_path / "none.wacz", url="https://none.example/")
    assert not list(tmp_path.glob("none*"))


def test_nothing_is_overwritten(filled: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out.wacz"
    out.write_bytes(b"mine")
    with pytest.raises(InputError, match="is there already; name another file"):
        export_archive(filled, out)
    assert out.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("name", "message"),
    [("out.zip", r"ends in \.warc\.gz or \.wacz"), ("none/out.wacz", "cannot write .*No such file")],
)
def test_a_file_that_cannot_be_written_is_told(
    name: str, message: str, filled: Archive, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        export_archive(filled, tmp_path / name)


def test_an_empty_archive_gives_no_file(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="holds no capture yet"):
        export_archive(archive, tmp_path / "out.wacz")
    assert not list(tmp_path.glob("out*"))


def test_a_capture_whose_body_is_lost_is_left_out_and_told(
    filled: Archive, folder: Path, tmp_path: Path
) -> None:
    name = capture(PAGE).body
    (folder / "bodies" / name[:2] / f"{name}.gz").unlink()
    exported = export_archive(filled, tmp_path / "out.wacz")
    assert exported.captures == 3
    [line] = exported.skipped
    assert line.startswith(f"{URL}: ")
    assert "is missing from the archive" in line


headers = st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=4).map(tuple)
addresses = st.one_of(
    st.just(URL), st.text(max_size=30), st.text(max_size=20).map("https://x.example/".__add__)
)


@given(addresses, headers, headers, st.binary(max_size=60), st.integers(0, 999))
def test_no_header_address_or_body_breaks_a_record(
    url: str, asked: Any, answered: Any, body: bytes, status: int
) -> None:
    taken = capture(
        body, url=url, request_headers=asked, response_headers=answered, status=status, media_type="text/html"
    )
    for member in capture_members(taken, body, {"title": "a\r\nb"}):
        records = list(FastIterator(io.BytesIO(member.packed)))
        assert len(records) == 1
    [[kind]] = [
        [record.rec_type for record in ArchiveIterator(io.BytesIO(member.packed))]
        for member in capture_members(taken, body, {})
        if member.url is not None
    ]
    assert kind in ("response", "resource")
