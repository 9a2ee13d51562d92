// The REST explorer as people use it, against servers of this machine: asked for, sent, kept, compared, talked, found again.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { clipboard, closeEditors, editorForTests, eventually, reloadWindow, runCommand, shot, story } from './harness.mjs';
import { answer } from './network.mjs';
import { inThemes, WINDOW } from './pluginPage.mjs';
import { RequestTab, showCollections, startServers } from './rest.mjs';

const servers = await startServers();
const HTTPBIN = `http://127.0.0.1:${servers.httpbin}`;
const OWN = `http://127.0.0.1:${servers.own}`;
const SOCKET = `ws://127.0.0.1:${servers.socket}/chat`;
const use = editorForTests();
after(() => servers.stop());
const test = story(use, { timeout: 200_000 });

/** What our own server was asked. */
const asked = () => servers.lines.filter(line => line.startsWith('{')).map(line => JSON.parse(line));

test('a new request waits for the person, and goes on by itself once it is allowed', async page => {
  const tab = await RequestTab.fresh(page);
  await tab.write(`${HTTPBIN}/anything/items?page=2`);
  await tab.press('Send');
  await tab.sees('Waiting for approval');
  await answer(page, 'Allow for This Session');
  await tab.sees('200 OK');
  await tab.choose('Request');
  await tab.sees(`${HTTPBIN}/anything/items?page=2`);
  await inThemes(use, page, name => shot(page, `rest-response-${name}`), WINDOW);
});

test('parameters, headers and a body are what the server gets', async page => {
  const tab = await RequestTab.shown(page);
  await tab.choose('Body');
  await tab.press('JSON');
  await tab.code.click();
  await page.keyboard.insertText('{"name": "Ada", "n": 12.50}');
  await tab.sees('Valid JSON.');
  await tab.press('Send');
  await tab.sees('200 OK');
  await tab.choose('Pretty');
  await tab.embedded.getByText('Ada').first().waitFor({ timeout: 30_000 });
  await shot(page, 'rest-pretty');
});

test('a request is saved in a folder of the side bar', async page => {
  const bar = await showCollections(page);
  await bar.getByRole('button', { name: 'New Folder' }).click();
  await bar.getByPlaceholder('New folder').fill('Orders');
  await page.keyboard.press('Enter');
  await bar.getByText('Orders', { exact: true }).waitFor();
  const tab = await RequestTab.shown(page);
  await tab.press('Save');
  await tab.dialog.getByLabel('Name').fill('Create order');
  await tab.dialog.locator('select').first().selectOption({ label: 'Orders' });
  await inThemes(use, page, name => shot(page, `rest-save-${name}`), WINDOW);
  await tab.dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.tabs-container .tab.active', { hasText: 'Create order' }).waitFor();
  await bar.getByText('Create order', { exact: true }).waitFor();
  await inThemes(use, page, name => shot(page, `rest-sidebar-${name}`), WINDOW);
});

test('variables of an environment are filled in, secret ones from the key store', async page => {
  const tab = await RequestTab.shown(page);
  await tab.press('Edit Environments');
  await tab.dialog.getByRole('button', { name: 'Add Environment' }).click();
  await tab.dialog.getByLabel('Name', { exact: true }).first().fill('Local');
  await tab.variable(0, 'base', HTTPBIN);
  await tab.variable(1, 'key', 'hidden-key-of-ada', true);
  await inThemes(use, page, name => shot(page, `rest-environments-${name}`), WINDOW);
  await tab.dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await tab.frame.locator('select').filter({ hasText: 'No Environment' }).first().selectOption({ label: 'Local' });
  await tab.write('{{base}}/anything/mine?key={{key}}');
  await tab.press('Send');
  await tab.sees('200 OK');
  await tab.choose('Pretty');
  await tab.embedded.getByText('hidden-key-of-ada').first().waitFor({ timeout: 30_000 });
});

test('a body of 100 MB is there soon after its last byte, and nothing freezes', async page => {
  await closeEditors(page);
  const tab = await RequestTab.fresh(page);
  await tab.write(`${OWN}/huge`);
  await tab.press('Send');
  await answer(page, 'Allow for This Session');
  await tab.sees('101 MB', 120_000);
  await tab.embedded.getByText(/record 0\b/).first().waitFor({ timeout: 60_000 });
  await inThemes(use, page, name => shot(page, `rest-huge-${name}`), WINDOW);
});

