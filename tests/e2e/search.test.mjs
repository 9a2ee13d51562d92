// Searching every record of a file in the pane: texts, expressions and JSONPaths, and showing only what was found.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, runCommand, shot } from './harness.mjs';
import { Search } from './search.mjs';

const RECORDS = 20_000;
const CITIES = ['Thebes', 'Memphis', 'Giza', 'Luxor'];

/** Every hundredth order is from Abydos; every thousandth has an item of its own. */
function order(number) {
  const items = [{ sku: `A-${number % 7}`, price: number % 50 }];
  if (number % 1000 === 999) items.push({ sku: 'rare-item', price: 777 });
  return { id: number, city: number % 100 === 42 ? 'Abydos' : CITIES[number % 4], items };
}

const use = editorForTests({
  files: ['airports.csv'],
  prepare: folder =>
    writeFileSync(
      path.join(folder, 'orders.ndjson'),
      Array.from({ length: RECORDS }, (_, number) => `${JSON.stringify(order(number))}\n`).join(''),
    ),
});
const limit = { timeout: 90_000 };
afterEach(context => (context.error ? undefined : closeEditors(use.page)));

async function open(name) {
  await openFile(use.page, name);
  const grid = await Grid.shown(use.page);
  await grid.select(0, 0);
  return grid;
}

test('a text is found in every record, and F4 goes from hit to hit', limit, async () => {
  const grid = await open('airports.csv');
  const search = await Search.open(grid);
  await search.find('San Francisco');
  const hits = Number(await search.fact('searchHits'));
  assert.ok(hits >= 1, `${hits} hits`);
  await search.items.first().waitFor();
  assert.match(await search.items.nth(1).textContent(), /San Francisco/);
  await grid.press('F4');
  const active = await eventually(() => grid.element.getAttribute('aria-activedescendant'), 'an active cell');
  await grid.frame.locator(`#${active}`, { hasText: 'San Francisco' }).waitFor(); // its row may still be on its way
  await shot(use.page, 'search-csv');
});

test('a record of many in lines of JSON is found, and choosing its hit shows its row', limit, async () => {
  const grid = await open('orders.ndjson');
  const search = await Search.open(grid);
  await search.find('rare-item');
  await search.expect('searchHits', RECORDS / 1000);
  await search.expect('searchRecords', RECORDS / 1000);
  const record = search.items.filter({ hasText: 'Record 2,000' });
  assert.equal(await record.getAttribute('aria-expanded'), 'true');
  await search.items.nth(3).click();
  await eventually(async () => (await grid.row(1999).count()) === 1, 'row 2,000 is drawn');
  await search.results.press('ArrowLeft');
  await search.results.press('ArrowLeft');
  assert.equal(await record.getAttribute('aria-expanded'), 'false');
});

test('a query that begins like a JSONPath is one, visibly', limit, async () => {
  const grid = await open('orders.ndjson');
  const search = await Search.open(grid);
  await search.find('$.items[?@.price > 700].sku');
  await search.expect('searchHits', RECORDS / 1000);
  assert.equal(await search.option(/^Use JSONPath/).getAttribute('aria-pressed'), 'true');
  await search.pane.getByText('Read as a JSONPath').waitFor();
  await shot(use.page, 'search-jsonpath');
  await search.pane.getByRole('button', { name: 'Search for the text instead' }).click();
  await search.expect('searchHits', 0);
});

test('a regular expression or a JSONPath that is wrong is answered with a sentence', limit, async () => {
  const grid = await open('orders.ndjson');
  const search = await Search.open(grid);
  await search.find('$.items[?', 'failed');
  await eventually(async () => /\d/.test(await search.pane.locator('.search-note.error').textContent()), 'a sentence that says where');
  await search.input.fill('');
  await search.option(/^Use regular expression/).click();
  await search.find('(unclosed', 'failed');
  assert.ok((await search.pane.locator('.search-note.error').textContent()).trim().length > 10);
  await search.find('rare-it(em|ch)');
  await search.expect('searchHits', RECORDS / 1000);
  assert.equal(await search.pane.locator('.search-note.error').count(), 0);
});

test('only the records that were found are shown, with their own numbers, until all are asked for', limit, async () => {
  const grid = await open('orders.ndjson');
  const search = await Search.open(grid);
  await search.find('Abydos');
  await search.tool('Show only matching records').click();
  await grid.expectRowCount(RECORDS / 100);
  await grid.frame.locator('.banner-text', { hasText: `Showing ${RECORDS / 100} of 20,000 records` }).waitFor();
  const city = (await grid.columns()).findIndex(name => name.trim() === 'city');
  for (const record of [42, 142, 242]) await grid.expectText(record, city, 'Abydos');
  assert.equal(await grid.row(43).count(), 0);
  await grid.select(42, city);
  await grid.press('ArrowDown');
  await grid.expectActive(142, city);
  await shot(use.page, 'search-only-matching');
  await grid.frame.getByRole('button', { name: 'Show All' }).click();
  await grid.expectRowCount(RECORDS);
  await grid.expectActive(142, city);
});

test('earlier searches of a file come back with the arrow keys, also when it is opened again', limit, async () => {
  const search = await Search.open(await open('orders.ndjson'));
  await search.find('Luxor');
  await search.find('Abydos');
  await search.input.press('ArrowUp');
  await eventually(async () => (await search.input.inputValue()) === 'Luxor', 'the search before');
  await closeEditors(use.page);
  const again = await Search.open(await open('orders.ndjson'));
  await again.input.press('ArrowUp');
  await eventually(async () => (await again.input.inputValue()) === 'Abydos', 'the latest search');
});

test('the command opens the pane', limit, async () => {
  const grid = await open('airports.csv');
  await runCommand(use.page, 'Thoth: Search All Records');
  await grid.frame.locator('.search-pane').getByRole('textbox').waitFor();
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
