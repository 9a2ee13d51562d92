// Malformed records are kept, listed beside the grid, and published as diagnostics.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Grid } from './grid.mjs';
import { editorForTests, eventually, openFile, runCommand, shot } from './harness.mjs';

const use = editorForTests({ files: ['ragged.csv'] });
const limit = { timeout: 90_000 };

async function open() {
  if (!(await use.page.locator('.tabs-container .tab', { hasText: 'ragged.csv' }).count())) await openFile(use.page, 'ragged.csv');
  return Grid.shown(use.page);
}

test('missing cells are told from empty ones, and cells without a column are kept', limit, async () => {
  const grid = await open();
  assert.match(await grid.cell(4, 2).getAttribute('class'), /\bmissing\b/);
  assert.match(await grid.cell(13, 1).getAttribute('class'), /\bmissing\b/);
  await grid.frame.getByText('see note').waitFor();
});

test('the problems are listed, and choosing one jumps to its row', limit, async () => {
  const grid = await open();
  await runCommand(use.page, 'Thoth: Show Problems');
  const rows = grid.problems();
  await eventually(async () => (await rows.count()) >= 5, async () => `five problems, there are ${await rows.count()}`);
  await shot(use.page, 'problems');
  await rows.filter({ hasText: /row 9\b/i }).first().click();
  await eventually(async () => /-8-\d+$/.test((await grid.element.getAttribute('aria-activedescendant')) ?? ''), 'row 9 is active');
});

test("they are in VS Code's Problems view too", limit, async () => {
  await open();
  await runCommand(use.page, 'View: Focus Problems');
  const panel = use.page.locator('.markers-panel');
  await panel.getByText('ragged.csv').first().waitFor();
  const markers = panel.locator('.monaco-list-row', { hasText: /Thoth|thoth/ });
  await eventually(async () => (await markers.count()) >= 5, async () => `five markers, there are ${await markers.count()}`);
  await shot(use.page, 'diagnostics');
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
