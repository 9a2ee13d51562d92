// A plugin that a folder brings along is looked at once the person trusts that folder, and not before.
import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { editorForTests, runCommand, shot } from './harness.mjs';
import { Development, line, showView } from './pluginPage.mjs';

const use = editorForTests({
  files: ['airports.csv'],
  trusted: false,
  prepare: workspace => {
    const plugins = path.join(workspace, '.thoth', 'plugins');
    mkdirSync(plugins, { recursive: true });
    renameSync(new Development(path.dirname(workspace)).plugin, path.join(plugins, 'diary'));
  },
});
const limit = { timeout: 90_000 };

test('a plugin of the workspace is looked at only once the workspace is trusted', limit, async () => {
  const view = await showView(use.page);
  await line(view, /^CSV Loader/).waitFor();
  assert.equal(await view.getByRole('treeitem', { name: /^Diary/ }).count(), 0);
  await runCommand(use.page, 'Workspaces: Manage Workspace Trust');
  await use.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await line(view, /^Diary, 0\.1\.0, enabled, .*asks for permissions/).waitFor();
  await shot(use.page, 'plugins-trusted');
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
