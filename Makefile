# Every target sets up what it needs; all are safe to run again. PYTHON=… names another interpreter, FILE=… another file.
SHELL := /bin/bash
PY := .venv/bin/python
FILE ?= samples/airports.csv
.DEFAULT_GOAL := help
.PHONY: help setup run test check format plugins extension e2e vsix bench code lock clean

help:  ## list the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup:  ## make .venv from the lock file
	@scripts/setup_python.sh dev

plugins: setup  ## build the plugins from source and precompile them
	@$(PY) scripts/build_plugins.py

run: plugins  ## open FILE through a real server, print columns, row count and a table
	@$(PY) -m thoth_ls.cli.main open "$(FILE)"

check: setup node  ## lint, types, generated files, import directions
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) scripts/generate_protocol.py --check
	$(PY) scripts/generate_manifest_schema.py --check
	$(PY) scripts/generate_theme_docs.py --check
	$(PY) scripts/generate_theme_tokens.py --check
	$(PY) scripts/generate_ui_builders.py --check
	npm --prefix vscode-extension run --silent check

.PHONY: node
node:
	@scripts/setup_node.sh

test: check plugins extension  ## everything but the benchmarks: units, protocol, TypeScript, the real editor
	@scripts/pytest.sh
	npm --prefix vscode-extension run --silent test
	@$(MAKE) --no-print-directory e2e

extension: node  ## bundle the extension
	@npm --prefix vscode-extension run --silent build

vsix: plugins extension  ## an installable package with the server and its plugins inside
	@$(PY) scripts/build_vsix.py

e2e: vsix  ## drive the extension in a real VS Code
	@scripts/e2e.sh

code: vsix  ## open samples/ in an editor with the extension installed
	@node scripts/code.mjs

bench:  ## measure speed and memory beside peers, into build/bench.json
	@scripts/setup_python.sh bench
	@$(PY) scripts/build_plugins.py
	@$(PY) -m tests.bench

format: setup  ## write the layout ruff wants
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix-only .

lock: setup  ## write the lock files anew
	@scripts/lock.sh

clean:  ## remove what was built, not .venv
	rm -rf build vscode-extension/dist vscode-extension/bundled
