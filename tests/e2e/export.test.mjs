// Exporting as a person does it: from the menus and the palette, with options, a part of a file, cancelled, over a file that is there.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { largeFile } from './data.mjs';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, pick, quickInput, ROOT, runCommand, shot, webview } from './harness.mjs';
import { prompt } from './pluginPage.mjs';
import { Search } from './search.mjs';

const use = editorForTests({
  files: ['airports.csv', [await largeFile(), 'large.csv']],
  prepare: folder => {
    installOdd(path.dirname(folder));
    writeFileSync(path.join(folder, 'cities.ndjson'), '{"name": "Oslo", "at": {"lat": 59.910}}\n{"name": "=Bergen", "at": null}\n');
  },
});
const limit = { timeout: 120_000 };

/** An exporter of the user's own that nobody has decided about. */
function installOdd(editorFolder) {
  const wasm = path.join(ROOT, 'build', 'fixtures', 'odd-exporter.wasm');
  assert.ok(existsSync(wasm), 'build the fixtures first: make plugins');
  const folder = path.join(editorFolder, 'data', 'thoth-ls', 'plugins', 'odd');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(wasm, path.join(folder, 'plugin.wasm'));
  const manifest = readFileSync(path.join(ROOT, 'plugins', 'fixtures', 'odd-exporter.toml'), 'utf8');
  const needs = '[permissions]\nnetwork = { hosts = ["*.example.org"], reason = "It asks how to write." }\n';
  writeFileSync(path.join(folder, 'plugin.toml'), `${manifest}\n${needs}`);
}

afterEach(context => (context.error ? undefined : closeEditors(use.page)));

const inWorkspace = name => path.join(use.workspace, name);
const written = name => readFileSync(inWorkspace(name), 'utf8');

/** Chooses a format; `change` is done in the list of options, before going on. */
async function choose(format, change = async () => {}) {
  await use.page.locator('.quick-input-title', { hasText: 'Export' }).waitFor();
  await pick(use.page, format);
  await option('Go On').waitFor();
  await change();
  await option('Go On').click();
}

const option = text => use.page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();

/** Answers the save dialog: its list shows the folder, its field the name that is suggested. */
async function saveAs(name) {
  const input = quickInput(use.page);
  await eventually(async () => /\/[^/]+$/.test(await input.inputValue().catch(() => '')), 'the save dialog');
  const suggested = await input.inputValue();
  await input.fill(inWorkspace(name));
  await use.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
  return path.basename(suggested);
}

const notification = text => use.page.locator('.notification-toast', { hasText: text }).first();

async function said(text) {
  await notification(text).waitFor({ timeout: 60_000 });
  return notification(text);
}

async function dismiss() {
  await runCommand(use.page, 'Notifications: Clear All Notifications');
}

test('a whole file is exported as CSV with options', limit, async () => {
  await openFile(use.page, 'airports.csv');
  await Grid.shown(use.page);
  await runCommand(use.page, 'Thoth: Export…');
  await use.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'CSV' }).waitFor();
  await shot(use.page, 'export-formats');
  await choose('CSV', async () => {
    await option('Delimiter').click();
    await pick(use.page, 'semicolon');
    await option('Delimiter').getByText('semicolon').waitFor();
    await option('Text for missing values').click();
    // The box for it, not the one above the list, which is still there for a moment.
    await use.page.locator('.quick-input-message', { hasText: 'Text for missing values' }).waitFor();
    await quickInput(use.page).fill('NA');
    await use.page.keyboard.press('Enter');
    await option('Text for missing values').getByText('NA').waitFor();
    await shot(use.page, 'export-options');
  });
  assert.equal(await saveAs('whole.csv'), 'airports-export.csv');
  const toast = await said('Exported 3,376 records to whole.csv');
  await shot(use.page, 'export-done');
  const lines = written('whole.csv').split('\n');
  assert.equal(lines[0], 'iata;name;city;state;country;latitude;longitude');
  assert.equal(lines[1], '00M;Thigpen;Bay Springs;MS;USA;31.95376472;-89.23450472');
  assert.equal(lines.length, 3378);
  await toast.getByRole('button', { name: 'Open' }).click();
  await use.page.locator('.tabs-container .tab.active', { hasText: 'whole.csv' }).waitFor();
  await dismiss();
});

test('the options used last are used again at once', limit, async () => {
  await openFile(use.page, 'airports.csv');
  await Grid.shown(use.page);
  await runCommand(use.page, 'Thoth: Export with Last Options…');
  await saveAs('again.csv');
  await said('Exported 3,376 records to again.csv');
  assert.match(written('again.csv').split('\n')[0], /;/);
  await dismiss();
  await runCommand(use.page, 'Thoth: Export…');
  await option('CSV with the options used last').getByText('Delimiter: semicolon').waitFor();
  await use.page.keyboard.press('Escape');
});

