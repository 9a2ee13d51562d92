// What tests of the network do: a server of this machine, the courier that is sent to it, the question, the view and the page.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eventually, pick, pluginCommands, quickInput, ROOT, runCommand, webview } from './harness.mjs';

export const COURIER = 'org.thoth.fixture.courier';

/**
 * Answers everything with a greeting, and counts: `{ port, requests, stop() }`. In a process of its own, beside the editor:
 * what listens in a process that the editor runs in is out of reach for plugins.
 */
export async function startServer() {
  const program = `
    import { createServer } from 'node:http';
    process.stdin.resume().on('end', () => process.exit());
    const server = createServer((request, response) => {
      console.log(request.method + ' ' + request.url);
      const headers = { 'content-type': 'text/plain', 'set-cookie': 'session=secret-of-the-server' };
      response.writeHead(request.url.startsWith('/missing') ? 404 : 200, headers).end('hello from ' + request.url);
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [port] = await once(lines, 'line');
  const requests = [];
  lines.on('line', line => requests.push(line));
  return { port: Number(port), requests, stop: () => child.stdin.end() };
}

/** XDG_DATA_HOME of the editor is `data` in its folder; the server's own place is below that. */
export function installCourier(editorFolder) {
  const wasm = path.join(ROOT, 'build', 'fixtures', 'courier.wasm');
  assert.ok(existsSync(wasm), 'build the fixtures first: make plugins');
  const folder = path.join(editorFolder, 'data', 'thoth-ls', 'plugins', COURIER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(path.join(ROOT, 'plugins', 'fixtures', 'courier.toml'), path.join(folder, 'plugin.toml'));
  copyFileSync(wasm, path.join(folder, 'plugin.wasm'));
}

/** Has the courier fetch an address, by the palette, as a person does it the first time. */
export async function get(page, url) {
  await (await pluginCommands(page)).waitFor({ timeout: 60_000 });
  await pick(page, 'Fetches an address and waits for it');
  for (const [placeholder, text] of [['URL', url], ['--method', ''], ['--header', ''], ['--body', '']]) {
    await page.locator(`.quick-input-widget input[placeholder="${placeholder}"]`).waitFor();
    await quickInput(page).fill(text);
    await page.keyboard.press('Enter');
  }
}

/** The same again. */
export const again = page => runCommand(page, 'Thoth: Repeat Last Plugin Command');

/** The dialog that asks whether a host may be reached. */
export function question(page) {
  return page.locator('.monaco-dialog-box', { hasText: 'wants to reach' });
}

/** Presses a button of the question, after the time that it takes to read it: sooner is taken for a slip. */
export async function answer(page, choice) {
  const dialog = question(page);
  await dialog.waitFor();
  await new Promise(resolve => setTimeout(resolve, 800));
  await dialog.getByRole('button', { name: choice, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The view of the side bar. */
export async function showAccess(page) {
  const view = page.locator('.part.sidebar').getByRole('tree', { name: 'Network Access' });
  if (!(await view.isVisible())) await runCommand(page, 'Thoth: Focus on Network Access View');
  await view.waitFor();
  return view;
}

/** A message, in the list of all of them where the editor did not show it by itself. */
export async function notice(page, text) {
  const item = page.locator('.notification-list-item', { hasText: text }).first();
  try {
    await item.waitFor({ timeout: 8000 });
  } catch {
    await runCommand(page, 'Notifications: Show Notifications');
    await item.waitFor();
  }
  return item;
}

export const clearNotices = page => runCommand(page, 'Notifications: Clear All Notifications');

/** The page "Network Activity". */
export class Activity {
  static async shown(page) {
    await runCommand(page, 'Thoth: Show Network Activity');
    await page.locator('.tabs-container .tab.active', { hasText: 'Network Activity' }).waitFor();
    const activity = new Activity(page);
    await activity.frame.locator('.toolbar').waitFor({ timeout: 30_000 });
    return activity;
  }

  constructor(page) {
    this.page = page;
    this.frame = webview(page);
  }

  get rows() {
    return this.frame.locator('.attempt');
  }

  /** Waits for a row whose texts are there. */
  async row(...texts) {
    let row = this.rows;
    for (const text of texts) row = row.filter({ hasText: text });
    await row.last().waitFor();
    return row.last();
  }

  async filter(text) {
    await this.frame.getByRole('searchbox').fill(text);
  }

  /** What the details say beside a label. */
  async fact(label) {
    return (await this.frame.locator('.details dl > div', { hasText: label }).first().locator('dd').innerText()).trim();
  }
}

/** Waits until the server has got so many requests, and no more. */
export async function expectRequests(server, count) {
  await eventually(() => server.requests.length >= count, () => `${count} requests, there are ${server.requests.length}`);
  assert.equal(server.requests.length, count);
}
