// JSON as people see it, in build/e2e/shots: tree, table and search in each kind of theme, with ordinary, long, empty and wrong content.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, shot, statusItem, webview } from './harness.mjs';
import { contrasts, overflowing } from './readable.mjs';
import { Search } from './search.mjs';
import { Tree } from './tree.mjs';

const LONG_NAME = `a name that goes on ${'and on '.repeat(200)}`.trim();
const ORDINARY = `{
  "title": "Ennead", "exact": 12345678901234567890.10, "open": true, "until": null, "": "a name of no characters",
  "gods": [{"name": "Atum", "two\\nlines": ["sun", "wo\\trd"]}, {"name": "Shu"}], "none": {}, "empty": [],
  "title": "again", "שם": "שלום עולם"
}`;
const FILES = {
  'ordinary.json.gz': ORDINARY,
  'long.json.gz': JSON.stringify({ [LONG_NAME]: 'the value of a long name', [`${LONG_NAME} too`]: 'long '.repeat(60), short: 'text '.repeat(80), n: 1 }),
  'wrong.ndjson': '{"id":1,"name":"one"}\nnot JSON at all\n{"id":3,"name":tru}\n{"id":4,"name":"four","name":"again"}\n',
  'empty.jsonl': '',
  'blank.ndjson': '\n\n\n',
};

const use = editorForTests({
  prepare: folder => Object.entries(FILES).forEach(([name, content]) => writeFileSync(path.join(folder, name), name.endsWith('.gz') ? gzipSync(content) : content)),
});
const limit = { timeout: 120_000 };
afterEach(context => (context.error ? undefined : closeEditors(use.page)));

const THEMES = [
  ['dark', 'Default Dark Modern', 'vscode-dark'],
  ['light', 'Default Light Modern', 'vscode-light'],
  ['high-contrast', 'Default High Contrast', 'vscode-high-contrast'],
  ['high-contrast-light', 'Default High Contrast Light', 'vscode-high-contrast-light'],
];

async function show(name, view) {
  await openFile(use.page, name);
  const frame = webview(use.page);
  await frame.locator('.thoth-grid[data-state="ready"]').waitFor({ timeout: 30_000 });
  await frame.getByRole('radio', { name: view }).click();
  return view === 'Tree' ? Tree.shown(use.page) : Grid.shown(use.page);
}

async function readable(locator, what) {
  const all = await contrasts(locator);
  assert.ok(all.length > 0, `${what}: there is text`);
  const poor = all.filter(({ ratio }) => ratio < 4.5);
  assert.deepEqual(poor, [], `${what}: text that is hard to read`);
  assert.deepEqual(await overflowing(locator), [], `${what}: text outside of its row`);
}

const rowsOf = tree => tree.view.locator('.tree-row');

for (const [name, theme, className] of THEMES) {
  test(`the tree can be read in ${name}, whichever row is selected`, limit, async () => {
    use.setSettings({ 'workbench.colorTheme': theme });
    const tree = await show('ordinary.json.gz', 'Tree');
    await tree.frame.locator(`body.${className}`).waitFor();
    await tree.focus();
    await tree.press('Home');
    await tree.press('Control+ArrowRight');
    await tree.expectRows(18);
    const rows = await tree.rows();
    for (let row = 0; row < rows; row++) {
      await tree.press(row === 0 ? 'Home' : 'ArrowDown');
      const selected = tree.view.locator('.tree-row.selected');
      await selected.filter({ visible: true }).waitFor();
      await readable(rowsOf(tree), `row ${row} selected, in focus`);
      await tree.frame.locator('.footer button').first().focus();
      await readable(selected, `row ${row} selected, out of focus`);
      if (row === 5) await shot(use.page, `json-tree-unfocused-${name}`);
      await tree.focus();
    }
    const badge = tree.view.locator('.tree-badge:visible').first();
    const border = await badge.evaluate(element => getComputedStyle(element).borderTopColor);
    if (name.startsWith('high')) assert.doesNotMatch(border, /, 0\)$/, 'the border of the badge can be seen');
    await shot(use.page, `json-tree-${name}`);
  });

  test(`long names leave room for values in ${name}`, limit, async () => {
    use.setSettings({ 'workbench.colorTheme': theme });
    const tree = await show('long.json.gz', 'Tree');
    await tree.frame.locator(`body.${className}`).waitFor();
    await tree.expectRows(5);
    const row = tree.row('the value of a long name').last();
    const [whole, key, value] = await Promise.all([row, row.locator('.tree-key'), row.locator('.tree-value')].map(each => each.boundingBox()));
    assert.ok(key.width < 0.65 * whole.width, `the name takes ${key.width} of ${whole.width}`);
    assert.ok(value.width > 100, `the value has ${value.width}`);
    assert.equal(await row.locator('.tree-name').getAttribute('title'), LONG_NAME);
    await readable(rowsOf(tree), 'long names');
    await shot(use.page, `json-long-${name}`);
  });
}

