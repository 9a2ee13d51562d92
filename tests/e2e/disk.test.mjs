// The file changes on disk while it is open: that is said, and rows of an earlier state are never shown as the present ones.
import assert from 'node:assert/strict';
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { versionedRows, writeVersion } from './data.mjs';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, shot } from './harness.mjs';

// Written before the window opens, which lists them then and need not notice new ones.
const FILES = ['grows.csv', 'replaced.csv', 'cut.csv', 'deleted.csv', 'waits.csv'];
const ROWS = 1000;
const use = editorForTests({ prepare: folder => FILES.forEach(name => writeVersion(path.join(folder, name), 1, ROWS)) });
const limit = { timeout: 90_000 };

async function open(name) {
  const file = path.join(use.workspace, name);
  await openFile(use.page, name);
  const grid = await Grid.shown(use.page);
  await grid.expectText(0, 1, 'v1 r0');
  await grid.expectRowCount(ROWS);
  return { file, grid };
}

/** Waits until a sentence is spoken to screen readers; one who sees gets it as a banner while it lasts. */
const said = (grid, words) => grid.frame.locator('.announcer', { hasText: words }).waitFor({ state: 'attached' });

afterEach(context => (context.error ? undefined : closeEditors(use.page)));

test('rows that are appended appear, and it is said that the file was read again', limit, async () => {
  const { file, grid } = await open('grows.csv');
  appendFileSync(file, versionedRows(1, 500, 1000));
  await said(grid, 'The file was read again.');
  await grid.expectRowCount(1500);
  await grid.select(0, 0);
  await grid.press('Control+End');
  await grid.expectText(1499, 1, 'v1 r1499');
});

test('a file replaced by another shows the rows of that one', limit, async () => {
  const { file, grid } = await open('replaced.csv');
  writeVersion(`${file}.new`, 2, 700);
  renameSync(`${file}.new`, file);
  await said(grid, 'The file was read again.');
  await grid.expectText(0, 1, 'v2 r0');
  await grid.expectRowCount(700);
});

test('a file that is cut off shows the rows that are left', limit, async () => {
  const { file, grid } = await open('cut.csv');
  truncateSync(file, `id,what\n${versionedRows(1, 300)}`.length);
  await said(grid, 'The file was read again.');
  await grid.expectRowCount(300);
  await grid.expectText(0, 1, 'v1 r0');
});

test('a file that is deleted says so and shows no rows; back again, it shows its new ones', limit, async () => {
  const { file, grid } = await open('deleted.csv');
  rmSync(file);
  await grid.frame.getByText('The file is no longer there').waitFor();
  await eventually(async () => (await grid.frame.getByText('v1 r0', { exact: true }).filter({ visible: true }).count()) === 0, 'no stale rows');
  await shot(use.page, 'deleted');
  writeFileSync(file, `id,what\n${versionedRows(3, 50)}`);
  const back = await Grid.shown(use.page);
  await back.expectText(0, 1, 'v3 r0');
  await back.expectRowCount(50);
});

test('with thoth.files.autoReload off it is said, and the rows change only when asked for', limit, async () => {
  const { file, grid } = await open('waits.csv');
  use.setSettings({ 'thoth.files.autoReload': false, 'thoth.grid.compact': true });
  await grid.frame.locator('.thoth-grid.compact').waitFor(); // the grid has heard of both
  writeVersion(file, 4, 80);
  const reload = grid.frame.getByRole('button', { name: 'Reload' });
  await reload.waitFor();
  await shot(use.page, 'changed-on-disk');
  await reload.click();
  await grid.expectText(0, 1, 'v4 r0');
  await grid.expectRowCount(80);
  use.setSettings({ 'thoth.files.autoReload': true, 'thoth.grid.compact': false });
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
