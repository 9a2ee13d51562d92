// Selections of every kind reach the clipboard in every format, with the whole text of cells that are shown shortened.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oddFiles } from './data.mjs';
import { Grid } from './grid.mjs';
import { clipboard, editorForTests, eventually, openFile, pick, runCommand } from './harness.mjs';

const use = editorForTests({ files: ['state-capitals.psv', 'amendments.csv'], prepare: oddFiles });
const limit = { timeout: 90_000 };

async function open(name) {
  await openFile(use.page, name);
  return Grid.shown(use.page);
}

/** Does something that copies and returns the text that is on the clipboard then. */
async function copied(act) {
  await use.page.evaluate(() => navigator.clipboard.writeText('nothing was copied'));
  await act();
  return eventually(async () => {
    const text = await clipboard(use.page);
    return text === 'nothing was copied' ? null : text.replaceAll('\r\n', '\n');
  }, 'something on the clipboard');
}

async function copyAs(format) {
  await runCommand(use.page, 'Thoth: Copy As');
  await pick(use.page, format);
}

test('Ctrl+C copies a rectangle of cells as text with tabs', limit, async () => {
  const grid = await open('state-capitals.psv');
  await grid.select(0, 0);
  await grid.press('Shift+ArrowDown', 'Shift+ArrowRight');
  const text = await copied(() => grid.press('Control+c'));
  assert.equal(text.trimEnd(), 'Alabama\tMontgomery\nAlaska\tJuneau');
});

const FORMATS = [
  ['CSV', text => assert.match(text, /Alabama,Montgomery\nAlaska,Juneau/)],
  ['Markdown', text => assert.match(text, /\| *Alabama *\| *Montgomery *\|\n\| *Alaska *\| *Juneau *\|/)],
  ['JSON', text => assert.deepEqual(JSON.parse(text), [{ state: 'Alabama', capital: 'Montgomery' }, { state: 'Alaska', capital: 'Juneau' }])],
];
for (const [format, check] of FORMATS) {
  test(`Copy As ${format} copies the same cells as ${format}`, limit, async () => {
    const grid = await open('state-capitals.psv');
    await grid.select(0, 0);
    await grid.press('Shift+ArrowDown', 'Shift+ArrowRight');
    check(await copied(() => copyAs(format)));
  });
}

test('whole rows and whole columns are copied, drawn or not', limit, async () => {
  const grid = await open('state-capitals.psv');
  await grid.select(1, 1);
  await grid.press('Shift+Space');
  assert.match(await copied(() => grid.press('Control+c')), /^Alaska\tJuneau\t58\.\d+\t-134\.\d+\n?$/);
  await grid.select(1, 1);
  await grid.press('Control+Space');
  const column = (await copied(() => grid.press('Control+c'))).trimEnd().split('\n');
  assert.equal(column.length, 50);
  assert.equal(column.at(-1), 'Cheyenne');
});

test('line breaks in cells survive as CSV', limit, async () => {
  const grid = await open('amendments.csv');
  await grid.select(1, 3);
  const text = await copied(() => copyAs('CSV'));
  assert.match(text, /"A well regulated Militia, being necessary to the security of a free State,\nthe right/);
});

test('the whole of a cell is copied, though the grid shows the beginning only', limit, async () => {
  const grid = await open('long-cells.csv');
  await grid.select(0, 1);
  const text = await copied(() => grid.press('Control+c'));
  assert.equal(text.trimEnd(), `${'long '.repeat(40_000)}end of the long cell`);
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
