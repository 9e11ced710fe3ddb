"""Read one lexicon file and complain about it by name."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from cairn.errors import LexiconError


def load_toml(language: str, name: str) -> dict[str, Any]:
    """Return the tables of ``lexicon/<language>/<name>.toml``.

    Raises:
        LexiconError: when the file is missing or is not TOML.
    """
    resource = files("cairn.lexicon") / language / f"{name}.toml"
    try:
        return tomllib.loads(resource.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(f"no lexicon file {language}/{name}.toml") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"lexicon file {language}/{name}.toml is not TOML: {error}") from error