test('a request is cancelled while the server thinks', async page => {
  const tab = await RequestTab.shown(page);
  await tab.write(`${OWN}/slow?seconds=60`);
  await tab.press('Send');
  await eventually(() => asked().some(({ target }) => target.startsWith('/slow')), 'the request at the server');
  await tab.press('Cancel');
  await tab.sees('Cancelled.');
  await eventually(() => servers.lines.includes('gone'), 'the end of the connection at the server');
});

test('two answers of one request are in its history, and compared', async page => {
  const tab = await RequestTab.shown(page);
  await tab.write(`${OWN}/version`);
  for (const count of [1, 2]) {
    await tab.press('Send');
    await eventually(() => asked().filter(({ target }) => target === '/version').length === count, `${count} requests`);
    await tab.sees('200 OK');
  }
  await tab.choose('History');
  await tab.press('Compare Two…');
  await tab.dialog.getByText("$['version']").waitFor();
  await tab.dialog.getByText("['stable']").waitFor();
  await inThemes(use, page, name => shot(page, `rest-compare-${name}`), WINDOW);
  await tab.dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
});

test('images are drawn: of pixels, and an SVG, whose text can be read, too', async page => {
  const tab = await RequestTab.shown(page);
  await tab.press('Clear');
  for (const [kind, width, name] of [['svg', 100, 'svg.svg'], ['webp', 274, 'webp.webp'], ['png', 100, 'png.png']]) {
    await tab.write(`${HTTPBIN}/image/${kind}`);
    await tab.press('Send');
    await tab.sees('200 OK');
    await tab.choose('Pretty');
    const image = tab.frame.getByRole('img', { name });
    await image.waitFor();
    if (kind === 'webp') {
      await inThemes(use, page, theme => shot(page, `rest-image-${theme}`), WINDOW);
      await tab.frame.getByRole('button', { name: 'Actual Size' }).click();
      assert.equal(await image.evaluate(element => element.clientWidth), width);
    }
    assert.ok((await image.evaluate(element => element.naturalWidth)) >= width, `${kind} is drawn`);
    if (kind === 'svg') {
      await tab.choose('Raw');
      await tab.frame.locator('.n-code', { hasText: '<svg' }).waitFor();
    }
  }
  await tab.frame.getByText('100 × 100 pixels').waitFor();
  assert.ok(await tab.button('Copy').isDisabled(), 'pixels are no text to be copied');
  await tab.frame.getByRole('button', { name: 'Save As…' }).first().waitFor();
});

test('a request has notes, and its parts headers', async page => {
  const tab = await RequestTab.shown(page);
  await tab.choose('Notes');
  await tab.frame.getByLabel('Notes, in Markdown').fill('# Upload\n\nNeeds the key of *staging*; answers with `201`.');
  await tab.press('Read');
  await tab.frame.getByRole('heading', { name: 'Upload' }).waitFor();
  await inThemes(use, page, name => shot(page, `rest-notes-${name}`), WINDOW);
  await tab.choose('Body');
  await tab.press('Multipart');
  await tab.press('Add Text');
  await tab.press('File Name, Type and Headers of Part 1');
  await tab.frame.getByLabel('Name of Part 1').fill('title');
  await tab.frame.getByLabel('File Name', { exact: true }).fill('title.txt');
  await tab.press('Add Header');
  await tab.frame.getByRole('group', { name: 'Headers of Part 1' }).getByLabel('Name').fill('X-Part');
  await inThemes(use, page, name => shot(page, `rest-parts-${name}`), WINDOW);
});

