import datetime as dt
import gzip
import json
import os
import signal
import subprocess
import sys

import pytest

from cairn.documents import IMPORT_GROUP, Addresses, Columns, Imported, import_files, importing, open_archive
from cairn.records import DateBasis, FailureKind, Outcome
from documents.layouts.make import make_pages
from documents.made_files import mail, mbox, pdf, record, warc

NOW = dt.datetime(2031, 3, 6, tzinfo=dt.UTC)
TEXT = "At least 12 people were killed on Monday when shells hit a market in {}, the owner of a shop said."
MORE = "The mayor told reporters that 30 others had been wounded, and that the search would go on."
PAGE = "<html><head><title>Market shelled in {0}</title></head><body><article><p>{1}</p><p>{2}</p></article>"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
def take(folder):
    """Import paths into the archive; return what came of them."""

    def take_in(*paths, workers=0, **options):
        with open_archive(folder, group=IMPORT_GROUP) as archive:
            return list(
                import_files(
                    [str(each) for each in paths],
                    archive,
                    folder,
                    now=lambda: NOW,
                    workers=workers,
                    **options,
                )
            )

    return take_in


@pytest.fixture
def held(folder):
    """Return the documents that the archive holds, by address."""

    def documents():
        with open_archive(folder, read_only=True) as archive:
            return {version.url: archive.document(version) for version in archive.versions()}

    return documents


def unread(piece, **_):
    raise AssertionError(f"{piece.name} was read")


def outcomes(imported):
    return [each.outcome or each.failure.kind for each in imported if isinstance(each, Imported)]


def html(town):
    return PAGE.format(town, TEXT.format(town), MORE)


def test_every_kind_of_file_goes_in_as_it_came(write, take, held, folder, tmp_path):
    line = json.dumps({"id": "r1", "text": TEXT.format("Ossel"), "published": "2024-03-05"})
    files = {
        "in/page.html": html("Tarn").encode(),
        "in/note.txt": TEXT.format("Dohn").encode(),
        "in/brief.pdf": pdf(TEXT.format("Zelen")),
        "in/alert.eml": mail(TEXT.format("Oudra"), number=1),
        "in/alerts.mbox": mbox(mail(TEXT.format("Sarrat"), number=2)),
        "in/news.jsonl": line.encode() + b"\n",
        "in/table.csv": f'id,text,link\nr2,"{TEXT.format("Hadrin")}",https://t.example/2\n'.encode(),
        "in/crawl.warc.gz": warc(record("https://t.example/3", html("Belisk").encode())),
    }
    for name, raw in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    found = take(tmp_path / "in", workers=1)
    assert outcomes(found) == [Outcome.NEW] * 8
    documents = held()
    assert set(documents) == {
        "file:in/page.html", "file:in/note.txt", "file:in/brief.pdf", "mid:m1@tarn.example",
        "mid:m2@tarn.example", "file:in/news.jsonl#r1", "file:in/table.csv#r2", "https://t.example/3",
    }  # fmt: skip
    assert documents["file:in/page.html"].id == "file:in/page.html"
    assert documents["file:in/news.jsonl#r1"].id == "r1"
    assert documents["file:in/news.jsonl#r1"].basis is DateBasis.GIVEN
    assert documents["file:in/table.csv#r2"].url == "https://t.example/2"
    assert documents["https://t.example/3"].title == "Market shelled in Belisk"
    with open_archive(folder, read_only=True) as archive:
        bodies = {capture.url: archive.body(capture.body) for capture in archive.captures()}
        moments = {capture.url: capture.captured_at for capture in archive.captures()}
    assert bodies["file:in/brief.pdf"] == files["in/brief.pdf"]
    assert bodies["file:in/news.jsonl#r1"].strip() == line.encode()
    assert json.loads(bodies["file:in/table.csv#r2"]) == {
        "id": "r2", "text": TEXT.format("Hadrin"), "link": "https://t.example/2",
    }  # fmt: skip
    assert bodies["https://t.example/3"] == html("Belisk").encode()
    assert moments["https://t.example/3"] == dt.datetime(2031, 3, 5, 9, tzinfo=dt.UTC)
    assert moments["mid:m1@tarn.example"] == dt.datetime(2019, 3, 6, 4, 30, tzinfo=dt.UTC)


