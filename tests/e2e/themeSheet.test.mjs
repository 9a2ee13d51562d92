// Every bundled theme on one sheet, build/e2e/shots/*-themes-contact-sheet.png: a grid, a request with its answer, and the
// side bar. What a machine can judge of it is judged here, the rest is for people to look at.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { Grid } from './grid.mjs';
import { editorForTests, eventually, openFile, pick, quickInput, ROOT, runCommand, story } from './harness.mjs';
import { answer } from './network.mjs';
import { contrasts } from './readable.mjs';
import { frameWith, RequestTab, showCollections, startServers } from './rest.mjs';
import { colorsOf, Sheet } from './sheet.mjs';

const DARK = 'Default Dark Modern';
const LIGHT = 'Default Light Modern';
const OWN = "The Editor's Own Colors";
/** Least contrast of a text to what is behind it (WCAG 2.2, 1.4.3), and by how much rounded colours may miss it. */
const READABLE = 4.5;
const ROUNDED = 0.05;
/** Where a theme means to be soft: its own text has 4.99 on its own background, and less on what is chosen. */
const LEAST = { 'Solarized Light': 4 };
const MADE = 'Adaptive';
/** A colour that no theme has. */
const ODD = '#ff00fe';
const servers = await startServers();
const use = editorForTests({ files: ['ragged.csv'], settings: { 'workbench.colorTheme': DARK } });
after(() => servers.stop());
const test = story(use, { timeout: 200_000 });
const sheet = new Sheet();
/** The tokens of every bundled variant that is written down, by its name. */
const bundled = Object.assign({}, ...themeFiles().map(file => JSON.parse(readFileSync(file, 'utf8'))));
let frames;

function themeFiles() {
  const plugins = path.join(ROOT, 'plugins');
  return readdirSync(plugins, { recursive: true }).filter(file => /^[^/]+-theme\/theme\.json$/.test(file)).map(file => path.join(plugins, file));
}

const variable = (frame, name) => frame.evaluate(asked => getComputedStyle(document.body).getPropertyValue(asked), name);
/** A colour as computed styles have it. */
const rgb = color => `rgb(${color.match(/\w\w/g).map(part => parseInt(part, 16)).join(', ')})`;
const everyFrame = async probe => (await Promise.all(Object.values(frames).map(probe))).every(Boolean);

/** The row of the list that the cursor is on, without its marks. */
async function focusedName(page) {
  const label = page.locator('.quick-input-widget .monaco-list-row.focused .label-name').first();
  return (await label.textContent()).trim();
}

/** Goes to the next row, which is shown in every page a moment later. */
async function nextName(page, before) {
  await page.keyboard.press('ArrowDown');
  await eventually(async () => (await focusedName(page)) !== before, `a theme after ${before}`);
  return focusedName(page);
}

/** What is not as the theme has it, in one frame. */
async function faultsOf(frame, ground, least) {
  const painted = await frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const pale = (await contrasts(frame.locator('body, .cm-content'))).filter(({ ratio }) => ratio < least - ROUNDED);
  const poorest = new Map(pale.toReversed().map(found => [`${found.what} on ${found.behind}`, found]));
  return [
    ...(painted === rgb(ground) ? [] : [`the ground is ${painted}, and not ${ground}`]),
    ...[...poorest].map(([where, { text, ratio, color }]) => `${ratio.toFixed(2)}: ${JSON.stringify(text)} in ${color}, ${where}`),
  ];
}

/** Waits until all pages wear a theme; one that is made has no colours that could be known before. */
function worn(name) {
  const ground = bundled[name]?.bg.toLowerCase();
  const wears = async frame => (await variable(frame, '--thoth-bg')) === ground;
  const wearsAny = frame => frame.locator('body.thoth-themed').isVisible();
  return eventually(() => everyFrame(ground === undefined ? wearsAny : wears), `the colours of ${name}`);
}

/** Waits until all pages wear what is shown now, looks at each, and takes the picture. */
async function judged(page, name, title = name) {
  await worn(name);
  await sheet.add(page, title);
  const faults = [];
  for (const [place, frame] of Object.entries(frames)) {
    const ground = await variable(frame, place === 'bar' ? '--thoth-bg-panel' : '--thoth-bg');
    faults.push(...(await faultsOf(frame, ground, LEAST[name] ?? READABLE)).map(fault => `${title}, ${place}: ${fault}`));
  }
  return faults;
}

