"""Opening: what is refused, what is mended and told, what is made again; one writer, readers at any time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cairn.documents.archive import Archive, open_archive, opening
from cairn.errors import ArchiveError, RecordError
from documents.archive.factory import URL, capture, document, failure, hours

LINES = 12


def fill(
    folder: Path,
    first: int = 0,
    last: int = LINES,
    *,
    group: int = 1,
    before: Callable[[int], None] = lambda number: None,
) -> None:
    """Record captures of one address, each with other words; ``before`` is called with each one's number."""
    with open_archive(folder, group=group) as archive:
        for number in range(first, last):
            before(number)
            body = f"body {number}".encode()
            archive.keep(capture(body, hour=number), body, document(f"{number} killed."))


def texts(archive: Archive) -> list[str]:
    return [archive.document(version).text for version in archive.versions(URL)]


def told(first: int = 0, last: int = LINES) -> list[str]:
    return [f"{number} killed." for number in range(first, last)]


# --- what is refused ----------------------------------------------------------------------------------


def a_file(folder: Path) -> None:
    folder.write_text("not a folder")


def a_folder_of_something_else(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.docx").write_text("mine")


def another_log(folder: Path) -> None:
    folder.mkdir()
    (folder / "log.jsonl").write_text('{"level": "info"}\n')


def an_empty_log(folder: Path) -> None:
    folder.mkdir()
    (folder / "log.jsonl").touch()


def a_later_form(folder: Path) -> None:
    folder.mkdir()
    (folder / "log.jsonl").write_text('{"is": "archive", "format": 99}\n')


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (a_file, "is a file; an archive is a folder"),
        (a_folder_of_something_else, r"is no archive: it holds thesis\.docx and no log\.jsonl"),
        (another_log, "is no log of an archive"),
        (an_empty_log, "is no log of an archive"),
        (a_later_form, "of form 99, and form 1 can be read; update cairn"),
    ],
)
def test_a_folder_that_is_something_else_is_refused_and_left_alone(
    make: Callable[[Path], None], message: str, folder: Path
) -> None:
    make(folder)
    before = sorted(path.name for path in folder.parent.rglob("*"))
    with pytest.raises(ArchiveError, match=message) as refused:
        open_archive(folder)
    assert "\n" not in str(refused.value)
    added = {path.name for path in folder.parent.rglob("*")} - set(before)
    assert added <= {"lock"}


def test_nothing_is_made_by_reading(folder: Path) -> None:
    with pytest.raises(ArchiveError, match=r"there is no archive in .*; name its folder with --archive"):
        open_archive(folder, read_only=True)
    assert not folder.exists()


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match=r"cannot (read|write)"):
        open_archive(tmp_path / "file" / "archive")


def test_a_second_writer_is_refused_and_the_first_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_PATIENCE_SECONDS", 0.05)
    with open_archive(folder) as archive:
        with pytest.raises(ArchiveError, match="another cairn is writing to the archive"):
            open_archive(folder)
        archive.fail(failure())
    with open_archive(folder) as archive:
        assert len(list(archive.failures())) == 1


def test_what_is_open_for_reading_is_not_written(folder: Path) -> None:
    fill(folder)
    with open_archive(folder, read_only=True) as archive:
        for write in (
            lambda: archive.keep(capture(b"x"), b"x", None),
            lambda: archive.fail(failure()),
            lambda: archive.confirm(URL, hours(0)),
        ):
            with pytest.raises(RecordError, match="for reading only"):
                write()


# --- one writer, many readers -------------------------------------------------------------------------


def test_readers_see_the_last_commit_while_a_writer_writes(folder: Path) -> None:
    fill(folder, 0, 2)
    with open_archive(folder, group=100) as writer, open_archive(folder, read_only=True) as reader:
        for number in (2, 3):
            body = f"body {number}".encode()
            writer.keep(capture(body, hour=number), body, document(f"{number} killed."))
            assert texts(writer) == told(0, number + 1)
            assert writer.body(capture(body).body) == body
            assert texts(reader) == told(0, 2)
            with open_archive(folder, read_only=True) as late:
                assert texts(late) == told(0, 2)
        writer.commit()
        assert texts(reader) == told(0, 4)


def test_an_error_in_a_run_loses_nothing_recorded_before_it(folder: Path) -> None:
    def stop(number: int) -> None:
        if number == LINES:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(folder, last=2 * LINES, before=stop, group=100)
    with open_archive(folder, read_only=True) as archive:
        assert texts(archive) == told()


def test_a_full_disk_is_one_line_and_what_was_recorded_before_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder, 0, 3)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with open_archive(folder) as archive:
        with monkeypatch.context() as patch:
            patch.setattr("cairn.documents.archive.log.os.fsync", full)
            with pytest.raises(ArchiveError, match=r"No space left on device; 1 unwritten record"):
                archive.keep(capture(b"x", hour=5), b"x", document("x"))
        assert texts(archive) == told(0, 3)
        archive.keep(capture(b"y", hour=6), b"y", document("3 killed."))
    with open_archive(folder) as archive:
        assert (texts(archive), archive.notices) == (told(0, 4), ())


