"""Find the words that tell by what harm was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cairn.claims.view import View
from cairn.lexicon import Lexicon
from cairn.records import Means, Span


@dataclass(frozen=True, slots=True)
class Weapon:
    """A means told in the text: its code, and where its words stand."""

    means: Means
    span: Span


def find_weapons(view: View, lexicon: Lexicon) -> Iterator[Weapon]:
    """Yield every means word of a sentence, the longest match at each place."""
    words = [token.lower for token in view.tokens]
    known, end = lexicon.means, 0
    for index, word in enumerate(words):
        if index < end or word not in known.openings:
            continue
        for length in range(min(known.longest, len(words) - index), 0, -1):
            means = known.means.get(tuple(words[index : index + length]))
            if means is not None:
                end = index + length
                yield Weapon(means, view.tokens[index].span.to(view.tokens[end - 1].span))
                break
