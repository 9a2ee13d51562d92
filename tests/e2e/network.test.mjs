// A plugin that wants out: asked, denied, asked again, allowed once and always, revoked; the view, the switch and the page.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test as inOrder } from 'node:test';
import { closeEditors, editorForTests, eventually, pick, pluginCommands, quickInput, runCommand, shot, story, webview } from './harness.mjs';
import { Activity, again, answer, clearNotices, expectRequests, get, installCourier, notice, question, showAccess, startServer } from './network.mjs';
import { chooseInMenu, inThemes, line, WINDOW } from './pluginPage.mjs';
import { contrasts, overflowing } from './readable.mjs';

const server = await startServer();
const BY_NAME = `http://localhost:${server.port}`;
const BY_ADDRESS = `http://127.0.0.1:${server.port}`;
const use = editorForTests({ prepare: workspace => installCourier(path.dirname(workspace)) });
after(() => server.stop());
const limit = { timeout: 150_000 };

const test = story(use, limit);

/** Another notice of the same words would be taken for the one that is waited for. */
async function refused(page, text) {
  await notice(page, text);
  await clearNotices(page);
}

/** What the server answered is a table of one record. */
async function answered(page, count) {
  await expectRequests(server, count);
  await page.locator('.tabs-container .tab.active', { hasText: 'get-' }).waitFor({ timeout: 30_000 });
  await webview(page).getByText('hello from /').first().waitFor({ timeout: 30_000 });
  await closeEditors(page);
}

test('the question says who wants to reach what, where that is and why', async page => {
  const list = await pluginCommands(page);
  const allow = page.locator('.monaco-dialog-box', { hasText: 'permissions' }).getByRole('button', { name: 'Allow', exact: true });
  await allow.waitFor({ timeout: 60_000 });
  await allow.click();
  await list.waitFor({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await get(page, `${BY_NAME}/first`);
  await question(page).waitFor();
  const said = await question(page).innerText();
  for (const text of [
    `The plugin “Courier” wants to reach localhost:${server.port}, a server on this machine.`,
    'org.thoth.fixture.courier 0.1.0 · Installed by you',
    'The author says: “It fetches the addresses you give it.”',
    `Request: GET http://localhost:${server.port}`,
    'Address: 127.0.0.1',
    '(this machine)',
  ]) {
    assert.ok(said.includes(text), `${text}\nis not in\n${said}`);
  }
  await inThemes(use, page, name => shot(page, `network-question-${name}`), WINDOW);
});

test('denied, nothing is sent, and the same is not asked again at once', async page => {
  await answer(page, 'Deny');
  await refused(page, 'waiting for user consent');
  await again(page);
  await refused(page, /Courier get: .*localhost/);
  assert.equal(await question(page).count(), 0);
  assert.deepEqual(server.requests, []);
});

test('allowed once, one request is sent, and the next is asked about again', async page => {
  await get(page, `${BY_ADDRESS}/once`);
  await answer(page, 'Allow Once');
  await clearNotices(page);
  await again(page);
  await answered(page, 1);
  await again(page);
  await question(page).waitFor();
  await answer(page, 'Deny');
  await clearNotices(page);
  await expectRequests(server, 1);
});

test('a host is allowed by hand in the palette, which lets it be asked about again', async page => {
  await runCommand(page, 'Thoth: Allow or Deny Host of Plugin');
  await pick(page, 'Courier');
  await quickInput(page).fill(`${BY_NAME}/path`);
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'without path' }).waitFor();
  await shot(page, 'network-add-complaint');
  await quickInput(page).fill('http://localhost:1');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'as typed' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'this machine or a private network' }).waitFor();
  await shot(page, 'network-add-how');
  await pick(page, 'Kept');
  await pick(page, 'for this session');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'for this session' }).waitFor();
  await pick(page, 'may reach');
  const view = await showAccess(page);
  await line(view, /^http:\/\/localhost:1, allowed, local, for this session/).waitFor();
  await get(page, `${BY_NAME}/asked-again`); // denied a moment ago
  await question(page).waitFor();
});

test('always allowed, everything to this host is sent without a question, and the view says so', async page => {
  await answer(page, 'Always Allow');
  await clearNotices(page);
  await again(page);
  await answered(page, 2);
  await again(page);
  await answered(page, 3);
  const view = await showAccess(page);
  const row = line(view, new RegExp(`^http://localhost:${server.port}, allowed, local, always`));
  await row.waitFor();
  await line(view, /^Courier, 2 allowed/).waitFor();
  await inThemes(use, page, name => shot(page, `network-access-${name}`), WINDOW);
});

test('what is revoked in the view is asked about at once', async page => {
  const view = await showAccess(page);
  const row = line(view, new RegExp(`^http://localhost:${server.port}`));
  await row.hover();
  await row.getByRole('button', { name: 'Forget Decision' }).click();
  await row.waitFor({ state: 'detached' });
  await again(page);
  await answer(page, 'Deny Always');
  await line(view, new RegExp(`^http://localhost:${server.port}, denied, always`)).waitFor();
  await clearNotices(page);
  await again(page);
  await refused(page, /Courier get: .*denied/);
  assert.equal(await question(page).count(), 0);
  await expectRequests(server, 3);
  await shot(page, 'network-denied');
});

