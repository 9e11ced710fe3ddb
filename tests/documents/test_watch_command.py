"""``cairn fetch`` and ``cairn watch`` as a recorder uses them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cairn.cli import app
from cairn.documents import open_archive
from cairn.errors import InputError
from loopback_site import Page, Site, serve

HERE = "127.0.0.1"
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Shells hit market</title>'
    '<meta property="og:site_name" content="The Herald"></head><body><article><h1>Shells hit market</h1>'
    "<p>At least {number} people were killed in Tarn on Wednesday when shells hit the market, he said.</p>"
    "<p>Thirty others were wounded, according to the hospital, which asked for blood in the evening.</p>"
    "</article></body></html>"
)

Run = Callable[..., Result]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as found:
        yield found


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAIRN_CONTACT", raising=False)

    def run_command(*arguments: str) -> Result:
        result = CliRunner().invoke(app, list(arguments))
        if result.exception and not isinstance(result.exception, SystemExit | InputError):
            raise result.exception
        return result

    return run_command


def list_of(site: Site, tmp_path: Path, *links: str) -> str:
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    raw = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    feed = site.put("/rss.xml", Page(body=raw.encode(), media_type="application/rss+xml"), HERE)
    (tmp_path / "feeds.txt").write_text(f"# Tarn\n{feed} Tarn Herald\n")
    return "feeds.txt"


def test_watch_tells_what_is_new_and_what_changed(site: Site, run: Run, tmp_path: Path) -> None:
    url = site.put("/tarn", PAGE.format(number=12), HERE)
    feeds = list_of(site, tmp_path, url)
    first = run("watch", feeds, "--once", "--allow-private")
    assert first.exit_code == 0
    assert "Shells hit market" in first.stdout
    assert re.search(r"\bnew\b", first.stdout)
    assert "Tarn Herald" in first.stdout
    assert "--contact or CAIRN_CONTACT" in first.stderr
    assert "1 of 1 feed read, 1 new, 0 changed, 0 unchanged, 0 failed; kept in cairn-archive" in first.stderr

    site.put("/tarn", PAGE.format(number=19), HERE)
    second = run("watch", feeds, "--once", "--allow-private", "--all", "--contact", "desk@example.org")
    assert re.search(r"\bchanged\b", second.stdout)
    assert "At least 12 → At least 19" in second.stdout
    assert "contact" not in second.stderr
    with open_archive(tmp_path / "cairn-archive", read_only=True) as archive:
        assert [version.number for version in archive.versions(url)] == [1, 2]


def test_fetch_tells_what_failed_in_one_line_each(site: Site, run: Run, tmp_path: Path) -> None:
    good = site.put("/tarn", PAGE.format(number=12), HERE)
    bad = ["ftp://herald.example/a", "http://10.0.0.1/\x1b[31m", "http://169.254.169.254/"]
    found = run("fetch", good, good, *bad, "--allow-private", "--archive", "here", "--outlet", "Tarn Post")
    assert found.exit_code == 0
    assert "Tarn Post" in found.stdout
    lines = [line for line in found.stderr.splitlines() if line.startswith("failed: ")]
    assert len(lines) == 3
    assert all(line.isprintable() for line in lines)
    assert "1 new, 0 changed, 0 unchanged, 3 failed; kept in here" in found.stderr


def test_a_list_of_addresses_goes_on_where_it_was_left(site: Site, run: Run, tmp_path: Path) -> None:
    first = site.put("/tarn", PAGE.format(number=12), HERE)
    assert run("fetch", first, "--allow-private").exit_code == 0
    second = site.put("/dorn", PAGE.format(number=7), HERE)
    gone = site.url("/gone", HERE)
    (tmp_path / "list.txt").write_text(f"{first}\n{second}\n{second}\n{gone}\n")
    found = run("fetch", "--from", "list.txt", "--allow-private")
    assert "1 new, 0 changed, 0 unchanged, 1 failed, 1 known and not due" in found.stderr
    again = run("fetch", "--from", "list.txt", "--allow-private")
    assert again.exit_code == 0
    assert "0 new, 0 changed, 0 unchanged, 0 failed, 3 known and not due" in again.stderr
    assert site.paths() == ["/tarn", "/dorn", "/gone"]


def test_without_leave_nothing_of_this_machine_is_asked(site: Site, run: Run) -> None:
    found = run("fetch", site.put("/tarn", PAGE.format(number=12), HERE))
    assert found.exit_code == 2
    assert "127.0.0.1, this machine" in found.stderr
    assert site.asked == []


def test_a_run_in_which_nothing_could_be_done_says_so_by_its_code(
    site: Site, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "feeds.txt").write_text(site.url("/none.xml", HERE))
    found = run("watch", "feeds.txt", "--once", "--allow-private")
    assert found.exit_code == 2
    assert "answered 404" in found.stderr
    assert "0 of 1 feed read" in found.stderr


def test_what_cannot_be_used_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text("herald.example\n")
    assert "line 1 starts with" in str(run("watch", "feeds.txt").exception)
    (tmp_path / "good.txt").write_text("https://herald.example/rss\n")
    assert "nothing to fetch" in str(run("fetch").exception)
    assert "cannot read none.txt" in str(run("fetch", "--from", "none.txt").exception)
    assert "cannot be sent" in str(run("watch", "good.txt", "--contact", "a\nb").exception)
