// One gigabyte of newline-delimited JSON as table, tree and text, searched by text and JSONPath; and a very deep document.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { deepDocument, LARGE_RECORDS, largeLines, largeRecord, RARE_RECORDS } from './data.mjs';
import { Grid } from './grid.mjs';
import { clipboard, closeEditors, editorForTests, eventually, goToRow, openFile, pick, runCommand, shot } from './harness.mjs';
import { Search } from './search.mjs';
import { Tree } from './tree.mjs';

const LAST = LARGE_RECORDS - 1;
const DEEP = 400;
const use = editorForTests({
  files: [[await largeLines(), 'large.ndjson']],
  prepare: folder => {
    writeFileSync(path.join(folder, 'deep.geojson'), deepDocument(DEEP));
    writeFileSync(path.join(folder, 'deepest.geojson'), '['.repeat(100_000) + ']'.repeat(100_000));
  },
});
const limit = { timeout: 180_000 };

async function open() {
  if (!(await use.page.locator('.tabs-container .tab', { hasText: 'large.ndjson' }).count())) await openFile(use.page, 'large.ndjson');
  const tree = new Tree(use.page);
  await tree.frame.locator('.thoth-grid[data-state="ready"]').waitFor({ timeout: 30_000 });
  await tree.show('Table');
  const grid = await Grid.shown(use.page);
  await grid.expectRowCount(LARGE_RECORDS);
  return { grid, tree };
}

test('records are rows with the columns of their members, the last one key away', limit, async () => {
  const { grid } = await open();
  assert.deepEqual((await grid.columns()).slice(0, 3), ['id', 'user', 'note']);
  await grid.select(0, 0);
  await grid.press('Control+End');
  await grid.expectText(LAST, 0, String(LAST));
  assert.match(await grid.text(LAST, 1), new RegExp(`name ${LAST}"`));
  await shot(use.page, 'large-json-table');
  await goToRow(use.page, 1_234_568);
  await grid.expectText(1_234_567, 0, '1234567');
});

test('a column that only three records have is there when one of them is seen', limit, async () => {
  const { grid } = await open();
  await goToRow(use.page, RARE_RECORDS[0] + 1);
  await eventually(async () => (await grid.columns()).includes('rare'), 'a column for the rare member');
});

test('any value is gone to by its path, expanded, and its path copied', limit, async () => {
  const { tree } = await open();
  await tree.show('Tree');
  await Tree.shown(use.page);
  await tree.goTo(`#${LARGE_RECORDS} $['user']['tags'][2]`);
  await tree.expectSelected(LAST, 1, 1, 2);
  assert.match(await tree.row(`"t${LAST % 97}"`).first().textContent(), /2/);
  await shot(use.page, 'large-json-tree');
  await runCommand(use.page, 'Thoth: Copy Path as JSONPath');
  await eventually(async () => (await clipboard(use.page)) === "$['user']['tags'][2]", 'the normalized path');
});

test('a bookmark leads back from the other end of the file', limit, async () => {
  const { tree } = await open();
  await tree.show('Tree');
  await Tree.shown(use.page);
  await tree.goTo("#1234568 $['user']");
  await tree.expectSelected(1_234_567, 1);
  await runCommand(use.page, 'Thoth: Add or Remove Bookmark');
  await tree.view.locator('.tree-bookmark').first().waitFor();
  await tree.focus();
  await tree.press('Home');
  await runCommand(use.page, 'Thoth: Show Bookmarks');
  await pick(use.page, 'Row 1,234,568');
  await tree.expectSelected(1_234_567, 1);
});

test('a text is found in a gigabyte, and only the records that hold it are shown', limit, async () => {
  const { grid } = await open();
  await grid.select(await grid.firstRow(), 0);
  const search = await Search.open(grid);
  await search.find('needle');
  await search.expect('searchHits', RARE_RECORDS.length);
  await search.tool('Show only matching records').click();
  await grid.expectRowCount(RARE_RECORDS.length);
  for (const record of RARE_RECORDS) await grid.expectText(record, 0, String(record));
  await shot(use.page, 'large-json-search');
  await search.tool('Show only matching records').click();
  await grid.expectRowCount(LARGE_RECORDS);
});

test('a JSONPath is asked of two million records, and leads to the value', limit, async () => {
  const { grid, tree } = await open();
  await grid.select(await grid.firstRow(), 0);
  const search = await Search.open(grid);
  await search.find('$.rare');
  await search.expect('searchHits', RARE_RECORDS.length);
  await tree.show('Tree');
  await Tree.shown(use.page);
  await search.items.last().click();
  await tree.expectSelected(LAST, Object.keys(largeRecord(LAST)).indexOf('rare'));
});

test('a search through everything can be stopped', limit, async () => {
  const { grid } = await open();
  await grid.select(await grid.firstRow(), 0);
  const search = await Search.open(grid);
  await search.input.fill('[xyz][0-9]{9}$');
  await search.option(/^Use regular expression/).click();
  await search.input.press('Enter');
  await search.expect('searchStatus', 'searching');
  await search.input.press('Escape');
  await eventually(async () => (await search.fact('searchStatus')) === 'cancelled', 'the search has been stopped');
  await closeEditors(use.page);
});

test('a document four hundred levels deep is gone through to its end', limit, async () => {
  await openFile(use.page, 'deep.geojson');
  const tree = await Tree.shown(use.page);
  await tree.goTo(`$${".a".repeat(DEEP)}`);
  await tree.expectSelected(0, ...Array(DEEP).fill(0));
  assert.match(await tree.row('42').last().textContent(), /42/);
  await shot(use.page, 'deep-json');
  await closeEditors(use.page);
});

test('a document of 100,000 levels opens, and can be expanded', limit, async () => {
  await openFile(use.page, 'deepest.geojson');
  const tree = await Tree.shown(use.page);
  await tree.focus();
  await tree.press('Home', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowDown');
  await eventually(async () => JSON.parse(await tree.selected()).length >= 3, async () => `a value further down, it is ${await tree.selected()}`);
  await closeEditors(use.page);
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
