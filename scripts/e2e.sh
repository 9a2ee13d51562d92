#!/usr/bin/env bash
# Runs the end-to-end tests on the newest build/thoth-*.vsix: e2e.sh [FILE...] (default: every tests/e2e/*.test.mjs)
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup_editor.sh
[ $# -gt 0 ] || set -- tests/e2e/*.test.mjs
exec node --test --test-concurrency=1 --test-reporter=spec "$@"
