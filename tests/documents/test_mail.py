import datetime as dt
import io
import mailbox
import re
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.documents.mail import MAX_MAIL_BYTES, message_id, parse_mail, read_mail, read_mailbox
from cairn.errors import DocumentError
from cairn.records import DateBasis
from documents.made_files import mail, mbox

REPORT = (
    "At least 12 people were killed on Monday when shells hit a market in Tarn, the owner of a café said.\n"
)
MARKUP = (
    f"<html><body><table><tr><td><p>{REPORT}</p><p>The mayor said that 30 were wounded.</p></table></html>"
)


def test_a_mail_gives_its_text_its_subject_its_sender_and_its_day(write, load_one):
    document = load_one(write("alert.eml", mail(REPORT)))
    assert (document.id, document.text, document.title) == ("alert", REPORT, "Market shelled in Tarn")
    assert (document.outlet, document.notes) == ("Tarn Alerts", ())
    assert (document.published, document.basis) == (dt.date(2019, 3, 5), DateBasis.GIVEN)


def test_the_plain_part_goes_before_markup():
    assert read_mail(mail(REPORT, markup=MARKUP), document_id="a").text == REPORT


def test_a_plain_part_that_points_to_a_browser_gives_way():
    document = read_mail(mail("Read this in a browser.", markup=MARKUP), document_id="a")
    assert document.text.startswith("At least 12 people were killed")
    assert "30 were wounded" in document.text
    assert document.notes == ("text taken out of the mail's HTML",)


def test_markup_alone_is_read():
    assert "At least 12 people" in read_mail(mail(markup=MARKUP), document_id="a").text


def test_attachments_are_passed_over_and_told():
    names = ("photo.jpg", "list.pdf", "map.png", "more.doc")
    document = read_mail(mail(REPORT, attached=names), document_id="a")
    assert document.text == REPORT
    assert document.notes == ("attachments passed over: 4 (photo.jpg, list.pdf, map.png…)",)


def test_headers_in_other_alphabets_are_read():
    raw = mail(REPORT, subject="Ударили по рынку — 12 dead")
    assert b"Subject: =?utf-8?" in raw
    assert read_mail(raw, document_id="a").title == "Ударили по рынку — 12 dead"


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "no-such-charset", "utf-8"])
def test_the_encoding_of_a_part_is_followed(charset):
    head = f"From: a@tarn.example\nContent-Type: text/plain; charset={charset}\n\n"
    body = REPORT.encode("utf-8" if charset == "utf-8" else "windows-1252")
    assert read_mail(head.encode() + body, document_id="a").text == REPORT


@pytest.mark.parametrize(
    "date", [None, "yesterday", "Tue, 99 Mar 2019 10:00:00 +0000", "Thu, 1 Jan 1970 00:00:00"]
)
def test_a_mail_without_a_day_has_none(date):
    document = read_mail(mail(REPORT, date=date), document_id="a")
    assert (document.published, document.basis) == (None, None)


def test_a_mailbox_gives_mail_after_mail(write, load):
    first, second = load(write("alerts.mbox", mbox(mail(REPORT, number=1), mail(markup=MARKUP, number=2))))
    assert (first.id, second.id) == ("alerts:1", "alerts:2")
    assert "At least 12 people" in second.text


def test_a_bad_mail_in_a_mailbox_costs_itself(write, load):
    box = mbox(mail(attached=("photo.jpg",), number=1), mail(REPORT, number=2))
    first, second = load(write("alerts.mbox", box))
    assert "alerts.mbox, mail 1 is a mail without text; what is attached is not read" in first.reason
    assert second.text.strip() == REPORT.strip()


def test_a_huge_mail_in_a_mailbox_costs_itself(write, load):
    huge = mail(REPORT, number=1) + b"war " * (MAX_MAIL_BYTES // 4)
    first, second = load(write("alerts.mbox", mbox(huge, mail(REPORT, number=2))))
    assert (
        "alerts.mbox, mail 1 is larger than 50,000,000 bytes; save it without its attachments" in first.reason
    )
    assert second.text.strip() == REPORT.strip()


@given(
    st.lists(
        st.lists(st.sampled_from([b"LONG", b">From ", b"a From b", b"\n", b"Fro", b"m "]), max_size=6).map(
            b"".join
        ),
        max_size=5,
    )
)
def test_a_mailbox_is_parted_as_the_standard_library_does(tmp_path_factory, bodies):
    # The library parts at such a line wherever it stands, and writers of mailboxes put ">" before it.
    quoted = [re.sub(rb"^From ", b">From ", body, flags=re.MULTILINE) for body in bodies]
    raw = b"".join(b"From LONG now\nSubject: x\n\n" + body + b"\n\n" for body in quoted)
    raw = raw.replace(b"LONG", b"x" * 70_000)
    path = tmp_path_factory.mktemp("box") / "a.mbox"
    path.write_bytes(raw)
    with closing(mailbox.mbox(path, create=False)) as box:
        wanted = [box.get_bytes(key).strip() for key in box.iterkeys()]
    assert [(each or b"").strip() for _, each, _ in read_mailbox(io.BytesIO(raw))] == wanted


@pytest.mark.parametrize(
    ("name", "raw", "found"),
    [
        ("a.eml", b"", "has no header lines such as From and Date, so it is no mail"),
        ("a.eml", b"\n\nTwelve people were killed.", "has no header lines such as From and Date"),
        ("a.eml", b"\xff\xfe\x00\x01" * 99, "has no header lines such as From and Date"),
        ("a.eml", b"From: a@b.example\n\n", "is a mail without text"),
        ("a.eml", b"Subject: " + b"x" * 300_000, "has a header longer than any mail's, so it is none"),
        ("a.mbox", b"", "holds no mail; expected mails that begin with a line such as 'From a@b.example'"),
        ("a.mbox", b"Twelve people were killed.\n", "holds no mail; expected"),
    ],
)
def test_what_is_no_mail_is_one_line(name, raw, found, write, reason):
    assert f"{name} {found}" in reason(write(name, raw))


def test_parts_in_parts_in_parts_end():
    raw = b"Content-Type: text/plain\n\nTwelve people were killed in Tarn on Monday."
    for number in range(300):
        head = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        raw = head + raw + b"\n--b%d--\n" % number
    with pytest.raises(DocumentError, match="is a mail without text"):
        read_mail(b"From: a@b.example\n" + raw, document_id="a")


@pytest.mark.parametrize(
    ("line", "found"), [("<a.1@tarn.example>", "a.1@tarn.example"), ("", None), ("a b", None)]
)
def test_the_id_of_a_mail_is_used_when_it_can_be(line, found):
    assert message_id(parse_mail(f"From: x@y.example\nMessage-ID: {line}\n\nHello".encode())) == found
