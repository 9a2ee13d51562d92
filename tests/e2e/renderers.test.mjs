// Records drawn by renderers: the cards that come with Thoth, and the odd renderer, installed where a user's plugins are.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, goToRow, openFile, pick, ROOT, runCommand, shot, webview } from './harness.mjs';
import { Search } from './search.mjs';

const ODD = 'org.thoth.fixture.odd-renderer';
const LINES = [
  { name: 'Oslo', people: 709037, tags: ['fjord', 'capital'], at: { lat: 59.91, lon: 10.75 } },
  { name: 'Bergen', people: 289330, tags: [], at: null },
];
const use = editorForTests({
  files: ['airports.csv'],
  prepare: folder => {
    installOddRenderer(path.dirname(folder));
    writeFileSync(path.join(folder, 'cities.ndjson'), LINES.map(line => `${JSON.stringify(line)}\n`).join(''));
    writeFileSync(path.join(folder, 'odd.csv'), 'word,n\ntrap,1\nfine,2\n');
  },
});
const limit = { timeout: 90_000 };
afterEach(context => (context.error ? undefined : closeEditors(use.page)));

/** XDG_DATA_HOME of the editor is `data` in its folder; the server's own place is below that. */
function installOddRenderer(editorFolder) {
  const wasm = path.join(ROOT, 'build', 'fixtures', 'odd-renderer.wasm');
  assert.ok(existsSync(wasm), 'build the fixtures first: make plugins');
  const folder = path.join(editorFolder, 'data', 'thoth-ls', 'plugins', ODD);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(wasm, path.join(folder, 'plugin.wasm'));
  copyFileSync(path.join(ROOT, 'plugins', 'fixtures', 'odd-renderer.toml'), path.join(folder, 'plugin.toml'));
}

/** The file in the view of the renderer of that name. */
async function drawn(file, renderer) {
  await openFile(use.page, file);
  const frame = webview(use.page);
  await frame.getByRole('radio', { name: renderer, exact: true }).click();
  const body = frame.locator('.rendered:not([hidden]) .rendered-body');
  await body.waitFor();
  const cards = body.locator('.n-card');
  const span = frame.locator('.rendered:not([hidden]) .rendered-span');
  return { frame, body, cards, span, title: at => cards.nth(at).locator('.n-card-title').innerText() };
}

/** The file as a table, whatever it was shown as last. */
async function table(file) {
  await openFile(use.page, file);
  await webview(use.page).getByRole('radio', { name: 'Table', exact: true }).click();
  return Grid.shown(use.page);
}

const page = (frame, text) => frame.locator('.rendered:not([hidden]) .rendered-span', { hasText: text }).waitFor();

const THEMES = [
  ['light', 'Default Light Modern', 'vscode-light'],
  ['dark', 'Default Dark Modern', 'vscode-dark'],
  ['high-contrast', 'Default High Contrast', 'vscode-high-contrast'],
];
for (const [name, theme, className] of THEMES) {
  test(`a table is shown as cards, in ${name}`, limit, async () => {
    use.setSettings({ 'workbench.colorTheme': theme });
    const { frame, cards, title } = await drawn('airports.csv', 'Cards');
    await frame.locator(`body.${className}`).waitFor();
    assert.equal(await title(0), '00M');
    await cards.nth(0).getByText('Thigpen', { exact: true }).waitFor();
    await shot(use.page, `cards-${name}`);
    use.setSettings({ 'workbench.colorTheme': 'Default Light Modern' });
  });
}

