"""Rules that hold over all code: no clock, no print, imports one way, and a front door to every room."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cairn

ROOT = Path(__file__).parents[2]
PACKAGE = Path(cairn.__path__[0])
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
LONGEST_MODULE = 400
CLOCK = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
HANDS_ON_THE_CLOCK = PACKAGE / "cli" / "shared.py"
"""Where a command asks for the moment, to hand it on."""
CHANCE = {"random", "secrets", "uuid"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", [path for path in MODULES if path != HANDS_ON_THE_CLOCK], ids=name)
def test_no_module_asks_what_day_it_is(path: Path) -> None:
    asked = [
        ast.unparse(call)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and (ast.unparse(call.func.value).split(".")[-1], call.func.attr) in CLOCK
    ]
    assert asked == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_prints(path: Path) -> None:
    printed = [
        call.lineno for call in calls(path) if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert printed == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_leaves_anything_to_chance(path: Path) -> None:
    imported = {
        alias.name for node in ast.walk(tree(path)) if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}
    assert not imported & CHANCE


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_told_in_its_first_line_and_is_short(path: Path) -> None:
    told = ast.get_docstring(tree(path))
    assert told
    assert told.split("\n")[0].rstrip().endswith((".", "?", "!")) or "\n" in told
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_the_word_source_is_not_used_in_names(path: Path) -> None:
    """It would mean three things: who said it, who printed it, and code."""
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    names |= {node.name for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    names |= {node.arg for node in ast.walk(tree(path)) if isinstance(node, ast.arg)}
    assert {each for each in names if "source" in each.lower().split("_")} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_a_front_door(room: str) -> None:
    module = importlib.import_module(f"cairn.{room}")
    public = module.__all__
    assert list(public) == list(dict.fromkeys(public))
    for each in public:
        assert getattr(module, each) is not None


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "records"])
def test_what_stands_at_a_front_door_is_documented(room: str) -> None:
    module = importlib.import_module(f"cairn.{room}")
    public = {each: getattr(module, each) for each in module.__all__}
    told = {
        each: thing for each, thing in public.items() if inspect.isfunction(thing) or inspect.isclass(thing)
    }
    assert [each for each, thing in told.items() if not inspect.getdoc(thing)] == []


def test_every_module_can_be_imported() -> None:
    for found in pkgutil.walk_packages(cairn.__path__, "cairn."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def test_imports_run_one_way() -> None:
    """Run the contracts of ``pyproject.toml``."""
    pytest.importorskip("importlinter")
    script = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    command = [sys.executable, "-c", script, "--no-cache"]
    ended = subprocess.run(  # noqa: S603
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-1000:]
