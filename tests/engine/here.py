"""A crew of nobody: what its workers would do is done in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cairn.documents import Piece, load_piece
from cairn.engine.extracting import Order
from cairn.engine.reading import Read
from cairn.pipeline import Tools, read_documents


class Here:
    """Stands where a ``Crew`` does; counts what it has read."""

    def __init__(self, order: Order, tools: Tools) -> None:
        self.order, self.tools, self.count = order, tools, 0

    def run(self, items: Iterable[object]) -> Iterator[tuple[object, Read | None]]:
        given = self.order.given
        for item in items:
            if not isinstance(item, Piece):
                yield item, None
                continue
            self.count += 1
            loaded = load_piece(item, published=given.published, outlet=given.outlet)
            [came] = read_documents([loaded], self.tools)
            yield item, came
