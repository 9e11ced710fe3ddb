import csv
import subprocess
import sys
from pathlib import Path

import pytest

from cairn.documents.language import ENGLISH, MIN_LETTERS, find_language, name_language

CASES = Path(__file__).parents[1] / "cases" / "languages.csv"


def cases():
    with CASES.open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row["text"], row["language"] or None, id=row["text"][:20])
            for row in csv.DictReader(file)
        ]


@pytest.mark.parametrize(("text", "language"), cases())
def test_language_is_told(text, language):
    found = find_language(text)
    assert (None if found in (None, ENGLISH) else name_language(found)) == language


def test_english_in_capitals_is_english(report):
    assert find_language(report.upper()) == ENGLISH


def test_a_short_text_is_never_foreign():
    russian = "погибли мирные жители " * 20
    assert find_language(russian[:MIN_LETTERS]) is None
    assert find_language(russian) == "ru"


def test_a_language_without_a_name_is_called_by_its_code():
    assert name_language("qaa") == "the language with the ISO 639 code 'qaa'"


def test_a_foreign_text_is_skipped_by_name(write, reason):
    french = (
        "Le ministre a déclaré mardi que douze civils avaient été tués dans une frappe contre un marché. "
    )
    assert reason(write("a.txt", french)).endswith(
        "a.txt is in French, and only English can be read; give an English text"
    )


def test_plain_english_needs_no_slow_library(write, report):
    code = (
        "import sys\n"
        "from cairn.documents import load_documents\n"
        "slow = {'trafilatura', 'htmldate', 'py3langid', 'charset_normalizer', 'lxml', 'pypdf'}\n"
        "assert not slow & set(sys.modules), 'on import'\n"
        "[document] = load_documents(sys.argv[1:])\n"
        "assert not slow & set(sys.modules), slow & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", code, str(write("a.txt", report))]
    subprocess.run(command, check=True, timeout=60)  # noqa: S603
