// Secrets and files of a plugin: set in its form, read by the plugin, kept nowhere else; picked by the person, and no other.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Grid } from './grid.mjs';
import { closeEditors, editorForTests, eventually, quickInput, ROOT, runCommand, shot, story, webview } from './harness.mjs';
import { inThemes, line, showView, WINDOW } from './pluginPage.mjs';

const COURIER = 'org.thoth.fixture.courier';
const SECRET = 'hunter2-ü-hunter2';
const KEYS = {
  'ctrl+alt+1': ['secret', { action: 'read', key: 'token' }],
  'ctrl+alt+2': ['dialog', { action: 'open', title: 'A letter', extensions: 'txt' }],
  'ctrl+alt+3': ['dialog', { action: 'save', name: 'reply.txt', text: 'dear me', extensions: 'txt' }],
};

const use = editorForTests({
  prepare: folder => {
    const editor = path.dirname(folder);
    const wasm = path.join(ROOT, 'build', 'fixtures', 'courier.wasm');
    assert.ok(existsSync(wasm), 'build the fixtures first: make plugins');
    const plugin = path.join(editor, 'data', 'thoth-ls', 'plugins', 'courier');
    mkdirSync(plugin, { recursive: true, mode: 0o700 });
    copyFileSync(wasm, path.join(plugin, 'plugin.wasm'));
    const manifest = readFileSync(path.join(ROOT, 'plugins', 'fixtures', 'courier.toml'), 'utf8');
    const setting = '\n[[setting]]\nkey = "token"\ntype = "secret"\ntitle = "Token"\ndescription = "Of your account"\n';
    writeFileSync(path.join(plugin, 'plugin.toml'), manifest + setting);
    writeFileSync(path.join(folder, 'letter.txt'), 'dear ü');
    writeFileSync(path.join(folder, 'other.csv'), 'a,b\n1,2\n');
    const bindings = Object.entries(KEYS).map(([key, [name, values]]) => ({ key, command: 'thoth.runPluginCommand', args: { pluginId: COURIER, name, values } }));
    writeFileSync(path.join(editor, 'ud', 'User', 'keybindings.json'), JSON.stringify(bindings));
  },
});
const limit = { timeout: 90_000 };

const test = story(use, limit);

const field = page => webview(page).locator('#setting-token');
const dialog = page => page.locator('.quick-input-widget', { hasText: 'The plugin “Courier”' });

/** What the courier answers to a command, in the editor that comes up for it and is closed then. */
async function answer(page, name, keys) {
  const tab = page.locator('.tabs-container .tab.active', { hasText: `${name}-` });
  if (keys !== undefined) await page.keyboard.press(keys);
  await tab.waitFor({ timeout: 30_000 });
  const texts = await (await Grid.shown(page)).texts(0);
  await tab.click({ button: 'middle' });
  await tab.waitFor({ state: 'detached' });
  return texts.map(text => text.trim());
}

/** Names of files below a folder that hold a text. */
function holding(folder, text) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter(file => readFileSync(file).includes(text));
}

/** Picks in VS Code's simple dialog, which puts in a path of its own once it has read a folder. */
async function fillPath(page, file) {
  await dialog(page).locator('.monaco-list-row').first().waitFor();
  await eventually(async () => {
    await quickInput(page).fill(file);
    await new Promise(resolve => setTimeout(resolve, 200));
    return (await quickInput(page).inputValue()) === file;
  }, 'the dialog keeps the path');
}

test('a secret that nobody has set is none for the plugin', async page => {
  const view = await showView(page);
  await line(view, /^Courier, /).waitFor();
  await page.keyboard.press('Control+Alt+1');
  const prompt = page.locator('.monaco-dialog-box', { hasText: 'permissions' });
  await prompt.waitFor({ timeout: 30_000 });
  await prompt.getByRole('button', { name: 'Allow', exact: true }).click();
  assert.deepEqual(await answer(page, 'secret'), ['token', 'null']);
});

