// Commands of plugins from the palette: the fixture counter, installed where a user's plugins are.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { clipboard, closeEditors, editorForTests, eventually, pick, pluginCommands, quickInput, ROOT, runCommand, shot, webview } from './harness.mjs';

const COUNTER = 'org.thoth.fixture.counter';
const BROKEN = 'org.example.broken';

const use = editorForTests({
  settings: { 'thoth.runtime.fuelPerCall': 1e15, 'thoth.runtime.deadlineSeconds': 120 },
  prepare: folder => {
    installPlugins(path.dirname(folder));
    mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    const task = { label: 'count to four', type: 'thoth', pluginId: COUNTER, name: 'count', values: { to: '4' } };
    const other = { label: 'count to three', type: 'thoth', commandId: `thoth.command.${COUNTER}.count`, values: { to: '3' } };
    writeFileSync(path.join(folder, '.vscode', 'tasks.json'), JSON.stringify({ version: '2.0.0', tasks: [task, other] }));
    const key = { key: 'ctrl+alt+g', command: `thoth.command.${COUNTER}.greet`, args: { name: 'Edda', shout: true } };
    writeFileSync(path.join(path.dirname(folder), 'ud', 'User', 'keybindings.json'), JSON.stringify([key]));
  },
});
const limit = { timeout: 90_000 };

/** XDG_DATA_HOME of the editor is `data` in its folder; the server's own place is below that. */
function installPlugins(editorFolder) {
  const wasm = path.join(ROOT, 'build', 'fixtures', 'counter.wasm');
  assert.ok(existsSync(wasm), 'build the fixtures first: make plugins');
  const manifest = path.join(ROOT, 'plugins', 'fixtures', 'counter.toml');
  const folderOf = id => path.join(editorFolder, 'data', 'thoth-ls', 'plugins', id);
  for (const id of [COUNTER, BROKEN]) mkdirSync(folderOf(id), { recursive: true, mode: 0o700 });
  copyFileSync(manifest, path.join(folderOf(COUNTER), 'plugin.toml'));
  copyFileSync(wasm, path.join(folderOf(COUNTER), 'plugin.wasm'));
  const broken = `id = "${BROKEN}"\nname = "Broken"\nversion = "1.0.0"\ndescription = "Is no component"\nauthor = "x"\n`;
  writeFileSync(path.join(folderOf(BROKEN), 'plugin.toml'), `${broken}capabilities = ["cli"]\n[permissions]\n`);
  writeFileSync(path.join(folderOf(BROKEN), 'plugin.wasm'), '\0asm no component');
}

const rows = page => page.locator('.quick-input-widget .monaco-list-row');
const listed = (page, text) => page.locator('.notification-list-item', { hasText: text }).first();

/** A message, once it is there: in the list of all of them where the editor did not show it by itself. */
async function notification(page, text) {
  try {
    await listed(page, text).waitFor({ timeout: 8000 });
  } catch {
    await runCommand(page, 'Notifications: Show Notifications');
    await listed(page, text).waitFor();
  }
  return listed(page, text);
}

const press = async (page, text, button) => (await notification(page, text)).getByRole('button', { name: button }).click();
const clear = page => runCommand(page, 'Notifications: Clear All Notifications');

async function choose(page, name) {
  await (await pluginCommands(page)).waitFor({ timeout: 30_000 });
  await pick(page, name);
}

/** Types into the box of an argument, which its placeholder names. */
async function type(page, placeholder, text) {
  await page.locator(`.quick-input-widget input[placeholder="${placeholder}"]`).waitFor();
  await quickInput(page).fill(text);
  await page.keyboard.press('Enter');
}

async function cellTexts(page, tab) {
  await page.locator('.tabs-container .tab.active', { hasText: tab }).waitFor({ timeout: 30_000 });
  const frame = webview(page);
  await frame.locator('[role="gridcell"]').first().waitFor({ timeout: 30_000 });
  return (await frame.locator('[role="gridcell"]').allInnerTexts()).map(text => text.trim());
}

test('every command is listed with what it does and whose it is, and what is wrong with others', limit, async () => {
  const { page } = use;
  const list = await pluginCommands(page);
  const allow = page.locator('.monaco-dialog-box').getByRole('button', { name: 'Allow', exact: true });
  await allow.waitFor({ timeout: 60_000 });
  await shot(page, 'commands-permission');
  await allow.click();
  await list.waitFor({ timeout: 30_000 });
  await rows(page).first().waitFor({ timeout: 30_000 });
  await shot(page, 'commands');
  await quickInput(page).fill('hello to somebody');
  const greet = rows(page).filter({ hasText: 'Says hello to somebody' });
  await greet.waitFor({ timeout: 30_000 });
  assert.match(await greet.innerText(), /greet[\s\S]*Counter — org\.thoth\.fixture\.counter/);
  await quickInput(page).fill('broken');
  const problem = rows(page).filter({ hasText: BROKEN });
  await problem.waitFor();
  await page.keyboard.press('Enter');
  await problem.waitFor(); // it cannot be chosen
  await shot(page, 'commands-problem');
  await page.keyboard.press('Escape');
});

