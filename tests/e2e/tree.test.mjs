// Values inside values: walked through, expanded, gone to by a path, copied, bookmarked and found again.
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Grid } from './grid.mjs';
import { clipboard, closeEditors, editorForTests, eventually, openFile, pick, runCommand, shot } from './harness.mjs';
import { Tree } from './tree.mjs';

const NUMBERS = 300_000;
const DOCUMENT = `{
  "title": "Ennead", "exact": 12345678901234567890.10, "open": true, "until": null,
  "gods": [{"name": "Atum", "two words": ["sun", "word"]}, {"name": "Shu"}],
  "numbers": [${Array.from({ length: NUMBERS }, (_, index) => index * 3).join(',')}],
  "title": "again"
}`;
const record = number => ({ id: number, maker: { name: `Workshop ${number % 9}`, since: 1300 + number } });
const lines = (first, count) => Array.from({ length: count }, (_, index) => `${JSON.stringify(record(first + index))}\n`).join('');

const use = editorForTests({
  files: ['state-capitals.psv'],
  prepare: folder => {
    writeFileSync(path.join(folder, 'document.json.gz'), gzipSync(DOCUMENT));
    writeFileSync(path.join(folder, 'records.ndjson'), lines(0, 2000));
    writeFileSync(path.join(folder, 'grows.ndjson'), lines(0, 100));
  },
});
const limit = { timeout: 90_000 };
afterEach(context => (context.error ? undefined : closeEditors(use.page)));

/** Does something that copies and returns the text that is on the clipboard then. */
async function copied(act) {
  await use.page.evaluate(() => navigator.clipboard.writeText('nothing was copied'));
  await act();
  return eventually(async () => {
    const text = await clipboard(use.page);
    return text === 'nothing was copied' ? null : text;
  }, 'something on the clipboard');
}

async function openDocument() {
  await openFile(use.page, 'document.json.gz');
  const tree = await Tree.shown(use.page);
  await tree.expectRows(8);
  await tree.focus();
  return tree;
}

async function openRecords(name) {
  await openFile(use.page, name);
  const tree = new Tree(use.page); // or the table, as it was left: the view of a file is remembered
  await tree.frame.locator('.thoth-grid[data-state="ready"]').waitFor({ timeout: 30_000 });
  await tree.show('Tree');
  return Tree.shown(use.page);
}

test('a file of one value opens as a tree, with its members there and every digit kept', limit, async () => {
  const tree = await openDocument();
  assert.match(await tree.row('exact:').textContent(), /12345678901234567890\.10/);
  assert.match(await tree.row('title:').nth(1).textContent(), /again/);
  assert.equal(await tree.row('title:').nth(1).locator('.tree-badge').count(), 1);
  assert.equal(await tree.row('gods:').getAttribute('aria-level'), '2');
  assert.equal(await tree.row('gods:').getAttribute('aria-expanded'), 'false');
  await shot(use.page, 'tree-document');
});

test('the keys are those of every tree in the editor', limit, async () => {
  const tree = await openDocument();
  await tree.press('Home');
  await tree.expectSelected(0);
  await use.page.keyboard.type('gods');
  await tree.expectSelected(0, 4);
  await tree.press('ArrowRight');
  await tree.expectRows(10);
  await tree.press('ArrowRight');
  await tree.expectSelected(0, 4, 0);
  await tree.press('ArrowRight');
  await tree.expectRows(12);
  await tree.press('ArrowRight');
  await tree.expectSelected(0, 4, 0, 0);
  await tree.press('ArrowLeft');
  await tree.expectSelected(0, 4, 0);
  await tree.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await tree.expectRows(8);
  await tree.expectSelected(0, 4);
  await tree.press('End');
  await tree.expectSelected(0, 6);
});

test('everything below a value is expanded at once, and all is collapsed again', limit, async () => {
  const tree = await openDocument();
  await tree.row('gods:').click();
  await tree.press('Control+ArrowRight');
  await tree.expectRows(8 + 2 + 2 + 2 + 1);
  await tree.press('Control+ArrowLeft');
  await tree.expectRows(8);
});

test('a long array is scrolled through, and its last item is gone to by a path', limit, async () => {
  const tree = await openDocument();
  await tree.goTo(`$['numbers'][${NUMBERS - 1}]`);
  await tree.expectSelected(0, 5, NUMBERS - 1);
  await tree.row(`${NUMBERS - 1}:`).filter({ hasText: String((NUMBERS - 1) * 3) }).waitFor();
  await tree.expectRows(8 + NUMBERS);
  await tree.goTo('/gods/0/two words/1');
  await tree.expectSelected(0, 4, 0, 1, 1);
  await shot(use.page, 'tree-path');
});

