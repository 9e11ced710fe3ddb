"""A crew of nobody: what its workers would do is done in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cairn.crew import Lost
from cairn.documents import Piece, load_piece
from cairn.engine.extracting import Order
from cairn.engine.reading import Read
from cairn.pipeline import Tools, read_documents


class Here:
    """Stands where a ``Crew`` does; counts what it has read, and loses a piece on demand."""

    def __init__(self, order: Order, tools: Tools, lost: str | None = None) -> None:
        self.order, self.tools, self.lost, self.count = order, tools, lost, 0

    def run(self, items: Iterable[object]) -> Iterator[tuple[object, Read | Lost | None]]:
        given = self.order.given
        for item in items:
            if not isinstance(item, Piece):
                yield item, None
                continue
            self.count += 1
            if item.id == self.lost:
                yield item, Lost(20)
                continue
            loaded = load_piece(item, published=given.published, outlet=given.outlet)
            [came] = read_documents([loaded], self.tools)
            yield item, came
