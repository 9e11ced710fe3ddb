"""What ``cairn parse`` shows of sentences."""

from __future__ import annotations

import re
from pathlib import Path

from running import Run


def test_parse_shows_classes_heads_names_and_the_tree(run: Run) -> None:
    ended = run("parse", "Two porters were killed in Kano.")
    assert (ended.code, ended.err) == (0, "")
    assert re.search(r"2 +porters +NOUN +4 killed +nsubj:pass +ARG1 of killed", ended.out)
    assert re.search(r"6 +Kano +PROPN +4 killed +obl +B-LOC", ended.out)
    assert "killed VERB root\n├── porters NOUN nsubj:pass\n│   └── Two NUM nummod\n" in ended.out


def test_parse_draws_a_page(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "tree.html"
    ended = run("parse", "Two <b>porters</b> were killed.", "--format", "html", "--output", out)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    page = out.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page
    assert "<svg" in page
    assert "<b>" not in page


def test_parse_takes_standard_input(run: Run) -> None:
    assert "porters" in run("parse", "-", stdin=b"Two porters died.\nA cook fled.").out
    assert run("parse", "-", stdin=b"").code == 2
