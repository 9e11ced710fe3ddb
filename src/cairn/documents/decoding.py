"""Bytes to text: UTF-8 when it is, otherwise the likeliest encoding, with a note; never binary data."""

from __future__ import annotations

import codecs

from cairn.errors import DocumentError, WrongKindError

_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive, as .docx and .odt files are",
    b"\xd0\xcf\x11\xe0": "an old Office file, as .doc is",
    b"{\\rtf": "a Rich Text file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"(\xb5/\xfd": "a Zstandard file",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
}
"""First bytes of the files that people most often hand in by mistake; from each format's specification."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))
"""Bytes that no text encoding of English uses for text; escape is left out, terminals' captures have it."""

MAX_CONTROL_SHARE = 0.02
"""Share of control bytes above which a file is called binary. Text has none or a stray one;
random bytes have one in ten."""

_TYPOGRAPHIC = bytes((0x85, *range(0x91, 0x98), 0xA0))
"""Ellipsis, quotation marks, bullet, dashes and the fixed space: the same in all windows-125x encodings."""

_PLAIN = bytes(range(0x80)) + _TYPOGRAPHIC

MAX_WESTERN_SHARE = 0.05
"""Share of non-ASCII, non-typographic bytes up to which a text that is not UTF-8 is read as windows-1252.

In English they are the accents of a few names, well under one in a hundred, and windows-1252 is what web
browsers assume too (WHATWG Encoding). Detection by statistics needs more to go on, and mistakes such texts
for Asian ones. French and Spanish lie near 4 in a hundred, Russian near 80."""


_NO_TEXTS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
"""Encodings of Python's for other things than texts, or forbidden in pages (WHATWG Encoding, 4.2): some take
hours for a page that was made for it."""


def decode(raw: bytes, *, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of ``raw`` as it stands, without its byte order mark, and notes on what was assumed.

    Line ends are kept as they are, so that spans index what the user's own file holds.

    Args:
        raw: the whole file.
        declared: encoding that the file itself claims, tried after UTF-8.

    Raises:
        DocumentError: binary data, or an encoding that cannot be recognised; reason as a predicate.
    """
    require_text(raw)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(encoding, errors="replace")
            return text, (*_lossy_note(text),) if encoding == "utf-8" else (f"decoded as {encoding}",)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_other(raw, declared)


def require_text(raw: bytes, *, whole: bool = True) -> None:
    """Raise when ``raw`` looks like binary data.

    Args:
        raw: a file, or its start.
        whole: judge by all bytes; otherwise by the first ones only, for files read line by line, where
            wide encodings are refused too: their line ends cannot be told from halves of other characters.

    Raises:
        DocumentError: names the kind of file where its first bytes tell; reason as a predicate.
    """
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            raise WrongKindError(f"is {kind}, not text; save it as .txt, .html or .jsonl")
    if any(raw.startswith(mark) for mark, encoding in _BYTE_ORDER_MARKS if encoding != "utf-8"):
        if whole:
            return  # half of the bytes of English in UTF-16 are zero
        raise DocumentError("is in UTF-16 or UTF-32; save it as UTF-8")
    if not whole:
        return
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if b"\0" in raw or controls > MAX_CONTROL_SHARE * len(raw):
        raise WrongKindError("is binary data, not text; save it as plain text in UTF-8")


def _decode_other(raw: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """Decode what is not clean UTF-8."""
    mended = raw.decode("utf-8", errors="replace")
    # A UTF-8 file that was cut or damaged somewhere still has more whole characters than broken bytes;
    # read as windows-1252 it would turn every one of its quotation marks into three wrong characters.
    broken = mended.count("\ufffd")
    if sum(character > "\x7f" for character in mended) > 2 * broken:
        return mended, _lossy_note(mended)
    candidates = [declared] if declared and _is_of_texts(declared) else []
    if len(raw.translate(None, _PLAIN)) <= MAX_WESTERN_SHARE * len(raw):
        candidates.append("windows-1252")
    for encoding in candidates:
        try:
            return raw.decode(encoding), (f"decoded as {encoding}",)
        except (UnicodeError, LookupError):
            continue
    return _decode_by_statistics(raw)


def _is_of_texts(encoding: str) -> bool:
    """Say whether an encoding is one that texts are written in."""
    try:
        return codecs.lookup(encoding).name not in _NO_TEXTS
    except (LookupError, ValueError):
        return False


def _decode_by_statistics(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Ask charset-normalizer, which compares how likely the text is in each encoding."""
    from charset_normalizer import from_bytes  # slow to import and seldom needed

    best = from_bytes(raw).best()
    if best is None:
        raise DocumentError("is in no encoding that could be recognised; save it as UTF-8")
    return str(best).removeprefix("\ufeff"), (f"decoded as {best.encoding.replace('_', '-')}",)


def _lossy_note(text: str) -> tuple[str, ...]:
    """Say how many characters were lost, if any were."""
    broken = text.count("\ufffd")
    return (f"decoded as utf-8 with {broken} unreadable characters marked U+FFFD",) if broken else ()