for (const [name, theme, className] of THEMES) {
  test(`what is malformed is marked in table and tree, and found texts can be read, in ${name}`, limit, async () => {
    use.setSettings({ 'workbench.colorTheme': theme });
    const grid = await show('wrong.ndjson', 'Table');
    await grid.frame.locator(`body.${className}`).waitFor();
    const numbers = grid.frame.locator('.numbers .number:visible');
    await numbers.locator('.codicon-warning').nth(1).waitFor();
    const titles = await numbers.evaluateAll(all => all.map(each => each.title));
    assert.deepEqual(titles.map(title => title !== ''), [false, true, true, false], titles.join('\n'));
    assert.match(titles[1], /only true, false and null are words/);
    assert.match(await grid.row(1).getByRole('rowheader').getAttribute('aria-label'), /^Row 2\. Malformed: a word that begins with n/);
    assert.equal(await grid.row(0).getByRole('rowheader').getAttribute('aria-label'), 'Row 1');
    await grid.frame.getByText('not JSON at all').first().waitFor();
    await readable(grid.frame.locator('.row:visible .cell:not(.missing, .empty)'), 'cells');
    await shot(use.page, `json-wrong-table-${name}`);

    const tree = new Tree(use.page);
    await tree.show('Tree');
    const row = tree.view.getByRole('treeitem', { name: /Malformed: a word that begins with n/ });
    await row.filter({ hasText: 'not JSON at all' }).waitFor();
    assert.equal(await tree.view.locator('.tree-row:visible .tree-problem').count(), 2);
    await readable(rowsOf(tree), 'malformed rows');

    await tree.focus();
    const search = await Search.open(grid);
    await search.find('o');
    await search.items.nth(3).waitFor();
    await search.items.nth(1).click();
    await readable(search.items, 'hits in focus');
    await search.input.focus();
    await readable(search.items, 'hits out of focus');
    await shot(use.page, `json-search-${name}`);
    await tree.show('Table');
    await readable(grid.frame.locator('.row:visible .cell.match'), 'cells with hits');
    await shot(use.page, `json-search-table-${name}`);
  });
}

for (const [file, said] of [['empty.jsonl', 'This file is empty.'], ['blank.ndjson', 'The file holds nothing but white space.']]) {
  test(`${file} says once that there is nothing in it`, limit, async () => {
    await openFile(use.page, file);
    const root = webview(use.page).locator('.thoth-grid[data-state="ready"]');
    await root.locator('.banner-text, .state-view').getByText(said, { exact: true }).waitFor();
    await shot(use.page, `json-${file.split('.')[0]}`);
    const text = await root.evaluate(element => [...element.children].filter(each => !each.matches('.announcer')).map(each => each.innerText).join('\n'));
    assert.equal(text.match(/empty|white space/g).length, 1, text);
    assert.equal(await root.evaluate(element => element.dataset.problems), '0');
  });
}

test('the status bar says what is selected in the view that is shown, and nothing of another', limit, async () => {
  const grid = await show('wrong.ndjson', 'Table');
  const said = pattern => eventually(async () => (await statusItem(use.page, pattern).count()) > 0, `${pattern} in the status bar`);
  const silent = () => eventually(async () => (await selection().count()) === 0, 'nothing selected in the status bar');
  const selection = () => use.page.locator('.statusbar-item[id$="thoth.selection"]:visible');
  await grid.select(0, 0);
  await said(/^R1 C1$/);
  const tree = new Tree(use.page);
  await tree.show('Tree');
  await silent();
  await tree.view.locator('.tree-row').nth(1).click();
  await said(/^Row \d \$/);
  await tree.show('Raw');
  await silent();
  await tree.show('Table');
  await said(/^R1 C1$/);
  await tree.show('Tree');
  await said(/^Row \d \$/);
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
