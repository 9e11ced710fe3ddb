import os

import pytest

from cairn.documents import load_documents
from cairn.records import Document, Skipped


def ids(outcomes):
    return [outcome.id if isinstance(outcome, Document) else outcome.reason for outcome in outcomes]


def test_a_directory_is_searched_to_the_bottom_in_order(write, load, report, tmp_path):
    for name in ("b.txt", "a.md", "sub/deeper/c.TXT", ".hidden.txt", ".git/d.txt", "image.png", "notes.docx"):
        write(name, report)
    assert ids(load(tmp_path)) == ["a", "b", "c"]


def test_paths_are_read_in_the_order_given(write, load, report):
    assert ids(load(write("b.txt", report), write("a.txt", report))) == ["b", "a"]


def test_files_with_one_stem_are_told_apart_by_their_paths(write, load, report):
    first, second, other = write("x/day.txt", report), write("y/day.txt", report), write("y/eve.txt", report)
    assert ids(load(first, second, other)) == [first.as_posix(), second.as_posix(), "eve"]


def test_a_file_reached_twice_is_read_once(write, load, report, tmp_path):
    file = write("a.txt", report)
    assert ids(load(file, tmp_path, file)) == ["a"]


def test_a_directory_without_texts_says_what_it_passed_over(write, reason, report, tmp_path):
    write("a.png", report)
    write("b.docx", report)
    assert "directory with nothing to read; 2 of other kinds passed over; expected a .txt" in reason(tmp_path)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("nowhere.txt", "nowhere.txt does not exist; check the spelling"),
        ("", "(no name) does not exist"),
        ("nul\0.txt", "cannot be opened (embedded null byte)"),
        ("red\x1b[31m.txt", "red\ufffd[31m.txt does not exist"),
        ("lone\udcff.txt", "lone\ufffd.txt does not exist"),
    ],
)
def test_a_path_that_leads_nowhere_is_one_line(path, found, reason):
    assert found in reason(path)


def test_a_file_of_another_kind_is_named(write, reason, report):
    assert "report.docx is of a kind (.docx) that is not read; expected a .txt" in reason(
        write("report.docx", report)
    )
    assert "is of a kind (no suffix) that is not read" in reason(write("report", report))


def test_a_pipe_is_not_waited_for(tmp_path, reason, load):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "is no regular file" in reason(tmp_path / "pipe.txt")
    assert "nothing to read; 1 of other kinds" in reason(tmp_path)


def test_a_link_to_itself_is_one_line(tmp_path, reason):
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert "loop.txt cannot be opened (" in reason(tmp_path / "loop.txt")


def test_a_directory_that_links_to_itself_ends(write, load, report, tmp_path):
    write("a.txt", report)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert ids(load(tmp_path)) == ["a"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_without_permission_is_one_line(write, reason, report):
    file = write("a.txt", report)
    file.chmod(0)
    assert "a.txt cannot be read (permission denied); check the file and its permissions" in reason(file)


def test_a_file_that_vanishes_before_its_turn_is_one_line(write, report):
    first, second = write("a.txt", report), write("b.txt", report)
    outcomes = load_documents([str(first), str(second)])
    assert isinstance(next(outcomes), Document)
    second.unlink()
    [skipped] = outcomes
    assert isinstance(skipped, Skipped)
    assert "b.txt cannot be read (no such file or directory)" in skipped.reason
