// Themes: looked at while moving, chosen, worn by the whole editor and taken off again without a trace, and followed while
// somebody works on one.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, openFile, pick, quickInput, reloadWindow, ROOT, runCommand, shot, story, webview } from './harness.mjs';
import { inFolder } from './pluginPage.mjs';
import { Tree } from './tree.mjs';
import { marks, rgb, tokensOf, unreadable } from './tokens.mjs';

const USER = { 'workbench.colorTheme': 'Default Dark Modern', 'workbench.colorCustomizations': { 'statusBar.border': '#123456' } };
const use = editorForTests({ files: ['airports.csv'], settings: USER, prepare: ownTheme });
const test = story(use, { timeout: 150_000 });
const OWN = 'org.example.own-theme';
const sheet = JSON.parse(readFileSync(path.join(ROOT, 'plugins', 'material-theme', 'theme.json'), 'utf8'));
const TOKENS = Object.keys(sheet['Material Dark']).filter(key => key !== 'name' && key !== 'dark_mode').map(token => token.replaceAll('_', '-'));

/** Where somebody works on a theme. */
const workshop = workspace => path.join(workspace, '..', 'workshop');

/** A plugin that is being written. */
function ownTheme(workspace) {
  const manifest = `id = "${OWN}"\nname = "Own"\nversion = "1.0.0"\ndescription = "A theme"\nauthor = "Somebody"\napi = "0.1"\ncapabilities = ["theme"]\n\n[theme]\nfamily = "Own"\ncatalog = [["Own Dark", true]]\n`;
  mkdirSync(path.join(workshop(workspace), 'own'), { recursive: true });
  writeFileSync(path.join(workshop(workspace), 'own', 'plugin.toml'), manifest);
  writeTheme(workspace, JSON.stringify({ 'Own Dark': { bg: '#102030' } }));
  mkdirSync(path.join(workspace, '.vscode'));
  writeFileSync(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify({ 'thoth.plugins.devFolders': [workshop(workspace)] }));
}

function writeTheme(workspace, text) {
  writeFileSync(path.join(workshop(workspace), 'own', 'theme.json'), text);
}

/** What the page in front is painted in; empty for the editor's own colours. */
const painted = page => webview(page).locator('body').evaluate(body => body.style.getPropertyValue('--vscode-editor-background'));
/** The colour that is seen behind the grid. */
const behind = page => webview(page).locator('body').evaluate(body => getComputedStyle(body).backgroundColor);
/** How much more red a colour has than blue. */
const redness = color => parseInt(color.slice(1, 3), 16) - parseInt(color.slice(5, 7), 16);
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

/** Colour themes that come with the editor, of all four kinds; the last is the one the tests begin with. */
const EDITORS = ['Default Light Modern', 'Default High Contrast', 'Default High Contrast Light', 'Abyss', 'Kimbie Dark', 'Quiet Light', 'Red'];
EDITORS.push('Solarized Light', 'Tomorrow Night Blue', 'Default Dark Modern');

