/**
 * Clicks buttons in web views of a real editor and prints what came of it as JSON: for each page `{ drawn, shown }`,
 * milliseconds from each click until the page held the new tree, and until that was on the screen.
 *   node ui_click.mjs BARE_VSIX
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '../e2e/node_modules/playwright-core/index.mjs';
import { openWindow, PYTHON, runCommand, webview } from '../e2e/harness.mjs';
import { allow, installGallery, openPanel, Stagehand } from '../e2e/panels.mjs';
import { packedExtension, startCodeServer } from '../../scripts/editor/codeServer.mjs';

const WARM = 20;
const CLICKS = 100;
/** Between two clicks, in milliseconds; each time another pause, so that they fall anywhere into a frame. */
const PAUSE = [40, 80];

const use = { problems: [], console: [] };
use.editor = await startCodeServer({
  vsix: packedExtension(),
  more: [process.argv[2]],
  settings: { 'security.workspace.trust.enabled': false, 'git.enabled': false, 'window.dialogStyle': 'custom' },
  machineSettings: { 'thoth.interpreter': PYTHON },
  args: ['--disable-workspace-trust'],
});
try {
  use.workspace = path.join(use.editor.folder, 'ws');
  mkdirSync(use.workspace);
  new Stagehand(use.workspace);
  installGallery(use.workspace);
  use.browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage'],
  });
  const page = await openWindow(use);
  await runCommand(page, 'Open Bare Webview');
  const bare = await clicked(page, webview(page).locator('#add'), 'count: ');
  await openPanel(page, 'Stagehand');
  await allow(page);
  const zig = await clicked(page, webview(page).getByRole('button', { name: 'Add', exact: true }), 'count: ');
  await openPanel(page, 'Gallery');
  await allow(page);
  await webview(page).getByRole('tab', { name: 'Inputs' }).click({ timeout: 120_000 });
  const python = await clicked(page, webview(page).getByRole('button', { name: 'Send', exact: true }), ' clicks');
  console.log(JSON.stringify({ bare, zig, python }));
} finally {
  await use.browser?.close();
  await use.editor.stop();
}

/** Clicks a button again and again, each time when the number beside `word` has become another. */
async function clicked(page, button, word) {
  await button.waitFor({ timeout: 120_000 });
  await button.evaluate(watch, word);
  const box = await button.boundingBox();
  const times = [];
  for (let click = 0; click < WARM + CLICKS; click++) {
    await page.waitForTimeout(PAUSE[0] + Math.random() * (PAUSE[1] - PAUSE[0]));
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    times.push(await button.evaluate(() => window.bench.last()));
  }
  const counted = times.slice(WARM);
  return { drawn: counted.map(({ drawn }) => drawn), shown: counted.map(({ shown }) => shown) };
}

/** In the page: takes the times of each click. */
function watch(button, word) {
  const holds = element => element.tagName !== 'SCRIPT' && element.textContent.includes(word);
  const said = [...document.querySelectorAll('body *')].filter(holds).at(-1);
  let text = said.textContent;
  let began;
  let drawn;
  let isInFrame = false; // what is changed there is on the screen with that frame, what is changed before with the next one
  const nextFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = act =>
    nextFrame(time => {
      isInFrame = true;
      act(time);
      queueMicrotask(() => (isInFrame = false)); // after those who watch changes
    });
  let done = Promise.withResolvers();
  const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error(`nothing came of a click, it says ${said.textContent}`)), 20_000));
  window.bench = { last: () => Promise.race([done.promise, late()]) };
  addEventListener('pointerdown', () => (done = Promise.withResolvers()), true);
  addEventListener('click', event => ([began, drawn] = [event.timeStamp, undefined]), true);
  new MutationObserver(() => {
    if (said.textContent === text || drawn !== undefined) return;
    text = said.textContent;
    drawn = performance.now();
    const { resolve } = done;
    const painted = new MessageChannel(); // its message comes when the frame is done
    painted.port1.onmessage = () => resolve({ drawn: drawn - began, shown: performance.now() - began });
    const end = () => painted.port2.postMessage(undefined);
    if (isInFrame) end();
    else nextFrame(end);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
