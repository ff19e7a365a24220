# Everything starts here: `make demo` to see the portal, `make test` to test it.
# Nothing but make and Python 3.11 or 3.12 is needed; PYTHON=… names another one.

ifndef PYTHON
# Asked, not only found: a version manager's stand-in can be on the PATH and refuse to run.
PYTHON := $(firstword $(foreach name,python3.12 python3.11 python3,\
  $(shell $(name) -c 'import sys; print(sys.executable)' 2>/dev/null)))
endif
BIN := .venv/bin
PORT ?= 8000
SANDBOX_PORT ?= 8021
TESTS ?= tests
export PYTHONUNBUFFERED = 1

.DEFAULT_GOAL := help
.PHONY: help python setup setup-demo setup-dev demo test check lint bench drill live clean

help: ## Show what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

python:
	@test -n "$(PYTHON)" || { echo "There is no Python: install CPython 3.11 or 3.12 (apt-get install python3 python3-venv)."; exit 1; }

setup: setup-dev ## Install everything: virtual environment, pinned packages, front-end packages

setup-demo: python
	@$(PYTHON) portal/bootstrap.py demo

setup-dev: python
	@$(PYTHON) portal/bootstrap.py demo dev

demo: setup-demo ## Run the portal against a local Zoho with invented people (PORT=8000)
	@$(BIN)/python -m portal.demo --port $(PORT) --sandbox-port $(SANDBOX_PORT)

test: setup-dev ## Run the tests: on SQLite, and on PostgreSQL too where TEST_POSTGRES_URL is set
	$(BIN)/python -m pytest -n 2 $(TESTS)
	@if [ -n "$$TEST_POSTGRES_URL" ]; then \
	  echo "Again on PostgreSQL, without the processes, which keep their own database:"; \
	  TEST_DATABASE=postgres $(BIN)/python -m pytest -n 2 --ignore=tests/operations $(TESTS); \
	else echo "TEST_POSTGRES_URL is not set: PostgreSQL was not tested."; fi

lint: setup-dev ## Check style, types, templates, migrations and the production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python -m tests.production makemigrations --check --dry-run
	$(BIN)/python -m tests.production check --deploy --fail-level WARNING

check: lint test ## Check and test everything, as before a release

bench: setup-dev ## Measure what must be fast
	$(BIN)/python -m tests.bench

drill: setup-dev ## Prove the quota and onboarding over killed processes and a slow network (15 minutes)
	$(BIN)/python -m tests.drill.quota
	DRILL=long $(BIN)/python -m pytest -q -s --show-capture=no tests/onboarding/test_drill.py

live: setup-demo ## Ask the connected organisation what Zoho's documents leave open; reads only
	@if [ -f manage.py ] && $(BIN)/python manage.py migrate --check >/dev/null 2>&1; then \
	  $(BIN)/python manage.py live_check; \
	else echo "Skipped. The portal was not set up here: no database, or no settings in .env."; fi

clean: ## Remove what can be made again; var/ with its data stays
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache var/staticfiles
