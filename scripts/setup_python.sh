#!/usr/bin/env bash
# Makes or updates .venv from a lock file: setup_python.sh [dev|bench]. Does nothing when it is current.
set -euo pipefail
cd "$(dirname "$0")/.."
lock=requirements/${1:-dev}.lock
stamp=.venv/.${1:-dev}.stamp
key=$(cat "$lock" pyproject.toml | sha256sum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ] && exit 0
base=${PYTHON:-}
for candidate in python3 python3.11 python3.12 python3.13 python3.14; do
  [ -n "$base" ] && break
  command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' && base=$candidate
done
[ -n "$base" ] || { echo "Thoth needs Python 3.11 or newer; none was found. Install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
[ -x .venv/bin/python ] || "$base" -m venv .venv || {
  echo "Could not make a virtual environment with $base. On Debian: apt-get install python3-venv" >&2
  rm -rf .venv
  exit 1
}
echo "Setting up .venv from $lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
printf '%s' "$key" > "$stamp"
