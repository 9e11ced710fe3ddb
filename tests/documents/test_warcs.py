import contextlib
import gzip
import io

import pytest

from cairn.documents.warcs import Answer, Broken, read_warc
from cairn.errors import DocumentError, WrongKindError
from cairn.records import FailureKind
from documents.made_files import record, warc

PAGE = (
    b"<html><head><title>Market shelled in Tarn</title></head><body><article><p>At least 12 people "
    b"were killed on Monday when shells hit a market in Tarn, the owner of a shop said.</p></article>"
    b"</body></html>"
)
URL = "https://tarn.example/story/{}"


def pages(count, **options):
    return [record(URL.format(n), PAGE + b"<!-- %d -->" % n, **options) for n in range(count)]


def read(raw):
    return list(read_warc(io.BytesIO(raw), len(raw)))


def read_up_to_error(raw):
    found = []
    with pytest.raises(DocumentError) as told:
        found.extend(read_warc(io.BytesIO(raw), len(raw)))
    return found, str(told.value)


@pytest.mark.parametrize("packed", [True, False])
def test_pages_come_out_with_what_was_said_with_them(packed):
    first, second = read(warc(*pages(2), packed=packed))
    assert isinstance(first, Answer)
    assert (first.url, first.body) == (URL.format(0), PAGE + b"<!-- 0 -->")
    assert (first.media_type, first.charset) == ("text/html", "utf-8")
    assert first.at.isoformat() == "2031-03-05T09:00:00+00:00"
    assert ("Content-Type", "text/html; charset=utf-8") in first.headers
    assert second.offset > first.offset


def test_an_archive_packed_as_a_whole_is_read():
    assert len(read(gzip.compress(b"".join(pages(3))))) == 3


@pytest.mark.parametrize(
    "options",
    [
        {"status": "404 Not Found"}, {"status": "301 Moved"}, {"media_type": "image/jpeg"},
        {"kind": "request"},
        {"media_type": "application/pdf"}, {"kind": "metadata"}, {"kind": "revisit"}, {"kind": "warcinfo"},
        {"media_type": ""},
    ],
)  # fmt: skip
def test_what_is_no_page_that_answered_well_is_passed_over(options):
    [answer] = read(warc(record(URL.format(7), PAGE, **options), *pages(1)))
    assert answer.url == URL.format(0)


def test_texts_of_pages_are_told_as_such():
    text = b"Market shelled in Tarn\nAt least 12 people were killed."
    [answer] = read(warc(record(URL.format(0), text, kind="conversion", media_type="text/plain")))
    assert (answer.body, answer.extract) == (text, True)
    [answer] = read(warc(record(URL.format(0), text, media_type="text/plain; charset=windows-1252")))
    assert (answer.charset, answer.extract) == ("windows-1252", False)


def test_files_in_an_archive_are_pages():
    [answer] = read(warc(record(URL.format(0), PAGE, kind="resource", media_type="text/html")))
    assert answer.body == PAGE


def test_a_body_in_chunks_is_joined_and_a_packed_one_is_kept():
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    packed = gzip.compress(PAGE)
    first, second = read(
        warc(
            record(URL.format(0), chunks, headers="Transfer-Encoding: chunked\r\n"),
            record(URL.format(1), packed, headers="Content-Encoding: gzip\r\n"),
        )
    )
    assert first.body == PAGE
    assert (second.body, second.encoding) == (packed, "gzip")


def test_a_huge_record_costs_itself():
    huge = record(URL.format(9), b"<p>" + b"war " * 6_000_000)
    larger = record(URL.format(8), b"<p>" + b"war " * 2_600_000)
    first, second, third = read(warc(huge, larger, *pages(1)))
    for broken in (first, second):
        assert isinstance(broken, Broken)
        assert (broken.kind, broken.reason) == (
            FailureKind.TOO_LARGE, "is larger than 10,000,000 bytes; no report is that long",
        )  # fmt: skip
    assert third.url == URL.format(0)


def test_chunks_that_do_not_fit_cost_their_record():
    bad = record(URL.format(9), b"fff\r\nTwelve", headers="Transfer-Encoding: chunked\r\n")
    first, second = read(warc(bad, *pages(1)))
    assert (first.url, first.kind) == (URL.format(9), FailureKind.BROKEN)
    assert second.url == URL.format(0)


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_archive_gives_what_came_before_and_says_so(packed):
    whole = warc(*pages(5), packed=packed)
    last = len(warc(*pages(4), packed=packed))
    for length in range(last + 3, len(whole) - 6, 29):
        found, told = read_up_to_error(whole[:length])
        assert [answer.url for answer in found][:4] == [URL.format(n) for n in range(4)]
        assert "breaks off" in told or "is damaged after 4 records" in told
        assert "get it again (what came before was kept)" in told


def test_a_damaged_archive_gives_what_came_before_and_says_so():
    first, second = warc(*pages(3)), bytearray(warc(*pages(2)))
    second[40:60] = b"\0" * 20
    found, told = read_up_to_error(first + bytes(second))
    assert len(found) == 3
    assert "is damaged after 3 records, " in told


@pytest.mark.parametrize(
    "raw",
    [b"", b"Twelve people were killed.\n" * 50, PAGE, gzip.compress(PAGE), b"\x1f\x8b\x08junk", b"\0" * 5000],
)
def test_what_is_no_web_archive_is_told(raw):
    with pytest.raises(WrongKindError, match="expected WARC"):
        read(raw)


def test_hostile_headers_do_not_end_the_run():
    page = pages(1)[0]
    for bad in (
        page.replace(b"Content-Length: ", b"Content-Length: 9999999999"),
        page.replace(b"WARC-Date: 2031-03-05T09:00:00Z", b"WARC-Date: yesterday"),
        page.replace(b"WARC-Target-URI", b"X-Other"),
        page.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 \xff\xff"),
        page.replace(URL.format(0).encode(), b"https://tarn.example/\x1b[31m\xff"),
    ):
        with contextlib.suppress(DocumentError):
            assert all(answer.url.isprintable() for answer in read(warc(bad, *pages(1))))


def test_an_archive_is_read_for_claims_too(tmp_path, load):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc(*pages(1), record(URL.format(5), b"<p>x</p>"), record(URL.format(0), PAGE + b" ")))
    document, empty, again = load(path)
    assert (document.id, document.url, document.title) == (
        URL.format(0),
        URL.format(0),
        "Market shelled in Tarn",
    )
    assert f"{URL.format(5)} holds no" in empty.reason
    assert f"has the id {URL.format(0)}, already used by" in again.reason
