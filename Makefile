# Every command of the project. `make help` lists them. Only python3 (3.12 or newer) and make are needed.
PYTHON ?= python3
VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
PORT ?= 8000
# The outside gold corpora (never committed); benchmarks that need them are skipped where it is missing.
GOLD ?= ../shared/gold
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup serve test test-fast check lint types imports eval eval-peers bench openapi screenshot lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

$(STAMP): requirements-dev.txt pyproject.toml .python-version
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12) and "Python 3.12 or newer is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(STAMP) ## build .venv with the locked dependencies and the onrecord command

serve: setup ## run the server: migrations, seeds, http://127.0.0.1:$(PORT)/
	$(BIN)/onrecord serve --port $(PORT)

test: setup ## the whole test suite, on SQLite and on a real Postgres it starts itself
	$(BIN)/pytest

test-fast: setup ## the tests that need no model, no Postgres and no second
	$(BIN)/pytest -m "not slow and not models" --database sqlite

lint: setup ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## mypy --strict
	$(BIN)/mypy

imports: setup ## who may import whom
	$(BIN)/lint-imports

check: lint types imports test ## all of it: what CI runs

eval: setup ## quality against the gold corpora in GOLD, with the floors of benchmarks/quality/baseline.json
	$(BIN)/python -m benchmarks.quality --gold $(GOLD)

eval-peers: setup $(PEERS)/.installed ## the same, side by side with textacy and Resiliparse (an environment of their own)
	$(BIN)/python -m benchmarks.quality --gold $(GOLD) --peers $(PEERS)/bin/python

$(PEERS)/.installed: requirements-peers.txt
	$(PYTHON) -m venv --clear $(PEERS)
	$(PEERS)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-peers.txt
	@touch $@

bench: setup ## speed: reading step by step and beside spaCy, ingest by stage, routes against a constant Starlette route
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.speed.steps
	OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks.speed.reading --peers $(PEERS)/bin/python
	$(BIN)/python -m benchmarks.speed

openapi: setup ## renew the examples from the seeds, write the OpenAPI document to docs/openapi.json
	$(BIN)/python -m tests.examples
	$(BIN)/onrecord openapi > docs/openapi.json

screenshot: setup ## renew the picture in the README from the seeds (needs Chromium)
	$(BIN)/python -m tests.screenshot

lock: ## renew requirements*.txt from pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.txt
	uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.txt
	uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header --no-annotate --group peers -o requirements-peers.txt

clean: ## remove what setup and serve made
	rm -rf $(VENV) $(PEERS) data .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