test('a command line of curl becomes a request, and the request a command line', async page => {
  const tab = await RequestTab.shown(page);
  await tab.press('Clear');
  await tab.press('Import cURL');
  await tab.code.click();
  const command = `curl -X PUT '${HTTPBIN}/put?a=1' -H 'X-One: it'\\''s' -d '{"b":2}' --limit-rate 10k`;
  await page.keyboard.insertText(command);
  await tab.dialog.getByText(/Left out: --limit-rate/).waitFor();
  await shot(page, 'rest-import');
  await tab.dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await eventually(async () => (await tab.url.inputValue()) === `${HTTPBIN}/put?a=1`, 'the URL of the command');
  await tab.press('Send');
  await tab.sees('200 OK');
  await tab.press('Copy as cURL');
  await tab.dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  let copied = '';
  await eventually(async () => (copied = await clipboard(page)).includes('curl'), 'the command on the clipboard');
  for (const part of ['-X PUT', `${HTTPBIN}/put?a=1`, `X-One: it'\\''s`, '{"b":2}']) {
    assert.ok(copied.includes(part), `${part} is not in ${copied}`);
  }
});

test('a WebSocket is talked over and closed with a code', async page => {
  const tab = await RequestTab.shown(page);
  await tab.press('Clear');
  await tab.write(SOCKET);
  await tab.press('Connect');
  await answer(page, 'Allow for This Session');
  await tab.frame.getByText('Connected', { exact: true }).waitFor();
  await tab.frame.getByPlaceholder('Message').fill('hello there');
  await tab.frame.getByRole('button', { name: 'Send', exact: true }).last().click();
  await eventually(() => tab.frame.getByText('hello there', { exact: true }).count().then(count => count >= 2), 'the echo');
  await inThemes(use, page, name => shot(page, `rest-socket-${name}`), WINDOW);
  await tab.frame.getByPlaceholder('Message').fill('bye');
  await tab.frame.getByRole('button', { name: 'Send', exact: true }).last().click();
  await tab.sees('Closed: 4001, as you wish');
});

test('after the window was loaded anew the tab, the collection and the history are there', async page => {
  await closeEditors(page);
  const bar = await showCollections(page);
  await bar.getByText('Create order', { exact: true }).click();
  const tab = await RequestTab.shown(page);
  await eventually(async () => (await tab.url.inputValue()).includes('/anything/items'), 'the saved URL');
  await tab.write(`${HTTPBIN}/anything/edited`);
  await page.locator('.tabs-container .tab.active', { hasText: '● Create order' }).waitFor();
  await new Promise(resolve => setTimeout(resolve, 2000)); // what a panel keeps is kept a moment after it was changed
  await reloadWindow(page);
  await page.locator('.tabs-container .tab.active', { hasText: '● Create order' }).waitFor({ timeout: 60_000 });
  const again = await RequestTab.shown(page);
  await eventually(async () => (await again.url.inputValue()) === `${HTTPBIN}/anything/edited`, 'the edited URL');
  const found = await showCollections(page);
  await found.getByText('Orders', { exact: true }).first().waitFor();
  await found.getByText('POST /anything/items?page=2').first().waitFor();
  await shot(page, 'rest-again');
});

test('the palette begins a request in its URL, finds one of the collection, and says that the explorer is off', async page => {
  await closeEditors(page);
  await runCommand(page, 'REST: New Request');
  const tab = await RequestTab.shown(page);
  await eventually(() => tab.url.evaluate(field => field === document.activeElement && document.hasFocus()), 'the focus in the URL');
  await page.keyboard.type(`${OWN}/hello`);
  await page.keyboard.press('Enter');
  await answer(page, 'Allow for This Session');
  await tab.sees('200 OK');
  await closeEditors(page);
  await runCommand(page, 'REST: Send Last Again');
  await (await RequestTab.shown(page)).sees('200 OK');
  await closeEditors(page);
  await runCommand(page, 'REST: Open Request');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Create order' }).filter({ hasText: 'Orders' }).click();
  await eventually(async () => (await (await RequestTab.shown(page)).url.inputValue()).includes('/anything/items'), 'the saved URL');
  await closeEditors(page);
  await runCommand(page, 'REST: Import cURL');
  await (await RequestTab.shown(page)).dialog.getByText('One command or many').waitFor();
  await closeEditors(page);
  await runCommand(page, 'Thoth: Disable Plugin');
  await page.locator('.quick-input-widget input[placeholder="Choose a plugin"]').fill('REST Explorer');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'REST Explorer' }).click();
  await runCommand(page, 'REST: New Request');
  const off = page.locator('.notification-toast', { hasText: 'The REST Explorer is switched off.' });
  await off.getByRole('button', { name: 'Switch On' }).click();
  await RequestTab.shown(page);
});
