"""Copies: which texts repeat which, in which passages.

Add documents to an index and ask it::

    index = add_documents(CopyIndex(), documents)
    copies = find_copies(index)

A day later: ``index = add_documents(index, new)``, and ``find_copies(index, ids_of_new)``.
"""

from cairn.documents.copies.find import find_copies
from cairn.documents.copies.index import CopyIndex, add_documents
from cairn.documents.copies.trace import find_origin, find_repeated

__all__ = ["CopyIndex", "add_documents", "find_copies", "find_origin", "find_repeated"]
