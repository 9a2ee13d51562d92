// Themes: looked at while moving, chosen, worn by the whole editor and taken off again without a trace, and followed while
// somebody works on one.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, pick, quickInput, reloadWindow, ROOT, runCommand, shot, story, webview } from './harness.mjs';

const USER = { 'workbench.colorTheme': 'Default Dark Modern', 'workbench.colorCustomizations': { 'statusBar.border': '#123456' } };
const use = editorForTests({ files: ['airports.csv'], settings: USER, prepare: ownTheme });
const test = story(use, { timeout: 150_000 });
const OWN = 'org.example.own-theme';

/** A plugin of the workspace, which is trusted. */
function ownTheme(workspace) {
  const folder = path.join(workspace, '.thoth', 'plugins', 'own');
  mkdirSync(folder, { recursive: true });
  const manifest = `id = "${OWN}"\nname = "Own"\nversion = "1.0.0"\ndescription = "A theme"\nauthor = "Somebody"\napi = "0.1"\ncapabilities = ["theme"]\n\n[theme]\nfamily = "Own"\ncatalog = [["Own Dark", true]]\n`;
  writeFileSync(path.join(folder, 'plugin.toml'), manifest);
  writeColors(workspace, { bg: '#102030' });
}

function writeColors(workspace, colors) {
  writeFileSync(path.join(workspace, '.thoth', 'plugins', 'own', 'theme.json'), JSON.stringify({ 'Own Dark': colors }));
}

/** What the page in front is painted in; empty for the editor's own colours. */
const painted = page => webview(page).locator('body').evaluate(body => body.style.getPropertyValue('--vscode-editor-background'));
/** The colour that is seen behind the grid. */
const behind = page => webview(page).locator('body').evaluate(body => getComputedStyle(body).backgroundColor);
const settingsFile = () => path.join(use.editor.profile, 'User', 'settings.json');
const settings = () => readFileSync(settingsFile(), 'utf8');

async function choose(page, name) {
  await runCommand(page, 'Thoth: Select Theme');
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor({ timeout: 60_000 });
  await quickInput(page).fill(name); // the list draws only what is in sight
  await page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: name }).waitFor();
  await page.keyboard.press('Enter');
}

test('a theme is shown while the cursor is on it, and Escape brings back what was', async page => {
  await openFile(page, 'airports.csv');
  await Grid.shown(page);
  assert.equal(await painted(page), '');
  await runCommand(page, 'Thoth: Select Theme');
  const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Dracula' }).first();
  await row.waitFor({ timeout: 60_000 });
  await quickInput(page).fill('Dracula');
  await page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'Dracula' }).waitFor();
  await eventually(async () => (await painted(page)) === '#282a36', 'the colours of Dracula');
  await eventually(async () => (await behind(page)) === 'rgb(40, 42, 54)', 'its background behind the grid');
  await shot(page, 'theme-preview');
  await page.keyboard.press('Escape');
  await eventually(async () => (await painted(page)) === '', "the editor's own colours");
});

test('a theme that is chosen stays, for windows that open later too', async page => {
  await choose(page, 'Catppuccin Latte');
  await eventually(async () => (await painted(page)) === '#eff1f5', 'the colours of Latte');
  await eventually(() => settings().includes('com.thoth.catppuccin-theme/Catppuccin Latte'), 'the setting');
  assert.equal(await webview(page).locator('body').evaluate(body => getComputedStyle(body).colorScheme), 'light');
  const grid = await Grid.shown(page);
  assert.ok((await grid.contrast(1, 1)) >= 4.5, 'text is readable');
  await shot(page, 'theme-latte');
  await reloadWindow(page);
  await page.waitForSelector('.monaco-workbench');
  await Grid.shown(page);
  await eventually(async () => (await painted(page)) === '#eff1f5', 'the colours of Latte again', 60_000);
});

test('a high contrast theme of the editor is not painted over', async page => {
  use.setSettings({ 'workbench.colorTheme': 'Default High Contrast' });
  await webview(page).locator('body.vscode-high-contrast').waitFor();
  await eventually(async () => (await painted(page)) === '', "the editor's own colours");
  use.setSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
  await eventually(async () => (await painted(page)) === '#eff1f5', 'the theme again');
});

