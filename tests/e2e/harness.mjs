// One real editor, one headless browser and one window for a file of tests; what a failed test leaves is kept in build/e2e.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { FLAVOUR, mergeSettings, packedExtension, ROOT, startCodeServer } from '../../scripts/editor/codeServer.mjs';

export { FLAVOUR, ROOT };
export const SAMPLES = path.join(ROOT, 'samples');
export const OUT = path.join(ROOT, 'build', 'e2e');
const SHOTS = path.join(OUT, 'shots');

const SETTINGS = {
  'git.enabled': false,
  'window.dialogStyle': 'custom',
  'workbench.reduceMotion': 'on',
  'workbench.quickOpen.closeOnFocusLost': false,
  'files.simpleDialog.enable': true,
  'explorer.confirmDelete': false,
};
const TRUSTED = { 'security.workspace.trust.enabled': false };
const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.untrustedFiles': 'open',
};
const BROWSER = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
BROWSER.push('--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage');
BROWSER.push('--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost'); // nothing leaves the machine

/** The Python the extension is told to use: THOTH_E2E_PYTHON, the repository's environment, or the one on the path. */
export const PYTHON = [process.env.THOTH_E2E_PYTHON, path.join(ROOT, '.venv', 'bin', 'python'), '/usr/bin/python3'].find(
  file => file && existsSync(file),
);

/**
 * Starts an editor before the tests of the calling file and ends it after them. `files` are copied into its workspace
 * (names of samples, or [path, name]), then `prepare` gets its path. After a failed test the screenshot, the console and the logs are kept, and the
 * next test gets a fresh window. Returns an object whose `page`, `workspace` … are there from the first test on.
 */
export function editorForTests({ files = [], settings = {}, trusted = true, prepare = () => {} } = {}) {
  const use = {
    problems: [],
    console: [],
    /** Changes settings of the workspace, which the window follows; the user's, in a web window, it reads only once. */
    setSettings: values => mergeSettings(path.join(use.workspace, '.vscode', 'settings.json'), values),
  };
  before(
    async () => {
      use.editor = await startCodeServer({
        vsix: packedExtension(),
        settings: { ...SETTINGS, ...(trusted ? TRUSTED : RESTRICTED), ...settings },
        machineSettings: { 'thoth.interpreter': PYTHON },
        args: trusted ? ['--disable-workspace-trust'] : [],
      });
      use.workspace = path.join(use.editor.folder, 'ws');
      mkdirSync(use.workspace);
      for (const file of files) addFile(use, file);
      prepare(use.workspace);
      use.browser = await chromium.launch({
        executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
        args: BROWSER,
        ignoreDefaultArgs: ['--hide-scrollbars'], // the tests drag them
      });
      use.page = await openWindow(use);
    },
    { timeout: 180_000 },
  );
  afterEach(
    async context => {
      if (failed(context)) await keepEvidence(use, context);
    },
    { timeout: 60_000 },
  );
  after(
    async () => {
      await use.browser?.close();
      await use.editor?.stop(Boolean(process.env.THOTH_E2E_KEEP));
    },
    { timeout: 60_000 },
  );
  return use;
}

/**
 * `test` for a file whose tests go on from each other: each begins where the one before has ended, and after a failure
 * there is nothing to go on from. `run` gets the page.
 */
export function story(use, limit) {
  let failed = false;
  return (name, run) =>
    test(name, limit, async context => {
      if (failed) return context.skip('an earlier step failed');
      failed = true;
      await run(use.page);
      failed = false;
    });
}

/** Copies a sample, or `[path, name]`, into the workspace and returns where it is. */
export function addFile(use, file) {
  const [from, name] = Array.isArray(file) ? file : [path.join(SAMPLES, file), file];
  const to = path.join(use.workspace, name);
  copyFileSync(from, to);
  return to;
}

// Node 20 tells an afterEach hook of a failure in no documented way: the context has `error` (and `passed` from 20.?).
function failed(context) {
  return context.error != null || context.passed === false;
}

async function keepEvidence(use, context) {
  const folder = path.join(OUT, 'failed', context.name.replace(/\W+/g, '-').slice(0, 80));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await use.page?.screenshot({ path: path.join(folder, 'window.png') }).catch(() => {});
  const logs = path.join(use.editor.profile, 'logs');
  if (existsSync(logs)) cpSync(logs, path.join(folder, 'logs'), { recursive: true });
  writeFileSync(path.join(folder, 'console.log'), use.console.join('\n'));
  context.diagnostic(`kept: ${path.relative(ROOT, folder)} (window.png, console.log, logs/)`);
  await use.page?.context().close();
  use.page = await openWindow(use);
}