test('pages are turned by buttons and by keys', limit, async () => {
  const { frame, body, span, title } = await drawn('airports.csv', 'Cards');
  await page(frame, 'Records 1 to 100 of 3,376');
  assert.equal(await frame.getByRole('button', { name: /^Previous page/ }).isDisabled(), true);
  await frame.getByRole('button', { name: /^Next page/ }).click();
  await page(frame, 'Records 101 to 200 of 3,376');
  await eventually(async () => (await body.getAttribute('aria-busy')) === 'false', 'the page');
  await body.focus();
  await body.press('End');
  await eventually(() => body.evaluate(({ scrollTop, scrollHeight, clientHeight }) => scrollTop + clientHeight >= scrollHeight - 1), 'the end of the page');
  await body.press('PageDown');
  await page(frame, 'Records 201 to 300 of 3,376');
  await eventually(() => body.evaluate(element => element.scrollTop === 0), 'the beginning of the next page');
  await body.press('PageUp');
  await page(frame, 'Records 101 to 200 of 3,376');
  await body.press('Control+End');
  await page(frame, 'Records 3,301 to 3,376 of 3,376');
  await eventually(async () => (await title(75)) === 'ZZV', 'the last card');
  await body.press('Control+Home');
  await page(frame, 'Records 1 to 100 of 3,376');
  await goToRow(use.page, 1000);
  await eventually(async () => (await span.innerText()).startsWith('Records 1,000 to 1,099'), 'the page with the row');
});

test('lines of JSON are shown as cards, and the view is remembered for the file', limit, async () => {
  const { cards, title } = await drawn('cities.ndjson', 'Cards');
  await eventually(async () => (await title(0)) === 'Oslo', 'the first card');
  await cards.nth(0).getByText('["fjord","capital"]', { exact: true }).waitFor();
  assert.equal(await title(1), 'Bergen');
  await shot(use.page, 'cards-ndjson');
  await closeEditors(use.page);
  await openFile(use.page, 'cities.ndjson');
  await webview(use.page).locator('.rendered:not([hidden]) .n-card').first().waitFor();
});

test('only the matching records are drawn when only they are to be shown', limit, async () => {
  const grid = await table('airports.csv');
  const search = await Search.open(grid);
  await search.find('Houston');
  await search.tool('Show Only Matching Records').click();
  const frame = webview(use.page);
  await frame.getByRole('radio', { name: 'Cards', exact: true }).click();
  const cards = frame.locator('.rendered:not([hidden]) .n-card');
  const records = Number(await search.fact('searchRecords'));
  assert.ok(records > 1 && records < 100, `${records} records`);
  await eventually(async () => (await cards.count()) === records, `${records} cards`);
  await search.tool('Show Only Matching Records').click();
  await page(frame, 'Records 1 to 100 of 3,376');
});

test('a renderer that fails says why, can be tried again, and leaves the other views alone', limit, async () => {
  const { frame, body } = await drawn('odd.csv', 'Odd');
  await body.getByText(/Odd could not draw these records: .*data-renderer\.render/).waitFor();
  await shot(use.page, 'renderer-failed');
  await body.getByRole('button', { name: 'Retry' }).click();
  await body.getByText(/Odd could not draw these records/).waitFor();
  await frame.getByRole('radio', { name: 'Cards', exact: true }).click();
  await frame.locator('.rendered:not([hidden]) .n-card-title', { hasText: 'trap' }).waitFor();
  await frame.getByRole('radio', { name: 'Table', exact: true }).click();
  await (await Grid.shown(use.page)).text(0, 0);
});

test('a view goes with its plugin, and comes back with it', limit, async () => {
  const { frame } = await drawn('airports.csv', 'Cards');
  await frame.locator('.rendered:not([hidden]) .n-card').first().waitFor();
  await runCommand(use.page, 'Thoth: Disable Plugin');
  await pick(use.page, 'Cards');
  await frame.locator('.thoth-grid[data-showing="table"]').waitFor();
  assert.equal(await frame.getByRole('radio', { name: 'Cards', exact: true }).count(), 0);
  assert.equal(await frame.locator('.rendered .n-card').count(), 0);
  await runCommand(use.page, 'Thoth: Enable Plugin');
  await pick(use.page, 'Cards');
  await frame.locator('.rendered:not([hidden]) .n-card').first().waitFor();
});

test('a renderer is chosen from the palette', limit, async () => {
  await table('airports.csv');
  await runCommand(use.page, 'Thoth: Show in Another Way');
  await pick(use.page, 'Cards');
  await webview(use.page).locator('.rendered:not([hidden]) .n-card').first().waitFor();
});

test('no console had an error', () => {
  assert.deepEqual(use.problems, []);
});
