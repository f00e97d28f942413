# Everything runs from here. `make demo` and `make test` need Python 3.11 or later, pip, git and make, and nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

# The two actors that `make demo` asks about, and the graph it asks.
DEMO_A ?= Carla Bonfanti
DEMO_B ?= Davide Marchesan
DEMO   := build/demo

.PHONY: help demo test lint types check gate floors docs wheel lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    install, read the articles of examples/, show who said what, write $(DEMO).ttl, answer one question"
	@echo "make test    lint, types, unit tests, quality gate, docs check, and the built wheel in an environment of its own"
	@echo "make check   the quick part of the tests: no pipeline, no wheel"
	@echo "make floors  show today's figures beside the floors of the quality gate; 'make floors RAISE=1' raises the floors"
	@echo "make docs    write docs/rules.md and the help texts in docs/commands.md anew"
	@echo "make wheel   build the wheel into dist/"
	@echo "make lock    resolve the dependencies anew"

# ---- the environment: made when it is missing, brought up to date when a lock changes

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "portavoce needs Python 3.11 or later; name one with PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies into $(VENV); this takes about a minute."
	$(PIP) install --quiet --require-hashes -r requirements.lock -r requirements-build.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	$(PIP) install --quiet --require-hashes -r requirements.lock -r requirements-dev.lock
	@touch $@

# ---- what it does

demo: $(VENV)/runtime.stamp
	@mkdir -p build
	$(BIN)/portavoce build examples -o $(DEMO).jsonl
	$(BIN)/portavoce export $(DEMO).jsonl -o $(DEMO).ttl
	$(BIN)/portavoce statements $(DEMO).jsonl --limit 0
	$(BIN)/portavoce relations $(DEMO).jsonl "$(DEMO_A)" "$(DEMO_B)"
	@echo "The graph is in $(DEMO).ttl; ask it more with '$(BIN)/portavoce --help'."

# ---- what must hold; pytest comes last, so that its closing line is the last one

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

test: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

check: $(VENV)/dev.stamp
	$(BIN)/pytest -q -m "not model and not slow"

gate: $(VENV)/dev.stamp
	$(BIN)/pytest tests/quality

floors: $(VENV)/dev.stamp
	$(BIN)/python tests/quality/raise_floors.py $(if $(RAISE),--raise)

docs: $(VENV)/runtime.stamp
	$(BIN)/python docs/regenerate.py

wheel: $(VENV)/runtime.stamp
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# ---- the locks: of the public index alone, whatever this machine's pip is told besides

COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-header --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

PROJECT := $(BIN)/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb"))

lock: | $(BIN)/python
	$(PIP) install --quiet pip-tools
	$(COMPILE) --upgrade -o requirements.lock pyproject.toml
	$(PROJECT); print(*p["build-system"]["requires"], "editables", sep="\n")' \
	| $(COMPILE) --upgrade --constraint requirements.lock -o requirements-build.lock -
	$(PROJECT); print(*p["dependency-groups"]["dev"], sep="\n")' \
	| $(COMPILE) --upgrade --constraint requirements.lock --constraint requirements-build.lock -o requirements-dev.lock -
	sed -i 's/-r -$$/portavoce (pyproject.toml)/' requirements-build.lock requirements-dev.lock

clean:
	rm -rf build dist $(VENV)/*.stamp .mypy_cache .pytest_cache .ruff_cache .hypothesis
