# Needs Python 3.11 or later (with venv) and make; everything else is set up here, in .venv.
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14 python; do \
    $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
READY := .venv/.ready
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test lint types imports pytest documents bench lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(READY) ## load the sample reports into a PostgreSQL of its own and compare them
	$(BIN)/kb demo

test: lint types imports pytest documents ## all that must hold: style, types, layers, tests, generated documents

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

pytest: $(READY)
	$(BIN)/python -m pytest -q

documents: $(READY)
	$(BIN)/python -m cogapp --check $(wildcard README.md README.zh.md schema/*.md)

bench: $(READY) ## how fast the sample reports are read
	$(BIN)/python tests/bench.py

lock: $(READY) ## write requirements.lock anew from pyproject.toml, with the newest versions
	$(PIP) uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-emit-index-url --custom-compile-command "make lock" -q -o requirements.lock

clean: ## remove .venv and all that tools have left; the knowledge base stays
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	    { rm -rf .venv; echo "Python's venv module is missing (Debian, Ubuntu: apt install python3-venv)"; exit 1; }
	@echo "Setting up .venv from requirements.lock: a minute, once"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check || { echo "requirements.lock lacks something: make lock"; exit 1; }
	@touch $(READY)
