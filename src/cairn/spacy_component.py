"""Component: Cairn's claims in a pipeline of spaCy, as ``doc._.claims``.

Adding ``cairn_claims`` to a pipeline is enough; spaCy finds it by the entry point in ``pyproject.toml``:

>>> nlp = spacy.blank("en")
>>> nlp.add_pipe("cairn_claims", config={"published": "2026-03-01"})
>>> nlp("Two men were shot dead in Kano on Friday, police said.")._.claims
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import cairn

CLAIMS, PUBLISHED, OUTLET = "claims", "published", "outlet"
"""Names of the extensions of a document: what is read, and what may be told of it before it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Reads the claims of a document; spans index its text.

    Attributes:
        published: ISO 8601 day of documents that bear none of their own as ``doc._.published``.
        outlet: likewise who printed them.
    """

    published: str | None = None
    outlet: str | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its claims."""
        published: dt.date | str | None = doc._.get(PUBLISHED) or self.published
        outlet = doc._.get(OUTLET) or self.outlet
        doc._.set(CLAIMS, cairn.read(doc.text, published, outlet=outlet))
        return doc


@Language.factory(
    "cairn_claims", default_config={"published": None, "outlet": None}, assigns=["doc._.claims"]
)
def make_component(nlp: Language, name: str, published: str | None, outlet: str | None) -> Any:
    """Return the component, for spaCy.

    Args:
        nlp: the pipeline; it may be blank, Cairn parses by itself.
        name: of the component in it.
        published: see ``Component``.
        outlet: see ``Component``.
    """
    for extension, usual in ((CLAIMS, ()), (PUBLISHED, None), (OUTLET, None)):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=usual)
    return Component(published=published, outlet=outlet)
