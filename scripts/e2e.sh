#!/usr/bin/env bash
# Runs the end-to-end tests on the newest build/thoth-*.vsix: e2e.sh [FILE...] (default: every tests/e2e/*.test.mjs)
# Each file has an editor of its own; several run at a time (E2E_JOBS; default: one a processor, two at most), and what
# one says is printed as a whole. In continuous integration the files that failed are run once more, visibly and alone:
# what fails twice has failed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup_editor.sh
[ $# -gt 0 ] || set -- tests/e2e/*.test.mjs
jobs=${E2E_JOBS:-$(($(nproc) > 1 ? 2 : 1))}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
run() { node --test --test-concurrency=1 --test-reporter=spec "$@"; }

if [ $# -eq 1 ] || [ "$jobs" -eq 1 ]; then
  for file in "$@"; do run "$file" || echo "$file" >>"$folder/failed"; done
else
  export folder
  # shellcheck disable=SC2016
  printf '%s\0' "$@" | xargs -0 -n1 -P"$jobs" bash -c '
    log=$folder/$(basename "$1").log
    node --test --test-concurrency=1 --test-reporter=spec "$1" >"$log" 2>&1 || echo "$1" >>"$folder/failed"
    { flock 9; printf "== %s\n" "$1"; cat "$log"; } 9>"$folder/printing"' e2e
fi
[ -s "$folder/failed" ] || exit 0
mapfile -t failed < <(sort "$folder/failed")
if [ -z "${CI:-}" ]; then
  echo "== failed: ${failed[*]}"
  exit 1
fi
echo "== once more, alone, on a machine that may have been busy: ${failed[*]}"
run "${failed[@]}"
