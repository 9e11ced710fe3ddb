"""Splits: cut or whole, the same pieces come out, each once and in order."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.documents import Piece, Split, find_splits, load_documents, open_split, splits
from cairn.documents.files import open_pieces
from cairn.documents.inputs import find_inputs
from cairn.errors import InputError
from cairn.records import Document, Skipped


def whole(path: Path) -> list[object]:
    return [piece for entry in find_inputs([str(path)]) for piece in open_pieces(entry)]


def cut(path: Path) -> list[Split]:
    return [split for split in find_splits([str(path)]) if isinstance(split, Split)]


def plain(pieces: list[object]) -> list[tuple[str, str, bytes]]:
    return [(piece.id, piece.name, piece.body) for piece in pieces if isinstance(piece, Piece)]


@given(lines=st.lists(st.sampled_from([b"{}", b"", b'{"a": 1}', b"x" * 40]), max_size=40), end=st.booleans())
def test_lines_that_are_cut_are_the_lines(lines: list[bytes], end: bool, tmp_path_factory) -> None:
    path = tmp_path_factory.mktemp("lines") / "news.jsonl"
    path.write_bytes(b"\n".join(lines) + (b"\n" if end else b""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splits, "SPLIT_BYTES", 32)
        found = cut(path)
        assert plain([piece for split in found for piece in open_split(split)]) == plain(whole(path))
    assert len(found) == 1 or all(split.stretch for split in found)
    assert [split.number for split in found] == list(range(len(found)))


def test_groups_of_rows_are_read_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.parquet"
    rows = [{"body": f"Report {number} of the day.", "date": "2031-03-05", "more": 1} for number in range(50)]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=7)
    monkeypatch.setattr(splits, "SPLIT_BYTES", 1)
    monkeypatch.setattr(splits, "SPLIT_ROWS", 10)
    found = cut(path)
    assert len(found) == 4
    pieces = [piece for split in found for piece in open_split(split)]
    assert plain(pieces) == plain(whole(path))
    assert pieces[-1].id == "news:50"
    documents = list(load_documents([str(path)]))
    assert [each.text for each in documents if isinstance(each, Document)] == [row["body"] for row in rows]
    assert str(documents[0].published) == "2031-03-05"


@pytest.mark.parametrize("content", [b"PAR1 and no more PAR1", b"text"])
def test_what_is_no_parquet_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(content)
    [skipped] = load_documents([str(tmp_path / "bad.parquet")])
    assert isinstance(skipped, Skipped)
    assert "is no Parquet file, or a damaged one" in skipped.reason


def test_files_of_one_report_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}.")
    (tmp_path / "lines.jsonl").write_text(json.dumps({"text": "A report."}) + "\n")
    monkeypatch.setattr(splits, "SPLIT_FILES", 2)
    found = list(find_splits([str(tmp_path), str(tmp_path / "none.txt")]))
    assert [len(split.entries) for split in found if isinstance(split, Split)] == [2, 2, 1, 1]
    assert len({(split.base, split.number) for split in found if isinstance(split, Split)}) == 4
    assert isinstance(found[-1], Skipped)


def test_standard_input_cannot_be_cut() -> None:
    with pytest.raises(InputError, match="save it to a file first"):
        list(find_splits(["-"]))
