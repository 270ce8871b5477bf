# `make` lists the targets. Everything lives in .venv; nothing outside this folder is touched.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run dev test lint format bench clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(VENV)/app.installed  ## install what the app needs (first time only) and start it on http://localhost:8501 (PORT=... for another)
	@echo "Attention Explorer: http://localhost:$(PORT)   (in a classroom: http://$$(hostname):$(PORT); stop with Ctrl+C)"
	@$(BIN)/streamlit run app.py --server.port $(PORT)

dev: $(VENV)/app.installed  ## the same, reloading when a file changes
	@$(BIN)/streamlit run app.py --server.port $(PORT) --server.fileWatcherType auto --server.runOnSave true

test: lint  ## run every test (adds requirements-dev.txt; the browser tests want Chromium or Chrome)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/dev.installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(VENV)/dev.installed  ## put the code into the house's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/dev.installed  ## measure every speed claim
	@$(BIN)/python -m benchmarks

clean:  ## remove .venv and caches
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/app.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the app needs into $(VENV), once ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.installed: requirements-dev.txt $(VENV)/app.installed
	@echo "Installing what the tests need into $(VENV), once ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