def test_a_second_run_reads_nothing_again(write, take, held, monkeypatch):
    paths = (
        write("in/page.html", html("Tarn")),
        write("in/alerts.mbox", mbox(mail(TEXT.format("Sarrat"), number=2))),
        write("in/scan.pdf", pdf()),
        write("in/news.jsonl", [{"text": TEXT.format("Ossel")}, {"text": ""}]),
    )
    first = outcomes(take(*paths))
    assert first == [
        Outcome.NEW, Outcome.NEW, FailureKind.NO_ARTICLE, Outcome.NEW, FailureKind.NO_ARTICLE,
    ]  # fmt: skip
    before = held()
    monkeypatch.setattr(importing, "read_or_tell", unread)
    assert outcomes(take(*paths[:3])) == [Outcome.KNOWN] * 3
    monkeypatch.undo()
    os.utime(paths[3], (1, 1))  # copied since, with the same content
    assert outcomes(take(*paths)) == [Outcome.KNOWN] * 5
    assert held() == before


def test_a_file_that_has_grown_gives_what_is_new(write, take):
    lines = [{"id": str(n), "text": TEXT.format(f"Tarn {n}")} for n in range(3)]
    take(write("news.jsonl", lines[:2]))
    assert outcomes(take(write("news.jsonl", lines))) == [Outcome.KNOWN, Outcome.KNOWN, Outcome.NEW]
    box = [mail(TEXT.format(f"Ossel {n}"), number=n) for n in range(3)]
    take(write("alerts.mbox", mbox(*box[:2])))
    assert outcomes(take(write("alerts.mbox", mbox(*box)))) == [Outcome.KNOWN, Outcome.KNOWN, Outcome.NEW]


def test_a_text_that_changed_is_a_new_version(write, take, held):
    path = write("page.html", html("Tarn"))
    take(path)
    path = write("page.html", html("Tarn").replace("12 people", "14 people"))
    os.utime(path, (2_000_000_000, 2_000_000_000))
    assert outcomes(take(path)) == [Outcome.CHANGED]
    [document] = held().values()
    assert "14 people" in document.text


def test_the_same_address_at_two_moments_is_recorded_twice(write, take):
    moments = ("2031-03-05T09:00:00Z", "2031-03-06T09:00:00Z", "2031-03-07T09:00:00Z")
    texts = (html("Tarn"), html("Tarn"), html("Tarn").replace("12 people", "14 people"))
    records = [
        record("https://t.example/1", text.encode(), date=moment)
        for text, moment in zip(texts, moments, strict=True)
    ]
    path = write("crawl.warc", warc(*records, packed=False))
    assert outcomes(take(path)) == [Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED]
    assert outcomes(take(path)) == [Outcome.KNOWN] * 3


def test_a_report_in_another_language_is_kept_with_its_language(write, take, held):
    french = (
        "Le ministre a déclaré mardi que douze civils avaient été tués dans une frappe contre un marché. " * 3
    )
    take(
        write("a.html", f"<html><body><article><p>{french}</p></article></body></html>"),
        write("b.txt", french),
    )
    assert [document.language for document in held().values()] == ["fr", "fr"]


