#!/usr/bin/env bash
# Runs the end-to-end tests on the newest build/thoth-*.vsix: e2e.sh [FILE...] (default: every tests/e2e/*.test.mjs)
# In continuous integration a file that failed is run once more, visibly: what fails twice has failed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup_editor.sh
[ $# -gt 0 ] || set -- tests/e2e/*.test.mjs
run() { node --test --test-concurrency=1 --test-reporter=spec "$@"; }
if [ -z "${CI:-}" ]; then
  run "$@"
  exit
fi
failed=()
for file in "$@"; do
  run "$file" || failed+=("$file")
done
[ ${#failed[@]} -gt 0 ] || exit 0
echo "== once more, on a machine that may have been busy: ${failed[*]}"
run "${failed[@]}"
