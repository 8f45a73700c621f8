# make app | test | check | bench | fuzz | dist | pretrained      each sets up what it needs; the second time it is quick
#
# Needs Python 3.11 or newer and make. PYTHON=python3.12 chooses another interpreter.

PYTHON ?= python3
PORT ?= 8501
TIMES ?= 30
BIN := .venv/bin
TORCH := torch==2.13.0
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
IN_PARALLEL := --numprocesses auto --dist loadfile

.PHONY: app test check bench pretrained screenshots fuzz dist constraints clean
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

fuzz: .venv/dev
	@$(BIN)/python tests/browser/chromium.py
	@GATEVIZ_FUZZ=$(TIMES) OMP_NUM_THREADS=1 $(BIN)/python -m pytest tests/fuzz tests/browser/test_hostile_input.py

dist: .venv/dev
	@$(BIN)/python .ci/dist.py

# To move to newer versions, install them first: .venv/bin/python -m pip install --upgrade NAME
constraints: .venv/dev
	@$(INSTALL) uv
	@$(BIN)/python .ci/pins.py

clean:
	rm -rf .venv artefacts build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("gateviz needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv .venv

# torch's files differ between indexes, so its version is pinned and no hash: see constraints/.
.venv/app: pyproject.toml constraints/app.txt | .venv/bin/python
	$(INSTALL) --no-deps --require-hashes --requirement constraints/app.txt
	$(INSTALL) $(TORCH)
	$(INSTALL) --editable '.[app]'
	@touch $@

.venv/dev: pyproject.toml constraints/dev.txt | .venv/app
	$(INSTALL) --no-deps --require-hashes --requirement constraints/dev.txt
	$(INSTALL) --editable '.[dev]'
	@touch $@
