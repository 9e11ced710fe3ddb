"""Files made for tests: PDF, mails, web archives, each from a few words."""

from __future__ import annotations

import gzip
import re
from email.message import EmailMessage


def pdf(*lines: str, pages: int = 1) -> bytes:
    """Return a PDF file with these lines on each page; without lines, pages without a text layer."""
    shown = b" ".join(
        b"(" + re.sub(rb"([()])", rb"\\\1", each.encode("cp1252")) + b") Tj T*" for each in lines
    )
    stream = b"BT /F1 12 Tf 50 750 Td 14 TL " + shown + b" ET"
    kids = " ".join(f"{3 + number} 0 R" for number in range(pages)).encode()
    font, content = 3 + pages, 4 + pages
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
        b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (content, font)
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        *[page] * pages,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    raw, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (count, len(raw))
    return raw + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def mail(
    text: str = "",
    *,
    markup: str = "",
    number: int = 1,
    subject: str = "Market shelled in Tarn",
    date: str | None = "Tue, 05 Mar 2019 23:30:00 -0500",
    attached: tuple[str, ...] = (),
) -> bytes:
    """Return a mail with a plain part, a part in HTML, or both, and with attachments of these names."""
    message = EmailMessage()
    message["From"] = "Tarn Alerts <alerts@tarn.example>"
    message["Subject"] = subject
    message["Message-ID"] = f"<m{number}@tarn.example>"
    if date:
        message["Date"] = date
    if text:
        message.set_content(text)
    if markup:
        (message.add_alternative if text else message.set_content)(markup, subtype="html")
    for name in attached:
        message.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename=name)
    return message.as_bytes()


def mbox(*mails: bytes) -> bytes:
    """Return mails as one mailbox."""
    return b"".join(b"From a@tarn.example Thu Jan  1 00:00:00 2015\n" + each + b"\n\n" for each in mails)


def record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    headers: str = "",
    date: str = "2031-03-05T09:00:00Z",
) -> bytes:
    """Return a record of a web archive."""
    http = kind == "response"
    if http:
        body = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}\r\n".encode() + body
    content = "application/http; msgtype=response" if http else media_type
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032d}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def warc(*records: bytes, packed: bool = True) -> bytes:
    """Return records as a web archive, each packed by itself."""
    return b"".join(gzip.compress(each, mtime=0) if packed else each for each in records)
