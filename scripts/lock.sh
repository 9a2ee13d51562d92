#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml: exact versions and hashes, for every platform, no index address.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
$python -m pip install --quiet uv
lock() { $python -m uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet; }
lock -o requirements/runtime.lock
lock --group dev -o requirements/dev.lock
lock --group bench -o requirements/bench.lock
