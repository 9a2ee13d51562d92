// plugin.toml open as text: mistakes are underlined, keys explained and completed, with no other extension for TOML.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { editorForTests, eventually, openFile, runCommand, shot } from './harness.mjs';

const MANIFEST = `id = "org.example.weather"
name = 5
version = "1.0.0"
description = "Opens files of weather stations"
author = "Tests"
licence = "MIT"
capabilities = []
`;
const use = editorForTests({
  // Suggestions that come by themselves, sooner or later, would take the Tab that is meant for the next place to fill in.
  settings: { 'editor.quickSuggestions': false, 'editor.suggestOnTriggerCharacters': false },
  prepare: workspace => writeFileSync(path.join(workspace, 'plugin.toml'), MANIFEST),
});
const limit = { timeout: 90_000 };

/** What stands in the lines of the editor. */
async function text() {
  const lines = await use.page.locator('.editor-instance .view-line').allTextContents();
  return lines.map(line => line.replaceAll('\u00a0', ' ')).sort().join('\n');
}

/** Puts the cursor at a place, counted from 1. */
async function goTo(place) {
  await use.page.keyboard.press('Control+g');
  await use.page.locator('.quick-input-widget input').fill(`:${place}`);
  await use.page.keyboard.press('Enter');
}

test('mistakes are underlined as errors and warnings, and told in the list of problems', limit, async () => {
  await openFile(use.page, 'plugin.toml');
  await use.page.locator('.squiggly-error').first().waitFor();
  await use.page.locator('.squiggly-warning').first().waitFor();
  await runCommand(use.page, 'Problems: Focus on Problems View');
  const problems = use.page.locator('.markers-panel');
  await problems.getByText('name: expected a text, found 5').waitFor();
  await problems.getByText('licence: is not a key that Thoth knows; did you mean license?').waitFor();
  await shot(use.page, 'manifest-problems');
  await runCommand(use.page, 'View: Hide Panel');
});

test('a key is explained where the cursor is', limit, async () => {
  await use.page.locator('.editor-instance .view-lines').click();
  await goTo('3:3');
  await runCommand(use.page, 'Show or Focus Hover');
  const hover = use.page.locator('.monaco-hover:visible', { hasText: 'Version of the plugin' });
  await hover.waitFor();
  assert.match(await hover.innerText(), /version[\s\S]*major\.minor\.patch[\s\S]*required/);
  await shot(use.page, 'manifest-hover');
  await use.page.keyboard.press('Escape');
});

test('a need is completed with places to fill in', limit, async () => {
  await goTo('8:1');
  await use.page.keyboard.type('[permissions');
  await use.page.keyboard.press('Escape');
  await use.page.keyboard.press('End');
  await use.page.keyboard.press('Enter');
  await runCommand(use.page, 'Trigger Suggest');
  const widget = use.page.locator('.suggest-widget.visible');
  await widget.getByText('secure-storage').first().waitFor();
  await shot(use.page, 'manifest-completion');
  await use.page.keyboard.type('netw');
  await widget.getByText('network').first().waitFor();
  await use.page.keyboard.press('Enter');
  await widget.waitFor({ state: 'hidden' });
  await eventually(async () => (await text()).includes('network = { hosts = [""], reason = "" }'), text);
  await use.page.keyboard.type('a.example');
  await eventually(async () => (await text()).includes('hosts = ["a.example"]'), text);
  await use.page.keyboard.press('Tab');
  await use.page.keyboard.type('To ask.');
  await use.page.keyboard.press('Escape');
  await eventually(async () => (await text()).includes('hosts = ["a.example"], reason = "To ask." }'), text);
});

test('what is mended is not told any more', limit, async () => {
  await goTo('2:8');
  await use.page.keyboard.press('Shift+End');
  await use.page.keyboard.type('"Weather');
  await eventually(
    async () => (await use.page.locator('.squiggly-error').count()) === 0,
    async () => `${await use.page.locator('.squiggly-error').count()} errors`,
  );
});

test('no console of the window had an error or a breach of the content security policy', () => {
  assert.deepEqual(use.problems, []);
});
