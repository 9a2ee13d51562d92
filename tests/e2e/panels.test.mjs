// A panel of a plugin, from being opened to being closed: typed into, crashed, stopped, built anew, switched off, and there
// again in another window and with another server.
import assert from 'node:assert/strict';
import { editorForTests, eventually, reloadWindow, runCommand, serverProcesses, shot, story, webview } from './harness.mjs';
import { chooseInMenu, line, showView } from './pluginPage.mjs';
import { allow, kept, openPanel, showContainer, Stagehand, viewPanel } from './panels.mjs';

let stagehand;
const use = editorForTests({ prepare: workspace => (stagehand = new Stagehand(workspace)) });
const test = story(use, { timeout: 180_000 });

const title = (page, name) => page.locator('.tabs-container .tab.active', { hasText: name });
const note = page => webview(page).getByLabel('Note');
const press = (page, name) => webview(page).getByRole('button', { name, exact: true }).click();
const says = (page, text) => webview(page).getByText(text).first().waitFor({ timeout: 60_000 });

test('a plugin is asked about once, and its panel is in a tab', async page => {
  await openPanel(page, 'Stagehand');
  await allow(page);
  await title(page, 'Stagehand').waitFor();
  await says(page, 'count: 0');
  await press(page, 'Add');
  await says(page, 'count: 1');
});

test('what is typed arrives whole, however fast', async page => {
  const text = 'The quick brown fox jumps over the lazy dog, again and again and again.';
  await note(page).click();
  await note(page).pressSequentially(text, { delay: 2 });
  assert.equal(await note(page).inputValue(), text);
  await press(page, 'Add');
  await says(page, 'count: 2');
  assert.equal(await note(page).inputValue(), text);
  await shot(page, 'panel-typed');
});

test('in another window it is there again with its state', async page => {
  const text = await note(page).inputValue();
  await kept();
  await reloadWindow(page);
  await title(page, 'Stagehand').waitFor({ timeout: 60_000 });
  await says(page, 'count: 2');
  assert.equal(await note(page).inputValue(), text);
});

test('the side bar has a view of it, once somebody looks', async page => {
  await showContainer(page);
  const view = await viewPanel(page, frame => frame.getByText('count: 0'));
  await page.locator('.pane-header', { hasText: 'Stagehand' }).waitFor();
  await view.getByRole('button', { name: 'Add' }).click();
  await viewPanel(page, frame => frame.getByText('count: 1'));
  await says(page, 'count: 2'); // each has an instance of its own
  await shot(page, 'panel-side-bar');
});

test('a crash is told, and it goes on from its last state', async page => {
  await kept();
  await press(page, 'Crash');
  await says(page, 'Stagehand crashed and was started again.');
  await says(page, 'count: 2');
  await shot(page, 'panel-crashed');
  await webview(page).getByRole('button', { name: 'Dismiss' }).click();
  await webview(page).getByText('Stagehand crashed').first().waitFor({ state: 'detached' });
  await press(page, 'Add');
  await says(page, 'count: 3');
});

test('one that does not come back is stopped, and what was typed meanwhile arrives', async page => {
  await kept();
  await press(page, 'Hang');
  await webview(page).getByRole('button', { name: 'Stop' }).waitFor();
  await page.locator('.editor-actions').getByRole('button', { name: 'Stop Panel' }).waitFor();
  await note(page).fill('typed while it hung');
  await shot(page, 'panel-busy');
  await press(page, 'Stop');
  await webview(page).getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  await says(page, 'count: 3');
  await press(page, 'Add');
  await says(page, 'count: 4');
  assert.equal(await note(page).inputValue(), 'typed while it hung');
});

test('restarted, it begins with its state', async page => {
  await title(page, 'Stagehand').click();
  await runCommand(page, 'Thoth: Restart Panel');
  await says(page, 'count: 4');
  await press(page, 'Add');
  await says(page, 'count: 5');
});

test('built anew, it goes on as the new one', async page => {
  await kept();
  stagehand.build('build-02');
  await says(page, 'build: build-02');
  await says(page, 'count: 5');
  await viewPanel(page, frame => frame.getByText('build: build-02'));
});

test('when the server dies it is there again with another', async page => {
  await kept();
  const [{ pid }] = serverProcesses(use);
  process.kill(pid, 'SIGKILL');
  await eventually(() => serverProcesses(use).some(server => server.pid !== pid), 'another server', 60_000);
  await eventually(async () => {
    await press(page, 'Add').catch(() => {});
    return webview(page).getByText('count: 6').isVisible();
  }, 'the panel goes on', 60_000);
});

test('switched off it says so and keeps what it shows; switched on it is there again', async page => {
  await kept();
  const view = await showView(page);
  await chooseInMenu(page, line(view, /^Stagehand/), /^Disable Plugin$/);
  await says(page, 'The panel of Stagehand is not open.');
  await page.locator('.pane-header', { hasText: 'Stagehand' }).waitFor({ state: 'detached' });
  await shot(page, 'panel-off');
  assert.equal(await webview(page).getByRole('button', { name: 'Add' }).isDisabled(), true);
  await chooseInMenu(page, line(view, /^Stagehand, 0\.1\.0, disabled/), /^Enable Plugin$/);
  await webview(page).getByText('The panel of Stagehand is not open.').first().waitFor({ state: 'detached', timeout: 60_000 });
  await says(page, /count: [6-9]/);
});

test('closed, it is told so, and the view in the side bar stays', async page => {
  await title(page, 'Stagehand').click();
  await runCommand(page, 'View: Close Editor');
  await title(page, 'Stagehand').waitFor({ state: 'detached' });
  await viewPanel(page, frame => frame.getByText('count:'));
});

test('the consoles say nothing that is wrong', async () => {
  assert.deepEqual(use.problems, []);
});
