// What tests of the REST explorer do: the servers beside the editor, its tabs and its view in the side bar.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PYTHON, ROOT, runCommand, webview } from './harness.mjs';

/** httpbin, our own server and a WebSocket: `{ httpbin, own, socket, lines, stop() }`; `lines` is what they told. */
export async function startServers() {
  const child = spawn(PYTHON, [path.join(ROOT, 'tests', 'e2e', 'rest_servers.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const told = createInterface({ input: child.stdout });
  const [first] = await once(told, 'line');
  const lines = [];
  told.on('line', line => lines.push(line));
  return { ...JSON.parse(first), lines, stop: () => child.stdin.end() };
}

/** The tab of a request that is in front. */
export class RequestTab {
  /** A fresh one. */
  static async fresh(page) {
    await runCommand(page, 'Thoth: Open Panel');
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'REST Explorer' }).first().click();
    return RequestTab.shown(page);
  }

  static async shown(page) {
    const tab = new RequestTab(page);
    await tab.url.waitFor({ timeout: 60_000 });
    return tab;
  }

  constructor(page) {
    this.page = page;
    this.frame = webview(page);
  }

  get url() {
    return this.frame.locator('input[placeholder^="https://api.example.com"], input[placeholder^="wss://"]').first();
  }

  button(name) {
    return this.frame.getByRole('button', { name, exact: true });
  }

  async press(name) {
    await this.button(name).first().click();
  }

  async choose(tab) {
    await this.frame.getByRole('tab', { name: tab }).click();
  }

  /** Writes the URL and waits until the plugin has it. */
  async write(url) {
    await this.url.fill(url);
  }

  async sees(text, timeout = 20_000) {
    await this.frame.getByText(text).first().waitFor({ timeout });
  }
}
