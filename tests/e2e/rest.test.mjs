// The REST explorer as people use it, against servers of this machine.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { editorForTests, shot, story } from './harness.mjs';
import { answer } from './network.mjs';
import { RequestTab, startServers } from './rest.mjs';

const servers = await startServers();
const HTTPBIN = `http://127.0.0.1:${servers.httpbin}`;
const OWN = `http://127.0.0.1:${servers.own}`;
const use = editorForTests();
after(() => servers.stop());
const test = story(use, { timeout: 150_000 });

test('a new request is written and sent once a person has allowed it', async page => {
  const tab = await RequestTab.fresh(page);
  await shot(page, 'rest-empty');
  await tab.write(`${HTTPBIN}/json`);
  await tab.press('Send');
  await tab.sees('Waiting for approval');
  await shot(page, 'rest-approval');
  await answer(page, 'Allow for This Session');
  await tab.sees('200 OK');
  await shot(page, 'rest-json');
  assert.ok(true);
});
