// A plugin in development, from the folder being named to its being taken away again, as its author goes through it.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test as inOrder } from 'node:test';
import { Grid } from './grid.mjs';
import { editorForTests, eventually, openFile, pick, runCommand, shot, story, webview } from './harness.mjs';
import { addFolder, chooseInMenu, Development, fold, inThemes, line, prompt, showView, unfold, WINDOW } from './pluginPage.mjs';

let mine;
const use = editorForTests({
  settings: { 'workbench.editorAssociations': { '*.diary': 'thoth.dataEditor' } },
  prepare: workspace => {
    mine = new Development(path.dirname(workspace));
    mkdirSync(path.join(path.dirname(workspace), 'nothing-here'));
    writeFileSync(path.join(workspace, 'my.diary'), 'settings\nbuild\n');
  },
});
const limit = { timeout: 90_000 };

const test = story(use, limit);

const page = () => use.page;
const notice = text => page().locator('.notifications-toasts .notification-list-item', { hasText: text });
const cell = async (row, text) => {
  const grid = await Grid.shown(page());
  await grid.expectText(row, 0, text);
};
const tab = name => webview(page()).getByRole('tab', { name });
const field = key => webview(page()).locator(`#setting-${key}`);
const toFile = () => page().locator('.tabs-container .tab', { hasText: 'my.diary' }).click();

test('the view lists the plugins that came with Thoth', async () => {
  const view = await showView(page());
  await line(view, /^CSV Loader, .*enabled/).waitFor();
  await unfold(view, /^CSV Loader/, 'Permissions');
  await unfold(view, 'Permissions', 'Read the file you open with it');
  await unfold(view, 'Limits Used', 'Peak Fuel');
  await shot(page(), 'plugins-view');
  await fold(view, /^CSV Loader/);
});

test('a folder without a plugin is not added, and one with plugins is', async () => {
  await addFolder(page(), path.join(path.dirname(use.workspace), 'nothing-here'));
  await notice('There is no plugin in').waitFor();
  await addFolder(page(), mine.folder);
  const view = await showView(page());
  await line(view, /^Diary, 0\.1\.0, enabled, .*asks for permissions/).waitFor();
  await runCommand(page(), 'Notifications: Clear All Notifications');
});

test('the first file asks what the plugin may do; denied, the file says why and what to do', async () => {
  await page().locator('.activitybar').getByRole('tab', { name: /^Explorer/ }).click();
  await openFile(page(), 'my.diary');
  await prompt(page()).waitFor();
  const said = await prompt(page()).textContent();
  assert.match(said, /“Diary” asks for permissions/);
  assert.match(said, /Read the file you open with it/);
  assert.match(said, /Reach hosts on the network: .*api\.example\.org/);
  assert.match(said, /The author says: “It shows the lines of the file\.”/);
  await inThemes(use, page(), name => shot(page(), `plugins-prompt-${name}`), WINDOW);
  await prompt(page()).getByRole('button', { name: 'Deny' }).click();
  await webview(page()).locator('.state-view[data-kind="failed"]').waitFor();
  await shot(page(), 'plugins-denied');
  const view = await showView(page());
  await unfold(view, /^Diary/, 'Permissions');
});

test('allowed on its page, the file comes by itself', async () => {
  await webview(page()).getByRole('button', { name: 'Review Permissions' }).click();
  const allow = webview(page()).getByRole('switch', { name: 'Allow: Read the file you open with it' });
  await allow.waitFor();
  assert.equal(await allow.getAttribute('aria-checked'), 'false');
  await allow.click();
  await webview(page()).locator('[data-need="opened-file"][data-decision="granted"]').waitFor();
  await inThemes(use, webview(page()), name => shot(page(), `plugins-permissions-${name}`));
  await toFile();
  await cell(1, 'build-01');
});

test('the page shows the README as text, and what the plugin is', async () => {
  await runCommand(page(), 'Thoth: Show Plugin Details');
  await pick(page(), 'Diary');
  await tab('Details').waitFor();
  const readme = webview(page()).locator('.page-readme');
  await readme.getByText('<b>HTML is text</b>').waitFor();
  assert.equal(await readme.locator('b, img, a').count(), 0);
  assert.deepEqual(await readme.getByRole('link').allInnerTexts(), ['Its page']);
  await inThemes(use, webview(page()), name => shot(page(), `plugins-details-${name}`));
});

