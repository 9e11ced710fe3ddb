import gzip
import io
import zlib

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter

from cairn.documents.unpacking import join_chunks, unpack_body
from cairn.errors import DocumentError, TooLargeError

PAGE = b"<p>Twelve people were killed.</p>" * 500


def by(writer):
    stream = io.BytesIO()
    with writer(stream) as packed:
        packed.write(PAGE)
    return stream.getvalue()


def bare_deflate():
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(PAGE) + packer.flush()


PACKED = {
    "": PAGE,
    "identity": PAGE,
    "gzip": gzip.compress(PAGE),
    "GZIP": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "Deflate": bare_deflate(),
    "br": by(BrotliWriter),
    "zstd": by(ZstdWriter),
    "gzip, gzip": gzip.compress(gzip.compress(PAGE)),
}


@pytest.mark.parametrize("encoding", PACKED)
def test_a_body_is_unpacked(encoding):
    assert unpack_body(PACKED[encoding], encoding) == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_was_unpacked_before_stays(encoding):
    assert unpack_body(PAGE, encoding) == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_stopped(encoding):
    bomb = gzip.compress(b"0" * 50_000_000) if encoding == "gzip" else zlib.compress(b"0" * 50_000_000)
    with pytest.raises(TooLargeError, match="unpacks to more than 10,000,000 bytes"):
        unpack_body(bomb, encoding)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(PAGE)[:-9], "gzip"), (zlib.compress(PAGE)[:-9], "deflate"),
        (b"\x1f\x8b\x08 junk", "gzip"), (b"junk", "br"), (b"junk", "compress"),
    ],
)  # fmt: skip
def test_a_damaged_body_is_told(body, encoding):
    with pytest.raises(DocumentError):
        unpack_body(body, encoding)


def test_chunks_are_joined():
    assert join_chunks(b"5\r\nTwelv\r\n7\r\ne died.\r\n0\r\n\r\n", "chunked") == b"Twelve died."
    assert join_chunks(PAGE, "chunked") == PAGE
    assert join_chunks(b"5\r\nTwelv\r\n0\r\n\r\n", "") == b"5\r\nTwelv\r\n0\r\n\r\n"


@pytest.mark.parametrize("body", [b"5\r\nTwe", b"fffffff\r\nTwelve", b"5\r\nTwelv\r\nzz\r\n"])
def test_chunks_that_do_not_fit_are_told(body):
    with pytest.raises(DocumentError, match="chunks that do not fit together"):
        join_chunks(body, "chunked")
