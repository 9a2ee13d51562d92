#!/usr/bin/env bash
# Installs the extension's npm packages from its lock file. Does nothing when they are current.
set -euo pipefail
cd "$(dirname "$0")/../vscode-extension"
command -v node >/dev/null || { echo "Thoth's extension needs Node 20 or newer; node was not found." >&2; exit 1; }
stamp=node_modules/.thoth-stamp
key=$(cat package-lock.json package.json | sha256sum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ] && exit 0
echo "Installing the extension's npm packages"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
printf '%s' "$key" > "$stamp"
