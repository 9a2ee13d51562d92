// Pictures for people to look at, in build/e2e/shots: the four kinds of theme, and files that are odd in one way each.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { oddFiles } from './data.mjs';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, shot, webview } from './harness.mjs';

const use = editorForTests({ files: ['airports.csv', 'ragged.csv', 'birdstrikes.csv.zst'], prepare: oddFiles });
const limit = { timeout: 90_000 };
afterEach(context => (context.error ? undefined : closeEditors(use.page)));

const THEMES = [
  ['dark', 'Default Dark Modern', 'vscode-dark'],
  ['light', 'Default Light Modern', 'vscode-light'],
  ['high-contrast', 'Default High Contrast', 'vscode-high-contrast'],
  ['high-contrast-light', 'Default High Contrast Light', 'vscode-high-contrast-light'],
];
for (const [name, theme, className] of THEMES) {
  test(`the grid follows the theme to ${name} while it is open`, limit, async () => {
    await openFile(use.page, 'ragged.csv');
    const grid = await Grid.shown(use.page);
    await grid.select(3, 1);
    await grid.press('Shift+ArrowDown', 'Shift+ArrowRight');
    use.setSettings({ 'workbench.colorTheme': theme });
    await grid.frame.locator(`body.${className}`).waitFor();
    await shot(use.page, `theme-${name}`);
    assert.ok((await grid.contrast(1, 1)) >= 4.5, `text is readable: contrast ${await grid.contrast(1, 1)}`);
    use.setSettings({ 'workbench.colorTheme': 'Default Light Modern' });
  });
}

test('the font and its size follow the editor', limit, async () => {
  await openFile(use.page, 'airports.csv');
  const grid = await Grid.shown(use.page);
  const height = async () => (await grid.row(0).boundingBox()).height;
  await grid.text(0, 0);
  const small = await height();
  use.setSettings({ 'editor.fontSize': 22 });
  await eventually(async () => (await height()) > small + 5, 'higher rows');
  await shot(use.page, 'font-22');
  use.setSettings({ 'editor.fontSize': 14 });
  await eventually(async () => (await height()) <= small + 1, 'rows as before');
});

test('an empty file says that it is empty', limit, async () => {
  await openFile(use.page, 'empty.csv');
  await webview(use.page).getByText('This file is empty.').waitFor();
  await shot(use.page, 'empty');
});

test('a file that has a header only shows its columns and says that there are no rows', limit, async () => {
  await openFile(use.page, 'header-only.csv');
  const grid = await Grid.shown(use.page);
  assert.deepEqual(await grid.columns(), ['first', 'second', 'third']);
  await grid.frame.getByText('No rows.').waitFor();
  await shot(use.page, 'header-only');
});

test('one column', limit, async () => {
  await openFile(use.page, 'one-column.csv');
  const grid = await Grid.shown(use.page);
  await grid.expectText(2, 0, 'gamma');
  await grid.expectRowCount(3);
  await shot(use.page, 'one-column');
});

test('two thousand columns: the last is reached by Ctrl+Right, and only what is in view is in the page', limit, async () => {
  await openFile(use.page, 'wide.csv');
  const grid = await Grid.shown(use.page);
  assert.equal(await grid.columnCount(), 2000);
  await grid.select(0, 0);
  await grid.press('Control+ArrowRight');
  await grid.expectText(2, 1999, '3/2000');
  await grid.expectActive(0, 1999);
  const cells = await grid.frame.locator('[role="gridcell"]').count();
  assert.ok(cells < 400, `${cells} cells in the page`);
  await shot(use.page, 'wide');
});

test('a long cell is shown whole in the detail pane', limit, async () => {
  await openFile(use.page, 'long-cells.csv');
  const grid = await Grid.shown(use.page);
  await grid.select(0, 1);
  await grid.press('Enter');
  await grid.detail().filter({ hasText: 'end of the long cell' }).waitFor();
  await shot(use.page, 'long-cell');
});

test('null, empty and missing cells look different from each other and from text', limit, async () => {
  await openFile(use.page, 'gaps.csv');
  const grid = await Grid.shown(use.page);
  await grid.text(2, 0);
  const look = (record, column) =>
    grid.cell(record, column).evaluate(cell => `${cell.textContent}/${getComputedStyle(cell).color}/${getComputedStyle(cell).fontStyle}/${cell.className.split(' ')[1]}`);
  const looks = [await look(0, 0), await look(0, 1), await look(2, 1), await look(1, 0)];
  assert.equal(new Set(looks.map(each => each.split('/').slice(0, 3).join('/'))).size, 4, looks.join('\n'));
  await shot(use.page, 'gaps');
});

test('a file that cannot be opened says why and offers to try again and to read it as text', limit, async () => {
  await openFile(use.page, 'broken.csv.gz');
  const frame = webview(use.page);
  await frame.getByText('broken.csv.gz could not be opened').waitFor();
  await frame.getByRole('button', { name: /retry|again/i }).waitFor();
  await shot(use.page, 'failed');
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
