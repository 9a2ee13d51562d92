// What tests of the REST explorer do: the servers beside the editor, its tabs and its view in the side bar.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eventually, PYTHON, ROOT, runCommand } from './harness.mjs';

/** httpbin, our own server and a WebSocket: `{ httpbin, own, socket, lines, stop() }`; `lines` is what they told. */
export async function startServers() {
  const child = spawn(PYTHON, [path.join(ROOT, 'tests', 'e2e', 'rest_servers.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const told = createInterface({ input: child.stdout });
  const [first] = await once(told, 'line');
  const lines = [];
  told.on('line', line => lines.push(line));
  return { ...JSON.parse(first), lines, stop: () => child.stdin.end() };
}

const URL_FIELD = 'input[placeholder^="https://api.example.com"], input[placeholder^="wss://"]';

/** The web view that is seen and has `selector` in it: a tab and a view of the side bar are seen at the same time. */
export async function frameWith(page, selector, milliseconds = 60_000) {
  let found;
  await eventually(
    async () => {
      for (const frame of page.frames()) {
        const outer = frame.parentFrame();
        if (outer === null || (await frame.locator(selector).count().catch(() => 0)) === 0) continue;
        const element = await outer.frameElement().catch(() => null);
        if (element !== null && (await element.isVisible())) {
          found = frame;
          return true;
        }
      }
      return false;
    },
    `a web view with ${selector}`,
    milliseconds,
  );
  return found;
}

/** The view in the side bar. */
export async function showCollections(page) {
  const header = page.locator('.part.sidebar .pane-header', { hasText: 'REST Explorer' });
  if (!(await header.isVisible())) await page.locator('.activitybar').getByRole('tab', { name: 'Thoth' }).click();
  await header.waitFor({ timeout: 30_000 });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  return frameWith(page, '.n-sidebar-title');
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
    return new RequestTab(page, await frameWith(page, URL_FIELD));
  }

  constructor(page, frame) {
    this.page = page;
    this.frame = frame;
  }

  get url() {
    return this.frame.locator(URL_FIELD);
  }

  /** The dialog that is open. */
  get dialog() {
    return this.frame.getByRole('dialog');
  }

  /** The viewer of files within the tab. */
  get embedded() {
    return this.frame.locator('.n-data-place').first();
  }

  /** A field of code. */
  get code() {
    return this.frame.locator('.n-code-editor').locator('.cm-content, textarea').first();
  }

  button(name) {
    return this.frame.getByRole('button', { name, exact: true });
  }

  async press(name) {
    await this.button(name).first().click();
  }

  /** A tab of the request or of its response, whatever number stands behind its name. */
  async choose(name) {
    await this.frame.getByRole('tab', { name }).first().click();
  }

  async write(url) {
    await this.url.fill(url);
  }

  async sees(text, timeout = 20_000) {
    await this.frame.getByText(text).first().waitFor({ timeout });
  }

  /** Adds a variable to the environment that is edited. */
  async variable(at, name, value, isSecret = false) {
    await this.dialog.getByRole('button', { name: 'Add Variable' }).click();
    await this.dialog.getByPlaceholder('Name', { exact: true }).nth(at).fill(name);
    if (isSecret) {
      await this.dialog.getByLabel('Secret').nth(at).check();
      await eventually(async () => (await this.dialog.locator('input[type=password]').count()) > 0, 'the field of a secret');
    }
    await this.dialog.getByPlaceholder('Value', { exact: true }).nth(at).fill(value);
  }
}
