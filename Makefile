# Everything that a newcomer or a build machine runs. `make` alone lists it.
#   PYTHON=/path/to/python3.12   the interpreter that .venv is made with (3.11 or newer)
#   GOLD=/path/to/gold.jsonl     the annotated reports that `make eval` scores against

VENV := .venv
BIN := $(VENV)/bin
GOLD ?= ../shared/gold/dev.jsonl

version_test := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for found in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$found -c '$(version_test)' >/dev/null 2>&1 && echo $$found && break; done)

.DEFAULT_GOAL := help
.PHONY: help demo test check eval bench docs clean

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*## */make \1	/p' $(MAKEFILE_LIST)

demo: $(VENV)/.installed  ## set up, read the bundled sample, link it, print one incident, draw its toll
	@$(BIN)/cairn read --sample
	@mkdir -p out
	@$(BIN)/cairn read --sample --format html --output out/sample.html
	@rm -f out/cairn.db*
	@$(BIN)/cairn add src/cairn/sample/aleppo.jsonl --ledger out/cairn.db
	@$(BIN)/cairn incidents --ledger out/cairn.db
	@$(BIN)/cairn incident --ledger out/cairn.db
	@$(BIN)/cairn chart toll --ledger out/cairn.db --output out/toll.svg
	@echo "The same claims beside their texts: $(CURDIR)/out/sample.html (open it in a browser)"
	@echo "How the toll was told, voice by voice: $(CURDIR)/out/toll.svg"
	@echo "To judge them in a browser: $(BIN)/cairn serve --ledger out/cairn.db"

test: $(VENV)/.installed-dev  ## set up and run the tests; PYTEST="-k counts" chooses some
	@$(BIN)/python -m pytest $(PYTEST)

check: $(VENV)/.installed-dev  ## format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@PYTHONPATH=src $(BIN)/lint-imports

eval: $(VENV)/.installed-dev  ## score against GOLD and hold the floors of eval/gate.json
	@test -f "$(GOLD)" || { echo "No annotated reports at $(GOLD); name some with GOLD=path."; exit 2; }
	@$(BIN)/cairn eval "$(GOLD)"
	@$(BIN)/python eval/gate.py

bench: $(VENV)/.installed-bench  ## run every benchmark at a small size; BENCH="pipeline ledger" chooses, BENCH=--full takes hours
	@$(BIN)/python benchmarks/every.py $(BENCH)

docs: $(VENV)/.installed-dev  ## show in README.md and docs/picture.svg what the program prints now
	@$(BIN)/python docs/examples.py

clean:  ## remove everything that can be made again
	@rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests eval benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# .venv is made once, and filled again whenever pyproject.toml is newer than what was installed.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found; name one with PYTHON=/path/to/python."; exit 2; }
	@$(PYTHON) -c '$(version_test)' 2>/dev/null || { echo "$(PYTHON) is not Python 3.11 or newer; name one with PYTHON=/path/to/python."; exit 2; }
	@echo "Setting up $(VENV) with $(PYTHON) (once; a minute or two)"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "$(PYTHON) cannot make virtual environments; on Debian or Ubuntu install python3-venv."; exit 2; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@ $(VENV)/.installed-dev $(VENV)/.installed