test('a path that is none says what is wrong and where, and stays to be put right', limit, async () => {
  const tree = await openDocument();
  await tree.goTo("$['gods'");
  await tree.path.getByRole('alert').filter({ hasText: 'The bracket at place 2 is not closed.' }).waitFor();
  await tree.path.getByRole('textbox').fill('$.gods[7]');
  await tree.press('Enter');
  await tree.path.getByRole('alert').waitFor();
  await tree.path.getByRole('textbox').fill('.gods[1].name');
  await tree.press('Enter');
  await tree.expectSelected(0, 4, 1, 0);
});

const PATHS = [
  ['JSONPath', "$['gods'][0]['two words'][1]"],
  ['JavaScript', 'gods[0]["two words"][1]'],
  ['jq', '.gods[0]."two words"[1]'],
  ['JSON Pointer', '/gods/0/two words/1'],
];
test('a path is copied in every way of writing it', limit, async () => {
  const tree = await openDocument();
  await tree.goTo("$['gods'][0]['two words'][1]");
  await tree.expectSelected(0, 4, 0, 1, 1);
  for (const [name, expected] of PATHS) {
    await tree.focus();
    await tree.press('Shift+F10');
    const item = tree.frame.getByRole('menuitem', { name: `Copy Path as ${name}`, exact: true });
    assert.equal(await copied(() => item.click()), expected);
  }
});

test('a value is copied as it stands, laid out and compact, a string as what it says', limit, async () => {
  const tree = await openDocument();
  await tree.row('gods:').click();
  const menu = async name => {
    await tree.press('Shift+F10');
    await tree.frame.getByRole('menuitem', { name, exact: true }).click();
  };
  const compact = '[{"name":"Atum","two words":["sun","word"]},{"name":"Shu"}]';
  assert.equal(await copied(() => menu('Copy Value, Compact')), compact);
  assert.equal(await copied(() => menu('Copy Value, Laid Out')), JSON.stringify(JSON.parse(compact), null, 2));
  assert.equal(await copied(() => menu('Copy Name')), 'gods');
  await tree.row('exact:').click();
  assert.equal(await copied(() => tree.press('Control+c')), '12345678901234567890.10');
  await tree.row('title:').first().click();
  assert.equal(await copied(() => tree.press('Control+c')), 'Ennead');
});

test('the whole of a value is shown in the pane', limit, async () => {
  const tree = await openDocument();
  await tree.row('title:').first().click();
  await tree.press('Enter');
  await tree.frame.locator('.cell-text', { hasText: 'Ennead' }).waitFor();
});

test('a nested cell of the table opens in the tree, and the way leads back', limit, async () => {
  await openFile(use.page, 'records.ndjson');
  const grid = await Grid.shown(use.page);
  await grid.select(3, 1);
  await grid.press('Enter');
  const tree = await Tree.shown(use.page);
  await tree.expectSelected(3, 1);
  await tree.press('Alt+ArrowLeft');
  await grid.element.waitFor();
  await grid.expectActive(3, 1);
  await grid.press('Alt+ArrowRight');
  await tree.element.waitFor();
  await tree.expectSelected(3, 1);
});

test('a bookmark is listed, leads there from elsewhere and is still there when the file is opened again', limit, async () => {
  const tree = await openRecords('records.ndjson');
  await tree.goTo("#1500 $['maker']['name']");
  await tree.expectSelected(1499, 1, 0);
  await runCommand(use.page, 'Thoth: Add or Remove Bookmark');
  await tree.row('Workshop').locator('.tree-bookmark').first().waitFor();
  await tree.focus();
  await tree.press('Home');
  await closeEditors(use.page);
  await openFile(use.page, 'records.ndjson');
  const again = await Tree.shown(use.page); // the view is remembered, too
  await runCommand(use.page, 'Thoth: Show Bookmarks');
  await pick(use.page, 'Row 1,500');
  await again.expectSelected(1499, 1, 0);
});

test('what is expanded and selected stays so when the file grows', limit, async () => {
  const tree = await openRecords('grows.ndjson');
  await tree.goTo("#50 $['maker']['since']");
  await tree.expectSelected(49, 1, 1);
  await tree.expectRows(104);
  appendFileSync(path.join(use.workspace, 'grows.ndjson'), lines(100, 50));
  await tree.expectRows(154);
  await tree.expectSelected(49, 1, 1);
  await tree.row('since:').filter({ hasText: '1349' }).waitFor();
});

test('records of text with delimiters are shown as a tree as well', limit, async () => {
  const tree = await openRecords('state-capitals.psv');
  await tree.expectRows(50);
  await tree.focus();
  await tree.press('Home', 'ArrowRight');
  await tree.row('capital:').filter({ hasText: 'Montgomery' }).waitFor();
  await shot(use.page, 'tree-csv');
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
