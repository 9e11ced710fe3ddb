"""A reader of pieces that does what they say; it runs in worker processes."""

from __future__ import annotations

import os
import time

from cairn.documents.pieces import Piece
from cairn.records import Document


def reader(piece: Piece) -> Document:
    """Read a piece, die, stall, spin or fail, as its body says."""
    if piece.body == b"die":
        os._exit(3)
    if piece.body == b"stall":
        time.sleep(600)
    while piece.body == b"spin":
        pass
    if piece.body == b"raise":
        raise RuntimeError("a fault of the reader")
    return Document(id=piece.id, text=piece.body.decode())
