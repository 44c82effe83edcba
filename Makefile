# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test bench hostile lock clean install install-dev lint killrig bench-batch

$(VENV)/.core: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "安装核心依赖（版本已锁定）……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements-dev.lock
	@echo "安装测试依赖（版本已锁定）……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/.core
install-dev: $(VENV)/.dev

run: install  ## set up, print one real answer, serve on 127.0.0.1:8000
	@$(BIN)/advisor serve --host $(HOST) --port $(PORT) --demo

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: install-dev lint  ## everything CI runs
	$(BIN)/pytest -q

bench: install-dev  ## the figures of docs/benchmarks.md, measured here and now
	$(BIN)/advisor-eval bench --out docs/benchmarks.md

lock:  ## resolve again; needs uv
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	  --extra build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	  --extra build --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .advisor

hostile: install-dev  ## every misbehaviour of a model, 50 runs each (about half an hour)
	HOSTILE_RUNS=50 $(BIN)/pytest -q -n 2 tests/e2e/test_hostile_model.py

killrig: install-dev  ## 200 kills over 2,000 rows of a batch, without and with a model (about half an hour)
	BATCH_KILLS=200 BATCH_ROWS=2000 $(BIN)/pytest -q -s -n 0 tests/e2e/test_batch_kills.py

bench-batch: install-dev  ## batches of 1,000, 10,000 and 100,000 rows on the home in use (an hour; needs ../shared/data)
	$(BIN)/advisor-eval batch --messages ../shared/data/messages --rows 1000 --rows 3000 --rows 10000 --rows 100000