test('the gallery shows all themes in their own colours, and filters them', async page => {
  await closeEditors(page);
  await runCommand(page, 'Thoth: Show All Themes');
  const gallery = webview(page);
  await gallery.getByRole('heading', { name: 'Material' }).waitFor({ timeout: 30_000 });
  assert.ok((await gallery.locator('.gallery-card').count()) >= 21);
  await shot(page, 'theme-gallery');
  await gallery.getByRole('searchbox').fill('solar');
  await eventually(async () => (await gallery.locator('.gallery-card').count()) === 2, 'two of Solarized');
  await gallery.getByRole('radio', { name: 'Dark' }).click();
  await eventually(async () => (await gallery.locator('.gallery-card').count()) === 1, 'one dark one');
  await gallery.getByRole('button', { name: 'Solarized Dark', exact: false }).first().click();
  await eventually(async () => (await painted(page)) === '#002b36', 'it is used');
  await shot(page, 'theme-gallery-used');
  await gallery.getByRole('searchbox').fill('no such theme');
  await gallery.getByText('No theme matches.').waitFor();
  await closeEditors(page);
});

test('the whole editor wears a theme, and takes it off without a trace', async page => {
  const before = settings();
  const colour = selector => page.locator(selector).first().evaluate(element => getComputedStyle(element).backgroundColor);
  const sideBefore = await colour('.part.sidebar');
  await runCommand(page, 'Thoth: Apply Theme to Editor');
  await eventually(async () => (await colour('.part.sidebar')) === 'rgb(7, 54, 66)', 'the side bar in Solarized Dark');
  await eventually(async () => (await colour('.part.statusbar')) === 'rgb(7, 54, 66)', 'the status bar, too');
  const worn = JSON.parse(settings());
  assert.equal(worn['workbench.colorCustomizations']['statusBar.border'], '#123456');
  assert.equal(worn['thoth.appliedTheme'].themeId, 'com.thoth.solarized-theme/Solarized Dark');
  await shot(page, 'theme-worn');
  await runCommand(page, 'Thoth: Remove Theme from Editor');
  await eventually(async () => (await colour('.part.sidebar')) === sideBefore, 'the side bar as before');
  await eventually(() => settings() === before, () => `settings as before:\n${before}\nand not\n${settings()}`);
});

test('a theme that somebody works on is followed', async page => {
  await openFile(page, 'airports.csv');
  await Grid.shown(page);
  await choose(page, 'Own Dark');
  await eventually(async () => (await painted(page)) === '#102030', 'its colours');
  writeColors(use.workspace, { bg: '#203040' });
  await runCommand(page, 'Thoth: Reload Plugin');
  await pick(page, 'Own');
  await eventually(async () => (await painted(page)) === '#203040', 'its other colours', 30_000);
});

test('a theme that a plugin makes follows its settings', async page => {
  await choose(page, 'Adaptive');
  await eventually(async () => (await painted(page)) !== '#203040' && (await painted(page)) !== '', 'its colours');
  await shot(page, 'theme-adaptive');
});

const sheet = JSON.parse(readFileSync(path.join(ROOT, 'plugins', 'material-theme', 'theme.json'), 'utf8'));
for (const name of [...Object.keys(sheet), 'Nord', 'Gruvbox Light', 'Rosé Pine', 'GitHub Light', 'Tokyo Night', 'Solarized Light']) {
  test(`the grid can be read in ${name}`, async page => {
    await choose(page, name);
    const grid = await Grid.shown(page);
    // Solarized means to be soft: its own text has 4.1.
    await eventually(async () => (await grid.contrast(1, 1)) >= 4, async () => `readable text, and not ${await grid.contrast(1, 1)}`);
    await shot(page, `theme-sheet-${name.toLowerCase().replaceAll(' ', '-')}`);
  });
}

test('nothing went wrong on the way', async page => {
  await choose(page, "The Editor's Own Colors");
  await eventually(async () => (await painted(page)) === '', "the editor's own colours");
  assert.deepEqual(use.problems, []);
});
