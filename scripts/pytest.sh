#!/usr/bin/env bash
# All Python tests. In continuous integration the few that failed are run once more, visibly: machines are shared, and a
# test that fails twice is a fault.
set -uo pipefail
cd "$(dirname "$0")/.."
scripts/setup_editor.sh curl || exit 1
python=${PY:-.venv/bin/python}
most=5

"$python" -m pytest --no-header "$@"
status=$?
[ "$status" -eq 1 ] && [ -n "${CI:-}" ] || exit "$status"
failed=$("$python" -m pytest --no-header -q --last-failed --last-failed-no-failures none --collect-only "$@" | grep -c '::')
if [ "$failed" -gt "$most" ]; then
  exit "$status"
fi
echo "== $failed failed; once more:"
exec "$python" -m pytest --no-header --last-failed --last-failed-no-failures none "$@"
