import io
import re

import pytest
from rich.console import Console

from cairn.exports import claims_table
from cairn.records import Status
from exports.factory import VELMAR, WEDNESDAY, claim, document, velmar_claims, victims

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def printed(width, doc=None, claims=None, **settings):
    stream = settings.pop("stream", None) or io.StringIO()
    console = Console(file=stream, width=width, legacy_windows=False, **settings)
    console.print(claims_table(doc or document(), velmar_claims() if claims is None else claims))
    return stream


def words(width, **settings):
    return " ".join(re.sub(r"[─ \n]+", " ", printed(width, **settings).getvalue()).split())


@pytest.mark.parametrize("width", [40, 80, 99, 100, 120, 149, 150, 200])
def test_no_line_is_wider_than_the_console(width):
    lines = printed(width).getvalue().split("\n")
    assert max(len(line) for line in lines) <= width


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize(
    "said",
    ["≥ 49", "└ 14", "└ 3", "≈ 150", "≤ 20", "½ of …", "≥ 400,000", "some (2+)", "killed or injured",
     "27 Apr 2016", "22–28 Apr 2016", "2011 – 28 Apr 2016", "(the report)", "feared", "denied",
     "superseded", "tally", "Sered crossing, ZZ", "The Harbour Courier · 28 Apr 2016 · Strike on Velmar"],
)  # fmt: skip
def test_every_width_says_everything(width, said):
    assert said in words(width)


@pytest.mark.parametrize("width", [80, 200])
def test_the_chain_of_voices_reads_from_first_to_last(width):
    shown = words(width)
    assert shown.index("Health Ministry source →") < shown.index("Tavan", shown.index("Health Ministry"))


def test_parts_are_indented_under_their_whole():
    lines = printed(80).getvalue().split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("≥ 49"))
    assert lines[first + 2].startswith("└ 14 killed")
    assert lines[first + 4].startswith("  └ 3 killed")


def test_without_a_terminal_no_style_is_written():
    assert not CONTROL.search(printed(120).getvalue())


def test_no_color_is_heeded(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    coloured = re.compile(r"\x1b\[[0-9;]*\b3[0-7][;m]")
    assert not coloured.search(printed(120, force_terminal=True, color_system="standard").getvalue())
    monkeypatch.delenv("NO_COLOR")
    assert coloured.search(printed(120, force_terminal=True, color_system="standard").getvalue())


@pytest.mark.parametrize("width", [80, 120, 200])
def test_a_reports_words_cannot_steer_the_terminal(width):
    hostile = "\x1b[31mred\x1b]8;;x\x07 [bold]b[/bold]\n\u202eflip\x9b"
    doc = document(title=hostile, outlet=hostile)
    entry = claim(victims=victims(hostile), speakers=(hostile,), perpetrator=hostile)
    shown = printed(width, doc, [entry]).getvalue()
    assert not CONTROL.search(shown)
    assert "\u202e" not in shown
    assert "[bold]b" in " ".join(shown.split())


def test_a_terminal_without_unicode_gets_signs_it_can_show():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    printed(120, stream=stream).flush()
    shown = raw.getvalue().decode("ascii")
    assert ">= 49 killed" in shown
    assert "\\ 14 killed" in shown
    assert "22-28 Apr 2016" in shown


def test_columns_in_which_nothing_was_said_are_left_out():
    assert "hit" in words(200)
    assert "hit" not in words(200, claims=[claim(speakers=("a",))]).split()


def test_a_report_without_claims_says_so_and_no_more():
    shown = words(80, claims=[])
    assert "0 claims" in shown
    assert "does not mean that nobody was harmed" in shown


def test_a_withdrawn_figure_is_struck_out_and_named():
    shown = printed(80, claims=[claim(status=Status.DENIED)], force_terminal=True).getvalue()
    assert "\x1b[9m1" in shown
    assert "denied" in shown


DOUBTED = (("claim", 0.55), ("place", 0.3), ("time", 0.95), ("perpetrator", 0.1), ("speakers", 0.59))


@pytest.mark.parametrize("width", [80, 120, 200])
def test_what_is_doubtful_is_marked_and_nothing_else(width):
    one = claim(place=VELMAR, time=WEDNESDAY, confidence=DOUBTED)
    shown = words(width, claims=[one])
    assert "Velmar, ZZ ?" in shown
    assert "27 Apr 2016 ?" not in shown
    assert "(the report) ?" in shown
    assert "doubtful reading" in shown
    assert shown.count("?") == 2


@pytest.mark.parametrize("width", [80, 200])
def test_what_is_sure_or_was_not_measured_is_not_marked(width):
    sure = tuple((slot, 0.6) for slot, _ in DOUBTED)
    assert "?" not in words(width, claims=[claim(place=VELMAR, confidence=sure), claim(place=VELMAR)])


def test_a_wide_table_tells_how_sure_each_claim_is():
    assert "55%" in words(200, claims=[claim(confidence=DOUBTED)])
    assert "sure" not in words(200, claims=[claim()])
