// Records drawn by their plugin: the fixture card viewer, installed where a user's plugins are, draws each line of a file.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { closeEditors, editorForTests, eventually, goToRow, openFile, ROOT, shot, webview } from './harness.mjs';

const CARD_VIEWER = 'org.thoth.fixture.card-viewer';
const FEW = [
  { type: 'card', title: 'First', subtitle: 'of the file', tags: ['a', 'b'], body: { type: 'text', text: '<b>not bold</b>' } },
  { type: 'collapsible', label: 'More about it', children: [{ type: 'text', text: 'what was folded' }] },
  'error',
  { type: 'hologram' },
  { type: 'markdown', value: 'Some *words* and [a page](https://example.org/).' },
  { type: 'button', id: 'press', label: 'Press' },
];

const use = editorForTests({
  settings: { 'workbench.editorAssociations': { '*.cards': 'thoth.dataEditor' } },
  prepare: folder => {
    installCardViewer(path.dirname(folder));
    const line = record => (typeof record === 'string' ? record : JSON.stringify(record));
    writeFileSync(path.join(folder, 'few.cards'), FEW.map(record => `${line(record)}\n`).join(''));
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      type: 'column',
      children: Array.from({ length: 1 + (index % 5) }, (_, at) => ({ type: 'text', text: `record ${index + 1}, line ${at + 1}` })),
    }));
    writeFileSync(path.join(folder, 'many.cards'), many.map(record => `${line(record)}\n`).join(''));
  },
});
const limit = { timeout: 90_000 };
afterEach(context => (context.error ? undefined : closeEditors(use.page)));

/** XDG_DATA_HOME of the editor is `data` in its folder; the server's own place is below that. */
function installCardViewer(editorFolder) {
  const wasm = path.join(ROOT, 'build', 'fixtures', 'card-viewer.wasm');
  assert.ok(existsSync(wasm), 'build the fixtures first: make plugins');
  const folder = path.join(editorFolder, 'data', 'thoth-ls', 'plugins', CARD_VIEWER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(wasm, path.join(folder, 'plugin.wasm'));
  copyFileSync(path.join(ROOT, 'plugins', 'fixtures', 'card-viewer.toml'), path.join(folder, 'plugin.toml'));
}

/** What the user installed asks once, before it first runs. */
let isAllowed = false;

async function drawn(name) {
  await openFile(use.page, name);
  if (!isAllowed) await use.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Allow', exact: true }).click();
  isAllowed = true;
  const frame = webview(use.page);
  await frame.locator('.thoth-grid[data-showing="drawn"]').waitFor({ timeout: 30_000 });
  const record = number => frame.locator(`.drawn-record[data-record="${number}"]`);
  await record(0).locator('.n-tree').waitFor();
  return { frame, record, feed: frame.getByRole('feed') };
}

const focused = (frame, record) => frame.locator(`.drawn-record[data-record="${record}"]:focus`).waitFor();

test('each record is drawn as its plugin says, and what it says is text', limit, async () => {
  const { frame, record } = await drawn('few.cards');
  await record(0).getByText('<b>not bold</b>', { exact: true }).waitFor();
  assert.equal(await frame.locator('.drawn-record b').count(), 0);
  assert.equal(await frame.getByRole('article', { name: 'Record 1' }).count(), 1);
  await record(4).getByRole('link', { name: 'a page' }).waitFor();
  await shot(use.page, 'drawn');
});

test('a record that cannot be drawn says why in its place, and an unknown node is named', limit, async () => {
  const { record } = await drawn('few.cards');
  await record(2).locator('.drawn-error', { hasText: 'cannot be drawn' }).waitFor();
  await record(3).getByText('hologram').waitFor();
});

test('what folds can be opened, and controls cannot be used', limit, async () => {
  const { record } = await drawn('few.cards');
  await record(1).getByText('More about it').click();
  await record(1).getByText('what was folded').waitFor();
  assert.equal(await record(5).getByRole('button', { name: 'Press' }).isDisabled(), true);
});

test('records are gone through by keys', limit, async () => {
  const { frame, feed } = await drawn('many.cards');
  await feed.focus();
  await use.page.keyboard.press('ArrowDown');
  await focused(frame, 0);
  await use.page.keyboard.press('ArrowDown');
  await focused(frame, 1);
  await use.page.keyboard.press('End');
  await focused(frame, 19_999);
  await frame.getByText('record 20000, line 1', { exact: true }).waitFor();
  await use.page.keyboard.press('Home');
  await focused(frame, 0);
});

test('Go to Row reaches any record, and only what is in view is in the page', limit, async () => {
  const { frame } = await drawn('many.cards');
  await goToRow(use.page, 12345);
  await frame.getByText('record 12345, line 1', { exact: true }).waitFor();
  assert.ok((await frame.locator('.drawn-record').count()) < 60);
});

test('scrolling up through records not seen before does not move what is in view', limit, async () => {
  const { frame, feed, record } = await drawn('many.cards');
  await goToRow(use.page, 10001);
  const settled = record(10_000);
  await settled.locator('.n-tree').waitFor();
  const top = async () => (await settled.boundingBox()).y;
  await feed.hover();
  for (let step = 0; step < 3; step++) {
    const before = await top();
    await use.page.mouse.wheel(0, -40);
    await eventually(async () => Math.abs((await top()) - before - 40) <= 2, async () => `40 pixels lower than ${before}, it is at ${await top()}`);
  }
  assert.equal(await frame.locator('.drawn-loading').count(), 0);
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
