import codecs

import pytest

WESTERN = "The mayor said: “We found 12 dead near the café” – then he left."


def test_text_is_kept_as_it_stands(write, load_one):
    text = "\n\n  Twelve  people\r\nwere killed.\rThe end.\u00a0\n "
    document = load_one(write("a.txt", text))
    assert (document.text, document.notes) == (text, ())


def test_a_byte_order_mark_is_not_text(write, load_one, report):
    document = load_one(write("a.txt", codecs.BOM_UTF8 + report.encode()))
    assert (document.text, document.notes) == (report, ())


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]
)
def test_a_byte_order_mark_tells_the_encoding(encoding, mark, write, load_one, report):
    document = load_one(write("a.txt", mark + report.encode(encoding)))
    assert (document.text, document.notes) == (report, (f"decoded as {encoding}",))


def test_english_that_is_not_utf8_is_windows_text(write, load_one):
    document = load_one(write("a.txt", WESTERN.encode("windows-1252")))
    assert (document.text, document.notes) == (WESTERN, ("decoded as windows-1252",))


def test_a_damaged_utf8_file_keeps_its_good_characters(write, load_one):
    document = load_one(write("a.txt", WESTERN.encode() + b" He\xe2\x80"))
    assert document.text == WESTERN + " He\ufffd"
    assert document.notes == ("decoded as utf-8 with 1 unreadable characters marked U+FFFD",)


def test_russian_in_an_old_encoding_is_recognised(write, reason):
    russian = (
        "Министр заявил во вторник, что двенадцать мирных жителей погибли при ударе по рынку в городе. " * 3
    )
    assert "is in Russian, and only English can be read" in reason(
        write("a.txt", russian.encode("windows-1251"))
    )


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"%PDF-1.7\n", "a PDF file"), (b"PK\x03\x04", "a ZIP archive"), (b"\x1f\x8b\x08", "a gzip file")],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_known_binary_files_are_named(start, kind, name, write, reason):
    assert f"{name} is {kind}" in reason(write(name, start + bytes(range(256))))


def test_binary_data_is_refused(write, reason, report):
    assert "is binary data" in reason(write("a.txt", report.encode() + b"\0"))
    assert "is binary data" in reason(write("a.txt", b"\x01\x02\x03" + b"twelve dead"))


@pytest.mark.parametrize("text", ["", " \r\n\t", "\ufeff", "\u200b", "--- * ---"])
def test_a_text_without_words_is_empty(text, write, reason):
    assert "a.txt is empty: no letter or digit was found" in reason(write("a.txt", text))


def test_a_huge_text_is_refused(write, reason):
    assert "is larger than 10,000,000 bytes, too much for one report" in reason(
        write("a.txt", b"war " * 12_500_000)
    )
    assert "is larger than" in reason(write("a.html", b"<p>war " * 2_000_000))


def test_the_largest_text_is_read(write, load_one):
    assert len(load_one(write("a.txt", b"the " * 2_500_000)).text) == 10_000_000
