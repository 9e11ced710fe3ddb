"""Load a script of ``eval/`` as a module; the folder is no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

EVAL = Path(__file__).parents[1] / "eval"


def load_script(name: str) -> ModuleType:
    """Return ``eval/<name>.py`` as a module, the same one each time."""
    known = sys.modules.get(name)
    if known is not None and getattr(known, "__file__", None) == str(EVAL / f"{name}.py"):
        return known
    spec = importlib.util.spec_from_file_location(name, EVAL / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
