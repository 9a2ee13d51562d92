// What tests do with the view "Plugins", with pages of plugins and with the prompt.
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually, quickInput, ROOT, runCommand } from './harness.mjs';

export const DIARY = 'org.thoth.fixture.diary';
const FIXTURES = path.join(ROOT, 'plugins', 'fixtures');
const COMPONENT = path.join(ROOT, 'build', 'fixtures', 'diary.wasm');

const MANIFEST = readFileSync(path.join(FIXTURES, 'diary.toml'), 'utf8')
  .replace('author = "The Thoth authors"', 'author = "The Thoth authors"\nhomepage = "https://example.org/diary"\nlicense = "MIT"\nkeywords = ["diary", "example"]')
  .replace('[permissions]', '[permissions]\nnetwork = { hosts = ["https://api.example.org", "*.example.com"], reason = "It looks words up that you do not know." }\nsecure-storage = { reason = "It keeps its password." }');
const README = `# Diary

Keeps a *diary* of what happens to it. [Its page](https://example.org/diary), [not a page](../secret.txt).

| line | answer |
| --- | --- |
| \`settings\` | what it was told last |
| \`build\` | which build it is |

<b>HTML is text</b> ![pixel](https://example.org/pixel.png)
`;

/** A folder of plugins that somebody works on, with the diary in it. */
export class Development {
  constructor(folder) {
    this.folder = path.join(folder, 'plugins-of-mine');
    this.plugin = path.join(this.folder, 'diary');
    mkdirSync(this.plugin, { recursive: true });
    copyFileSync(COMPONENT, path.join(this.plugin, 'plugin.wasm'));
    writeFileSync(path.join(this.plugin, 'README.md'), README);
    this.writeManifest(MANIFEST);
  }

  /** As a build does it: the new file takes the place of the old one at once. */
  #write(name, content) {
    const file = path.join(this.plugin, name);
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }

  writeManifest(text = MANIFEST) {
    this.#write('plugin.toml', text);
  }

  /** Builds the component anew, as far as can be told from outside: its word is another. */
  build(word) {
    const bytes = readFileSync(COMPONENT);
    const at = bytes.indexOf('build-01');
    bytes.write(word, at, 'latin1');
    this.#write('plugin.wasm', bytes);
  }

  breakComponent() {
    this.#write('plugin.wasm', 'this is no component');
  }
}

/** The side bar with the view in it. */
export async function showView(page) {
  const view = page.locator('.part.sidebar').getByRole('tree', { name: 'Plugins' });
  if (!(await view.isVisible())) await page.locator('.activitybar').getByRole('tab', { name: 'Thoth' }).click();
  await view.waitFor();
  return view;
}

/** A line of the view by what a screen reader says first. */
export function line(view, name) {
  return view.getByRole('treeitem', { name }).first();
}

/** Unfolds a line and waits for what is below it. */
export async function unfold(view, name, below) {
  const row = line(view, name);
  if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
  await line(view, below).waitFor();
}

/** Folds a line, so that those below it are in sight: what is not is not in the page. */
export async function fold(view, name) {
  const row = line(view, name);
  if ((await row.getAttribute('aria-expanded')) === 'true') await row.locator('.monaco-tl-twistie').click();
}

/** Chooses in the menu of a line. A menu takes no click for a moment after it has come up. */
export async function chooseInMenu(page, row, title) {
  const item = page.locator('.monaco-menu .action-menu-item', { hasText: title });
  await row.click({ button: 'right' });
  await item.waitFor();
  await eventually(async () => {
    if (await item.isVisible()) await item.click({ timeout: 1000 }).catch(() => {});
    return !(await item.isVisible());
  }, 'the menu is closed');
}

/** Adds a development folder through the dialog. */
export async function addFolder(page, folder) {
  await runCommand(page, 'Thoth: Add Development Folder');
  await inFolder(page, 'Add Development Folder', folder, 'Add Folder');
}

/** Chooses a folder in the dialog that is open, which puts in a path of its own once it has read that folder. */
export async function inFolder(page, title, folder, button) {
  const dialog = page.locator('.quick-input-widget', { hasText: title });
  await dialog.locator('.monaco-list-row').first().waitFor();
  const input = quickInput(page);
  await eventually(async () => {
    await input.fill(`${folder}/`);
    await new Promise(resolve => setTimeout(resolve, 200));
    return (await input.inputValue()) === `${folder}/`;
  }, 'the dialog keeps the path');
  await dialog.getByRole('button', { name: button }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** The dialog that asks about permissions. */
export function prompt(page) {
  return page.locator('.monaco-dialog-box', { hasText: 'permissions' });
}

/** What tells the theme in a web view, and in the window. */
const IN_WEBVIEW = { dark: 'body.vscode-dark', 'high-contrast': 'body.vscode-high-contrast', light: 'body.vscode-light' };
export const WINDOW = { dark: '.monaco-workbench.vs-dark', 'high-contrast': '.monaco-workbench.hc-black', light: '.monaco-workbench.vs' };

/** Has `look` see each theme, once `frame` (a web view, or with WINDOW the window) has followed it. */
export async function inThemes(use, frame, look, signs = IN_WEBVIEW) {
  const themes = { dark: 'Default Dark Modern', 'high-contrast': 'Default High Contrast', light: 'Default Light Modern' };
  for (const [name, theme] of Object.entries(themes)) {
    use.setSettings({ 'workbench.colorTheme': theme });
    await frame.locator(signs[name]).waitFor();
    await look(name);
  }
}
