"""Versions shown: what changed is marked by words and signs, in full on the page, and nothing in it runs."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import io
import json
import re

import pytest
from rich.console import Console, RenderableType

from cairn.exports import Step, version_json, versions_table, versions_text, write_versions
from cairn.records import Change, ChangeKind, Difference, Document, FigureChange, Piece, Version

URL = "https://news.example/tarn"
HOSTILE = "<script>alert(1)</script>\x1b[31m\"'&{{7*7}}"
SAME, ADDED, REMOVED = ChangeKind.SAME, ChangeKind.ADDED, ChangeKind.REMOVED


def whole(words: str, kind: ChangeKind, **options: bool) -> Change:
    piece = SAME if kind is ChangeKind.MOVED else kind
    return Change(kind=kind, pieces=(Piece(words=words, kind=piece),), **options)


TOLL = Change(
    kind=ChangeKind.REWORDED,
    pieces=(
        Piece(words="The blast killed", kind=SAME),
        Piece(words="12", kind=REMOVED, figure=True),
        Piece(words="at least 19", kind=ADDED, figure=True),
        Piece(words="people", kind=SAME),
        Piece(words="in the town", kind=REMOVED, spaced=False),
        Piece(words=", he said", kind=ADDED, spaced=False),
        Piece(words=".", kind=SAME, spaced=False),
    ),
    figures=(FigureChange(old="12", new="at least 19", words="at least 19 people"),),
    opens=True,
)
DIFFERENCE = Difference(
    headline=whole("Market hit", SAME),
    changes=(
        *(whole(f"Before {number}.", SAME, opens=not number) for number in range(4)),
        TOLL,
        whole("Nobody claimed it.", ChangeKind.MOVED),
        whole(HOSTILE, REMOVED),
        whole(HOSTILE, ADDED, opens=True),
        *(whole(f"After {number}.", SAME) for number in range(3)),
    ),
)


def step(number: int, difference: Difference | None, **options: str) -> Step:
    at = dt.datetime(2024, 5, 3, 9 + number, 5, tzinfo=dt.UTC)
    return Step(
        version=Version(
            url=URL, number=number, capture=f"capture-{number}", captured_at=at,
            seen_at=at + dt.timedelta(minutes=30 * (number % 2)), text="0" * 64,
        ),
        document=Document(**{"id": "tarn", "text": f"One.\n\n{HOSTILE}", "title": "Market hit"} | options),
        difference=difference,
    )  # fmt: skip


STEPS = (step(1, None), step(2, DIFFERENCE))


def printed(what: RenderableType, width: int = 120) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(what)
    return stream.getvalue()


def page(*steps: Step) -> str:
    stream = io.StringIO()
    write_versions(URL, steps or STEPS, stream)
    return stream.getvalue()


def test_the_table_says_when_each_was_seen_and_what_it_changed() -> None:
    shown = printed(versions_table(STEPS), 200)
    for fact in (
        "3 May 2024 10:05", "3 May 2024 10:35", "first version", "12 → at least 19",
        "sentences: 1 reworded, 1 added, 1 removed, 1 moved",
    ):  # fmt: skip
        assert fact in shown
    assert shown.count("headline") == 1, "the column's name: the headline did not change"


def test_the_text_marks_what_changed_without_colour() -> None:
    lines = [line.strip() for line in printed(versions_text(STEPS)).splitlines()]
    assert "version 1 → 2 · 3 May 2024 10:05 → 3 May 2024 11:05 UTC" in lines
    assert 'figure 12 → at least 19  "at least 19 people"' in lines
    assert "~ The blast killed [12 → at least 19] people [in the town → , he said]." in lines
    assert "> Nobody claimed it." in lines
    assert lines.index("… 3 sentences unchanged") < lines.index("Before 3.")
    assert lines[-2] == "… 2 sentences unchanged"
    assert "Before 0." not in lines


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_width_loses_a_word(width: int) -> None:
    shown = printed(versions_text(STEPS), width)
    assert max(len(line) for line in shown.splitlines()) <= width
    assert "[12→atleast19]people" in "".join(shown.split())


def test_words_that_come_or_go_alone_are_marked() -> None:
    pieces = (
        Piece(words="He", kind=SAME),
        Piece(words="was", kind=REMOVED),
        Piece(words="fled", kind=SAME),
        Piece(words="north", kind=ADDED, spaced=False),
    )
    change = Change(kind=ChangeKind.REWORDED, pieces=pieces)
    shown = printed(versions_text((STEPS[0], step(2, Difference(headline=None, changes=(change,))))))
    assert "~ He [- was] fled [+ north]" in shown


def test_the_terminal_is_not_steered() -> None:
    shown = printed(versions_text(STEPS)) + printed(versions_table((step(1, None, title=HOSTILE),)))
    assert not {letter for letter in shown if letter != "\n" and not letter.isprintable()}


def test_the_page_shows_both_versions_and_escapes_all_words() -> None:
    shown = page()
    assert "<script" not in shown
    assert html.escape(HOSTILE, quote=False).split("\x1b")[0] in shown
    assert '<del class="value">12</del> <ins class="value">at least 19</ins> people' in shown
    assert "<del>in the town</del><ins>, he said</ins>." in shown
    text = re.sub(r"<[^>]+>", "", shown.split("<main>")[1])
    assert all(f"After {number}." in text for number in range(3)), "a page shows each version in full"


def test_nothing_is_fetched_and_only_the_pages_own_style_is_allowed() -> None:
    shown = page()
    assert not re.search(r"(?:src|@import|url\()\s*=?\s*[\"']?https?:", shown)
    [style] = re.findall(r"<style>(.*?)</style>", shown, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', shown)[0])
    assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_an_address_that_would_run_is_no_link() -> None:
    stream = io.StringIO()
    write_versions("javascript:alert(1)", STEPS, stream)
    assert 'href="javascript' not in stream.getvalue()


def test_a_text_with_half_a_character_can_be_written() -> None:
    assert page(step(1, None, text="half \ud83d")).encode()


def test_a_page_of_one_version_is_its_text() -> None:
    shown = page(STEPS[0])
    assert "<strong>1 version</strong>" in shown
    assert '<p dir="auto">One.</p>' in shown


def test_json_holds_what_changed() -> None:
    first, second = (json.loads(json.dumps(version_json(each))) for each in STEPS)
    assert first["changes"] is None
    changes = second["changes"]
    assert changes["figures"] == [{"old": "12", "new": "at least 19", "words": "at least 19 people"}]
    assert changes["headline"] is False
    assert [each["kind"] for each in changes["sentences"]] == ["reworded", "moved", "removed", "added"]
