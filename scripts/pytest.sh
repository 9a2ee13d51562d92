#!/usr/bin/env bash
# All Python tests. In continuous integration the few that failed are run once more, visibly: machines are shared, and a
# test that fails twice is a fault.
set -uo pipefail
cd "$(dirname "$0")/.."
scripts/setup_editor.sh curl || exit 1
python=${PY:-.venv/bin/python}
most=5

# Files of tests are independent of each other; those that failed are run one after the other.
processors=$("$python" -c 'import os; print(min(4, os.cpu_count() or 1))')
parallel=()
[ "$processors" -eq 1 ] || parallel=(-n "$processors" --dist loadfile)

"$python" -m pytest --no-header "${parallel[@]}" "$@"
status=$?
[ "$status" -eq 1 ] && [ -n "${CI:-}" ] || exit "$status"
failed=$("$python" -m pytest --no-header -q --last-failed --last-failed-no-failures none --collect-only "$@" | grep -c '::')
if [ "$failed" -gt "$most" ]; then
  exit "$status"
fi
echo "== $failed failed; once more:"
exec "$python" -m pytest --no-header --last-failed --last-failed-no-failures none "$@"
