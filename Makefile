# The commands a newcomer needs: make run · make test · make check · make bench
PYTHON ?= python3
PORT ?= 8000
export UV_PYTHON_DOWNLOADS = never
export UV_NO_CONFIG = 1
BIN := .venv/bin
PY := $(BIN)/python
MESSAGES := guimian/locale/zh_Hans/LC_MESSAGES/django.mo guimian/locale/en/LC_MESSAGES/django.mo
PYTEST := $(PY) -m pytest -q -n 2 --dist loadfile

.PHONY: run test check bench lock messages clean
.DEFAULT_GOAL := run

run: .venv/run.stamp $(MESSAGES)
	@GUIMIAN_DEMO=$${GUIMIAN_DEMO-1} PORT=$(PORT) $(PY) -m guimian.config.cli run

test: .venv/test.stamp $(MESSAGES)
	$(PY) -m tools.browser
	$(PYTEST)
	$(PY) -m tests.support.postgres $(PYTEST) -m "not browser and not once"

check: .venv/test.stamp $(MESSAGES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m tools.budgets
	$(PY) -m tools.messages check
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m pytest -q tests/docs tests/contracts

bench: .venv/test.stamp
	@for file in benchmarks/[a-z]*.py; do [ -e "$$file" ] && $(PY) "$$file"; done; true

# Translations: fetch new texts into the .po files, then fill in what is empty.
messages: .venv/test.stamp
	$(PY) -m tools.messages update

lock: .venv/test.stamp
	$(BIN)/uv pip compile -q -U $(LOCKED) pyproject.toml requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile -q -U $(LOCKED) pyproject.toml requirements/run.in requirements/test.in -c requirements/run.txt -o requirements/test.txt
LOCKED := --generate-hashes --no-header --no-annotate --python-version 3.11

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache

.venv/bin/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv

.venv/run.stamp: requirements/run.txt | .venv/bin/uv
	$(BIN)/uv pip install --quiet --python $(PY) --require-hashes -r requirements/run.txt
	touch $@

.venv/test.stamp: requirements/test.txt .venv/run.stamp | .venv/bin/uv
	$(BIN)/uv pip install --quiet --python $(PY) --require-hashes -r requirements/test.txt
	touch $@

%.mo: %.po .venv/run.stamp
	$(PY) tools/build_messages.py $<
