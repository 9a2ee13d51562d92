// JSON as people see it, in build/e2e/shots: tree, table and search in each kind of theme, with ordinary, long, empty and wrong content.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, shot, statusItem, webview } from './harness.mjs';
import { contrasts, overflowing } from './readable.mjs';
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
