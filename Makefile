SHELL := /bin/sh
PY := .venv/bin/python
SETUP := sh packaging/bootstrap/setup.sh

.DEFAULT_GOAL := help
.PHONY: help setup run shots test test-clients test-peers test-matrix lint bench bench-desktop eval train lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Create .venv and install what running needs (idempotent)
	@$(SETUP) run

run: ## Start the app; ARGS="serve --port 9000" are passed on
	@$(SETUP) run
	@$(PY) -m butler $(ARGS)

test: ## Run the tests with coverage; ARGS="tests/engine -k vault" runs a part, without
	@$(SETUP) test
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
	BUTLER_DATA_DIR=$$data QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} \
	$(PY) -m pytest $(or $(ARGS),-n auto --dist loadfile --cov --cov-report=term)

test-clients: ## Run real clients (SDKs, frameworks, agents) through the engine; ARGS="openai aider" runs some
	@$(SETUP) test
	@PYTHONPATH=app:. $(PY) -m tests.clients $(ARGS)

test-peers: ## Compare what LiteLLM makes of the golden cases with what we do
	@$(SETUP) test
	@PYTHONPATH=app:. $(PY) -m tests.peers

test-matrix: ## Run every golden case between every pair of dialects, in every way
	@$(SETUP) test
	@MATRIX=complete $(PY) -m pytest tests/golden $(ARGS)

lint: ## Check format, lint and types
	@$(SETUP) test
	@$(PY) -m ruff format --check app tests packaging
	@$(PY) -m ruff check app tests packaging
	@$(PY) -m mypy

bench: ## Measure rate and added latency beside a bare pass-through
	@$(SETUP) bench
	@$(PY) -m tests.bench $(ARGS)

bench-desktop: ## Measure the desktop over a log of a million calls
	@$(SETUP) test
	@PYTHONPATH=app:. $(PY) -m tests.bench.desktop $(ARGS)

shots: ## Take the pictures of every page, of a made-up month of traffic
	@$(SETUP) test
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} PYTHONPATH=app:. $(PY) -m tests.desktop.shots --port 8080 $(ARGS)

eval: ## Measure how well task types are recognised, and what the semantic cache takes for the same
	@$(SETUP) test
	@failed=0; \
	$(PY) -m tests.eval.tasktype $(ARGS) || failed=1; \
	$(PY) -m tests.eval.semcache || failed=1; \
	$(PY) -m tests.eval.semantic || failed=1; \
	exit $$failed

train: ## Train the task classifier anew from packaging/training/prompts
	@$(SETUP) test
	@PYTHONPATH=app $(PY) packaging/training/train.py $(ARGS)

lock: ## Write requirements/*.txt anew; ARGS=--upgrade takes newer versions
	@sh packaging/bootstrap/lock.sh $(ARGS)

clean: ## Remove .venv, .clients, caches and reports
	rm -rf .venv .clients .coverage .coverage.* coverage.xml htmlcov build dist \
	  .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find app tests packaging -name __pycache__ -type d -exec rm -rf {} +