test('set in the form it is stored, and not shown again', async page => {
  await runCommand(page, 'Thoth: Edit Plugin Settings');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Courier' }).first().click();
  await field(page).waitFor();
  await webview(page).getByText('No value is stored.').waitFor();
  assert.equal(await field(page).getAttribute('type'), 'password');
  await field(page).fill(SECRET);
  await webview(page).getByRole('button', { name: 'Save Token' }).click();
  await webview(page).getByText('A value is stored.').waitFor();
  assert.equal(await field(page).inputValue(), '');
  await inThemes(use, webview(page), name => shot(page, `secrets-form-${name}`));
});

test('no file of the editor, its logs or the server holds it', async () => {
  assert.deepEqual(holding(use.editor.folder, SECRET), []);
});

test('the plugin reads what was set, and another value once there is one', async page => {
  assert.deepEqual(await answer(page, 'secret', 'Control+Alt+1'), ['token', SECRET]);
  await field(page).fill('another');
  await field(page).press('Enter');
  await webview(page).getByRole('status').filter({ hasText: 'Token was saved.' }).waitFor({ state: 'attached' });
  assert.deepEqual(await answer(page, 'secret', 'Control+Alt+1'), ['token', 'another']);
});

test('it outlives the window, and is gone once it is forgotten', async page => {
  await page.reload();
  const view = page.locator('.part.sidebar').getByRole('tree', { name: 'Plugins' }); // which comes back by itself
  await line(view, /^Courier, /).waitFor({ timeout: 60_000 });
  await closeEditors(page); // an answer that was closed last may have come back
  assert.deepEqual(await answer(page, 'secret', 'Control+Alt+1'), ['token', 'another']);
  await runCommand(page, 'Thoth: Edit Plugin Settings');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Courier' }).first().click();
  await webview(page).getByRole('button', { name: 'Forget Token' }).click();
  await webview(page).getByText('No value is stored.').waitFor();
  assert.deepEqual(await answer(page, 'secret', 'Control+Alt+1'), ['token', 'null']);
});

test('the plugin gets the file that is picked, and the dialog says who asks', async page => {
  await page.keyboard.press('Control+Alt+2');
  await dialog(page).waitFor();
  await dialog(page).getByText('The plugin “Courier” asks for a file to read: “A letter”').waitFor();
  const rows = dialog(page).locator('.monaco-list-row');
  await rows.filter({ hasText: 'letter.txt' }).waitFor();
  assert.equal(await rows.filter({ hasText: 'other.csv' }).count(), 0);
  await inThemes(use, page, name => shot(page, `secrets-dialog-${name}`), WINDOW);
  await fillPath(page, path.join(use.workspace, 'letter.txt'));
  await dialog(page).getByRole('button', { name: 'Open for Courier' }).click();
  assert.deepEqual(await answer(page, 'dialog'), [path.join(use.workspace, 'letter.txt'), 'dear ü']);
});

test('it writes where the person says', async page => {
  await page.keyboard.press('Control+Alt+3');
  await dialog(page).waitFor();
  await dialog(page).getByText('The plugin “Courier” asks where to write a file').waitFor();
  // The dialog shows the folder first, and the name once it has read that.
  await eventually(async () => /reply\.txt$/.test(await quickInput(page).inputValue()), () => quickInput(page).inputValue());
  await fillPath(page, path.join(use.workspace, 'mine.txt'));
  await dialog(page).getByRole('button', { name: 'OK', exact: true }).click(); // this dialog takes no other word
  await page.locator('.notification-list-item', { hasText: 'mine.txt' }).first().waitFor();
  assert.equal(readFileSync(path.join(use.workspace, 'mine.txt'), 'utf8'), 'dear me');
});

test('a dialog that is closed gives it nothing', async page => {
  await page.keyboard.press('Control+Alt+2');
  await dialog(page).waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(await answer(page, 'dialog'), ['null']);
});

test('nothing was wrong on any console', async () => {
  assert.deepEqual(use.problems, []);
});