test('a grid, a request with its answer and the side bar are beside each other', async page => {
  await openFile(page, 'ragged.csv');
  const grid = await Grid.shown(page);
  const find = await grid.openFind('Nuclear');
  await find.expectCount(/of/);
  await grid.select(1, 0);
  await grid.press('Shift+ArrowDown', 'Shift+ArrowRight');
  const bar = await showCollections(page);
  await runCommand(page, 'View: Split Editor Right');
  const tab = await RequestTab.fresh(page);
  await tab.write(`http://127.0.0.1:${servers.own}/huge?bytes=3000`);
  await tab.choose('Body');
  await tab.press('JSON');
  await tab.code.click();
  await page.keyboard.insertText('{"name": "Ada", "n": 12.50, "well": true, "none": null}');
  await tab.press('Send');
  await answer(page, 'Allow for This Session');
  await tab.sees('200 OK');
  await tab.embedded.getByRole('radio', { name: 'Tree' }).click();
  await tab.embedded.getByText('record 0', { exact: false }).first().waitFor();
  await bar.getByText('POST /huge').first().waitFor();
  frames = { bar, tab: tab.frame, grid: await frameWith(page, '.find-bar') };
});

test('in every bundled theme the pages are as it says, and can be read', async page => {
  await runCommand(page, 'Thoth: Select Theme');
  await page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: OWN }).waitFor({ timeout: 60_000 });
  await sheet.add(page, OWN);
  const shown = [];
  const faults = [];
  for (let name = await nextName(page, OWN); name !== OWN; name = await nextName(page, name)) {
    shown.push(name);
    faults.push(...(await judged(page, name)));
  }
  assert.deepEqual(shown.toSorted(), [MADE, ...Object.keys(bundled)].toSorted());
  assert.equal(shown.length, 20);
  assert.deepEqual(faults, []);
});

test('nothing of the theme that the editor has is left in pages that wear another', async page => {
  await quickInput(page).fill('Nord');
  await worn('Nord');
  const below = () => everyFrame(frame => frame.evaluate(wanted => document.documentElement.style.getPropertyValue('--vscode-contrastBorder') === wanted, ODD));
  const looks = async () => Object.fromEntries(await Promise.all(Object.entries(frames).map(async ([place, frame]) => [place, await colorsOf(frame)])));
  const before = await looks();
  const names = ['contrastBorder', 'contrastActiveBorder', 'toolbar.hoverOutline', 'menu.selectionBorder', 'editor.findMatchBorder', 'editor.findMatchHighlightBorder'];
  use.setSettings({ 'workbench.colorTheme': LIGHT, 'workbench.colorCustomizations': Object.fromEntries(names.map(color => [color, ODD])) });
  await eventually(below, "the editor's light colours below the theme");
  const then = await looks();
  const left = Object.entries(before).flatMap(([place, colors]) =>
    Object.entries(colors).filter(([what, color]) => then[place][what] !== color).map(([what, color]) => `${place}: ${what}: ${color} → ${then[place][what]}`),
  );
  assert.deepEqual(left, []);
  use.setSettings({ 'workbench.colorCustomizations': {} });
});

test('a theme that is made is another over a light editor', async page => {
  await quickInput(page).fill(MADE);
  await eventually(() => everyFrame(frame => frame.locator('body.vscode-light').isVisible()), 'light colours');
  assert.deepEqual(await judged(page, MADE, `${MADE}, over a light editor`), []);
  await page.keyboard.press('Escape');
});

for (const [editor, name] of [[LIGHT, 'Catppuccin Latte'], [DARK, 'Tokyo Night']]) {
  test(`the whole editor wears ${name}`, async page => {
    use.setSettings({ 'workbench.colorTheme': editor });
    await runCommand(page, 'Thoth: Select Theme');
    await pick(page, name);
    await worn(name);
    await runCommand(page, 'Thoth: Apply Theme to Editor');
    const bars = ['sidebar', 'statusbar'].map(part => page.locator(`.part.${part}`));
    const grounds = () => Promise.all(bars.map(bar => bar.evaluate(element => getComputedStyle(element).backgroundColor)));
    await eventually(async () => (await grounds()).every(ground => ground === rgb(bundled[name].bg_panel)), `the window in ${name}`);
    assert.deepEqual(await judged(page, name, `${name}, worn by the whole editor`), []);
  });
}

test('all pictures are on one sheet, and nothing went wrong on the way', async () => {
  await sheet.draw(use.browser, 'themes-contact-sheet');
  assert.equal(sheet.count, 1 + 20 + 1 + 2);
  assert.deepEqual(use.problems, []);
});
