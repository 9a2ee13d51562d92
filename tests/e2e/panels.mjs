// What tests do with panels of plugins: fixtures that have some, tabs, views of the side bar, questions.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually, pick, ROOT, runCommand } from './harness.mjs';

/** A file of a fixture that was built. */
function fixture(...names) {
  const file = path.join(ROOT, 'build', 'fixtures', ...names);
  assert.ok(existsSync(file), 'build the fixtures first: make plugins');
  return file;
}

/** Limits that a call which hangs does not meet while a test looks at it. */
const PATIENT = { 'thoth.runtime.fuelPerCall': 1e15, 'thoth.runtime.deadlineSeconds': 600 };

/** The fixture stagehand in a folder of development that the workspace names, and how it is built anew. */
export class Stagehand {
  constructor(workspace) {
    const folder = path.join(path.dirname(workspace), 'plugins-of-mine');
    this.plugin = path.join(folder, 'stagehand');
    mkdirSync(this.plugin, { recursive: true });
    copyFileSync(path.join(ROOT, 'plugins', 'fixtures', 'stagehand.toml'), path.join(this.plugin, 'plugin.toml'));
    this.build('build-01');
    mkdirSync(path.join(workspace, '.vscode'), { recursive: true });
    writeFileSync(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify({ 'thoth.plugins.devFolders': [folder], ...PATIENT }));
  }

  /** As a build does it, as far as can be told from outside: its word is another, and the file takes the place of the old one at once. */
  build(word) {
    const bytes = readFileSync(fixture('stagehand.wasm'));
    bytes.write(word, bytes.indexOf('build-01'), 'latin1');
    const file = path.join(this.plugin, 'plugin.wasm');
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
  }
}

/** The gallery, as somebody installed it. XDG_DATA_HOME of the editor is `data` in its folder. */
export function installGallery(workspace) {
  const folder = path.join(path.dirname(workspace), 'data', 'thoth-ls', 'plugins', 'org.thoth.fixture.gallery');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const file of ['plugin.toml', 'plugin.wasm']) copyFileSync(fixture('gallery', file), path.join(folder, file));
}

/** Opens a tab of a plugin by the palette. */
export async function openPanel(page, name) {
  await runCommand(page, 'Thoth: Open Panel');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: name }).first().waitFor({ timeout: 60_000 });
  await pick(page, name);
}

/** Allows what a plugin asks for. A button takes no click for a moment after its dialog has come up. */
export async function allow(page) {
  const button = page.locator('.monaco-dialog-box', { hasText: 'asks for permissions' }).getByRole('button', { name: 'Allow', exact: true });
  await button.waitFor({ timeout: 60_000 });
  await new Promise(resolve => setTimeout(resolve, 800));
  await button.click();
  await button.waitFor({ state: 'detached' });
}

/** The panel in that view of the side bar in which `sign` finds something; the REST explorer, which comes along, has one too. */
export async function viewPanel(page, sign, milliseconds = 120_000) {
  const views = page.frameLocator('iframe.webview.ready[src*="purpose=webviewView"]:visible');
  const found = async () => {
    for (const place of [0, 1, 2]) {
      const frame = views.nth(place).frameLocator('iframe#active-frame');
      if (await sign(frame).first().isVisible().catch(() => false)) return frame;
    }
    return undefined;
  };
  return eventually(found, 'a view with that in it', milliseconds);
}

/** The container of all views of Thoth, by its icon. */
export async function showContainer(page) {
  await page.locator('.activitybar').getByRole('tab', { name: 'Thoth' }).click();
}

/** Waits until what was done last was kept for another window: it is asked for when a panel has been quiet. */
export const kept = () => new Promise(resolve => setTimeout(resolve, 2500));
