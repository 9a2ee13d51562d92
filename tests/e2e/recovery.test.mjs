// The server process dies: the extension starts another, and the same rows are there again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Grid } from './grid.mjs';
import { editorForTests, eventually, openFile, runCommand, serverProcesses, shot } from './harness.mjs';

const use = editorForTests({ files: ['airports.csv', 'us-employment.csv'] });
const limit = { timeout: 120_000 };

async function onlyServer() {
  return eventually(() => {
    const found = serverProcesses(use);
    return found.length === 1 ? found[0] : null;
  }, () => `one server process, there are ${JSON.stringify(serverProcesses(use))}`);
}

test('the server is one Python process, a child of the extension host', limit, async () => {
  await openFile(use.page, 'airports.csv');
  const grid = await Grid.shown(use.page);
  await grid.expectRowCount(3376);
  const server = await onlyServer();
  assert.match(server.args, /--stdio/);
  assert.match(server.parentArgs, /--type=extensionHost/);
});

test('killed while a file is open, it comes back with the same rows at the same place', limit, async () => {
  const grid = await Grid.shown(use.page);
  await grid.select(0, 1);
  await grid.press('Control+End');
  const before = await eventually(() => grid.text(3375, 1), 'the last row');
  const server = await onlyServer();
  process.kill(server.pid, 'SIGKILL');
  await eventually(() => serverProcesses(use).some(({ pid }) => pid !== server.pid), 'another server process');
  await shot(use.page, 'server-killed');
  await grid.expectText(3375, 1, before);
  await grid.press('Control+Home');
  await grid.expectText(0, 1, 'Thigpen');
  await grid.press('PageDown', 'PageDown', 'PageDown', 'PageDown');
  await eventually(async () => (await grid.texts(await grid.firstRow()))[0].length > 0, 'pages are read by the new server');
});

test('restarted by command, files that are open go on, and others open', limit, async () => {
  const server = await onlyServer();
  await runCommand(use.page, 'Thoth: Restart Server');
  await eventually(() => serverProcesses(use).some(({ pid }) => pid !== server.pid), 'another server process');
  const grid = await Grid.shown(use.page);
  await grid.expectRowCount(3376);
  await openFile(use.page, 'us-employment.csv');
  const other = await Grid.shown(use.page);
  await other.expectText(0, 0, '2006-01-01');
  await onlyServer();
});

test('killed again and again it is left alone, which is said with a way to start it', limit, async () => {
  const stopped = new Grid(use.page).frame.getByRole('button', { name: 'Restart Server' });
  for (let kills = 0; kills < 10 && !(await stopped.isVisible()); kills++) {
    const running = serverProcesses(use);
    for (const { pid } of running) process.kill(pid, 'SIGKILL');
    const gone = async () => (await stopped.isVisible()) || serverProcesses(use).some(({ pid }) => !running.some(old => old.pid === pid));
    await eventually(gone, 'a new server, or words that there is none', 60_000);
  }
  await stopped.click();
  const grid = await Grid.shown(use.page);
  await grid.expectText(0, 0, '2006-01-01');
});

test('no console of the window had an error but of connections that were cut', () => {
  assert.deepEqual(use.problems.filter(line => !/connection got disposed|Connection (is|got) closed/i.test(line)), []);
});
