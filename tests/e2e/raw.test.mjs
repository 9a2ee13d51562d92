// The text of a file beside its table and tree: of any size, from any byte on.
import assert from 'node:assert/strict';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { clipboard, closeEditors, editorForTests, eventually, goToRow, openFile, shot, webview } from './harness.mjs';

const LINES = 2_000_000;

const use = editorForTests({
  files: ['ragged.csv'],
  prepare: folder => {
    writeLines(path.join(folder, 'large.ndjson'));
    writeFileSync(path.join(folder, 'long.ndjson'), `{"short": 1}\n{"long": "${'x'.repeat(100_000)}end"}\n{"short": 2}\n`);
  },
});
const limit = { timeout: 120_000 };
afterEach(context => (context.error ? undefined : closeEditors(use.page)));

/** Two million lines of 50 bytes each, their break included: where one stands is known. */
function writeLines(file) {
  const to = openSync(file, 'w');
  for (let start = 0; start < LINES; start += 20_000) {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${`{"id": ${start + index}, "pad": "`.padEnd(47, '.')}"}\n`);
    writeSync(to, lines.join(''));
  }
  closeSync(to);
}

async function raw(name) {
  await openFile(use.page, name);
  const frame = webview(use.page);
  await frame.locator('.thoth-grid[data-state="ready"]').waitFor({ timeout: 30_000 });
  await frame.getByRole('radio', { name: 'Raw' }).click();
  await frame.locator('.raw-row').first().waitFor();
  const text = frame.locator('.raw-scroller');
  return { frame, text, row: words => frame.locator('.raw-row', { hasText: words }) };
}

test('the text is shown as it is in the file, with the numbers of its lines', limit, async () => {
  const { frame, row } = await raw('large.ndjson');
  assert.equal(await row('"id": 0,').locator('.raw-number').textContent(), '1');
  assert.equal(await row('"id": 12,').locator('.raw-number').textContent(), '13');
  assert.ok((await frame.locator('.raw-row').count()) < 100);
  await shot(use.page, 'raw');
});

test('the end of a file of 100 MB is one key away, and the beginning too', limit, async () => {
  const { text, row } = await raw('large.ndjson');
  await text.focus();
  await use.page.keyboard.press('Control+End');
  await row(`"id": ${LINES - 1},`).waitFor();
  await use.page.keyboard.press('Control+Home');
  await row('"id": 0,').waitFor();
  await use.page.keyboard.press('PageDown');
  await row('"id": 0,').waitFor({ state: 'detached' });
});

test('a byte can be gone to, whose line is numbered by bytes', limit, async () => {
  const { frame, row } = await raw('large.ndjson');
  await goToRow(use.page, '@50000000');
  await row('"id": 1000000,').waitFor();
  assert.match(await row('"id": 1000000,').locator('.raw-number').textContent(), /^@50\D000\D000$/);
  await frame.locator('.raw-place', { hasText: /^(49|50) %/ }).waitFor();
  await shot(use.page, 'raw-byte');
});

test('a record is highlighted where it stands', limit, async () => {
  const { row } = await raw('large.ndjson');
  await goToRow(use.page, '12346');
  const mark = row('"id": 12345,').locator('mark');
  await mark.waitFor();
  assert.match(await mark.textContent(), /^\{"id": 12345,.*\}$/);
});

test('a long line comes in pieces that say that they belong together', limit, async () => {
  const { frame, row, text } = await raw('long.ndjson');
  await row('"short": 2').waitFor();
  assert.equal(await row('"short": 2').locator('.raw-number').textContent(), '3');
  assert.ok((await frame.locator('.raw-number', { hasText: '↪' }).count()) >= 5);
  assert.ok(await text.evaluate(element => element.scrollWidth > element.clientWidth), 'it can be scrolled sideways');
});

test('text can be marked and copied', limit, async () => {
  const { row, text } = await raw('ragged.csv');
  await text.focus();
  const first = row(/./).first().locator('.raw-text');
  const words = await first.textContent();
  await first.evaluate(element => document.getSelection().selectAllChildren(element));
  await use.page.keyboard.press('Control+c');
  await eventually(async () => (await clipboard(use.page)) === words, async () => `${JSON.stringify(words)}, there is ${JSON.stringify(await clipboard(use.page))}`);
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
