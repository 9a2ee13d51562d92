// Everything can be reached without a mouse, and a screen reader is told what is where.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { Grid } from './grid.mjs';
import { editorForTests, eventually, openFile, runCommand, shot } from './harness.mjs';

const AXE = readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const use = editorForTests({ files: ['airports.csv', 'ragged.csv'] });
const limit = { timeout: 90_000 };

/** Opens a file by keyboard alone (again after a test that failed) and returns its grid. */
async function openByKeyboard(name) {
  const { page } = use;
  if (await page.locator('.tabs-container .tab.active', { hasText: name }).count()) return Grid.shown(page);
  await page.keyboard.press('Control+p');
  const input = page.locator('.quick-input-widget input[type="text"]').first();
  await input.waitFor();
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  const grid = await Grid.shown(page);
  await grid.text(0, 0);
  return grid;
}

const focusedRole = grid => grid.frame.locator(':focus').evaluate(element => element.getAttribute('role') ?? element.tagName);

test('a file is opened, walked through, searched and left by keyboard alone', limit, async () => {
  const grid = await openByKeyboard('airports.csv');
  await eventually(async () => (await grid.frame.locator(':focus').count()) === 1 && (await focusedRole(grid)) === 'grid', 'the grid has the focus');
  await grid.press('Control+Home', 'ArrowDown', 'ArrowRight', 'ArrowRight');
  await grid.expectActive(1, 2);
  await grid.press('End');
  await grid.expectActive(1, 6);
  await grid.press('Home');
  await grid.expectActive(1, 0);
  await grid.press('PageDown');
  await eventually(async () => !/-1-\d+$/.test(await grid.element.getAttribute('aria-activedescendant')), 'a page further down');
  await grid.press('Control+End');
  await grid.expectActive(3375, 6);
  await grid.press('Control+Home');
  const find = await grid.openFind('Livingston Municipal');
  await find.expectCount(/^1 of \d+$/);
  await find.close();
  await grid.expectActive(1, 1);
  await eventually(async () => (await focusedRole(grid)) === 'grid', 'the focus is back in the grid');
  await grid.press('Control+f');
  await grid.frame.getByRole('search').waitFor();
  await grid.press('Escape');
  await shot(use.page, 'keyboard-focus');
});

test('the focus is visible', limit, async () => {
  const grid = await openByKeyboard('airports.csv');
  await grid.select(1, 1);
  const outline = await grid.cell(1, 1).evaluate(cell => {
    const { outlineStyle, outlineWidth, boxShadow, borderTopStyle } = getComputedStyle(cell);
    const after = getComputedStyle(cell, '::after');
    return [outlineStyle !== 'none' && outlineWidth !== '0px', boxShadow !== 'none', borderTopStyle === 'solid', after.outlineStyle !== 'none' || after.borderTopStyle === 'solid'];
  });
  assert.ok(outline.some(Boolean), 'the active cell has an outline');
});

test('Tab leaves the grid for the other controls and comes back: no trap', limit, async () => {
  const grid = await openByKeyboard('airports.csv');
  await grid.element.focus();
  const seen = [];
  for (let step = 0; step < 30; step++) {
    await grid.press('Tab');
    const focused = grid.frame.locator(':focus');
    const name = (await focused.count()) ? await focused.evaluate(element => element.getAttribute('aria-label') ?? element.textContent ?? '') : 'outside';
    if (name === 'outside') break;
    seen.push(name);
  }
  assert.ok(seen.length > 0, 'there are controls after the grid');
  assert.ok(seen.length < 30, `the focus leaves the view in the end; seen: ${seen.join(' | ')}`);
});

test('a screen reader is told the grid, its rows and columns, and where the active cell is', limit, async () => {
  const grid = await openByKeyboard('airports.csv');
  await grid.select(2, 3);
  assert.equal(await grid.element.getAttribute('aria-label'), 'Data of airports.csv');
  assert.equal(await grid.element.getAttribute('aria-rowcount'), '3377');
  assert.equal(await grid.element.getAttribute('aria-colcount'), '8');
  assert.equal(await grid.row(2).getAttribute('aria-rowindex'), '4');
  assert.equal(await grid.cell(2, 3).getAttribute('aria-colindex'), '5');
  assert.equal(await grid.cell(2, 3).getAttribute('aria-selected'), 'true');
  assert.equal(await grid.frame.getByRole('columnheader', { name: 'iata, text' }).count(), 1);
  assert.equal(await grid.frame.getByRole('rowheader', { name: 'Row 3', exact: true }).count(), 1);
  assert.match(await grid.cell(2, 3).getAttribute('aria-label'), /, state, row 3$/);
});

test('axe finds nothing wrong in the view, with the problems and the cell pane open', limit, async () => {
  const grid = await openByKeyboard('ragged.csv');
  await grid.select(4, 1);
  await grid.press('Enter');
  await runCommand(use.page, 'Thoth: Show Problems');
  await grid.problems().first().waitFor();
  const found = await grid.frame.locator('body').evaluate(async (_, source) => {
    // The policy forbids eval and inline scripts to the page, not to the tool that drives the browser.
    (0, eval)(source); // eslint-disable-line no-eval
    // The view is a part of the editor's page, which has the headings and the landmarks; the corner is named by a label;
    // what scrolls is moved by the keys of the grid around it.
    const off = ['region', 'page-has-heading-one', 'empty-table-header', 'scrollable-region-focusable'].map(rule => [rule, { enabled: false }]);
    const { violations } = await window.axe.run(document, { rules: Object.fromEntries(off) });
    return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.slice(0, 3).map(node => node.html.slice(0, 200)) }));
  }, AXE);
  assert.deepEqual(found, []);
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
