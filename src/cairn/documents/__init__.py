"""Files in, documents out; a text that cannot be used becomes one line that says why."""

from cairn.documents.load import count_inputs, load_documents

__all__ = ["count_inputs", "load_documents"]
