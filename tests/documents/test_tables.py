import csv
import datetime as dt
import io

import pytest

from cairn.documents import Columns
from cairn.documents.tables import parse_columns
from cairn.errors import InputError
from cairn.records import DateBasis, Document, Skipped

DAY = dt.date(2024, 3, 5)
TEXT = "At least 12 people were killed on Monday, officials said.\nThe mayor denied it."


def table(*rows, separator=","):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()


def test_columns_are_told_by_their_names(write, load_one):
    head = ["ID", "Headline", "Full Text", "Publication Date", "Source", "Link", "Author", "Notes"]
    row = [
        "r1",
        "Market shelled",
        TEXT,
        "2024-03-05",
        "Tarn Post",
        "https://t.example/1",
        "Ilse Varga",
        "seen",
    ]
    assert load_one(write("news.csv", table(head, row))) == Document(
        id="r1",
        text=TEXT,
        published=DAY,
        basis=DateBasis.GIVEN,
        outlet="Tarn Post",
        title="Market shelled",
        url="https://t.example/1",
        byline="Ilse Varga",
        language="en",
    )


@pytest.mark.parametrize(
    ("name", "separator"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "|")]
)
def test_the_separator_is_told_by_the_first_line(name, separator, write, load):
    lines = table(["title", "text"], ["One", TEXT], ["Two, and more; and more", TEXT], separator=separator)
    assert [each.title for each in load(write(name, lines))] == ["One", "Two, and more; and more"]


def test_the_user_names_columns(write, load_one):
    columns = Columns(names=parse_columns("text=Beschreibung, published=Tag"), date_form="%d/%m/%Y")
    lines = table(["Tag", "Beschreibung", "date"], ["05/03/2024", TEXT, "2001-01-01"])
    document = load_one(write("a.csv", lines), columns=columns)
    assert (document.text, document.published) == (TEXT, DAY)


def test_a_row_without_id_is_named_by_its_place(write, load):
    first, second = load(write("news.csv", table(["text"], [TEXT], [TEXT])))
    assert (first.id, second.id) == ("news:2", "news:4")  # the first report has two lines


def test_a_bad_row_is_named_and_the_rest_is_read(write, load):
    first, second, third = load(write("a.csv", table(["id", "text"], ["a", ""], ["b", TEXT], ["c"])))
    assert isinstance(first, Skipped)
    assert "a.csv, row 2 is empty: no letter or digit" in first.reason
    assert second.id == "b"
    assert "a.csv, row 5 has null as 'text'" in third.reason


def test_a_day_that_may_mean_two_is_left_out_and_told(write, load):
    first, second = load(write("a.csv", table(["text", "date"], [TEXT, "05/03/2024"], [TEXT, "25/03/2024"])))
    assert first.published is None
    assert "published is '05/03/2024', which may mean two days; left out" in first.notes
    assert second.published == dt.date(2024, 3, 25)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_the_encoding_is_told_by_the_start(encoding, write, load_one):
    raw = table(["text"], ["Twelve people died near the café, the owner said on Monday."]).encode(encoding)
    assert "near the café" in load_one(write("a.csv", raw)).text


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "is empty: no line was found; expected a line of column names and a report a row"),
        (
            "a,b,c\n1,2,3\n",
            "has the columns 'a', 'b', 'c'; say which holds the texts, as with --columns text=a",
        ),
        ("text\n", "has column names and no rows; give a report a row"),
        (
            "url,date\nhttps://t.example/1,2024-03-05\n",
            "is a list of addresses and holds no texts; fetch them",
        ),
        ("1\t20240305\thttps://t.example/1\n", "is a list of addresses and holds no texts; fetch them"),
        (b"\x00\x01\x02\x03" * 99, "is binary data"),
        (b"PK\x03\x04rest", "is a ZIP archive"),
    ],
)
def test_what_is_no_table_of_reports_is_one_line(content, found, write, reason):
    assert f"a.csv {found}" in reason(write("a.csv", content))


def test_a_column_that_is_not_there_is_named(write, reason):
    columns = Columns(names={"text": "body"})
    told = reason(write("a.csv", "words,day\nx,y\n"), columns=columns)
    assert "a.csv has no column 'body'; it has 'words', 'day'" in told


def test_a_quotation_mark_that_is_never_closed_ends_the_table(write, load):
    lines = table(["text"], [TEXT]) + '"' + "Twelve people died.\n" * 600_000
    first, last = load(write("a.csv", lines))
    assert first.text == TEXT
    assert (
        "has a cell of more than 10,000,000 characters near line 4: a quotation mark may be opened"
        in last.reason
    )


def test_a_line_without_an_end_is_no_table(write, reason):
    told = reason(write("a.csv", "text\n" + "war " * 3_000_000))
    assert "a.csv has a line of more than 10,000,000 characters; it is no table" in told


@pytest.mark.parametrize("given", ["", "text", "text=", "=body", "words=body", "text=a,b"])
def test_columns_that_cannot_be_understood_are_told(given):
    with pytest.raises(InputError, match=r"--columns .*: expected FIELD=COLUMN, such as text=body"):
        parse_columns(given)