test('a setting is changed, refused, reset, and the open file follows', async () => {
  await tab('Settings').click();
  await field('greeting').fill('good day');
  await field('greeting').press('Tab');
  await webview(page()).locator('.setting-modified[data-key="greeting"]').waitFor();
  await field('count').fill('99');
  await field('count').press('Tab');
  await webview(page()).locator('#setting-count-error', { hasText: 'must not be more than 9' }).waitFor();
  await inThemes(use, webview(page()), name => shot(page(), `plugins-settings-${name}`));
  await field('count').fill('4');
  await field('count').press('Tab');
  await webview(page()).locator('#setting-count-error').waitFor({ state: 'detached' });
  await webview(page()).getByRole('button', { name: 'Reset Count' }).click();
  await webview(page()).locator('.setting-modified[data-key="count"]').waitFor({ state: 'detached' });
  await toFile();
  const grid = await Grid.shown(page());
  await eventually(async () => (await grid.text(0, 0)).includes('"good day"'), 'the plugin was told');
});

test('the page the plugin draws itself takes in what is done on it', async () => {
  await page().locator('.tabs-container').getByRole('tab', { name: 'Diary', exact: true }).click();
  // Its own page is drawn once everything it may do has been decided.
  await tab('Permissions').click();
  await webview(page()).getByRole('switch', { name: /network/ }).click();
  await webview(page()).locator('[data-need="network"][data-decision="granted"]').waitFor();
  await tab('Settings').click();
  const own = webview(page()).getByRole('region', { name: 'Page of the plugin' });
  await own.getByRole('button', { name: 'Click' }).click();
  await own.getByText('clicks: 1').waitFor();
  await shot(page(), 'plugins-own-page');
});

test('a rebuilt component is taken over while the file is open', async () => {
  await toFile();
  mine.build('build-02');
  await cell(1, 'build-02');
});

test('a broken component says why, the open file goes on, and the mended one is taken over', async () => {
  mine.breakComponent();
  await notice(/Diary cannot be used/).waitFor();
  const view = await showView(page());
  await line(view, /^Diary, .*cannot be used/).waitFor();
  await shot(page(), 'plugins-broken');
  await cell(1, 'build-02');
  mine.build('build-03');
  await line(view, /^Diary, 0\.1\.0, enabled/).waitFor();
  await cell(1, 'build-03');
});

test('a broken manifest says where', async () => {
  await runCommand(page(), 'Notifications: Clear All Notifications');
  mine.writeManifest('id = "org.thoth.fixture.diary"\nname = \n');
  const view = await showView(page());
  await line(view, /^diary, cannot be used, plugin\.toml.*2/).waitFor();
  mine.writeManifest();
  await line(view, /^Diary, 0\.1\.0, enabled/).waitFor();
  await runCommand(page(), 'Notifications: Clear All Notifications');
});

test('disabled in the view, the file says so and is back when it is enabled there', async () => {
  const view = await showView(page());
  const row = line(view, /^Diary/);
  await row.hover();
  await row.getByRole('button', { name: 'Disable Plugin' }).click();
  await line(view, /^Diary, 0\.1\.0, disabled/).waitFor();
  await webview(page()).getByRole('button', { name: 'Enable Plugin Again' }).waitFor();
  await shot(page(), 'plugins-disabled');
  await webview(page()).getByRole('button', { name: 'Enable Plugin Again' }).click();
  await line(view, /^Diary, 0\.1\.0, enabled/).waitFor();
  await cell(1, 'build-03');
});

test('a box of the view takes a permission away, and gives it back', async () => {
  const view = await showView(page());
  await fold(view, /^CSV Loader/);
  await unfold(view, /^Diary/, 'Permissions');
  await unfold(view, 'Permissions', 'Read the file you open with it');
  const box = line(view, 'Read the file you open with it').getByRole('checkbox');
  await box.click();
  const review = webview(page()).getByRole('button', { name: 'Review Permissions' });
  await review.waitFor();
  await view.getByText('1 of 3 allowed').waitFor(); // a click before the view is up to date would be about what was before
  await shot(page(), 'plugins-box');
  await box.click();
  await view.getByText('2 of 3 allowed').waitFor();
  await review.waitFor({ state: 'detached' });
  await cell(1, 'build-03');
});

test('the folder is taken out of the settings again, and its files stay', async () => {
  const view = await showView(page());
  await chooseInMenu(page(), line(view, /^Diary/), 'Uninstall Plugin');
  const dialog = page().locator('.monaco-dialog-box', { hasText: 'development folders' });
  await dialog.getByRole('button', { name: 'Remove Folder' }).click();
  await eventually(async () => (await view.getByRole('treeitem', { name: /^Diary/ }).count()) === 0, 'it is no longer listed');
});

inOrder('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