# --- what is mended and told --------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [1, 2, 50, 400])
@pytest.mark.parametrize("read_first", [True, False])
def test_a_line_cut_off_in_writing_is_set_aside(folder: Path, cut: int, read_first: bool) -> None:
    fill(folder)
    log = folder / "log.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole[:-cut])
    if read_first:
        with open_archive(folder, read_only=True) as archive:
            assert texts(archive) == told(0, LINES - 1)
    with open_archive(folder) as archive:
        assert texts(archive) == told(0, LINES - 1)
        [notice] = archive.notices
    assert "was cut off" in notice
    [torn] = (folder / "set-aside").iterdir()
    assert log.read_bytes() + torn.read_bytes() == whole[:-cut]
    fill(folder)  # the rerun
    with open_archive(folder) as archive:
        assert (texts(archive), archive.notices) == (told(), ())


def test_a_damaged_line_costs_itself_alone_and_is_told(folder: Path) -> None:
    fill(folder)
    log = folder / "log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b"{", b"\0", 1)
    lines[5] = b'{"is":"capture","id":"x"}\n'
    log.write_bytes(b"".join(lines))
    (folder / "index.sqlite").unlink()
    for read_only in (False, True):
        with open_archive(folder, read_only=read_only) as archive:
            assert texts(archive) == [text for text in told() if text[0] not in "24"]
            assert len(archive.notices) == 2
            assert all("is passed over, restore it from a backup" in notice for notice in archive.notices)


def lose(folder: Path) -> None:
    for path in folder.glob("index.sqlite*"):
        path.unlink()


def spoil(folder: Path) -> None:
    (folder / "index.sqlite").write_bytes(b"no database at all" * 1000)


def age(folder: Path) -> None:
    with sqlite3.connect(folder / "index.sqlite") as database:
        database.execute("PRAGMA user_version = 0")
    database.close()


def swap(folder: Path) -> None:
    """Put the index of another archive in its place."""
    other = folder.parent / "other"
    with open_archive(other) as archive:
        for number in range(3):
            archive.fail(failure(f"https://other.example/{number}"))
    (folder / "index.sqlite").write_bytes((other / "index.sqlite").read_bytes())


def restore(folder: Path) -> None:
    """Put an older log in place of the one that is indexed."""
    log = folder / "log.jsonl"
    kept = log.read_bytes()
    fill(folder, LINES, LINES + 3)
    log.write_bytes(kept)


@pytest.mark.parametrize("harm", [lose, spoil, age, swap, restore])
@pytest.mark.parametrize("read_only", [True, False])
def test_an_index_that_is_not_the_logs_is_made_again(
    folder: Path, harm: Callable[[Path], None], read_only: bool
) -> None:
    fill(folder)
    harm(folder)
    with open_archive(folder, read_only=read_only) as archive:
        assert (texts(archive), archive.notices) == (told(), ())


@pytest.mark.parametrize("read_only", [True, False])
def test_an_index_that_is_damaged_inside_is_one_line_that_says_what_to_do(
    folder: Path, read_only: bool
) -> None:
    fill(folder, last=40)
    index = folder / "index.sqlite"
    raw = bytearray(index.read_bytes())
    raw[2 * 4096 :] = b"\xff" * (len(raw) - 2 * 4096)
    index.write_bytes(raw)
    with (
        pytest.raises(ArchiveError, match=r"index.* delete index\.sqlite") as told_so,
        open_archive(folder, read_only=read_only) as archive,
    ):
        texts(archive)
    assert "\n" not in str(told_so.value)
    index.unlink()
    with open_archive(folder, read_only=read_only) as archive:
        assert texts(archive) == told(last=40)


def test_making_an_index_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_LINES_A_STEP", 5)
    fill(folder)
    lose(folder)
    progress: list[str] = []
    with open_archive(folder, progress=progress.append) as archive:
        assert texts(archive) == told()
    assert len(progress) == 2
    assert all(line.startswith("indexing the archive: ") for line in progress)


@pytest.mark.parametrize("harm", [None, lose])
def test_an_archive_on_a_disk_that_cannot_be_written_is_read(
    folder: Path, harm: Callable[[Path], None] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder)
    if harm:
        harm(folder)
    before = sorted(path.name for path in folder.iterdir())
    monkeypatch.setattr(opening.os, "access", lambda *_: False)
    with open_archive(folder, read_only=True) as archive:
        assert texts(archive) == told()
    assert sorted(path.name for path in folder.iterdir()) == before


def test_the_log_is_plain_lines_that_only_grow(folder: Path) -> None:
    fill(folder, 0, 3)
    before = (folder / "log.jsonl").read_bytes()
    fill(folder, 3, 6)
    after = (folder / "log.jsonl").read_bytes()
    assert after.startswith(before)
    found = [json.loads(line) for line in after.splitlines()]
    assert [each["is"] for each in found] == ["archive", *["capture"] * 6]
    assert found[1]["url"] == URL
