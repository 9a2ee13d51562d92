// Starts and ends code-server: VS Code's own server and web workbench, as scripts/setup_editor.sh installs it.
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const FLAVOUR = process.env.THOTH_EDITOR || '100';
const CACHE = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
const HOME = process.env.THOTH_E2E_HOME || path.join(CACHE, 'thoth-e2e');
const BASE = path.join(HOME, `editor-${FLAVOUR}`);
const NODE = path.join(BASE, 'node');
const ENTRY = path.join(BASE, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden', // newer versions open a chat there, which takes the focus
  'chat.disableAIFeatures': true,
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
};

/** THOTH_VSIX or the newest build/thoth-*.vsix; throws with what to do where there is none. */
export function packedExtension() {
  if (process.env.THOTH_VSIX) return process.env.THOTH_VSIX;
  const build = path.join(ROOT, 'build');
  const names = existsSync(build) ? readdirSync(build) : [];
  const packed = names.filter(name => /^thoth-.*\.vsix$/.test(name)).map(name => path.join(build, name));
  packed.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!packed.length) throw new Error('there is no build/thoth-*.vsix: run `make vsix` first');
  return packed[0];
}

/** Adds values to a JSON settings file, making it where it is missing. */
export function mergeSettings(file, values) {
  let old = {};
  try {
    old = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...old, ...values }, null, 2)}\n`);
}

function environment(folder) {
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: path.join(folder, 'config'),
    XDG_DATA_HOME: path.join(folder, 'data'),
    XDG_STATE_HOME: path.join(folder, 'state'),
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}', // nothing is looked up over the network
  };
  // Left over from a terminal inside an editor, or from node's test runner, these would change what the server does.
  for (const name of Object.keys(env)) if (/^(VSCODE_|NODE_TEST_CONTEXT|NODE_OPTIONS)/.test(name)) delete env[name];
  return env;
}

/**
 * Starts an editor on a free port of 127.0.0.1 with a profile of its own in a temporary folder.
 * `settings` are the user's; `machineSettings` those of scope machine (an interpreter's path), which a remote window
 * takes from elsewhere; `more` are packages besides ours. Resolves once it answers; `stop()` ends every process it started and removes the profile.
 */
export async function startCodeServer({ vsix, more = [], settings = {}, machineSettings = {}, args = [], cwd = ROOT }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'thoth-')); // short: a socket is made in it, 108 bytes at most
  const profile = path.join(folder, 'ud');
  mergeSettings(path.join(profile, 'User', 'settings.json'), { ...SETTINGS, ...settings });
  mergeSettings(path.join(profile, 'Machine', 'settings.json'), machineSettings);
  writeFileSync(path.join(folder, 'config.yaml'), 'auth: none\n');
  const env = environment(folder);
  const common = ['--config', path.join(folder, 'config.yaml'), '--user-data-dir', profile];
  common.push('--extensions-dir', path.join(folder, 'extensions'));
  const options = ['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'];
  options.push('--disable-getting-started-override', '--disable-proxy', ...args);
  let child;
  try {
    if (vsix) install(vsix, path.join(folder, 'extensions'), env);
    for (const file of more) execFileSync(NODE, [ENTRY, ...common, '--install-extension', file], { env, stdio: 'pipe', timeout: 120_000 });
    // detached: a process group of its own, which stop() ends as a whole
    child = spawn(NODE, [ENTRY, ...common, ...options], { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const url = await address(child);
    return { url, folder, profile, pid: child.pid, stop: keep => stop(child, folder, keep) };
  } catch (error) {
    await stop(child, folder, false);
    throw error;
  }
}

/**
 * Puts the extensions folder of an editor with that package into `target`. The editor itself unpacks a package once
 * (seconds of work), into build/e2e/installed; every editor gets a copy of its own.
 */
function install(vsix, target, env) {
  const { mtimeMs, size } = statSync(vsix);
  const kept = path.join(ROOT, 'build', 'e2e', 'installed');
  const ready = path.join(kept, `${FLAVOUR}-${path.basename(vsix, '.vsix')}-${size}-${Math.round(mtimeMs)}`);
  if (!existsSync(ready)) {
    mkdirSync(kept, { recursive: true });
    for (const old of readdirSync(kept)) {
      if (old.startsWith(`${FLAVOUR}-`)) rmSync(path.join(kept, old), { recursive: true, force: true });
    }
    const making = mkdtempSync(path.join(kept, 'making-'));
    const where = ['--user-data-dir', path.join(making, 'ud'), '--extensions-dir', path.join(making, 'extensions')];
    writeFileSync(path.join(making, 'config.yaml'), 'auth: none\n');
    const command = [ENTRY, '--config', path.join(making, 'config.yaml'), ...where, '--install-extension', vsix];
    try {
      execFileSync(NODE, command, { env, stdio: 'pipe', timeout: 120_000 });
      moveOver(path.join(making, 'extensions'), ready);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  cpSync(ready, target, { recursive: true });
  const list = path.join(target, 'extensions.json'); // says where each is: whole paths
  const { location, relativeLocation } = JSON.parse(readFileSync(list, 'utf8'))[0];
  const before = path.dirname(location.path);
  if (path.basename(location.path) !== relativeLocation) throw new Error(`${list} says no place of an extension`);
  writeFileSync(list, readFileSync(list, 'utf8').replaceAll(before, target));
}

/** Renames a folder; where another process was quicker, its folder is as good. */
function moveOver(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

function address(child) {
  let output = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`code-server did not start within 60 s\n${output}`)), 60_000);
    const read = data => {
      output += data;
      const found = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output);
      if (!found) return;
      clearTimeout(late);
      resolve(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`code-server ended with ${code}\n${output}`)));
  });
}

async function stop(child, folder, keep) {
  const signal = name => {
    try {
      process.kill(-child.pid, name);
      return true;
    } catch {
      return false; // nobody is left in the group
    }
  };
  if (child?.pid) {
    signal('SIGTERM');
    for (let left = 30; left && signal(0); left--) await new Promise(resolve => setTimeout(resolve, 100));
    signal('SIGKILL'); // extension hosts outlive the server, waiting for their window to come back
  }
  if (!keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
