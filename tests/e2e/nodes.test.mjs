// What no stand-in for a browser shows of nodes: focus, composition, scrolling, dialogs, the editor for code, and accessibility.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { draw, nodesForTests, told } from './nodes.mjs';

const nodes = nodesForTests();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const text = words => ({ type: 'text', text: words });
const column = (...children) => ({ type: 'column', gap: 4, children });
const input = (id, value = '') => ({ type: 'input', id, label: id, value });

/** Faults that axe finds serious or worse. */
async function faults(page) {
  await page.evaluate(axe); // the policy of the page allows no script of others
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes: found }) => found.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary.slice(0, 200)}`));
}

for (const theme of ['dark', 'light', 'hc-black', 'hc-light']) {
  test(`axe finds no serious fault in any node: ${theme}`, { timeout: 120_000 }, async () => {
    for (const more of ['live', 'live&modal&only=modal', 'still']) {
      const page = await nodes.open(`gallery?theme=${theme}&${more}`, { width: 900, height: 9000 }); // axe looks at what is in sight
      assert.deepEqual(await faults(page), [], more);
      await page.close();
    }
  });
}

test('focus, caret and selection stay while the plugin draws anew, also when nodes come above and change places', async () => {
  const page = await nodes.open('tree');
  await draw(page, column(input('a', 'some words'), input('b')));
  await page.getByLabel('a', { exact: true }).focus();
  const select = () => page.evaluate(() => document.activeElement.setSelectionRange(2, 6));
  const now = () => page.evaluate(() => [document.activeElement.value, document.activeElement.selectionStart, document.activeElement.selectionEnd]);
  await select();
  for (const tree of [
    column(text('above'), { type: 'group', label: 'G', children: [text('x')] }, input('a', 'some words'), input('b')),
    column(input('b'), text('between'), input('a', 'some words')),
    column(input('a', 'some words'), input('b')),
  ]) {
    await draw(page, tree);
    await page.evaluate(() => undefined); // what is put right after drawing is done by now
    assert.deepEqual(await now(), ['some words', 2, 6]);
  }
  await page.close();
});

test('what is scrolled stays so, in lists, tables, JSON and areas', async () => {
  const page = await nodes.open('tree');
  const lines = Array.from({ length: 100 }, (_, index) => text(`line ${index}`));
  const tree = more => column(
    ...more,
    { type: 'scroll', id: 's', max_height: 100, child: column(...lines) },
    { type: 'list', id: 'l', max_height: 120, items: Array.from({ length: 5000 }, (_, index) => ({ title: `item ${index}` })) },
    { type: 'table', headers: ['n'], rows: Array.from({ length: 5000 }, (_, index) => [text(`cell ${index}`)]) },
    { type: 'json-tree', id: 'j', value: Array.from({ length: 20_000 }, (_, index) => index) },
  );
  await draw(page, tree([]));
  const areas = ['.n-scroll', '.n-list', '.n-table', '.n-json-tree'];
  for (const area of areas) await page.locator(area).evaluate(element => element.scrollTo({ top: 1000 }));
  await page.getByText('cell 33', { exact: true }).waitFor();
  const tops = () => Promise.all(areas.map(area => page.locator(area).evaluate(element => element.scrollTop)));
  const before = await tops();
  assert.ok(before.every(top => top > 500), String(before));
  await draw(page, tree([text('new'), input('x')]));
  assert.deepEqual(await tops(), before);
  const rows = await page.locator('.n-item, tbody tr, .n-json-row').count();
  assert.ok(rows < 200, `${rows} rows are on the page`);
  await page.close();
});

test('the end of a JSON value of 190,001 rows is reached and read', { timeout: 60_000 }, async () => {
  const page = await nodes.open('tree');
  await draw(page, { type: 'json-tree', value: Array.from({ length: 190_000 }, (_, index) => index) });
  await page.locator('.n-json-tree').focus();
  await page.keyboard.press('End');
  await page.getByRole('treeitem', { name: /189999/ }).last().waitFor();
  const active = await page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).getBoundingClientRect().bottom <= innerHeight);
  assert.ok(active);
  await page.close();
});

test('every digit of a number is shown', async () => {
  const page = await nodes.open('tree');
  for (const digits of ['12345678901234567890', '-0.12345678901234567', '1.00000000000000000001e5']) {
    for (const value of [digits, `{"a": ${digits}}`, `[1,${digits}]`]) {
      await page.evaluate(text => window.tree.draw(text), `{"type": "json-tree", "value": ${value}}`);
      await page.getByRole('treeitem', { name: digits }).last().waitFor({ timeout: 2000 });
    }
  }
  await page.close();
});

test('a composition goes on while trees come, and is told when it ends', async () => {
  const page = await nodes.open('tree');
  await draw(page, column(input('a')));
  await page.getByLabel('a').focus();
  const client = await page.context().newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 });
  await draw(page, column(text('above'), input('a', '')));
  await client.send('Input.imeSetComposition', { text: 'かん', selectionStart: 2, selectionEnd: 2 });
  assert.equal(await page.getByLabel('a').inputValue(), 'かん');
  assert.deepEqual(await told(page), []);
  await client.send('Input.insertText', { text: '漢' });
  assert.equal(await page.getByLabel('a').inputValue(), '漢');
  assert.deepEqual((await told(page)).at(-1), ['a', 'change', '漢']);
  await page.close();
});

test('a dialog takes the focus, keeps it, asks on Escape, and gives it back', async () => {
  const page = await nodes.open('tree');
  const dialog = open => ({ type: 'modal', id: 'm', 'close-id': 'close', title: 'Sure?', open, children: [input('inside')], footer: [{ type: 'button', id: 'ok', label: 'OK' }] });
  const tree = open => column({ type: 'button', id: 'ask', label: 'Ask' }, dialog(open), input('outside'));
  await draw(page, tree(false));
  await page.getByRole('button', { name: 'Ask' }).focus();
  await draw(page, tree(true));
  await page.getByRole('dialog', { name: 'Sure?' }).waitFor();
  const inside = () => page.evaluate(() => document.querySelector('dialog').contains(document.activeElement));
  for (let count = 0; count < 8; count++) {
    assert.ok(await inside());
    await page.keyboard.press(count % 3 === 2 ? 'Shift+Tab' : 'Tab');
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.deepEqual((await told(page)).slice(-2), [['close', 'click', ''], ['close', 'click', '']]);
  await page.getByRole('dialog').waitFor(); // until its plugin closes it
  await draw(page, tree(false));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Ask');
  await page.close();
});

test('code is typed, completed, run and kept, with the colours of the theme', async () => {
  const page = await nodes.open('tree');
  const editor = (value, more = {}) => ({ type: 'code-editor', id: 'e', syntax: 'sql', value, run_markers: [0], ...more });
  await draw(page, column(editor('')));
  const content = page.getByRole('textbox', { name: 'Code' });
  await content.click();
  await page.keyboard.type('SELECT 1 -- one\n');
  assert.equal((await told(page)).at(-1)[2], 'SELECT 1 -- one\n');
  await draw(page, column(text('above'), editor('SELEC'))); // a tree that is late
  await page.keyboard.type('FRO');
  await page.getByRole('option', { name: 'FROM' }).waitFor();
  await page.waitForTimeout(150); // completion does not take a key right after it has opened
  await page.keyboard.press('Enter');
  assert.equal((await told(page)).at(-1)[2], 'SELECT 1 -- one\nFROM');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+Shift+Enter');
  await page.keyboard.press('Shift+Alt+f');
  assert.deepEqual((await told(page)).slice(-3), [
    ['e', 'run', '{"all":false,"caret":20,"selection":null}'],
    ['e', 'run', '{"all":true,"caret":20,"selection":[0,20]}'],
    ['e', 'format-editor', ''],
  ]);
  await page.locator('.cm-run-marker').click();
  assert.deepEqual((await told(page)).at(-1), ['e', 'run-marker', '0']);
  const colors = await content.evaluate(element => new Set([...element.querySelectorAll('span')].map(span => getComputedStyle(span).color)).size);
  assert.ok(colors >= 3, `${colors} colours`);
  await draw(page, column(editor('select 2')));
  assert.equal((await content.innerText()).trim(), 'select 2');
  await page.close();
});

test('an area is scrolled as it was when its tab is shown again', async () => {
  const page = await nodes.open('tree');
  const lines = Array.from({ length: 100 }, (_, index) => text(`line ${index}`));
  await draw(page, { type: 'tabs', id: 't', headers: ['One', 'Two'], children: [{ type: 'scroll', id: 's', max_height: 100, child: column(...lines) }, text('two')] });
  await page.locator('.n-scroll').evaluate(element => element.scrollTo({ top: 300 }));
  await page.waitForTimeout(50); // the browser tells of it with the next frame
  await page.getByRole('tab', { name: 'Two' }).click();
  await page.getByRole('tab', { name: 'One' }).click();
  assert.equal(await page.locator('.n-scroll').evaluate(element => element.scrollTop), 300);
  await page.close();
});

test('an option of thousands is found by typing, in a dialog, too', async () => {
  const page = await nodes.open('tree');
  const options = Array.from({ length: 5000 }, (_, index) => ({ value: `v${index}`, label: `Option ${index}` }));
  const select = { type: 'select', id: 's', searchable: true, prefix_label: 'Choose', value: 'v3', options };
  await draw(page, { type: 'modal', id: 'm', title: 'Choose', open: true, children: [select] });
  const field = page.getByRole('combobox', { name: 'Choose' });
  await field.click();
  await page.getByRole('option', { name: 'Option 3', exact: true }).waitFor();
  assert.ok((await page.getByRole('option').count()) < 40);
  await page.keyboard.press('End');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('4998');
  const found = page.getByRole('option', { name: 'Option 4998' });
  const box = await found.boundingBox();
  assert.equal(await page.evaluate(([x, y]) => document.elementFromPoint(x, y).textContent.trim(), [box.x + 5, box.y + 5]), 'Option 4998');
  await page.keyboard.press('Escape'); // closes the list, not the dialog
  await field.click();
  await page.keyboard.type('4997');
  await page.keyboard.press('Enter');
  assert.deepEqual((await told(page)).filter(([, kind]) => kind !== 'search'), [['s', 'change', 'v4997']]);
  await page.close();
});

test('cells of a table are walked through, made wider, and copied', async () => {
  const page = await nodes.open('tree');
  await draw(page, { type: 'table', headers: ['id', 'name'], rows: Array.from({ length: 1000 }, (_, index) => [text(`${index}`), text(`n\t${index}`)]) });
  await page.locator('td[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+End');
  await page.locator('[data-row="999"][data-column="1"]:focus').waitFor();
  const width = () => page.locator('th[data-column="1"]').evaluate(cell => cell.getBoundingClientRect().width);
  const before = await width();
  await page.keyboard.press('Shift+ArrowRight');
  assert.equal(await width(), before + 16);
  await page.locator('[data-row="999"][data-column="0"]').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy Row' }).click();
  assert.deepEqual(await page.evaluate(() => window.tree.copied), ['n\t0', '999\t"n\t999"']);
  await page.close();
});

test('in a side bar fields stay wide enough to read, long names are cut off, and nothing reaches out', async () => {
  const page = await nodes.open('tree', { width: 250, height: 800 });
  const row = (...children) => ({ type: 'row', gap: 6, children });
  const long = 'a name that is far too long for a side bar of this width';
  const options = [{ value: long, label: long }];
  const button = { type: 'icon-button', id: 'b', icon: '\ue3b4', tooltip: 'Edit' };
  await draw(page, column(
    row({ type: 'icon', glyph: '\ue4e0' }, text(`Something is wrong with ${long}`)),
    row({ type: 'select', id: 's', value: long, options }, button),
    row({ type: 'select', id: 'm', value: long, options, width: 116 }, { ...input('u', long), label: '', grow: true }, { type: 'button', id: 'g', label: 'Send' }),
    { type: 'list', id: 'l', compact: true, items: [{ title: long, description: `why ${long}`, meta: '12:00' }] },
    { type: 'data-row', id: 'r', row_id: '1', display_text: long, truncate: true, chip: 'POST' },
    { type: 'tabs', id: 't', headers: ['Params', 'Auth', 'Headers', 'Body', 'Options'], children: [{ type: 'table', headers: ['a'], rows: [[text('1')]] }] },
  ));
  const box = selector => page.locator(selector).first().boundingBox();
  const beside = async (one, other) => Math.abs((await box(one)).y - (await box(other)).y) < 12;
  assert.ok(await beside('.n-tree .codicon', '.n-text'), 'the icon is before its sentence');
  assert.ok(await beside('.n-select', '.n-icon-button'), 'the button is behind its field');
  assert.ok((await box('.n-field.n-grow')).width >= 100, 'a field is wide enough');
  assert.equal(await page.locator('.n-item-main').getAttribute('title'), long);
  assert.ok((await box('.n-item')).height < 40, 'an item has a line for its name and one for what is said of it');
  assert.ok((await box('.n-data-row')).height < 30);
  const reaching = () => [...document.querySelectorAll('.n-tree, .n-row, .n-tab-list, .n-table')].filter(each => each.scrollWidth > each.clientWidth).map(each => each.className);
  assert.deepEqual(await page.evaluate(reaching), []);
  await page.close();
});

test('a picture is fitted or shown as large as it is; an SVG runs nothing and loads nothing', async () => {
  const page = await nodes.open('tree');
  const asked = [];
  page.on('request', request => request.url().includes('example.org') && asked.push(request.url()));
  await draw(page, column({ type: 'picture', id: 'p', handle: 'ibis', alt: 'An ibis', height: 180 }, { type: 'picture', handle: 'none', alt: 'Gone' }));
  const picture = page.getByRole('img', { name: 'An ibis' });
  await picture.waitFor();
  await page.getByText('480 × 240 pixels').waitFor();
  await page.getByText('There is no such picture.').waitFor();
  const width = () => picture.evaluate(image => [image.naturalWidth, image.clientWidth]);
  const [natural, fitted] = await width();
  assert.equal(natural, 480);
  assert.ok(fitted < 300, `${fitted} pixels in a place of 180`);
  await page.getByRole('button', { name: 'Actual Size', pressed: false }).press('Enter');
  assert.deepEqual(await width(), [480, 480]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.querySelector('.n-picture-area').scrollTop > 0);
  assert.deepEqual([asked, await page.evaluate(() => window.ranAScript), await page.title()], [[], undefined, 'A tree']);
  await page.close();
});

test('a link looks like one wherever it stands, and not like a button', async () => {
  const page = await nodes.open('tree');
  await draw(page, column({ type: 'link', label: 'a link', url: 'https://example.com/' }, { type: 'markdown', value: 'with [another](https://example.com/)' }));
  await page.evaluate(() => document.getElementById('root').classList.remove('thoth-grid')); // panels are no part of the grid
  const looks = await page.getByRole('link').evaluateAll(links => links.map(each => [getComputedStyle(each).borderTopWidth, getComputedStyle(each).backgroundColor]));
  assert.deepEqual(looks, [['0px', 'rgba(0, 0, 0, 0)'], ['0px', 'rgba(0, 0, 0, 0)']]);
  await page.close();
});

test('nothing was said on any console', () => {
  assert.deepEqual(nodes.problems, []);
});