/** A window with storage of its own on the workspace, ready for commands. */
export async function openWindow(use, folder = use.workspace) {
  const context = await use.browser.newContext({ viewport: { width: 1600, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: use.editor.url });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  listen(use, page);
  await page.goto(`${use.editor.url}/?folder=${encodeURIComponent(folder)}`);
  await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
  // Nothing in the page tells when extensions' commands and custom editors are known; these performance marks do. Too
  // early, a CSV file would open as plain text and stay so.
  const marks = ['code/didLoadExtensions', 'code/didCreateWorkbenchContributions/3'];
  const ready = names => names.every(name => performance.getEntriesByName(name).length > 0);
  await page.waitForFunction(ready, marks, { timeout: 60_000 });
  return page;
}

/** Keeps what the consoles of all frames say, and apart what is wrong: errors, uncaught or not, and breaches of a policy. */
function listen(use, page) {
  const keep = (line, wrong) => {
    use.console.push(line);
    if (wrong && !NOT_OURS.test(line)) use.problems.push(line);
  };
  page.on('console', message => {
    const line = `[${message.type()}] ${message.text()} (${message.location().url})`;
    keep(line, message.type() === 'error' || /Content Security Policy/.test(line));
  });
  page.on('pageerror', error => keep(`[uncaught] ${error.stack ?? error}`, true));
}

/**
 * A signing module that only Microsoft's own builds have, what the window says when it is closed, and files of a page that
 * the editor made anew while its service worker, which answers for this address, changed: what is missing is another error.
 */
const NOT_OURS = new RegExp(
  [
    String.raw`/node_modules/vsda/`,
    String.raw`\[lifecycle\] Long running operations during shutdown`,
    `'vscode-web-db' is closed`,
    String.raw`ERR_NAME_NOT_RESOLVED \(https://[^)/]*\.vscode-resource\.vscode-cdn\.net/`,
  ].join('|'),
);

/** The web view in front, whose content is two frames deep; those of the side bar are others. */
export function webview(page) {
  return page.frameLocator('iframe.webview.ready:visible:not([src*="purpose=webviewView"])').frameLocator('iframe#active-frame');
}

/** Opens a file of the workspace from the Explorer with whatever editor is its default. */
export async function openFile(page, name) {
  const row = page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true });
  await row.waitFor({ timeout: 30_000 });
  const tab = page.locator('.tabs-container .tab.active', { hasText: name });
  // Again where it missed: a file that has just been written moves the rows of the list.
  for (let left = 3; ; left--) {
    await row.dblclick();
    try {
      return await tab.waitFor({ timeout: 10_000 });
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

/** Picks a command in the command palette, asked again where it is not listed: a window learns of some a moment late. */
export async function runCommand(page, title) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (let left = 3; ; left--) {
    const input = await openPalette(page, `>${title}`);
    try {
      await row.waitFor({ timeout: 5000 });
    } catch (error) {
      if (left === 0) throw error;
      await input.fill('>', { timeout: 2000 }).catch(() => {}); // what is typed again is looked for again
      continue;
    }
    await row.click();
    return input;
  }
}

/** Shows the palette with a text in it, tried again: an F1 pressed while a web view takes the focus is lost. */
async function openPalette(page, text) {
  const input = quickInput(page);
  for (let left = 5; ; left--) {
    try {
      if (!(await input.isVisible())) {
        await page.keyboard.press('F1');
        await input.waitFor({ timeout: 2000 });
      }
      await input.fill(text, { timeout: 2000 }); // typing would race with whatever takes the focus
      return input;
    } catch (error) {
      if (!left) throw error;
    }
  }
}

export function quickInput(page) {
  return page.locator('.quick-input-widget input[type="text"]').first();
}

/** Chooses a row of the pick list that is open, by its text. */
export async function pick(page, text) {
  const focused = page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: text });
  // A list draws only what is in sight, so that a row may be there and not be found; and another list may still be shown.
  for (const end = Date.now() + 20_000; ; ) {
    try {
      await quickInput(page).fill(text, { timeout: 2000 });
      await focused.waitFor({ timeout: 2000 });
      break;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
  await page.keyboard.press('Enter');
}

/** The input over the commands of plugins, once they have said which they have; there are more than what is in sight. */
export async function pluginCommands(page) {
  await runCommand(page, 'Thoth: Run Plugin Command');
  return page.locator('.quick-input-widget input[placeholder="Choose a command to run"]');
}

/** Goes to a row, a cell (`12:3`) or a byte (`@4096`) of the file in front. */
export async function goToRow(page, place) {
  await runCommand(page, 'Thoth: Go to Row');
  await quickInput(page).fill(String(place));
  await page.keyboard.press('Enter');
}

/** As a person does it: a page that is just loaded anew is gone before VS Code has written down which tabs there were. */
export async function reloadWindow(page) {
  await Promise.all([page.waitForEvent('load', { timeout: 60_000 }), runCommand(page, 'Developer: Reload Window')]);
}

/** An item of VS Code's status bar. */
export function statusItem(page, text) {
  return page.locator('.statusbar-item', { hasText: text }).first();
}

export async function closeEditors(page) {
  await runCommand(page, 'View: Close All Editors');
  await page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
}

/** Waits until `probe` returns something true and returns that. */
export async function eventually(probe, what, milliseconds = 20_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) assert.fail(`timed out after ${milliseconds} ms: ${typeof what === 'function' ? await what() : what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Keeps a screenshot in build/e2e/shots. */
export async function shot(page, name) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${FLAVOUR}-${name}.png`) });
}


/** Processes of the language server below this editor: `[{ pid, parent, args, parentArgs }]`. */
export function serverProcesses(use) {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const all = rows.map(row => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row)).filter(Boolean);
  const processes = all.map(([, pid, parent, args]) => ({ pid: Number(pid), parent: Number(parent), args }));
  const below = new Set([use.editor.pid]);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
  }
  const servers = processes.filter(({ pid, args }) => below.has(pid) && / -- --stdio$/.test(args));
  return servers.map(server => ({ ...server, parentArgs: processes.find(({ pid }) => pid === server.parent)?.args ?? '' }));
}

export async function clipboard(page) {
  await page.bringToFront();
  return page.evaluate(() => navigator.clipboard.readText());
}