def test_what_fails_is_kept_and_listed(write, take, folder):
    path = write(
        "crawl.warc",
        warc(
            record("https://t.example/1", b"<title>404</title><p>Nothing is here any more.</p>"), packed=False
        ),
    )
    cut = write("cut.warc", warc(record("https://t.example/2", html("Tarn").encode()), packed=False)[:-90])
    nowhere = folder.parent / "nowhere.txt"
    found = take(path, cut, nowhere)
    assert outcomes(found) == [FailureKind.NO_ARTICLE, FailureKind.BROKEN, FailureKind.BROKEN]
    with open_archive(folder, read_only=True) as archive:
        listed = {failure.name: failure.reason for failure in archive.failures(standing=True)}
        [capture] = archive.captures()
        assert archive.body(capture.body).startswith(b"<title>404")
    assert set(listed) == {"https://t.example/1", f"file:{folder.parent.name}/cut.warc"}
    assert "is an error page in place of an article" in listed["https://t.example/1"]
    assert "breaks off" in listed[f"file:{folder.parent.name}/cut.warc"]
    assert found[-1].failure.reason.startswith("does not exist")


def test_lists_of_addresses_are_kept_for_fetching(write, take, folder):
    stories = [f"https://news.example/{n}" for n in range(4)]
    gdelt = "".join(f"{n}\t20240305\t{story}\n" for n, story in enumerate(stories))
    found = take(write("events.export.CSV", gdelt), write("more.txt", "\n".join(stories)))
    assert [(each.added, each.known) for each in found if isinstance(each, Addresses)] == [(4, 0), (0, 4)]
    assert (folder / "addresses.txt").read_text("utf-8").split() == stories


def test_what_the_user_says_fills_what_is_missing(write, take, held):
    lines = "Tag;Text\n03/05/2024;" + TEXT.format("Tarn") + "\n"
    columns = Columns(names={"published": "Tag", "text": "Text"}, date_form="%m/%d/%Y")
    take(write("a.csv", lines), write("b.txt", TEXT.format("Dohn")), columns=columns, outlet="Tarn Post",
         published=dt.date(2019, 3, 5))  # fmt: skip
    by_outlet = {(document.published, document.basis, document.outlet) for document in held().values()}
    assert by_outlet == {
        (dt.date(2024, 3, 5), DateBasis.GIVEN, "Tarn Post"),
        (dt.date(2019, 3, 5), DateBasis.GIVEN, "Tarn Post"),
    }


def test_a_packed_page_is_kept_packed_and_read_unpacked(write, take, held, folder):
    packed = gzip.compress(html("Tarn").encode(), mtime=0)
    page = record("https://t.example/1", packed, headers="Content-Encoding: gzip\r\n")
    take(write("a.warc", warc(page, packed=False)))
    assert held()["https://t.example/1"].title == "Market shelled in Tarn"
    with open_archive(folder, read_only=True) as archive:
        [capture] = archive.captures()
        assert archive.body(capture.body) == packed
        assert ("Content-Encoding", "gzip") in capture.response_headers


SCRIPT = """
import datetime as dt, sys
from pathlib import Path
from cairn.documents import import_files, open_archive
if __name__ == "__main__":
    folder = Path(sys.argv[2])
    with open_archive(folder, group=8) as archive:
        moment = dt.datetime(2031, 3, 6, tzinfo=dt.UTC)
        for each in import_files([sys.argv[1]], archive, folder, now=lambda: moment, workers=1):
            print(each.outcome, flush=True)
"""


def test_a_run_that_was_killed_goes_on_without_doubles(tmp_path, folder):
    made = list(make_pages(60))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc(*(record(f"https://t.example/{n}", page.raw) for n, page in enumerate(made))))
    script = tmp_path / "run.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, str(script), str(path), str(folder)]
    for lines in (9, 12):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:  # noqa: S603
            for _ in range(lines):
                assert run.stdout.readline().strip() in ("new", "known")
            run.send_signal(signal.SIGKILL)
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)  # noqa: S603
    told = done.stdout.split()
    assert len(told) == 60
    assert told.count("known") >= 8
    assert set(told) == {"new", "known"}
    with open_archive(folder, read_only=True) as archive:
        assert sorted(capture.url for capture in archive.captures()) == sorted(
            f"https://t.example/{n}" for n in range(60)
        )
        for version in archive.versions():
            assert archive.document(version).text
