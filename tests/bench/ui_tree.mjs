/**
 * Draws trees of 10,000 nodes in the browser, in the code that panels have, and prints `{name: milliseconds}` as JSON:
 * from the text of the tree to a page that is laid out, medians of several draws.
 */
import { chromium } from '../e2e/node_modules/playwright-core/index.mjs';
import { serve } from '../../vscode-extension/test/webview/harness/serve.mjs';

const NODES = 10_000;
const RUNS = 15;

/** Rows of a label, a field, a badge, a button and an icon, as panels have them; `mark` is somewhere in each row or in one. */
function tree(mark, { everywhere = false, above = 0 } = {}) {
  const row = index => ({
    type: 'row',
    gap: 8,
    children: [
      { type: 'text', text: everywhere ? `Row ${index} ${mark}` : `Row ${index}` },
      { type: 'input', id: `in-${index}`, value: `value ${index}` },
      { type: 'badge', label: `${index % 7}`, color: 'success', soft: true },
      { type: 'button', id: `b-${index}`, label: 'Open' },
    ],
  });
  const rows = Array.from({ length: (NODES - 1) / 5 | 0 }, (_, index) => row(index));
  const more = Array.from({ length: above }, (_, index) => ({ type: 'text', text: `new ${mark} ${index}` }));
  const head = { type: 'text', text: `Changed ${mark}` };
  return JSON.stringify({ type: 'scroll', max_height: 700, id: 's', child: { type: 'column', gap: 2, children: [head, ...more, ...rows] } });
}

const median = values => [...values].sort((one, other) => one - other)[values.length >> 1];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage'],
});
const { address, stop } = await serve(0, true);
try {
  const page = await browser.newPage({ viewport: { width: 900, height: 800 } });
  await page.goto(`${address}tree`);
  const draw = text => page.evaluate(given => window.tree.draw(given), text);
  const first = await draw(tree(0));
  const measure = async make => {
    const times = [];
    for (let run = 0; run < RUNS; run++) times.push(await draw(make(run)));
    return median(times);
  };
  const result = {
    first,
    same: await measure(() => tree('same')),
    one: await measure(run => tree(run)),
    above: await measure(run => tree(run, { above: run % 2 })),
    all: await measure(run => tree(run, { everywhere: true })),
  };
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
  stop();
}
