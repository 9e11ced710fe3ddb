import contextlib
import datetime as dt
import io

import pytest
from pypdf import PdfReader, PdfWriter

from cairn.documents.pdfs import MOST_PAGES, read_pdf
from cairn.errors import DocumentError, NoArticleError
from cairn.records import DateBasis
from documents.made_files import pdf

LINES = (
    "Market shelled in Tarn", "5 March 2019", "By Ilse Varga",
    "TARN (AFP) - At least 12 people were killed on Monday when shells hit a market",
    "in Tarn, the owner of a café said. The mayor told reporters that 30 others had been wounded.",
)  # fmt: skip


def locked(password, **options):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(*LINES))))
    writer.encrypt(password, owner_password="owner", **options)  # noqa: S106
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_the_text_layer_is_read_with_what_its_head_says(write, load_one):
    document = load_one(write("report.pdf", pdf(*LINES)))
    assert document.text == "\n".join(LINES)
    assert (document.published, document.basis) == (dt.date(2019, 3, 5), DateBasis.TEXT)
    assert (document.id, document.byline, document.language) == ("report", "Ilse Varga", "en")
    assert [credit.agency for credit in document.credits] == ["AFP"]


def test_what_the_user_says_goes_before_a_guessed_day(write, load_one):
    day = dt.date(2021, 7, 8)
    document = load_one(write("report.pdf", pdf(*LINES)), published=day)
    assert (document.published, document.basis) == (day, DateBasis.GIVEN)


def test_pages_follow_each_other():
    text = read_pdf(pdf(*LINES, pages=3), document_id="a").text
    assert text.count("At least 12 people") == 3
    assert "\n\nMarket shelled" in text


def test_a_long_file_is_read_up_to_a_bound():
    document = read_pdf(
        pdf("Twelve people were killed in Tarn on Monday.", pages=MOST_PAGES + 5), document_id="a"
    )
    assert document.text.count("Twelve") == MOST_PAGES
    assert "only the first 200 of 205 pages were read" in document.notes


@pytest.mark.parametrize("lines", [(), ("3",)])
def test_pictures_of_text_are_told(lines, write, reason):
    told = reason(write("scan.pdf", pdf(*lines, pages=2)))
    assert "scan.pdf is a PDF with no text layer: 2 pages of pictures; have its text recognised (OCR)" in told
    with pytest.raises(NoArticleError):
        read_pdf(pdf(*lines), document_id="a")


def test_a_locked_file_is_told(write, reason):
    assert "is a PDF locked with a password; unlock it" in reason(write("a.pdf", locked("secret")))
    assert "is a PDF locked with a password" in reason(write("b.pdf", locked("secret", algorithm="AES-256")))


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_file_that_may_only_not_be_changed_is_read(algorithm):
    assert "At least 12 people" in read_pdf(locked("", algorithm=algorithm), document_id="a").text


@pytest.mark.parametrize(
    "raw",
    [b"", b"%PDF-1.4\n", b"%PDF-1.7 junk " * 50, pdf(*LINES)[:400], b"PK\x03\x04 no PDF at all", b"\0" * 999],
)
def test_a_damaged_file_is_one_line(raw, write, reason):
    assert "is a damaged PDF (" in reason(write("a.pdf", raw))


def test_any_cut_of_a_file_is_read_or_refused():
    whole = pdf(*LINES)
    for length in range(0, len(whole), 37):
        with contextlib.suppress(DocumentError):
            assert read_pdf(whole[:length], document_id="a").text
