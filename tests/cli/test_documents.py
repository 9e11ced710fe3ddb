"""``cairn documents``, ``cairn versions``, ``cairn archive export``: what a recorder types and sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cairn.documents import open_archive
from cairn.records import FailureKind
from documents.archive.factory import URL, capture, document, failure
from running import Run, runner

OTHER = "https://other.example/kel"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line in this process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    return runner(monkeypatch, capsys, columns=120)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    folder = tmp_path / "cairn-archive"
    with open_archive(folder) as archive:
        for hour, toll in enumerate(["12", "12", "19"]):
            body = f"<p>{toll} {hour}</p>".encode()
            text = f"A blast killed {toll} people in Tarn. Schools closed."
            archive.keep(capture(body, hour=hour), body, document(text, title=f"{toll} killed"))
        archive.keep(capture(b"kel", url=OTHER, hour=9), b"kel", document("Two people fled.", title="Kel"))
        archive.keep(capture(b"wall", url="https://wall.example/", hour=3), b"wall", None)
        archive.fail(failure("https://wall.example/", hour=3, kind=FailureKind.NO_ARTICLE))
    return folder


def lines(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


@pytest.mark.usefixtures("filled")
def test_documents_are_listed_the_newest_last(run: Run) -> None:
    ended = run("documents")
    assert ended.code == 0
    assert ended.out.index("19 killed") < ended.out.index(OTHER)
    assert ended.err.splitlines() == ["2 documents"]


@pytest.mark.usefixtures("filled")
def test_a_long_list_is_cut_and_says_so(run: Run) -> None:
    ended = run("documents", "--limit", "1")
    assert OTHER in ended.out
    assert URL not in ended.out
    assert ended.err.splitlines() == ["the newest 1 of 2 documents; --limit 2 shows all"]


@pytest.mark.usefixtures("filled")
def test_documents_of_one_site_as_json(run: Run) -> None:
    ended = run("documents", "--address", "https://news.example/", "--format", "json")
    [only] = lines(ended.out)
    assert (only["url"], only["version"], only["title"]) == (URL, 2, "19 killed")


@pytest.mark.usefixtures("filled")
def test_what_failed_is_listed_with_its_reason(run: Run) -> None:
    ended = run("documents", "--failed")
    assert "no article 503" in ended.out
    assert "try again later" in ended.out
    assert ended.err.splitlines() == ["1 address not captured"]
    [only] = lines(run("documents", "--failed", "--format", "json").out)
    assert only["name"] == "https://wall.example/"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("arguments", "closing"),
    [
        (["--address", "https://none"], "no document at addresses that begin with https://none"),
        (
            ["--failed", "--address", "https://none"],
            "nothing failed at addresses that begin with https://none",
        ),
    ],
)
def test_an_empty_list_is_said(run: Run, arguments: list[str], closing: str) -> None:
    ended = run("documents", *arguments)
    assert (ended.code, ended.out, ended.err.strip()) == (0, "", closing)


@pytest.mark.usefixtures("filled")
def test_versions_show_the_toll_that_changed(run: Run) -> None:
    assert "12 → 19" in run("versions", URL).out
    shown = run("versions", URL, "--diff").out
    assert "A blast killed [12 → 19] people in Tarn." in shown
    assert 'figure 12 → 19  "19 people in Tarn"' in shown
    assert [each["version"] for each in lines(run("versions", URL, "--format", "json").out)] == [1, 2]


@pytest.mark.usefixtures("filled")
def test_versions_are_written_as_a_page(run: Run, tmp_path: Path) -> None:
    ended = run("versions", URL, "--format", "html", "-o", "versions.html")
    assert (ended.code, ended.out, ended.err.strip()) == (0, "", "2 versions")
    assert '<ins class="value">19</ins>' in (tmp_path / "versions.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("address", "message"),
    [
        (f"{URL}/", f"{URL}/ was never captured; there is {URL}"),
        ("https://none.example/x", "was never captured; cairn documents lists the addresses that were"),
        ("https://wall.example/", "was captured and gave no article; cairn documents --failed may say why"),
    ],
)
def test_an_address_without_versions_is_one_line(run: Run, address: str, message: str) -> None:
    ended = run("versions", address)
    assert (ended.code, ended.out) == (2, "")
    [line] = ended.err.splitlines()
    assert message in line


@pytest.mark.usefixtures("filled")
def test_an_export_is_written_and_not_overwritten(run: Run, tmp_path: Path) -> None:
    ended = run("archive", "export", "week.wacz")
    assert (ended.code, ended.out, ended.err.strip()) == (0, "", "5 captures written to week.wacz")
    again = run("archive", "export", "week.wacz")
    assert again.code == 2
    assert "is there already" in again.err
    assert run("archive", "export", "one.warc.gz", "--address", URL).err.strip() == (
        "3 captures written to one.warc.gz"
    )
    assert {path.name for path in tmp_path.iterdir()} == {"cairn-archive", "week.wacz", "one.warc.gz"}


@pytest.mark.parametrize(
    "command", [["documents"], ["versions", URL], ["archive", "export", "out.wacz"]], ids=lambda each: each[0]
)
def test_without_an_archive_it_is_one_line(run: Run, command: list[str], tmp_path: Path) -> None:
    ended = run(*command)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[0].startswith(
        "cairn: there is no archive in cairn-archive; name its folder"
    )
    assert not list(tmp_path.iterdir())


def test_what_is_not_in_order_with_the_archive_is_told(run: Run, filled: Path) -> None:
    log = filled / "log.jsonl"
    raw = log.read_bytes().replace(b'{"is":"failure"', b'{"is"!"failure"')
    log.write_bytes(raw)
    (filled / "index.sqlite").unlink()
    ended = run("documents", "--failed")
    assert "is passed over, restore it from a backup" in ended.err