test('with no theme chosen the tokens are those of the editor, whatever it wears, at once', async page => {
  const frame = webview(page);
  const background = () => frame.locator('html').evaluate(html => html.style.getPropertyValue('--vscode-editor-background').trim().toLowerCase());
  for (const theme of EDITORS) {
    use.setSettings({ 'workbench.colorTheme': theme });
    await frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor({ state: 'attached' });
    const tokens = await tokensOf(frame, TOKENS);
    for (const [name, color] of Object.entries(tokens)) assert.match(color, /^#[0-9a-f]{6}([0-9a-f]{2})?$/, `${theme}: ${name}`);
    assert.deepEqual(unreadable(tokens), [], theme);
    assert.equal(tokens.bg, await background(), theme);
  }
  assert.equal(await painted(page), '');
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
  await new Tree(page).show('Tree');
  const tree = await Tree.shown(page);
  await tree.focus();
  await tree.press('Home', 'ArrowRight'); // opens the first record
  const key = tree.view.locator('.tree-row:not(.selected) .tree-key:not(.unnamed)').first();
  await key.waitFor();
  const { 'text-key': token } = await tokensOf(webview(page), ['text-key']);
  assert.equal(await key.evaluate(element => getComputedStyle(element).color), rgb(token));
  await shot(page, 'theme-latte-tree');
  await tree.show('Table');
  await Grid.shown(page);
});

test('a high contrast theme of the editor is not painted over: its borders and its focus are seen', async page => {
  const grid = new Grid(page);
  for (const [theme, kind] of [['Default High Contrast', 'vscode-high-contrast'], ['Default High Contrast Light', 'vscode-high-contrast-light']]) {
    use.setSettings({ 'workbench.colorTheme': theme });
    await webview(page).locator(`body.${kind}[data-vscode-theme-id="${theme}"]`).waitFor();
    await eventually(async () => (await painted(page)) === '', "the editor's own colours");
    await grid.select(2, 1);
    const cell = await marks(grid.cell(2, 1));
    assert.deepEqual(cell.outline, ['2px', 'solid', cell.focusBorder]);
    const { border, contrastBorder } = await marks(webview(page).locator('.header-row'));
    assert.deepEqual(border, ['1px', 'solid', contrastBorder]);
    await webview(page).getByRole('button', { name: 'Find' }).first().focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    const button = await marks(webview(page).locator(':focus-visible'));
    assert.deepEqual(button.outline, ['1px', 'solid', button.focusBorder]);
    const tokens = await tokensOf(webview(page), ['edge', 'focus']);
    assert.notEqual(tokens.edge, tokens.focus);
    await shot(page, `theme-chosen-in-${kind.replace('vscode-', '')}`);
  }
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

test('the theme that is shown is exported as an extension that vsce packs', async page => {
  const exported = path.join(use.editor.folder, 'exported');
  mkdirSync(exported);
  await runCommand(page, 'Thoth: Export Theme as VS Code Extension');
  await page.locator('.quick-input-widget', { hasText: 'Who publishes it?' }).waitFor();
  await page.keyboard.press('Enter');
  await inFolder(page, 'Folder to put the extension into', exported, 'Export Here');
  await page.locator('.notifications-toasts', { hasText: 'Solarized Dark was exported' }).waitFor();
  const cwd = path.join(exported, 'solarized-dark-theme');
  execFileSync(process.execPath, [path.join(ROOT, 'vscode-extension', 'node_modules', '@vscode', 'vsce', 'vsce'), 'package'], { cwd, stdio: 'pipe' });
  assert.ok(existsSync(path.join(cwd, 'solarized-dark-theme-1.0.0.vsix')));
  const { colors } = JSON.parse(readFileSync(path.join(cwd, 'themes', 'solarized-dark-color-theme.json'), 'utf8'));
  assert.equal(colors['editor.background'], '#002b36');
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
  writeTheme(use.workspace, '{"Own Dark": {"bg": "#203040"}}'); // the file is watched
  await eventually(async () => (await painted(page)) === '#203040', 'its other colours', 30_000);
  writeTheme(use.workspace, '{"Own Dark": ');
  await eventually(async () => (await painted(page)) === '', "the editor's own colours, while it is half written", 30_000);
  writeTheme(use.workspace, '{"Own Dark": {"bg": "#304050"}}');
  await eventually(async () => (await painted(page)) === '#304050', 'its colours as soon as they make sense', 30_000);
});

test('a theme that a plugin makes follows its settings, and whether the editor is dark', async page => {
  const kind = () => webview(page).locator('body').evaluate(body => getComputedStyle(body).colorScheme);
  const accent = async () => (await tokensOf(webview(page), ['accent'])).accent;
  await choose(page, 'Adaptive');
  await eventually(async () => !['#304050', ''].includes(await painted(page)), 'its colours');
  const [blue, dark] = [await accent(), await painted(page)];
  await runCommand(page, 'Thoth: Edit Plugin Settings');
  await pick(page, 'Adaptive Theme');
  const field = webview(page).locator('#setting-accent');
  await field.fill('#ff2200');
  await field.press('Tab');
  await eventually(async () => ![blue, ''].includes(await accent()), 'another accent on the page that is open');
  await runCommand(page, 'View: Close Editor');
  await eventually(async () => redness(await accent()) > 0, async () => `a red accent, and not ${await accent()}`);
  await shot(page, 'theme-adaptive');
  use.setSettings({ 'workbench.colorTheme': 'Default Light Modern' });
  await eventually(async () => (await kind()) === 'light' && ![dark, ''].includes(await painted(page)), 'its light colours');
  assert.deepEqual(unreadable(await tokensOf(webview(page), TOKENS)), []);
  await shot(page, 'theme-adaptive-light');
  use.setSettings({ 'workbench.colorTheme': 'Default Dark Modern' });
  await eventually(async () => (await kind()) === 'dark', 'its dark colours');
});

test('nothing went wrong on the way', async page => {
  await choose(page, "The Editor's Own Colors");
  await eventually(async () => (await painted(page)) === '', "the editor's own colours");
  assert.deepEqual(use.problems, []);
});
