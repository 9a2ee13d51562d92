/**
 * Pictures of all kinds of nodes for docs/ui-nodes.md, drawn by the code that panels have from the samples of the tests:
 * `node scripts/picture_nodes.mjs [KIND...]`. Needs what `scripts/setup_editor.sh driver` installs.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from '../tests/e2e/nodes.mjs';
import { serve } from '../vscode-extension/test/webview/harness/serve.mjs';

const folder = fileURLToPath(new URL('../docs/images/nodes/', import.meta.url));
const WIDTH = 520;
const MARGIN = 8;

/** What shows some kinds better than their sample alone. */
const AROUND = {
  spacer: node => ({ type: 'row', children: [{ type: 'text', text: 'before' }, node, { type: 'text', text: 'behind' }] }),
  collapsible: node => ({ type: 'column', gap: 4, children: [node, { ...node, label: 'Another' }] }),
};
/** A moving part would make another picture each time. */
const STILL = '* { animation: none !important; transition: none !important; caret-color: transparent !important; }';

const browser = await launch();
const { address, stop } = await serve();
try {
  mkdirSync(folder, { recursive: true });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 700 } });
  await page.goto(`${address}tree?theme=light`);
  await page.evaluate(style => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [sheet];
  }, STILL);
  await page.evaluate(() => document.fonts.ready);
  const kinds = await page.evaluate(() => Object.keys(window.tree.samples));
  const wanted = process.argv.slice(2);
  for (const kind of kinds.filter(name => wanted.length === 0 || wanted.includes(name))) {
    const sample = await page.evaluate(name => window.tree.samples[name], kind);
    await page.evaluate(text => window.tree.draw(text), JSON.stringify((AROUND[kind] ?? (node => node))(sample)));
    await page.waitForTimeout(100); // glyphs of a font that was not in use before are drawn a moment later
    const box = await page.locator(kind === 'modal' ? 'dialog' : '.n-tree').boundingBox();
    const content = kind === 'modal' ? box : await shrunk(page, box);
    const [left, top] = [Math.max(0, content.x - MARGIN), Math.max(0, content.y - MARGIN)];
    const clip = { x: left, y: top, width: Math.min(WIDTH - left, content.width + 2 * MARGIN), height: content.height + 2 * MARGIN };
    await page.screenshot({ path: `${folder}${kind}.png`, clip });
    await page.evaluate(() => window.tree.draw('{"type": "spacer", "size": 0}'));
  }
  console.log(`${kinds.length} kinds, pictures in ${folder}`);
} finally {
  await browser.close();
  stop();
}

/** The part of a tree that something is in. */
function shrunk(page, { x, y, height }) {
  return page.evaluate(
    ([left, top, high]) => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector('.n-tree'));
      const right = Math.max(...[...range.getClientRects()].map(box => box.right), left + 40);
      return { x: left, y: top, width: right - left, height: Math.max(16, high) };
    },
    [x, y, height],
  );
}
