"""Drawing: a picture as SVG and as PNG, with its words in the file for those who cannot see it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import StrEnum
from html import escape

import altair as alt

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.split(".")[:2])
"""Version of the language that Altair speaks."""
PIXELS = 2.0
"""Pixels of a PNG for each of the chart: sharp on screens of high resolution."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEAD_BYTES = len(SIGNATURE) + 25
"""Of a PNG: its signature and its first chunk, IHDR (PNG, third edition, 5.2 and 11.2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart with what it says in words.

    Attributes:
        chart: as Altair has it.
        title: one line.
        told: the chart for those who hear it read.
    """

    chart: alt.VConcatChart
    title: str
    told: str

    def _repr_svg_(self) -> str:
        """Return what a notebook shows: drawn here, without asking the network for a library."""
        return draw_svg(self)


class PictureFormat(StrEnum):
    """What a picture can be written as."""

    SVG = "svg"
    PNG = "png"


def draw_svg(picture: Picture) -> str:
    """Return a picture as SVG that opens by itself, with its title and description in words."""
    import vl_convert  # takes a second to wake, and most commands draw nothing

    drawn = vl_convert.vegalite_to_svg(picture.chart.to_dict(), VEGA_LITE, allowed_base_urls=[])
    head, rest = drawn.split(">", 1)
    told = f'<title id="title">{escape(picture.title)}</title><desc id="desc">{escape(picture.told)}</desc>'
    return f'{head} role="img" aria-labelledby="title desc">{told}{rest}\n'


def draw_png(picture: Picture, pixels: float = PIXELS) -> bytes:
    """Return a picture as PNG, with its title and description as the standard's text chunks.

    Args:
        picture: to be drawn.
        pixels: of the image, for each of the chart.
    """
    import vl_convert

    image = vl_convert.svg_to_png(draw_svg(picture), scale=pixels)
    told = _text("Title", picture.title) + _text("Description", picture.told)
    return image[:HEAD_BYTES] + told + image[HEAD_BYTES:]


def _text(keyword: str, text: str) -> bytes:
    """Return a chunk of international text, not compressed (PNG, third edition, 11.3.3.4)."""
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    return (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
