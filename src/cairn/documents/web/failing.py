"""FetchError: why one address gave nothing. It becomes a ``Failure`` and never leaves the room."""

from __future__ import annotations

from cairn.errors import CairnError
from cairn.records import FailureKind


class FetchError(CairnError):
    """One address gave nothing that can be used.

    Attributes:
        kind: what sort of failure it is.
        reason: one line: what was found, what was expected, what to do.
        status: of the HTTP answer, where there was one.
        passing: whether the same address may well answer a little later.
        wait_s: how long the host asked to be left alone, in seconds; ``None`` when it did not say.
        host_wide: whether it says something about the whole host, not about one address of it.
    """

    def __init__(
        self,
        kind: FailureKind,
        reason: str,
        *,
        status: int | None = None,
        passing: bool = False,
        wait_s: float | None = None,
        host_wide: bool = False,
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.status = status
        self.passing = passing
        self.wait_s = wait_s
        self.host_wide = host_wide
