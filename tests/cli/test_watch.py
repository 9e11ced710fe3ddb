"""``cairn watch --ledger``: what is new is read before the next round begins, and a stop loses nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cairn.cli import watch
from cairn.cli.shared import now
from cairn.documents import Outside, open_archive
from cairn.pipeline import Tools, read_documents
from loopback_site import Page, Site, serve
from running import Run, runner

TEXT = "At least {} people were killed on Monday when shells hit a market in Kano, police said."
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Shells hit market</title></head><body><article>'
    "<h1>Shells hit market</h1><p>At least {} people were killed in Kano on Wednesday when shells hit the "
    "market, police said.</p><p>Thirty others were wounded, according to the hospital, which asked for blood "
    "in the evening.</p></article></body></html>"
)


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, tools: Tools
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(watch, "choose_reader", lambda *_: partial(read_documents, tools=tools))
    return runner(monkeypatch, capsys, columns=200)


def put(path: Path, text: str, *, age: float = 60) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    written = now().timestamp() - age
    os.utime(path, (written, written))


def between_rounds(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]) -> None:
    left = iter(steps)
    monkeypatch.setattr(watch, "Outside", partial(Outside, sleep=lambda _: next(left)()))


def added(told: str) -> list[str]:
    return [line for line in told.splitlines() if " added with " in line]


def test_a_folder_is_read_file_by_file_as_they_appear(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    put(inbox / "first.txt", TEXT.format(3))
    put(inbox / "broken.jsonl", "no JSON\n")

    def second() -> None:
        put(inbox / "second.txt", TEXT.format(4))
        put(inbox / "first.txt", TEXT.format(5))
        put(inbox / "half.txt", "At least", age=0)

    between_rounds(monkeypatch, second, lambda: put(inbox / "half.txt", TEXT.format(6)), lambda: None)
    ended = run("watch", inbox, "--ledger", "cairn.db", "--rounds", "4", "--every", "1")
    assert ended.code == 0, ended.err
    assert added(ended.err) == [
        "1 document added with 1 claim and 1 event, 1 skipped",
        "2 documents added with 2 claims and 2 events, 0 skipped",
        "1 document added with 1 claim and 1 event, 0 skipped",
    ]
    assert "skipped: inbox/broken.jsonl" in ended.err.replace(f"{tmp_path}/", "")


def test_an_empty_folder_is_waited_for(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    between_rounds(monkeypatch, lambda: put(tmp_path / "inbox" / "first.txt", TEXT.format(3)))
    ended = run("watch", "inbox", "--ledger", "cairn.db", "--rounds", "2")
    assert (ended.code, added(ended.err)) == (0, ["1 document added with 1 claim and 1 event, 0 skipped"])


def test_a_folder_needs_a_ledger(run: Run, tmp_path: Path) -> None:
    ended = run("watch", tmp_path, "--once")
    assert (ended.code, len(ended.error_lines)) == (2, 1)
    assert "--ledger" in ended.err


def test_a_stop_keeps_what_was_read_and_the_next_run_goes_on(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tools: Tools
) -> None:
    for number in range(3):
        put(tmp_path / "inbox" / f"r{number}.txt", TEXT.format(number + 3))

    def one_and_stop(documents: object) -> Iterator[object]:
        yield next(read_documents(documents, tools))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as stopping:
        stopping.setattr(watch, "choose_reader", lambda *_: one_and_stop)
        ended = run("watch", "inbox", "--ledger", "cairn.db", "--once")
    assert ended.code == 130
    assert added(ended.err) == ["1 document added with 1 claim and 1 event, 0 skipped"]
    assert "holds 1 claim that stand in 1 incident" in ended.err
    again = run("watch", "inbox", "--ledger", "cairn.db", "--once")
    assert added(again.err) == ["2 documents added with 2 claims and 2 events, 1 known already, 0 skipped"]


def test_a_stop_between_rounds_is_no_fault(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put(tmp_path / "inbox" / "first.txt", TEXT.format(3))

    def stop() -> None:
        raise KeyboardInterrupt

    between_rounds(monkeypatch, stop)
    ended = run("watch", "inbox", "--ledger", "cairn.db")
    assert (ended.code, len(added(ended.err))) == (0, 1)


def test_what_feeds_bring_is_read_and_so_is_what_was_captured_before(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serve() as site:
        first = site.put("/first", PAGE.format(12), "127.0.0.1")
        feeds = feed_of(site, tmp_path, first)
        ended = run("watch", feeds, "--once", "--allow-private")
        assert (ended.code, added(ended.err)) == (0, [])

        def second() -> None:
            feed_of(site, tmp_path, first, site.put("/second", PAGE.format(15), "127.0.0.1"))

        ask = watch.open_asker

        def asker(contact: str | None, allow_private: bool) -> object:
            visitor = ask(contact, allow_private)
            outside = replace(visitor.outside, sleep=lambda seconds: seconds > 60 and second())
            return replace(visitor, outside=outside)

        monkeypatch.setattr(watch, "open_asker", asker)
        ended = run("watch", feeds, "--ledger", "cairn.db", "--rounds", "2", "--allow-private")
    assert ended.code == 0, ended.err
    assert [line.split(" with ")[0] for line in added(ended.err)] == ["1 document added", "1 document added"]
    with open_archive(tmp_path / "cairn-archive", read_only=True) as archive:
        assert archive.count_latest() == 2


def feed_of(site: Site, folder: Path, *links: str) -> str:
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    raw = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    feed = site.put("/rss.xml", Page(body=raw.encode(), media_type="application/rss+xml"), "127.0.0.1")
    (folder / "feeds.txt").write_text(f"{feed} Kano Herald\n", encoding="utf-8")
    return "feeds.txt"
