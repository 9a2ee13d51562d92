// Every sample opens in the grid by itself, with the columns and the values that are in it.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, pick, quickInput, runCommand, SAMPLES, shot, statusItem } from './harness.mjs';

const files = readdirSync(SAMPLES).filter(name => !name.endsWith('.md'));
const use = editorForTests({ files });
const limit = { timeout: 90_000 };

async function open(name) {
  await openFile(use.page, name);
  return Grid.shown(use.page);
}

afterEach(context => (context.error ? undefined : closeEditors(use.page)));

test('a plain CSV file opens as a grid with its columns, values and number of rows', limit, async () => {
  const grid = await open('airports.csv');
  assert.deepEqual(await grid.columns(), ['iata', 'name', 'city', 'state', 'country', 'latitude', 'longitude']);
  assert.equal(await grid.text(0, 0), '00M');
  assert.equal(await grid.text(0, 1), 'Thigpen');
  assert.equal(await grid.text(1, 6), '-95.01792778');
  await grid.expectRowCount(3376);
  assert.equal(await grid.columnCount(), 7);
  assert.match(await grid.cell(0, 5).getAttribute('class'), /\bright\b/, 'numbers end at the right edge');
  assert.doesNotMatch(await grid.cell(0, 1).getAttribute('class'), /\bright\b/);
  await shot(use.page, 'sample');
});

test('quoted cells keep their commas and quotes, and show their line breaks as signs', limit, async () => {
  const grid = await open('amendments.csv');
  assert.equal(await grid.text(3, 1), 'Search and seizure, "probable cause"');
  assert.match(await grid.text(1, 3), /free State,↵the right of the people/);
  await grid.expectRowCount(10);
});

const FIRST_CELLS = [
  ['unemployment.tsv', 'tab-separated', ['id', 'rate'], ['1001', '.097'], 3218],
  ['state-capitals.psv', 'pipe-separated', ['state', 'capital', 'latitude', 'longitude'], ['Alabama', 'Montgomery'], 50],
  ['seattle-weather.csv.gz', 'gzip', ['date', 'precipitation'], ['2012-01-01', '0.0'], 1461],
  ['birdstrikes.csv.zst', 'Zstandard', ['Airport Name'], ['BARKSDALE AIR FORCE BASE ARPT', 'T-38A'], 10_000],
  ['elements-utf16.csv', 'UTF-16', ['number', 'symbol', 'English', 'Ελληνικά', 'Русский', '日本語'], ['1', 'H', 'hydrogen', 'υδρογόνο', 'водород', '水素'], 18],
];
for (const [name, kind, columns, cells, rows] of FIRST_CELLS) {
  test(`${kind}: ${name} opens with its columns and ${rows} rows`, limit, async () => {
    const grid = await open(name);
    assert.deepEqual((await grid.columns()).slice(0, columns.length), columns);
    assert.deepEqual((await grid.texts(0)).slice(0, cells.length), cells);
    await grid.expectRowCount(rows);
  });
}

test('semicolons and decimal commas: the byte order mark is no part of a name, and empty cells look empty', limit, async () => {
  const grid = await open('planeten.csv');
  assert.equal((await grid.columns())[0], 'Planet');
  assert.equal(await grid.text(2, 2), '5,97');
  assert.match(await grid.cell(4, 5).getAttribute('class'), /\bempty\b/);
  assert.match(await grid.cell(0, 5).getAttribute('class'), /\btext\b/);
});

test('the delimiter is changed through the status bar, and the columns follow', limit, async () => {
  const grid = await open('planeten.csv');
  await statusItem(use.page, /Semicolon/i).click();
  await pick(use.page, 'Comma');
  await eventually(async () => (await grid.columns())[0]?.startsWith('Planet;'), 'one name with the semicolons in it');
  await statusItem(use.page, /Comma/i).click();
  await pick(use.page, 'Semicolon');
  await eventually(async () => (await grid.columns())[0] === 'Planet', 'the columns are apart again');
  await grid.expectText(2, 2, '5,97');
});

test('a file that is not UTF-8 is said to be read as Windows-1252; the encoding is changed through the status bar', limit, async () => {
  const grid = await open('hauptstaedte-windows1252.csv');
  await grid.expectText(0, 1, 'Brüssel');
  await grid.expectText(0, 4, '€');
  await grid.frame.getByText(/not valid UTF-8/).first().waitFor();
  await statusItem(use.page, 'Windows-1252').click();
  await pick(use.page, 'Latin-1');
  await statusItem(use.page, /Latin-1/).waitFor();
  await grid.expectText(0, 4, '⟨0080⟩'); // where Windows-1252 has the euro, Latin-1 has a control character
  await statusItem(use.page, /Latin-1/).click();
  await pick(use.page, 'Windows-1252');
  await grid.expectText(0, 4, '€');
});

test('an encoding only Python knows is chosen by its name, and the file is converted for the plugin', limit, async () => {
  const grid = await open('planeten.csv');
  await statusItem(use.page, 'UTF-8').click();
  await pick(use.page, 'Other');
  await quickInput(use.page).fill('cp437');
  await use.page.keyboard.press('Enter');
  await eventually(async () => (await grid.columns())[0]?.includes('Planet') && (await grid.columns())[3]?.includes('cm┬│'), 'the superscript three as code page 437 has its bytes');
});

test('the same file can be read as text, and as a grid again', limit, async () => {
  await open('airports.csv');
  await runCommand(use.page, 'Thoth: Reopen as Text');
  const lines = use.page.locator('.monaco-editor .view-line', { hasText: '00M,Thigpen,Bay' });
  await lines.waitFor();
  await runCommand(use.page, 'Thoth: Open With Thoth');
  const grid = await Grid.shown(use.page);
  assert.equal(await grid.text(0, 1), 'Thigpen');
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