test('a denied host is allowed in the view, its duration is changed, and it is sent to', async page => {
  const view = await showAccess(page);
  const row = line(view, new RegExp(`^http://localhost:${server.port}`));
  await chooseInMenu(page, row, 'Allow');
  await line(view, new RegExp(`^http://localhost:${server.port}, allowed, local, always`)).waitFor();
  await again(page);
  await answered(page, 4);
  await chooseInMenu(page, row, 'Change How Long It Is Kept');
  await pick(page, 'in this workspace');
  await line(view, new RegExp(`^http://localhost:${server.port}, allowed, local, in this workspace`)).waitFor();
  await eventually(async () => (await view.getByRole('treeitem', { name: new RegExp(`localhost:${server.port}`) }).count()) === 1, 'the decision moved');
});

test('the switch takes the network from all plugins and gives it back', async page => {
  const view = await showAccess(page);
  await runCommand(page, 'Thoth: Switch Off Network for Plugins');
  await page.locator('.part.sidebar').getByText(/network\.enabled|switched off/i).first().waitFor();
  await again(page);
  await refused(page, /Courier get: .*(network\.enabled|switched off)/i);
  await expectRequests(server, 4);
  await shot(page, 'network-off');
  await runCommand(page, 'Thoth: Switch On Network for Plugins');
  await eventually(async () => !(await page.locator('.part.sidebar').getByText(/network\.enabled/).first().isVisible()), 'the view is as before');
  await line(view, /^Courier/).waitFor();
  await again(page);
  await answered(page, 5);
});

test('the page shows every attempt with its verdict, and follows what goes on', async page => {
  const activity = await Activity.shown(page);
  await activity.row('/first', 'Refused');
  await activity.row('/once', '200');
  await activity.row('/asked-again', '200');
  const before = await activity.rows.count();
  await again(page);
  await page.locator('.tabs-container .tab.active', { hasText: 'get-' }).waitFor({ timeout: 30_000 });
  await page.locator('.tabs-container .tab', { hasText: 'Network Activity' }).click();
  await eventually(async () => (await activity.rows.count()) > before, 'the new attempt is listed');
  await inThemes(use, activity.frame, async name => {
    await shot(page, `network-activity-${name}`);
    await readable(activity.frame.locator('.attempt'), `the list in ${name}`);
  });
});

test('an attempt is walked to with the keyboard, and its details hide what may be secret', async page => {
  const activity = await Activity.shown(page);
  await (await activity.row('/asked-again', '200')).click();
  await page.keyboard.press('Enter');
  await activity.frame.locator('.details:focus').waitFor();
  assert.match(await activity.fact('Connected to'), /^127\.0\.0\.1/);
  const details = await activity.frame.locator('.details').innerText();
  assert.match(details, /set-cookie/i);
  assert.doesNotMatch(details, /secret-of-the-server/);
  await inThemes(use, activity.frame, async name => {
    await shot(page, `network-details-${name}`);
    await readable(activity.frame.locator('.details > *'), `the details in ${name}`);
  });
  await page.keyboard.press('Escape');
  await activity.frame.locator('.attempt:focus').waitFor();
  await page.keyboard.press('Home');
  await activity.frame.locator('.attempt:focus[aria-rowindex="2"]').waitFor();
  await page.keyboard.press('Control+f');
  await activity.frame.locator('.filter-text:focus').waitFor();
});

test('the list is filtered by words and verdict, and an attempt leads to a decision', async page => {
  const activity = await Activity.shown(page);
  await activity.filter('/once');
  await eventually(async () => (await activity.rows.count()) < 6, 'the others are left out');
  await activity.filter('');
  await activity.frame.getByRole('combobox', { name: 'Filter by verdict' }).selectOption('refused');
  await (await activity.row('/first', 'Refused')).click();
  await activity.frame.getByRole('button', { name: 'Allow or Deny…' }).click();
  await page.locator('.quick-input-widget', { hasText: `Network Access of “Courier”: ${BY_NAME}` }).waitFor();
  await shot(page, 'network-activity-decide');
  await page.keyboard.press('Escape');
  await activity.frame.getByRole('button', { name: 'Open Log File' }).click();
  await page.locator('.tabs-container .tab.active', { hasText: /network.*\.(jsonl|ndjson|log)/ }).waitFor();
  await shot(page, 'network-log');
});

/** Every text has contrast enough, and nothing reaches out of its place. */
async function readable(locator, what) {
  const poor = (await contrasts(locator)).filter(({ ratio }) => ratio < 4.5);
  assert.deepEqual(poor, [], `${what}: text that is hard to read`);
  assert.deepEqual(await overflowing(locator), [], `${what}: text outside of its place`);
}

inOrder('the consoles say nothing that is wrong but the errors that were shown', () => {
  assert.deepEqual(use.problems.filter(line => !line.startsWith('[error] Courier ')), []);
});
