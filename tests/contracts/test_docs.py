"""What the documents say of the program is so."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

import cairn
from cairn.cli import COMMANDS
from cairn.pipeline import Tools

ROOT = Path(__file__).parents[2]
PACKAGE = Path(cairn.__path__[0])
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {".venv", "node_modules", "out", "build"} & set(path.relative_to(ROOT).parts)
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(name).stem, ROOT / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


examples = load("docs/examples.py")
quoted = load("benchmarks/quoted.py")


def test_the_readme_shows_what_the_program_prints(tools: Tools) -> None:
    now = examples.example(examples.read_shown(tools))
    assert examples.shown_in(read("README.md")) == now, "run `make docs` and look at what has changed"


def test_the_readme_shows_what_was_measured_last() -> None:
    if not quoted.KEPT.exists():
        pytest.skip("make bench has not been run whole")
    _, _, rest = read("README.md").partition(quoted.MARKS[0])
    shown = rest.partition(quoted.MARKS[1])[0].strip()
    assert shown == quoted.table(json.loads(quoted.KEPT.read_text(encoding="utf-8"))), (
        "run benchmarks/quoted.py"
    )


def test_the_picture_shows_what_the_program_prints(tools: Tools) -> None:
    def words(svg: str) -> list[str]:
        return html.unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))).split()

    drawn = words(examples.PICTURE.read_text(encoding="utf-8"))
    assert drawn == words(examples.picture(examples.read_shown(tools))), "run `make docs`"


def test_nothing_is_fetched_when_the_picture_is_looked_at() -> None:
    assert not re.search(
        r"url\(\W*https?:|<image|<script|@import|\shref=", examples.PICTURE.read_text("utf-8")
    )


def test_what_the_readme_quotes_stands_in_the_sample() -> None:
    with (files("cairn") / "sample" / "aleppo.jsonl").open(encoding="utf-8") as lines:
        texts = {report["id"]: " ".join(report["text"].split()) for report in map(json.loads, lines)}
    quoted = re.findall(r"^> ?(.*)$", read("README.md"), re.MULTILINE)
    reports = re.split(r"\*\*[^*]+\*\*", " ".join(quoted))[1:]
    assert len(reports) == len(examples.SHOWN)
    for key, report in zip(examples.SHOWN, reports, strict=True):
        for stretch in report.split("[…]"):
            assert " ".join(stretch.split()) in texts[key].replace("’", "'")


@pytest.mark.parametrize("command", sorted([*COMMANDS, "version"]))
def test_the_readme_names_the_command(command: str) -> None:
    assert re.search(rf"\bcairn {command}\b", read("README.md"))


def test_architecture_names_every_room_and_no_other() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    table = read("ARCHITECTURE.md").split("## The rooms")[1].split("##")[0]
    assert set(re.findall(r"^\| `(\w+)/`", table, re.MULTILINE)) == rooms


def test_architecture_names_the_layers_of_the_import_contract() -> None:
    contract = read("pyproject.toml").split("layers = [")[1].split("]")[0]
    layers = re.findall(r'"([^"]+)"', contract)
    drawn = read("ARCHITECTURE.md").split("## Import rules")[1].split("```text\n")[1].split("```")[0]
    assert [layer.strip("()") for layer in layers if layer != "(settings)"] == [
        line for line in drawn.splitlines() if line != "settings"
    ]


def test_every_file_that_architecture_points_to_is_there() -> None:
    table = read("ARCHITECTURE.md").split("## Where do I change")[1].split("## Data")[0]
    missing = []
    for pointed in re.findall(r"`([\w/.-]+)`", table):
        if "/" not in pointed:
            continue
        here = [ROOT / pointed, PACKAGE / pointed]
        globs = [*PACKAGE.glob(pointed + "*"), *ROOT.glob(pointed + "*")]
        if not any(path.exists() for path in here) and not globs:
            missing.append(pointed)
    assert missing == []


def test_every_lexicon_table_that_architecture_names_is_there() -> None:
    table = read("ARCHITECTURE.md").split("## Where do I change")[1].split("## Data")[0]
    for pointed, sections in re.findall(r"`(lexicon/en/\w+\.toml)`, ((?:`\[\w+\]`,? ?)+)", table):
        content = (PACKAGE / pointed).read_text(encoding="utf-8")
        for section in re.findall(r"\[\w+\]", sections):
            assert section in content, f"{pointed} has no {section}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text):
        assert (page.parent / target).exists(), target


def test_the_schema_is_the_one_that_is_shipped_for_readers() -> None:
    assert (ROOT / "docs" / "report.schema.json").is_file()
    assert "docs/report.schema.json" in read("README.md")


def test_make_has_the_commands_of_the_readme() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md", "eval/README.md"):
        assert set(re.findall(r"^make (\w+)", read(page), re.MULTILINE)) <= targets


def test_what_the_package_needs_at_run_time_travels_with_it() -> None:
    for path in (
        "sample/aleppo.jsonl", "lexicon/en/quantities.toml", "lexicon/en/weights.json",
        "lexicon/en/confidence.json", "lexicon/en/actors.tsv", "incidents/weights.toml",
        "gazetteer/regions.tsv", "exports/page/page.html", "exports/page/tree.html",
        "readings/model/reading.onnx", "readings/model/LICENCE", "py.typed", "review/assets/htmx.min.js",
        "review/assets/htmx.LICENCE", "review/assets/review.css", "review/templates/reading.html",
        "charts/world.geojson",
    ):  # fmt: skip
        assert (files("cairn") / path).is_file(), path


IMPORTED_AS = {"argon2_cffi": "argon2", "vl_convert_python": "vl_convert"}
"""Packages that are imported under another name than they are asked for."""


def test_what_is_imported_is_asked_for() -> None:
    """A package that only comes along with another one goes when that one changes its mind."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    optional = project["optional-dependencies"]
    asked = {
        re.split(r"[\s><=!~;\[]", line)[0].lower().replace("-", "_")
        for line in (*project["dependencies"], *optional["spacy"], *optional["spark"])
    }
    asked = {IMPORTED_AS.get(name, name) for name in asked}
    imported = set()
    for path in PACKAGE.rglob("*.py"):
        found = re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        imported |= set(found) - sys.stdlib_module_names - {"cairn", "of"}
    assert imported - asked == set()


def test_the_licence_of_the_model_is_told_and_travels_with_it() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert "CC-BY-SA-4.0" in project["license"]
    assert "src/cairn/readings/model/LICENCE" in project["license-files"]
    assert "CC BY-SA 4.0" in read("README.md")
    assert "CC BY-SA 4.0" in (PACKAGE / "readings" / "model" / "LICENCE").read_text(encoding="utf-8")


def test_every_decision_is_numbered_once() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
