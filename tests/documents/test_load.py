import datetime as dt
import io
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cairn.documents import count_inputs, load_documents
from cairn.records import Document, Skipped

DAY, OTHER_DAY = dt.date(2024, 3, 5), dt.date(2021, 7, 8)


def test_what_the_user_says_fills_what_is_missing(write, load, report):
    text = write("a.txt", report)
    lines = write("b.jsonl", [{"id": "b", "text": report, "published": "2024-03-05", "outlet": "Tarn Post"}])
    first, second = load(text, lines, published=OTHER_DAY, outlet="Other")
    assert (first.published, first.outlet) == (OTHER_DAY, "Other")
    assert (second.published, second.outlet) == (DAY, "Tarn Post")


def test_nothing_is_read_before_it_is_asked_for(write, report):
    outcomes = load_documents([str(write("a.txt", report)), "-"], stdin=io.BytesIO())
    assert next(outcomes).id == "a"


@pytest.mark.parametrize(
    ("given_bytes", "ids"),
    [
        (b"Twelve people were killed.", ["stdin"]),
        (b'{"id": "a", "text": "Twelve dead."}\n{"id": "b", "text": "Two dead."}\n', ["a", "b"]),
        (b'\xef\xbb\xbf\n \n{"id": "a", "text": "Twelve dead."}', ["a"]),
        (b'{\n "id": "a",\n "text": "Twelve dead."\n}\n', ["a"]),
        (b"{Tarn} Twelve people were killed.\nThe end.", ["stdin"]),
    ],
)
def test_standard_input_is_lines_or_text(given_bytes, ids, load):
    assert [each.id for each in load("-", stdin=io.BytesIO(given_bytes))] == ids


def test_standard_input_as_text_is_kept_as_it_stands(load_one):
    text = "\n\n Twelve dead.\r\nThe end.\n"
    assert load_one("-", stdin=io.BytesIO(text.encode())) == Document(id="stdin", text=text)


def test_standard_input_in_small_pieces_is_read_to_its_end(load_one, report):
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.rest = report.encode()

        def readable(self):
            return True

        def readinto(self, buffer):
            piece, self.rest = self.rest[:7], self.rest[7:]
            buffer[: len(piece)] = piece
            return len(piece)

    assert load_one("-", stdin=Pipe()).text == report


def test_bad_standard_input_is_one_line(reason):
    closed = io.BytesIO()
    closed.close()
    assert "standard input is closed" in reason("-", stdin=closed)
    assert "standard input is empty" in reason("-", stdin=io.BytesIO())
    assert "standard input starts with more than" in reason("-", stdin=io.BytesIO(b"x" * 20_000_000))
    assert "standard input is larger than" in reason("-", stdin=io.BytesIO(b"word\n" * 3_000_000))


def test_counts_are_cheap_estimates(write, report, tmp_path):
    write("a.txt", report)
    write("b.jsonl", [{"id": "a", "text": report}] * 3)
    assert count_inputs([str(tmp_path), "nowhere"]) == 5
    assert count_inputs([str(tmp_path), "-"]) is None
    assert count_inputs([str(write("c.jsonl.gz", []))]) is None


def test_a_long_file_is_counted_from_its_start(write, report):
    line = json.dumps({"id": "a", "text": "war " * 250}) + "\n"
    total = 40_000_000 // len(line)
    assert count_inputs([str(write("long.jsonl", line * total))]) == pytest.approx(total, rel=0.01)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.jsonl.gz", "-"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=300)
    | st.text(max_size=200).map(str.encode)
    | st.lists(
        st.sampled_from(
            [b"<p>", b"</div>", b"<html", b'{"text": "', b'"}', b"\n", b"\xff", b"dead ", b"&#0;"]
        )
    ).map(b"".join)
)
@example(content=b"\xff\xfe\x00\xd8")
@example(content=b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff")
def test_any_bytes_are_read_or_refused(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    outcomes = list(load_documents(["-" if name == "-" else str(path)], stdin=io.BytesIO(content)))
    assert outcomes
    for outcome in outcomes:
        assert isinstance(outcome, Document | Skipped)
        assert "\n" not in getattr(outcome, "reason", "")
        str(outcome).encode()
        if isinstance(outcome, Document):
            outcome.text.encode()
