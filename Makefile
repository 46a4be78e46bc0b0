# make demo         review the example scripts, from files to reports and audit database
# make test         run all tests, one process a core (starts its own PostgreSQL); ARGS=-n0 for a single process
# make lint         style, types, layers
# make bench        speed, as ratios to a peer measured in the same run
# make bench-matcher  the matcher next to other libraries, which it installs
# make bench-language  the rule language at ten thousand rules, next to other engines, which it installs
# make bench-live  a live session late and early in a broadcast, next to a review of the same words
# make fuzz        the rule language against random files, a minute; ARGS=-max_total_time=600 for longer (Linux)
# make compare-readers  other ways to build the second reader, which it installs; minutes
# make docs         regenerate the generated parts of the documentation
# make lock         re-pin what changed in pyproject.toml; ARGS=--upgrade moves every pin
# Each target sets up .venv by itself and is quick the second time.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
  if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
BIN := .venv/bin
RUNTIME := .venv/.runtime
DEV := .venv/.dev
PEERS := .venv/.peers
FUZZ := .venv/.fuzz
COMPARE := .venv/.compare
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-annotate --no-header

.DEFAULT_GOAL := demo
.PHONY: demo test lint bench bench-matcher bench-language bench-live fuzz compare-readers docs lock wheel clean

demo: $(RUNTIME)
	@$(BIN)/compliance demo

test: $(DEV)
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered $(ARGS)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/compliance policy check
	$(BIN)/compliance lexicon lint
	$(BIN)/compliance policy test

bench: $(DEV)
	$(BIN)/python benchmarks/review.py $(ARGS)

bench-matcher: $(DEV) $(PEERS)
	$(BIN)/python benchmarks/matcher.py $(ARGS)

bench-language: $(DEV) $(PEERS)
	$(BIN)/python benchmarks/language.py $(ARGS)

bench-live: $(DEV)
	$(BIN)/python benchmarks/live.py $(ARGS)

fuzz: $(DEV) $(FUZZ)
	$(BIN)/python tests/fuzz_language.py -max_total_time=60 $(ARGS)

compare-readers: $(DEV) $(COMPARE)
	$(BIN)/python tools/compare_readers.py $(ARGS)

docs: $(DEV)
	$(BIN)/python docs/generate.py
	$(BIN)/python tools/textmate.py

lock:
	$(COMPILE) $(ARGS) pyproject.toml --extra editor --extra opinion --extra postgres --group dev -o requirements/dev.lock
	$(COMPILE) -c requirements/dev.lock pyproject.toml --extra editor --extra opinion --extra postgres --group build -o requirements/runtime.lock
	$(COMPILE) $(ARGS) -c requirements/dev.lock --group peers -o requirements/peers.lock
	$(COMPILE) $(ARGS) -c requirements/dev.lock --group fuzz -o requirements/fuzz.lock
	$(COMPILE) $(ARGS) -c requirements/dev.lock --group compare -o requirements/compare.lock

wheel: $(RUNTIME)
	$(BIN)/python -m pip --disable-pip-version-check --quiet wheel --no-deps --no-build-isolation -w dist .

clean:
	rm -rf .venv dist

.venv/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed" >&2; exit 1; fi
	@$(PYTHON) -m venv .venv || { echo "建不了虚拟环境；Debian/Ubuntu 请先安装 python3-venv / cannot create a virtual environment; on Debian/Ubuntu install python3-venv" >&2; rm -rf .venv; exit 1; }

$(RUNTIME): requirements/runtime.lock pyproject.toml | .venv/bin/python
	@echo "准备运行环境（首次约一分钟）…"
	@$(PIP) --no-deps --require-hashes -r requirements/runtime.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.lock $(RUNTIME)
	@echo "准备开发环境…"
	@$(PIP) --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

$(PEERS): requirements/peers.lock $(DEV)
	@echo "准备用来比较的库…"
	@$(PIP) --no-deps --require-hashes -r requirements/peers.lock
	@touch $@

$(FUZZ): requirements/fuzz.lock $(DEV)
	@echo "准备模糊测试…"
	@$(PIP) --no-deps --require-hashes -r requirements/fuzz.lock
	@touch $@

$(COMPARE): requirements/compare.lock $(DEV)
	@echo "准备用来比较的判读方法…"
	@$(PIP) --no-deps --require-hashes -r requirements/compare.lock
	@touch $@
