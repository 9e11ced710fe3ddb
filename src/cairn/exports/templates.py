"""Templates: the parts of our pages, filled with every word escaped, and the hashes that allow them."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def templates() -> Environment:
    """Return the templates of ``page/``; what is put into them is escaped, what is missing is an error."""
    return Environment(
        loader=PackageLoader("cairn.exports", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def content_hash(*names: str) -> str:
    """Return the hash by which a content security policy allows these parts, joined in one element."""
    text = "".join(templates().get_template(name).render() for name in names)
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
