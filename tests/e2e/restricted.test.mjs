// In a folder that is not trusted, files can be viewed, and the workspace's settings do not choose what is run.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Grid } from './grid.mjs';
import { editorForTests, openFile, serverProcesses, shot } from './harness.mjs';

const use = editorForTests({ files: ['airports.csv'], trusted: false, prepare: wrongInterpreter });
const limit = { timeout: 90_000 };

/** A workspace that tries to have a program of its own run in place of Python. */
function wrongInterpreter(workspace) {
  mkdirSync(path.join(workspace, '.vscode'));
  const settings = { 'thoth.interpreter': path.join(workspace, 'evil.sh') };
  writeFileSync(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
}

test('the window is in Restricted Mode, and a file opens as a grid all the same', limit, async () => {
  await use.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  await openFile(use.page, 'airports.csv');
  const grid = await Grid.shown(use.page);
  await grid.expectText(0, 1, 'Thigpen');
  await grid.expectRowCount(3376);
  await shot(use.page, 'restricted');
});

test('the interpreter the workspace names is not run', limit, () => {
  const [server] = serverProcesses(use);
  assert.doesNotMatch(server.args, /evil/);
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
