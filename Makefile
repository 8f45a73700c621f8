# make app | test | check | bench | pretrained      each sets up what it needs; the second time it is quick
#
# Needs Python 3.11 or newer and make. PYTHON=python3.12 chooses another interpreter.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
IN_PARALLEL := --numprocesses auto --dist loadfile

.PHONY: app test check bench pretrained screenshots constraints clean
.DEFAULT_GOAL := app

app: .venv/app
	@$(BIN)/gateviz app --port $(PORT)

test: .venv/dev
	@$(BIN)/python tests/browser/chromium.py
ifdef ARGS
	@$(BIN)/python -m pytest $(ARGS)
else
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(IN_PARALLEL) --ignore tests/browser
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(IN_PARALLEL) --maxprocesses 4 tests/browser  # each a server and a browser
endif

check: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/oxlint --config tests/oxlintrc.json gateviz tests

bench: .venv/dev
	@$(BIN)/python -m benchmarks

pretrained: .venv/app
	@$(BIN)/gateviz train timemachine --out pretrained
	@$(BIN)/gateviz models --markdown > pretrained/README.md

screenshots: .venv/dev
	@$(BIN)/python tests/browser/chromium.py
	@$(BIN)/python -m tests.browser.screenshots

constraints: .venv/dev
	@{ head -n 1 constraints.txt; $(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu//'; } > constraints.new
	@mv constraints.new constraints.txt

clean:
	rm -rf .venv artefacts build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("gateviz needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv .venv

# torch first and pinned: with 2.13.0 in place, no package's range fetches a newer one with gigabytes of CUDA.
.venv/app: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/dev: pyproject.toml constraints.txt | .venv/app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
