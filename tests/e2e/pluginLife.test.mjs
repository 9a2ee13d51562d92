// A plugin the user installed: put off, chosen for, switched off for one workspace by keyboard alone, uninstalled.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test as inOrder } from 'node:test';
import { Grid } from './grid.mjs';
import { editorForTests, eventually, openFile, runCommand, shot, story, webview } from './harness.mjs';
import { chooseInMenu, Development, DIARY, line, prompt, showView, unfold } from './pluginPage.mjs';

let installed;
const use = editorForTests({
  settings: { 'workbench.editorAssociations': { '*.diary': 'thoth.dataEditor' } },
  prepare: workspace => {
    const { plugin } = new Development(path.dirname(workspace));
    const plugins = path.join(path.dirname(workspace), 'data', 'thoth-ls', 'plugins');
    installed = path.join(plugins, DIARY);
    mkdirSync(plugins, { recursive: true });
    renameSync(plugin, installed);
    writeFileSync(path.join(workspace, 'my.diary'), 'settings\nbuild\n');
  },
});
const limit = { timeout: 90_000 };

const test = story(use, limit);

const page = () => use.page;
const toFile = () => page().locator('.tabs-container .tab', { hasText: 'my.diary' }).click();
const refused = () => webview(page()).locator('.state-view[data-kind="failed"]');

test('a question that is put off decides nothing, and is asked again with the next file', async () => {
  await openFile(page(), 'my.diary');
  await prompt(page()).getByRole('button', { name: 'Ask Me Later' }).click();
  await refused().waitFor();
  const view = await showView(page());
  await line(view, /^Diary, 0\.1\.0, enabled, .*asks for permissions/).waitFor();
});

test('of several needs some are chosen, the other is denied', async () => {
  await toFile();
  await runCommand(page(), 'Thoth: Reload from Disk');
  await prompt(page()).getByRole('button', { name: 'Choose…' }).click();
  const picker = page().locator('.quick-input-widget');
  const network = picker.locator('.monaco-list-row', { hasText: 'Reach hosts on the network' });
  await network.waitFor();
  await shot(page(), 'plugins-choose');
  await network.locator('.monaco-custom-toggle, input[type="checkbox"]').first().click();
  await picker.getByRole('button', { name: 'OK' }).click();
  const grid = await Grid.shown(page());
  await grid.expectText(1, 0, 'build-01');
  const view = await showView(page());
  await unfold(view, /^Diary/, 'Permissions');
  await view.getByText('2 of 3 allowed').waitFor();
});

test('switched off for this workspace alone, with the keyboard alone', async () => {
  const view = await showView(page());
  await line(view, /^Diary/).click();
  await page().keyboard.press('Shift+F10');
  const item = page().locator('.monaco-menu .action-menu-item', { hasText: 'Disable Plugin (Workspace)' });
  await item.waitFor();
  for (let left = 20; !(await item.evaluate(node => node.closest('.action-item')?.classList.contains('focused') ?? false)); left--) {
    assert.ok(left, 'the arrow keys reach the entry');
    await page().keyboard.press('ArrowDown');
  }
  await page().keyboard.press('Enter');
  await line(view, /^Diary, 0\.1\.0, disabled/).waitFor();
  const kept = path.join(path.dirname(use.workspace), 'state', 'thoth-ls');
  const names = readdirSync(kept, { recursive: true }).map(String);
  assert.ok(names.some(name => /workspaces.*plugins\.json$/.test(name)), names.join());
  await webview(page()).getByRole('button', { name: 'Enable Plugin Again' }).waitFor();
});

test('switched on again in the menu, the file is back', async () => {
  const view = await showView(page());
  await chooseInMenu(page(), line(view, /^Diary/), 'Enable Plugin (Workspace)');
  await line(view, /^Diary, 0\.1\.0, enabled/).waitFor();
  await toFile();
  const grid = await Grid.shown(page());
  await grid.expectText(1, 0, 'build-01');
});

test('uninstalling asks about its data; then the folder is gone and the file says what to do', async () => {
  const view = await showView(page());
  await chooseInMenu(page(), line(view, /^Diary/), 'Uninstall Plugin');
  const dialog = page().locator('.monaco-dialog-box', { hasText: 'Uninstall the plugin' });
  await dialog.waitFor();
  assert.match(await dialog.textContent(), /of data\. You can delete them too, with its settings, secrets and permissions/);
  await shot(page(), 'plugins-uninstall');
  await dialog.getByRole('button', { name: 'Uninstall and Delete Data' }).click();
  await eventually(async () => (await view.getByRole('treeitem', { name: /^Diary/ }).count()) === 0, 'it is no longer listed');
  assert.ok(!existsSync(installed));
  assert.ok(!existsSync(path.join(path.dirname(installed), '..', 'plugin-data', DIARY)));
  await webview(page()).locator('.banner-text', { hasText: 'it was removed; open the file with another plugin' }).waitFor();
});

inOrder('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
