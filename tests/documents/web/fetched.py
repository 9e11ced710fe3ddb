"""What a fetch gave, told apart for tests."""

from __future__ import annotations

from cairn.documents.web import Fetched
from cairn.records import Failure

ARTICLE = "<p>At least 12 people were killed in Tarn on Monday, the mayor said.</p>"


def failed(found: object) -> Failure:
    assert isinstance(found, Failure), found
    assert found.reason.isprintable()
    return found


def given(found: object) -> Fetched:
    assert isinstance(found, Fetched), found
    return found
