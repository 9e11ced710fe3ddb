import datetime as dt
import gzip
import json

import pytest

from cairn.records import Credit, CreditKind, DateBasis, Document, Skipped

DAY = dt.date(2024, 3, 5)


def test_an_object_a_line_is_a_document_a_line(write, load, report):
    full = {
        "id": "r1",
        "text": report,
        "published": "2024-03-05",
        "outlet": "Tarn Post",
        "title": "Market shelled",
        "url": "https://example.org/1",
        "byline": "Ilse Varga, AFP",
        "set": "tarn",
        "claims": [],
    }
    file = write("news.jsonl", [full, {"id": 2, "text": report, "outlet": None}])
    assert load(file) == [
        Document(
            id="r1",
            text=report,
            published=DAY,
            basis=DateBasis.GIVEN,
            outlet="Tarn Post",
            title="Market shelled",
            url="https://example.org/1",
            byline="Ilse Varga, AFP",
            language="en",
            credits=(Credit(agency="AFP", kind=CreditKind.BYLINE),),
            set="tarn",
        ),
        Document(id="2", text=report, language="en"),
    ]


def test_blank_lines_line_ends_and_marks_do_not_matter(write, load, report):
    lines = [json.dumps({"id": each, "text": report}) for each in "ab"]
    file = write("news.jsonl", "\ufeff" + "\r\n\r\n  \n".join(lines))
    assert [each.id for each in load(file)] == ["a", "b"]


def test_gzipped_lines_are_unpacked(write, load_one, report):
    assert load_one(write("news.jsonl.gz", [{"id": "a", "text": report}])) == Document(
        id="a", text=report, language="en"
    )


def test_an_old_encoding_is_noted(write, load_one):
    document = load_one(
        write("news.jsonl", '{"id": "a", "text": "The café was hit."}'.encode("windows-1252"))
    )
    assert document == Document(id="a", text="The café was hit.", notes=("decoded as windows-1252",))


def test_a_line_without_id_is_named_by_its_place(write, load_one, report):
    document = load_one(write("news.jsonl", [{"text": report}]))
    assert (document.id, document.notes) == ("news:1", ("no id given; named after its file and line",))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[1, 2]", "is a list; expected an object with id, text and published"),
        ('"text"', "is 'text'; expected an object"),
        ("null", "is null; expected an object"),
        ('{"id": "a"', "is not JSON (Expecting ',' delimiter at column"),
        ("plain words", "is not JSON (Expecting value at column 1); expected one object a line"),
        ('{"id": "a"}', "has no 'text'; expected the report as a string"),
        ('{"id": "a", "text": null}', "has null as 'text'; expected"),
        ('{"id": "a", "text": ["x"]}', "has a list as 'text'; expected"),
        ('{"id": "a", "text": " "}', "is empty: no letter or digit"),
        ('{"id": ["a"], "text": "Words."}', "has the id a list; expected a line of printable text"),
        ('{"id": true, "text": "Words."}', "has the id True; expected"),
        ('{"id": "a\\nb", "text": "Words."}', "has the id 'a\\nb'; expected"),
        ('{"id": "a\\ud800", "text": "Words."}', "has the id 'a\\ud800'; expected"),
        ('{"id": "a", "text": "Twelve \\ud83d dead."}', "holds half of a split character (a lone surrogate"),
        ('{"id": "a", "text": "Twelve \\u0000 dead."}', "holds NUL characters"),
        ('{"id": ' + "[" * 100_000 + "}", "is JSON nested too deeply to be a report"),
        ('{"id": ' + "9" * 10_000 + "}", "is JSON with a number too long to be one"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(line, problem, write, load, report):
    good = json.dumps({"id": "good", "text": report})
    first, second = load(write("news.jsonl", f"{line}\n{good}\n"))
    assert isinstance(first, Skipped)
    assert f"news.jsonl, line 1 {problem}" in first.reason
    assert len(first.reason) < 400
    assert second == Document(id="good", text=report, language="en")


def test_a_surrogate_pair_is_one_character(write, load_one):
    assert load_one(write("news.jsonl", '{"id": "a", "text": "Twelve \\ud83d\\ude00."}')).text == "Twelve 😀."


@pytest.mark.parametrize(
    "value", ["yesterday", "2024-13-05", "05/03/2024", 20240305, ["2024-03-05"], "0001-01-01"]
)
def test_a_date_that_is_none_is_noted_and_left_out(value, write, load_one, report):
    document = load_one(write("news.jsonl", [{"id": "a", "text": report, "published": value}]), published=DAY)
    assert document.published is None
    assert document.notes[0].startswith("published is ")
    why = "which may mean two days" if value == "05/03/2024" else "no date such as 2024-05-31"
    assert document.notes[0].endswith(f"{why}; left out")


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-05",
        "2024-03-05T23:30:00-05:00",
        "2024-03-05T00:30:00Z",
        " 2024-03-05 ",
        "20240305",
        "5 March 2024",
        "March 5th, 2024",
        "Tuesday, 5 Mar 2024 at 10:00",
        "05.03.2024",
        "2024/03/05",
        "Tue, 05 Mar 2024 10:00:00 GMT",
        "5-Mar-2024",
    ],
)
def test_a_date_is_the_day_as_written(value, write, load_one, report):
    document = load_one(write("news.jsonl", [{"id": "a", "text": report, "published": value}]))
    assert (document.published, document.notes) == (DAY, ())


