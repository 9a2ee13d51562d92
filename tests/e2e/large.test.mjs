// Two million rows: the end is reached by key and by dragging, rows are jumped to, and a search can be stopped.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LARGE_ROWS, largeFile, largeRow } from './data.mjs';
import { Grid } from './grid.mjs';
import { editorForTests, eventually, goToRow, openFile, shot } from './harness.mjs';

const LAST = LARGE_ROWS - 1;
const use = editorForTests({ files: [[await largeFile(), 'large.csv']] });
const limit = { timeout: 120_000 };
const shown = cells => cells.map(cell => cell.replaceAll('\n', '↵'));

async function open() {
  if (!(await use.page.locator('.tabs-container .tab', { hasText: 'large.csv' }).count())) await openFile(use.page, 'large.csv');
  return Grid.shown(use.page);
}

test('the first rows are there before the whole file has been read, then all are counted', limit, async () => {
  const grid = await open();
  assert.deepEqual(await grid.texts(0), largeRow(0));
  await grid.expectRowCount(LARGE_ROWS);
});

test('Ctrl+End shows the very last row, Ctrl+Home the first', limit, async () => {
  const grid = await open();
  await grid.expectRowCount(LARGE_ROWS);
  await grid.select(0, 0);
  await grid.press('Control+End');
  await grid.expectText(LAST, 4, 'the very last');
  await grid.expectActive(LAST, 4);
  assert.deepEqual(await grid.texts(LAST), largeRow(LAST));
  await shot(use.page, 'last-of-two-million');
  await grid.press('Control+Home');
  await grid.expectText(0, 1, 'name 0');
});

test('dragging the scroll bar to its end shows the very last row, whole', limit, async () => {
  const grid = await open();
  await grid.expectRowCount(LARGE_ROWS);
  const box = await grid.scrollBar();
  await use.page.mouse.move(box.x, box.top);
  await use.page.mouse.down();
  await use.page.mouse.move(box.x, (box.top + box.bottom) / 2, { steps: 5 });
  await use.page.mouse.move(box.x, box.bottom + 60, { steps: 5 });
  await use.page.mouse.up();
  await grid.expectText(LAST, 4, 'the very last');
  const row = await grid.row(LAST).boundingBox();
  const view = await grid.viewport();
  assert.ok(row.y + row.height <= view.y + view.height + 1, 'the last row is not cut off');
});

test('Go to Row jumps anywhere', limit, async () => {
  const grid = await open();
  await grid.expectRowCount(LARGE_ROWS);
  for (const number of [1_234_568, 1008, LARGE_ROWS]) {
    await goToRow(use.page, number);
    assert.deepEqual(await grid.texts(number - 1), shown(largeRow(number - 1)));
  }
});

test('find counts while it searches, goes to the next and the previous match, and tells their number', limit, async () => {
  const grid = await open();
  await grid.select(await grid.firstRow(), 0);
  await grid.press('Control+Home');
  const find = await grid.openFind('name 199999');
  await find.expectCount(/^1 of 11$/); // 199999 and 1999990 to 1999999
  await grid.expectText(199_999, 1, 'name 199999');
  await find.next();
  await find.expectCount(/^2 of 11$/);
  await grid.expectText(1_999_990, 1, 'name 1999990');
  await find.previous();
  await find.previous();
  await find.expectCount(/^11 of 11$/);
  await grid.expectText(LAST, 1, `name ${LAST}`);
  await find.close();
});

test('a search that finds nothing can be stopped, and says how far it came', limit, async () => {
  const grid = await open();
  const find = await grid.openFind();
  // Nearly in every row, which makes it a long search; a machine may still be done before it is stopped, and tries again.
  for (let left = 10; ; left--) {
    await find.searchAndStop(`note "${left}`);
    await find.expectCount(/^No results( stopped at row [\d,]+)?\s*$/);
    if (/stopped at row [\d,]+$/.test((await find.text()).trim())) break;
    assert.notEqual(left, 0, 'no search could be stopped');
  }
  await find.close();
});

test('so many matches that the search stops are counted with a plus, and it can go on', limit, async () => {
  const grid = await open();
  await grid.select(await grid.firstRow(), 0);
  await grid.press('Control+Home');
  const find = await grid.openFind('note 13');
  await find.expectCount(/^1 of 10,000\+ more matches after row [\d,]+$/);
  await find.goOn();
  await find.expectCount(/^1 of 20,000\+ more matches after row [\d,]+$/);
  await find.close();
});

test('a match is found again after another search was cancelled', limit, async () => {
  const grid = await open();
  const find = await grid.openFind('the very last');
  await find.expectCount(/^1 of 1$/);
  await eventually(async () => (await grid.cell(LAST, 4).getAttribute('class'))?.includes('current'), 'the match is marked');
  await find.close();
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