test('a command is asked for what it takes, and a short answer is a message', limit, async () => {
  const { page } = use;
  await choose(page, 'greet');
  await type(page, 'NAME', '');
  await page.locator('.quick-input-message', { hasText: 'NAME is needed.' }).waitFor();
  await shot(page, 'commands-argument');
  await type(page, 'NAME', 'Ada');
  await rows(page).filter({ hasText: 'In capital letters' }).waitFor();
  await page.keyboard.press('Escape'); // a step back
  await type(page, 'NAME', 'Grace');
  await rows(page).filter({ hasText: 'In capital letters' }).waitFor();
  await shot(page, 'commands-flag');
  await pick(page, 'Yes');
  await notification(page, 'Counter greet: HELLO, GRACE!');
  await shot(page, 'commands-message');
  await press(page, 'HELLO, GRACE!', 'Show as Table');
  assert.ok((await cellTexts(page, 'greet-')).includes('HELLO, GRACE!'));
  await clear(page);
  await closeEditors(page);
});

test('records open as a table, and what was run is run again', limit, async () => {
  const { page } = use;
  await choose(page, 'count');
  await type(page, 'N', '5000');
  await type(page, '--from', '');
  assert.deepEqual((await cellTexts(page, 'count-')).slice(0, 4), ['1', 'false', '2', 'true']);
  await shot(page, 'commands-records');
  await closeEditors(page);
  await runCommand(page, 'Thoth: Repeat Last Plugin Command');
  assert.equal((await cellTexts(page, 'count-')).includes('4'), true);
  await closeEditors(page);
  await runCommand(page, 'Thoth: Repeat Earlier Plugin Command');
  await rows(page).filter({ hasText: 'count 5000' }).waitFor();
  await shot(page, 'commands-history');
  await pick(page, 'Grace');
  await notification(page, 'HELLO, GRACE!');
  await clear(page);
});

test('a failure says why, and lets the values be changed', limit, async () => {
  const { page } = use;
  await choose(page, 'count');
  await type(page, 'N', 'three');
  await type(page, '--from', '2');
  await notification(page, 'Counter count: a number is needed, of digits only');
  await (await notification(page, 'a number is needed')).getByRole('button', { name: 'Show Log' }).waitFor();
  await shot(page, 'commands-failure');
  await press(page, 'a number is needed', 'Change Values');
  await eventually(async () => (await quickInput(page).inputValue()) === 'three', 'the value to be there again');
  await type(page, 'N', '3');
  await type(page, '--from', '2');
  assert.deepEqual((await cellTexts(page, 'count-')).slice(0, 4), ['2', 'true', '3', 'false']);
  await closeEditors(page);
  await choose(page, 'trap');
  await notification(page, 'crashed');
  await clear(page);
  await choose(page, 'nothing');
  await notification(page, 'Counter nothing: no results.');
  await clear(page);
});

test('a command that never ends is cancelled', limit, async () => {
  const { page } = use;
  await choose(page, 'spin');
  await notification(page, 'Counter spin');
  await shot(page, 'commands-progress');
  await press(page, 'Counter spin', 'Cancel');
  await listed(page, 'Counter spin').waitFor({ state: 'detached' });
  await page.locator('.statusbar-item', { hasText: 'Counter spin was cancelled.' }).waitFor();
  await choose(page, 'nothing'); // the server is as well as before
  await notification(page, 'Counter nothing: no results.');
  await clear(page);
});

async function runTask(page, label) {
  await runCommand(page, 'Tasks: Run Task');
  await pick(page, label);
  await eventually(async () => {
    const scanning = rows(page).filter({ hasText: 'Continue without scanning' });
    if (await scanning.first().isVisible()) await scanning.first().click();
    return page.locator('.tabs-container .tab.active', { hasText: 'count-' }).isVisible();
  }, 'the records of the task');
}

test('a task runs a command and shows what it returned', limit, async () => {
  const { page } = use;
  await runTask(page, 'count to four');
  assert.deepEqual((await cellTexts(page, 'count-')).slice(-2), ['4', 'true']);
  await shot(page, 'commands-task');
  await closeEditors(page);
});

test('each command has an id: for a keybinding, for a task, and to be copied', limit, async () => {
  const { page } = use;
  await page.keyboard.press('Control+Alt+G');
  await notification(page, 'Counter greet: HELLO, EDDA!');
  await clear(page);
  await runTask(page, 'count to three');
  assert.deepEqual((await cellTexts(page, 'count-')).slice(-2), ['3', 'false']);
  await closeEditors(page);
  await runCommand(page, 'Thoth: Run Plugin Command');
  await quickInput(page).fill('Says hello');
  const greet = rows(page).filter({ hasText: 'Says hello to somebody' }).first();
  await greet.hover();
  await shot(page, 'commands-copy-id');
  await greet.getByRole('button', { name: 'Copy Command Id' }).click();
  await page.locator('.statusbar-item', { hasText: `Copied thoth.command.${COUNTER}.greet` }).waitFor();
  assert.equal(await clipboard(page), `thoth.command.${COUNTER}.greet`);
  await page.keyboard.press('Escape');
});

test('the ids are there again in the next session, before a plugin has been asked', limit, async () => {
  const { page } = use;
  await page.reload();
  await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
  await runCommand(page, 'Thoth: Show Logs');
  await eventually(async () => {
    await page.keyboard.press('Control+Alt+G');
    return listed(page, 'Counter greet: HELLO, EDDA!').isVisible();
  }, 'the greeting');
  await clear(page);
});

test('the consoles say nothing that is wrong but the errors that were shown', limit, () => {
  assert.deepEqual(use.problems.filter(line => !line.startsWith('[error] Counter ')), []);
});