@pytest.mark.parametrize("value", [5, ["x"], "two\nlines", "lone \ud800"])
def test_a_label_that_is_none_is_noted_and_left_out(value, write, load_one, report):
    document = load_one(write("news.jsonl", [{"id": "a", "text": report, "title": value}]))
    assert document.title is None
    assert document.notes[0].startswith("title is ")
    document.notes[0].encode()


def test_an_id_is_used_once_in_a_file(write, load, report):
    file = write(
        "news.jsonl", [{"id": "a", "text": report}, {"id": "b", "text": report}, {"id": "a", "text": report}]
    )
    first, second, third = load(file)
    assert (first.id, second.id, third.document_id) == ("a", "b", "a")
    assert "news.jsonl, line 3 has the id a, already used by" in third.reason
    assert third.reason.endswith("news.jsonl, line 1; give each report its own id")


def test_an_id_is_used_once_in_a_run(write, load, report):
    first, second = load(
        write("a.jsonl", [{"id": "x", "text": report}]), write("b.jsonl", [{"id": "x", "text": report}])
    )
    assert first.id == "x"
    assert "b.jsonl, line 1 has the id x, already used by" in second.reason


def test_an_overlong_line_is_passed_over(write, load, report):
    long = json.dumps({"id": "long", "text": "war " * 5_000_000})
    file = write("news.jsonl", f"{long}\n{json.dumps({'id': 'a', 'text': report})}\n{long}")
    first, second, third = load(file)
    assert "news.jsonl, line 1 is longer than 10,000,000 bytes" in first.reason
    assert second.id == "a"
    assert "news.jsonl, line 3 is longer than" in third.reason


def test_a_file_without_lines_is_empty(write, reason):
    assert "news.jsonl is empty: no line was found" in reason(write("news.jsonl", "\n \n"))
    assert "news.jsonl.gz is empty: no line was found" in reason(write("news.jsonl.gz", ""))


def test_lines_in_a_wide_encoding_are_refused(write, reason, report):
    raw = json.dumps({"id": "a", "text": report}).encode("utf-16")
    assert "news.jsonl is in UTF-16 or UTF-32; save it as UTF-8" in reason(write("news.jsonl", raw))


def test_a_gzip_bomb_is_stopped(write, reason):
    assert "unpacks to more than 67,108,864 bytes" in reason(write("bomb.jsonl.gz", b"0" * 80_000_000))


def test_a_gzip_bomb_of_short_lines_is_stopped(tmp_path, load):
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress((b" " * 999_999 + b"\n") * 80, compresslevel=6))
    *_, last = load(path)
    assert "unpacks to more than" in last.reason


def test_a_truncated_gzip_file_gives_what_came_before(tmp_path, load, report):
    path = tmp_path / "news.jsonl.gz"
    lines = "".join(
        json.dumps({"id": str(each), "text": f"{report} {each * 7919}"}) + "\n" for each in range(5000)
    )
    packed = gzip.compress(lines.encode())
    path.write_bytes(packed[: len(packed) // 2])
    *read, last = load(path)
    assert read
    assert all(isinstance(each, Document) for each in read)
    assert "news.jsonl.gz breaks off or is damaged" in last.reason


def test_a_file_that_is_no_gzip_file_is_named(tmp_path, reason):
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(b'{"id": "a"}')
    assert "news.jsonl.gz is no gzip file" in reason(path)
