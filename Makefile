# `make help` is the index.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
COMPILED := .venv/.translations
PO := $(wildcard src/zamiast/*/locale/*/LC_MESSAGES/django.po)
# Tests run on both cores, the files that take long first (conftest.py); the browser stories
# of one file stay together.
TEST = $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test setup check check-pages gallery bench bench-cases load bench-guard translations fresh

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## Start the demo on http://localhost:8000 (make run PORT=9000 for another port)
	@$(BIN)/zamiast demo run --port $(PORT)

fresh: setup ## Start the demo anew, forgetting its data
	@$(BIN)/zamiast demo run --port $(PORT) --fresh

test: setup ## Run all the tests (ARGS='-k identifier' for some)
	@sh tools/ensure_chromium.sh
	@$(TEST) $(ARGS)

setup: $(READY) $(COMPILED) ## Make .venv with the command `zamiast`

$(READY): pyproject.toml constraints.txt
	@echo "Setting up .venv …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Zamiast needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(COMPILED): $(READY) $(PO)
	@$(BIN)/python tools/translations.py compile
	@touch $@

check: setup ## Style, types, import directions, migrations, translations, generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/translations.py check
	$(BIN)/zamiast knowledge check
	$(BIN)/python tools/reference.py --check

check-pages: setup ## Check every page for accessibility: three languages, both themes, two sizes
	@ZAMIAST_CHECK_PAGES=all $(BIN)/pytest -n 2 --dist load tests/journeys/test_every_page.py

gallery: setup ## Take the pictures of docs/gallery anew, of a running demo (make fresh, then PORT as there)
	@$(BIN)/python tools/gallery.py --port $(PORT)

bench: setup ## Measure: identify against pgbench, identifiers, confirming, the desk's pages (10 to 15 minutes; the first time 10 more)
	@$(BIN)/python tools/bench.py
	@$(BIN)/python tools/bench_confirm.py
	@$(BIN)/python tools/bench_cases.py

bench-cases: setup ## Measure the desk's pages alone, at 10 thousand and 1 million cases (2 minutes once filled)
	@$(BIN)/python tools/bench_cases.py

load: setup ## Simulate 300 consultants for ten minutes, then faster until a page takes a second
	@$(BIN)/python tools/load_desk.py

bench-guard: setup ## Measure the PESEL guard, and two others beside it
	@$(BIN)/python tools/bench_guard.py
