// What panels look like and say around themselves: titles and icons that follow, signals, tabs they open, the four themes.
import assert from 'node:assert/strict';
import { editorForTests, eventually, reloadWindow, runCommand, shot, statusItem, story, webview } from './harness.mjs';
import { inThemes } from './pluginPage.mjs';
import { allow, installGallery, kept, openPanel, showContainer, viewPanel } from './panels.mjs';

const use = editorForTests({ prepare: installGallery });
const test = story(use, { timeout: 240_000 });

const tab = (page, name) => page.locator('.tabs-container .tab', { hasText: name });
const show = (page, name) => webview(page).getByRole('tab', { name }).click();
const press = (page, name) => webview(page).getByRole('button', { name, exact: true }).click();
const iconOf = (page, name) => tab(page, name).locator('.monaco-icon-label').first().evaluate(element => getComputedStyle(element, '::before').backgroundImage);

test('title and icon follow what is done', async page => {
  await openPanel(page, 'Gallery');
  await allow(page);
  await webview(page).getByText('Every node there is').waitFor({ timeout: 120_000 });
  await show(page, 'Inputs');
  const before = await iconOf(page, 'Gallery');
  await press(page, 'Soft');
  await tab(page, 'Gallery (1)').waitFor();
  await eventually(async () => (await iconOf(page, 'Gallery (1)')) !== before, `another icon than ${before}`);
  assert.match(decodeURIComponent(await iconOf(page, 'Gallery (1)')), /\/icons\/(light|dark)\/folder\.svg/);
});

test('signals are in the status bar, with whose they are and how serious', async page => {
  await show(page, 'Host');
  await press(page, 'Signal');
  const item = statusItem(page, 'Gallery: ');
  await item.waitFor();
  await eventually(async () => /working/.test(await item.textContent()), 'what it is at');
  await item.hover();
  await page.locator('.workbench-hover', { hasText: 'rows' }).waitFor();
  await shot(page, 'panel-signals');
  await press(page, 'Signal for 2 s');
  await eventually(async () => (await item.getAttribute('class')).includes('error-kind'), 'an error is red');
  await shot(page, 'panel-signal-error');
  await eventually(async () => !(await item.getAttribute('class')).includes('error-kind'), 'until it runs out');
});

test('a plugin opens another tab, which begins as it was told', async page => {
  await press(page, 'Open Tab');
  await tab(page, /Second Gallery|Gallery \(7\)/).waitFor();
  await tab(page, 'Gallery (7)').waitFor({ timeout: 60_000 });
  await show(page, 'Inputs');
  await eventually(async () => (await webview(page).getByLabel('Name', { exact: false }).first().inputValue()) === 'seeded', 'the seed');
  await eventually(async () => !(await statusItem(page, 'Gallery: ').isVisible()) || /working/.test(await statusItem(page, 'Gallery: ').textContent()), 'of those behind only what is not done is told');
});

test('the side bar follows, and opens tabs too', async page => {
  await showContainer(page);
  const view = await viewPanel(page, frame => frame.getByRole('button', { name: 'Open Gallery' }));
  await view.getByRole('button', { name: 'Open Gallery' }).click();
  await tab(page, /^Gallery$/).waitFor({ timeout: 60_000 });
});

test('panels look like the editor in each theme', async page => {
  await show(page, 'Inputs');
  await inThemes(use, webview(page), name => shot(page, `panel-${name}`));
});

test('tabs that were hidden are there again in another window, each with its state', async page => {
  await kept();
  await reloadWindow(page);
  await tab(page, 'Gallery (7)').click({ timeout: 60_000 });
  await show(page, 'Inputs');
  await eventually(async () => (await webview(page).getByLabel('Name', { exact: false }).first().inputValue()) === 'seeded', 'the seed', 60_000);
  await tab(page, 'Gallery (1)').click();
  await webview(page).getByText('1 clicks').waitFor({ timeout: 60_000 });
});

test('the list of open panels leads to each of them', async page => {
  await runCommand(page, 'Thoth: Show Open Panel');
  const rows = page.locator('.quick-input-widget .monaco-list-row');
  await rows.filter({ hasText: 'Gallery (7)' }).first().click();
  await page.locator('.tabs-container .tab.active', { hasText: 'Gallery (7)' }).waitFor();
});

test('the consoles say nothing that is wrong', async () => {
  assert.deepEqual(use.problems, []);
});