test('a selection of the table is exported as JSON', limit, async () => {
  await openFile(use.page, 'airports.csv');
  const grid = await Grid.shown(use.page);
  await grid.select(2, 1);
  await grid.press('Shift+ArrowDown', 'Shift+ArrowRight');
  await grid.cell(2, 1).click({ button: 'right' });
  await grid.frame.getByRole('menuitem', { name: 'Export Selection…' }).waitFor();
  await shot(use.page, 'export-menu');
  await grid.frame.getByRole('menuitem', { name: 'Export Selection…' }).click();
  await choose('JSON');
  assert.equal(await saveAs('part.json'), 'airports-selection.json');
  await said('Exported 2 records to part.json');
  assert.deepEqual(JSON.parse(written('part.json')), [
    { name: 'Meadow Lake', city: 'Colorado Springs' },
    { name: 'Perry-Warsaw', city: 'Perry' },
  ]);
  await dismiss();
});

test('the record of a value that is selected in the tree is exported', limit, async () => {
  await openFile(use.page, 'cities.ndjson');
  const frame = webview(use.page);
  await frame.getByRole('radio', { name: 'Tree', exact: true }).click();
  await frame.getByRole('treeitem').nth(1).click();
  await runCommand(use.page, 'Thoth: Export Selection…');
  await choose('CSV');
  await saveAs('record.csv');
  await said('Exported 1 record to record.csv');
  assert.match(written('record.csv'), /'=Bergen/);
  await dismiss();
});

test('what a search finds is exported as Markdown', limit, async () => {
  await openFile(use.page, 'airports.csv');
  const grid = await Grid.shown(use.page);
  const search = await Search.open(grid);
  await search.find('Houston');
  const records = Number(await search.fact('searchRecords'));
  await search.tool('Export Search Result…').click();
  await choose('Markdown');
  assert.equal(await saveAs('found.md'), 'airports-found.md');
  await said(`Exported ${records} records to found.md`);
  const rows = written('found.md').trim().split('\n');
  assert.equal(rows.length, records + 2);
  assert.ok(rows.slice(2).every(row => row.includes('Houston')), rows.find(row => !row.includes('Houston')));
  await dismiss();
});

test('without a selection or a search it is said what is missing', limit, async () => {
  await openFile(use.page, 'airports.csv');
  const grid = await Grid.shown(use.page);
  await runCommand(use.page, 'Thoth: Export Search Result…');
  await grid.frame.locator('.banner', { hasText: 'Search for something first' }).waitFor();
});

test('a file that is there is replaced only when the person wants it', limit, async () => {
  writeFileSync(inWorkspace('there.csv'), 'precious');
  await openFile(use.page, 'airports.csv');
  await Grid.shown(use.page);
  await runCommand(use.page, 'Thoth: Export…');
  await choose('SQL');
  await saveAs('there.csv');
  await use.page.getByText(/there\.csv already exists/).first().waitFor();
  assert.equal(written('there.csv'), 'precious');
  await use.page.getByRole('button', { name: /^(Yes|Replace|OK)$/ }).first().click();
  await said('Exported 3,376 records to there.csv');
  assert.match(written('there.csv'), /^CREATE TABLE/);
  await dismiss();
});

test('a plugin nobody has decided about is listed, and asks once it is chosen', limit, async () => {
  await openFile(use.page, 'airports.csv');
  await Grid.shown(use.page);
  await runCommand(use.page, 'Thoth: Export…');
  await option('Odd').getByText('Asks first what it may do').waitFor();
  assert.equal(await prompt(use.page).count(), 0);
  await shot(use.page, 'export-undecided');
  await pick(use.page, 'Odd');
  await prompt(use.page).waitFor();
  await shot(use.page, 'export-asks');
  await prompt(use.page).getByRole('button', { name: 'Deny', exact: true }).click();
  await option('Records as they are').waitFor(); // its own to tell
  await option('Go On').click();
  assert.equal(await saveAs('some.odd'), 'airports.odd');
  await said('Exported 3,376 records to some.odd');
  await dismiss();
});

test('an export that is cancelled leaves nothing behind', limit, async () => {
  await openFile(use.page, 'large.csv');
  await Grid.shown(use.page);
  await runCommand(use.page, 'Thoth: Export…');
  await choose('JSON');
  await saveAs('cancelled.json');
  const toast = notification('Exporting to cancelled.json');
  await toast.waitFor();
  await toast.getByText(/[\d,]+ records/).waitFor();
  await shot(use.page, 'export-progress');
  await toast.getByRole('button', { name: 'Cancel' }).click();
  await toast.waitFor({ state: 'detached' });
  await eventually(() => !readdirSync(use.workspace).some(name => name.includes('cancelled')), 'nothing left');
  assert.equal(existsSync(inWorkspace('cancelled.json')), false);
});

test('no console had an error', () => {
  assert.deepEqual(use.problems, []);
});
