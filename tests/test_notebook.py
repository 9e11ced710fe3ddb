"""The notebook in the documents runs from top to bottom and shows what it says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
pytest.importorskip("pandas")

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "notebook.ipynb"
SECONDS = 300
"""For one cell, on a busy machine: the first builds the index of places where there is none."""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the kernel's own libraries
def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    book = nbformat.read(NOTEBOOK, as_version=4)
    assert all(cell.get("outputs", []) == [] for cell in book.cells), "outputs are not kept in the repository"
    nbclient.NotebookClient(
        book, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": os.fspath(tmp_path)}}
    ).execute()
    shown = [
        output.get("data", {})
        for cell in book.cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    assert sum("image/svg+xml" in each for each in shown) == 2
    assert sum("text/html" in each for each in shown) == 3
    printed = "".join(output.get("text", "") for cell in book.cells for output in cell.get("outputs", []))
    assert "20 None killed" in printed
