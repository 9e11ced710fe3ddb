"""Keep Python from looking for circles of objects where none are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the collector of circular garbage, which goes on afterwards where it was on before.

    Parsing and rules make many small records and no circles: all of it is freed at once when it is done with.
    Looking through all that lives, again and again while they grow, took a seventh of the rules' time.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
