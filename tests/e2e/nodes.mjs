// The nodes that plugins draw with, in the browser alone: no editor is needed to look at them.
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from '../../vscode-extension/test/webview/harness/serve.mjs';

const BROWSER = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync', '--disable-dev-shm-usage'];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: BROWSER });
}

/** A browser and pages of nodes for the tests of the calling file; what a console says besides is in `problems`. */
export function nodesForTests() {
  const use = {
    problems: [],
    /** A page at an address of the harness, such as `gallery?live`. */
    async open(path, size = { width: 900, height: 800 }) {
      const page = await use.browser.newPage({ viewport: size });
      page.on('console', message => message.type() === 'error' && use.problems.push(message.text()));
      page.on('pageerror', error => use.problems.push(String(error)));
      await page.goto(use.address + path);
      return page;
    },
  };
  before(
    async () => {
      use.browser = await launch();
      const { address, stop } = await serve();
      Object.assign(use, { address, stop });
    },
    { timeout: 60_000 },
  );
  after(async () => {
    use.stop?.();
    await use.browser?.close();
  });
  return use;
}

/** Draws a node on the page `tree`. */
export function draw(page, node) {
  return page.evaluate(text => window.tree.draw(text), JSON.stringify(node));
}

export const told = page => page.evaluate(() => window.tree.events.map(({ widgetId, kind, value }) => [widgetId, kind, value]));
