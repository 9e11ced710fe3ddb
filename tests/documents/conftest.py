"""What the tests of this room share: an invented report, and a way to read files with given contents."""

import gzip
import json
from pathlib import Path

import pytest

from cairn.documents import load_documents
from cairn.records import Document, Skipped

REPORT = (
    "TARN, 5 March — At least 12 people were killed on Monday when shells hit a market.\n\n"
    "The mayor said that 30 others had been wounded.\n"
)


@pytest.fixture
def report():
    return REPORT


@pytest.fixture
def write(tmp_path):
    """Write text, bytes, or objects as JSON Lines to a file below ``tmp_path``; return its path."""

    def write_file(name: str, content: str | bytes | list[object]) -> Path:
        if isinstance(content, list):
            content = "".join(json.dumps(each) + "\n" for each in content)
        raw = content.encode() if isinstance(content, str) else content
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return path

    return write_file


@pytest.fixture
def load():
    """Load paths into a list."""

    def load_all(*paths: Path | str, **options: object) -> list[Document | Skipped]:
        return list(load_documents([str(path) for path in paths], **options))

    return load_all


@pytest.fixture
def load_one(load):
    """Load paths that lead to one document, and return it."""

    def load_document(*paths: Path | str, **options: object) -> Document:
        [document] = load(*paths, **options)
        assert isinstance(document, Document), document
        return document

    return load_document


@pytest.fixture
def reason(load):
    """Load paths that lead to one reason, and return it: always one line."""

    def load_reason(*paths: Path | str, **options: object) -> str:
        [skipped] = load(*paths, **options)
        assert isinstance(skipped, Skipped), skipped
        assert skipped.reason.isprintable() or "\u00a0" in skipped.reason, skipped.reason
        return skipped.reason

    return load_reason
