// Data that a panel shows: a grid within its page, the same one as of files, and the ways out of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Grid } from './grid.mjs';
import { clipboard, editorForTests, eventually, quickInput, reloadWindow, runCommand, shot, story, webview } from './harness.mjs';
import { allow, installGallery, openPanel } from './panels.mjs';

const use = editorForTests({
  settings: { 'thoth.runtime.fuelPerCall': 1e15, 'thoth.runtime.deadlineSeconds': 120 },
  prepare: installGallery,
});
const step = story(use, { timeout: 180_000 });

const view = page => webview(page).locator('.data-view');
const tool = (page, name) => view(page).locator('.header').getByRole('button', { name });
const counts = page => view(page).locator('.footer-counts').innerText();
const rows = page => page.locator('.quick-input-widget .monaco-list-row');
const press = (page, name) => webview(page).getByRole('button', { name, exact: true }).click();
const offers = async (page, title) => {
  await page.keyboard.press('F1');
  await quickInput(page).fill(`>${title}`);
  await rows(page).first().waitFor();
  const isOffered = await rows(page).filter({ hasText: title }).count() > 0;
  await quickInput(page).press('Escape');
  return isOffered;
};
const tabInFront = (page, name) => page.locator('.tabs-container .tab.active', { hasText: name }).waitFor({ timeout: 30_000 });
const panelTab = page => page.locator('.tabs-container .tab', { hasText: /^Gallery( \(|$)/ });
const toPanel = async page => {
  await panelTab(page).first().click();
  await view(page).waitFor();
};

/** The picture of a theme once the page has it. */
async function inTheme(page, name, theme, className) {
  use.setSettings({ 'workbench.colorTheme': theme });
  await webview(page).locator(`body.${className}`).waitFor();
  await shot(page, `data-view-${name}`);
}

step('a data set that a panel publishes is shown within it, with what it is and what can be done', async page => {
  await openPanel(page, 'Gallery');
  await allow(page);
  const tabs = webview(page).getByRole('tab', { name: 'Data', exact: true });
  await tabs.click({ timeout: 90_000 });
  await press(page, 'Publish');
  const grid = await Grid.shown(page);
  await grid.expectRowCount(100);
  assert.deepEqual(await grid.columns(), ['id', 'name', 'share']);
  assert.equal(await view(page).locator('.header-caption').innerText(), 'Gallery rows');
  for (const name of ['Copy All', 'Export…', 'Open in Editor', 'Find']) await tool(page, name).waitFor();
  const box = await view(page).boundingBox();
  assert.ok(box.height >= 290 && box.height <= 310, `as high as the node says, ${box.height}`);
  await shot(page, 'data-view-light');
});

step('it keeps its place and its view while the plugin draws other trees and the data grows', async page => {
  const grid = await Grid.shown(page);
  await grid.select(3, 1);
  await view(page).evaluate(element => (element.dataset.marker = 'the same'));
  await press(page, 'Append 1,000 Rows');
  await eventually(async () => /1,100 rows/.test(await counts(page)), async () => `1,100 rows, there are ${await counts(page)}`);
  await grid.expectActive(3, 1);
  const showPage = name => webview(page).getByRole('tab', { name, exact: true }).click();
  await showPage('Display');
  await view(page).waitFor({ state: 'hidden' });
  await showPage('Data');
  await view(page).waitFor();
  assert.equal(await view(page).getAttribute('data-marker'), 'the same');
  await grid.expectActive(3, 1);
});

step('it is moved through, searched and copied from by keyboard', async page => {
  const grid = await Grid.shown(page);
  await grid.select(0, 1);
  await grid.press('ArrowDown');
  await grid.expectActive(1, 1);
  await grid.press('Control+f');
  await view(page).locator('.find-bar').waitFor();
  await page.keyboard.type('name 7');
  await page.keyboard.press('Enter');
  await eventually(async () => /^\d/.test(await view(page).locator('.find-count').innerText()), 'something is found');
  await page.keyboard.press('Escape');
  await grid.select(2, 1);
  await grid.press('Control+c');
  await eventually(async () => (await clipboard(page)).trimEnd() === 'name 2', 'the cell is on the clipboard');
});

step('the palette, keys and the status bar are about it, also when something else of the panel has the focus', async page => {
  const grid = await Grid.shown(page);
  await grid.select(2, 1);
  await grid.press('Control+g');
  await quickInput(page).fill('12');
  await quickInput(page).press('Enter');
  await grid.expectActive(11, 1);
  await page.locator('.statusbar-item', { hasText: 'R12 C2' }).waitFor();
  await page.locator('.statusbar-item', { hasText: '1,100 rows' }).waitFor();
  await runCommand(page, 'Thoth: Copy As');
  await rows(page).filter({ hasText: 'Markdown table' }).click();
  await eventually(async () => /\| name 11 \|/.test(await clipboard(page)), async () => `a table, there is ${await clipboard(page)}`);
  await press(page, 'Append 1,000 Rows'); // the focus is on the button now
  await runCommand(page, 'Thoth: Show as Tree');
  await view(page).getByRole('treeitem').first().waitFor();
  await runCommand(page, 'Thoth: Show as Table');
  await grid.expectActive(11, 1);
});

step('another way to look at it is chosen in its header, and all of it is copied', async page => {
  await view(page).locator('[data-choice="tree"]').click();
  await view(page).getByRole('treeitem').filter({ hasText: 'name 1' }).first().waitFor();
  assert.equal(await view(page).locator('[data-choice="raw"]').count(), 0, 'a table that was handed over has no text');
  await shot(page, 'data-view-tree');
  await view(page).locator('[data-choice="table"]').click();
  await press(page, 'Replace');
  await eventually(async () => /5 rows × 4 columns/.test(await counts(page)), async () => `5 rows × 4 columns, there are ${await counts(page)}`);
  await tool(page, 'Copy All').click();
  const copied = await eventually(async () => {
    const text = await clipboard(page);
    return text.startsWith('[') && JSON.parse(text);
  }, 'all rows are on the clipboard');
  assert.equal(copied.length, 5);
  assert.equal(copied[4].note, 'updated');
});

step('exporters are offered for it', async page => {
  await tool(page, 'Export…').click();
  await rows(page).filter({ hasText: 'JSON' }).first().waitFor();
  await quickInput(page).press('Escape');
  await quickInput(page).waitFor({ state: 'hidden' });
});

step('a renderer that came with Thoth draws it, too', async page => {
  await view(page).locator('.view-choice', { hasText: 'Cards' }).click();
  await view(page).locator('.rendered-content').getByText('name 4').first().waitFor({ timeout: 60_000 });
  await shot(page, 'data-view-cards');
  await view(page).locator('[data-choice="table"]').click();
});

step('it opens in an editor of its own, and beside it what a plugin makes when it is asked', async page => {
  await tool(page, 'Open in Editor').click();
  await tabInFront(page, 'Gallery rows');
  const grid = await Grid.shown(page);
  await grid.expectRowCount(5);
  await shot(page, 'data-view-editor');
  await runCommand(page, 'Thoth: Go to Row');
  await quickInput(page).fill('4');
  await quickInput(page).press('Enter');
  await grid.expectActive(3, 0);
  assert.equal(await offers(page, 'Thoth: Reopen as Text'), false, 'a table that was handed over is no text');
  await runCommand(page, 'Thoth: Open Data Set');
  await rows(page).filter({ hasText: 'Gallery rows' }).first().waitFor();
  const texts = await rows(page).allInnerTexts();
  assert.ok(texts.some(text => /5 rows × 4 columns/.test(text)), texts.join(' | '));
  await shot(page, 'data-set-pick');
  const producer = rows(page).filter({ hasNotText: 'rows ×' }).filter({ hasText: 'Gallery' }).last();
  await producer.click();
  await eventually(async () => (await page.locator('.tabs-container .tab').count()) === 3, 'a third tab');
  await (await Grid.shown(page)).texts(0);
});

step('it follows the themes', async page => {
  await toPanel(page);
  await inTheme(page, 'dark', 'Default Dark Modern', 'vscode-dark');
  await inTheme(page, 'high-contrast', 'Default High Contrast', 'vscode-high-contrast');
  use.setSettings({ 'workbench.colorTheme': 'Default Light Modern' });
  await webview(page).locator('body.vscode-light').waitFor();
});

step('after the server was restarted the panel comes back, and the editor of its data says that it is gone', async page => {
  await runCommand(page, 'Thoth: Restart Server');
  await webview(page).getByRole('tab', { name: 'Data', exact: true }).waitFor({ timeout: 120_000 });
  await page.locator('.tabs-container .tab', { hasText: 'Gallery rows' }).click();
  await webview(page).getByText(/Cannot open Gallery rows: the panel that showed it is closed/).waitFor({ timeout: 60_000 });
  await shot(page, 'data-view-gone');
});

step('in a window that is loaded anew it says so, too, and can be closed', async () => {
  await reloadWindow(use.page);
  const { page } = use;
  await page.locator('.tabs-container .tab', { hasText: 'Gallery rows' }).click({ timeout: 60_000 });
  await webview(page).getByText(/the panel that showed it is closed/).waitFor({ timeout: 60_000 });
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
