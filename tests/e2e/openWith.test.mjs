// Opening a file with a plugin of choice, or as text.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, pick, quickInput, runCommand, shot, webview } from './harness.mjs';

const use = editorForTests({
  files: ['airports.csv'],
  prepare: folder => {
    writeFileSync(path.join(folder, 'small.json'), '[{"name": "Thoth", "age": 5000}, {"name": "Seshat", "age": 4900}]\n');
    // Where the workspace has the setting, that is where a choice is kept.
    mkdirSync(path.join(folder, '.vscode'));
    const loaders = { 'thoth.files.loaders': { tsv: 'com.thoth.csv-loader' } };
    writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(loaders));
    writeFileSync(path.join(folder, 'lines.ndjson'), '{"name": "Thoth"}\n{"name": "Seshat"}\n');
  },
});
const limit = { timeout: 90_000 };
afterEach(context => (context.error ? undefined : closeEditors(use.page)));

const rows = () => use.page.locator('.quick-input-widget .monaco-list-row');

test('a small JSON file stays with the text editor, and Thoth opens it when asked', limit, async () => {
  await openFile(use.page, 'small.json');
  await use.page.locator('.monaco-editor .view-line', { hasText: 'Seshat' }).first().waitFor();
  await runCommand(use.page, 'Thoth: Open With Thoth');
  await webview(use.page).locator('.thoth-grid[data-state="ready"]').waitFor();
  await shot(use.page, 'open-with-json');
});

test('lines of JSON open in Thoth by themselves', limit, async () => {
  await openFile(use.page, 'lines.ndjson');
  await webview(use.page).locator('.thoth-grid[data-state="ready"]').waitFor();
});

test('the plugins that can open a file are listed with reasons, the default marked', limit, async () => {
  await openFile(use.page, 'small.json');
  await runCommand(use.page, 'Thoth: Open With Plugin');
  await rows().filter({ hasText: 'JSON Loader' }).waitFor();
  assert.match(await rows().filter({ hasText: 'JSON Loader' }).textContent(), /default/);
  assert.equal(await rows().filter({ hasText: 'As text' }).count(), 1);
  await shot(use.page, 'open-with-plugins');
  await pick(use.page, 'JSON Loader');
  await webview(use.page).locator('.thoth-grid[data-state="ready"]').waitFor();
});

test('an open file is read by another plugin, and shown as text when that is chosen', limit, async () => {
  await openFile(use.page, 'airports.csv');
  await Grid.shown(use.page);
  await runCommand(use.page, 'Thoth: Open With Plugin');
  await rows().filter({ hasText: 'in force' }).waitFor();
  await pick(use.page, 'As text');
  await use.page.locator('.monaco-editor .view-line').first().waitFor();
  const tabs = use.page.locator('.tabs-container .tab', { hasText: 'airports.csv' });
  await eventually(async () => (await tabs.count()) === 1, 'the tab of the grid is closed');
});

test('the pin makes a plugin the default for the ending', limit, async () => {
  const settings = path.join(use.workspace, '.vscode', 'settings.json');
  await openFile(use.page, 'small.json');
  await runCommand(use.page, 'Thoth: Open With Plugin');
  const row = rows().filter({ hasText: 'JSON Loader' });
  await row.hover();
  await row.locator('.quick-input-list-entry-action-bar .action-label').click();
  await eventually(
    () => JSON.parse(readFileSync(settings, 'utf8'))['thoth.files.loaders']?.json === 'com.thoth.json-loader',
    'the setting names the plugin',
  );
  assert.equal(JSON.parse(readFileSync(settings, 'utf8'))['thoth.files.loaders'].tsv, 'com.thoth.csv-loader');
  await webview(use.page).locator('.thoth-grid[data-state="ready"]').waitFor();
  assert.equal(await quickInput(use.page).isVisible(), false);
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
