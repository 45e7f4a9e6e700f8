# Everything a newcomer types. Each target sets up what it needs; `make run` and `make test` work on a fresh clone.
PYTHON ?= python3
BIN := .venv/bin
export OMP_WAIT_POLICY := PASSIVE
export ANONYMIZED_TELEMETRY := False

.PHONY: run test slow lint bench schemas train learn lock clean

run: .venv/installed
	$(BIN)/noces app --sample

# One thread a model, a process a core: threads of several processes that wait for each other take three times as long.
test slow: export OMP_NUM_THREADS := 1

# In the order collected: the few long files (browser, roles, answers) come before the many short ones, and no process waits for the last.
test: .venv/installed lint
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

slow: .venv/installed
	$(BIN)/python -m pytest -m slow -n auto --dist loadfile --timeout 3300 --durations 8

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed
	$(BIN)/python -m benchmarks

# Generated files: a test fails when one is stale.
schemas: .venv/installed
	$(BIN)/python -m assistant.wire_shapes

train: .venv/installed
	$(BIN)/python -m assistant.embedded.train

# The weights that read headers no rule knows: some ten minutes.
learn: .venv/installed
	$(BIN)/python -m tests.roles.learn

lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements.lock

clean:
	rm -rf .venv artifacts

# uv installs in seconds; it is fetched into the environment itself, and pip does the same work if it cannot be had.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv || true
	if [ -x $(BIN)/uv ]; then \
	  $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e . ; \
	fi
	touch $@
