// The grid as a test sees it: by roles, names and the data attributes of its rows and cells.
import { eventually, webview } from './harness.mjs';

/** The grid of the tab in front. */
export class Grid {
  constructor(page) {
    this.page = page;
    this.frame = webview(page);
    this.element = this.frame.getByRole('grid');
  }

  /** Waits until rows (or the words that there are none) are shown, and returns the grid. */
  static async shown(page) {
    const grid = new Grid(page);
    await grid.element.waitFor({ timeout: 30_000 });
    return grid;
  }

  row(record) {
    return this.frame.locator(`[role="row"][data-row="${record}"]:not([hidden])`);
  }

  cell(record, column) {
    return this.row(record).locator(`[role="gridcell"][data-col="${column}"]:not([hidden])`);
  }

  header(column) {
    return this.frame.locator(`[role="columnheader"][data-col="${column}"]:not([hidden])`);
  }

  /** The names in the header that are in view. */
  async columns() {
    await this.header(0).waitFor();
    return this.frame.locator('[role="columnheader"][data-col]:not([hidden]) .name').allTextContents();
  }

  /** The texts of the cells of a record that are in view, once they are there. */
  async texts(record) {
    await this.row(record).and(this.frame.locator('.ready')).waitFor();
    return this.row(record).locator('[role="gridcell"]:not([hidden])').allTextContents();
  }

  async text(record, column) {
    await this.cell(record, column).waitFor();
    return this.cell(record, column).textContent();
  }

  async expectText(record, column, expected) {
    const what = async () => `record ${record}, column ${column}: expected ${JSON.stringify(expected)}`;
    await eventually(async () => {
      const cell = this.cell(record, column);
      return (await cell.count()) === 1 && (await cell.textContent()) === expected;
    }, what);
  }

  /** Rows the grid says it has, the header row left out. */
  async rowCount() {
    return Number(await this.element.getAttribute('aria-rowcount')) - 1;
  }

  async expectRowCount(expected, milliseconds = 60_000) {
    const what = async () => `${expected} rows, there are ${await this.rowCount()}`;
    await eventually(async () => (await this.rowCount()) === expected, what, milliseconds);
  }

  async columnCount() {
    return Number(await this.element.getAttribute('aria-colcount')) - 1;
  }

  /** Clicks a cell, which makes it the active one. */
  async select(record, column) {
    await this.cell(record, column).click();
    await this.expectActive(record, column);
  }

  async expectActive(record, column) {
    const active = async () => (await this.element.getAttribute('aria-activedescendant')) ?? '';
    const wanted = `-${record}-${column}`; // after the name of the grid, of which a page may have several
    await eventually(async () => (await active()).endsWith(wanted), async () => `active ${wanted}, is ${await active()}`);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The first record that is in view. */
  async firstRow() {
    const shown = await this.frame.locator('[role="row"][data-row]:not([hidden])').all();
    const rows = await Promise.all(shown.map(row => row.getAttribute('data-row')));
    return Math.min(...rows.map(Number)) + 1; // the first may be cut off
  }

  /** Where the rows are, in pixels of the window. */
  viewport() {
    return this.frame.locator('.scroller[role="rowgroup"]').boundingBox();
  }

  /** The middle of the vertical scroll bar, its thumb while it is at the top (below a button), and its lower end. */
  async scrollBar() {
    const { x, y, width, height } = await this.viewport();
    return { x: x + width - 6, top: y + 24, bottom: y + height - 5 };
  }

  /** Opens the find bar and types a text into it, if there is one. */
  async openFind(text) {
    await this.page.keyboard.press('Control+f');
    const find = new Find(this);
    await find.input.waitFor();
    if (text) await find.input.fill(text);
    return find;
  }

  /** The lines of the pane that lists malformed records. */
  problems() {
    return this.frame.locator('[role="option"].problem');
  }

  /** The text of the pane that shows one cell whole. */
  detail() {
    return this.frame.locator('.cell-text');
  }

  /** Contrast of a cell's text to what is behind it, as WCAG counts it. */
  contrast(record, column) {
    return this.cell(record, column).evaluate(cell => {
      const parse = text => (/[\d.]+(?:, ?[\d.]+)*/.exec(text)?.[0] ?? '').split(',').map(Number);
      const page = getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background').trim();
      const editor = [1, 3, 5].map(at => parseInt(page.slice(at, at + 2), 16)); // the view itself is transparent
      const layers = [];
      for (let element = cell; element; element = element.parentElement) layers.push(parse(getComputedStyle(element).backgroundColor));
      const over = (below, [red, green, blue, alpha = 1]) => [red, green, blue].map((value, at) => value * alpha + below[at] * (1 - alpha));
      const behind = layers.reverse().reduce(over, editor);
      const channel = value => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
      const [lower, upper] = [light(behind), light(over(behind, parse(getComputedStyle(cell).color)))].sort((a, b) => a - b);
      return (upper + 0.05) / (lower + 0.05);
    });
  }
}

/** The find bar. */
class Find {
  constructor(grid) {
    this.bar = grid.frame.getByRole('search');
    this.input = this.bar.getByRole('textbox');
    this.count = this.bar.locator('.find-count');
  }

  async expectCount(pattern) {
    await eventually(async () => pattern.test((await this.text()).trim()), async () => `${pattern}, it says ${await this.text()}`, 60_000);
  }

  /** The count and how far the search has come. */
  async text() {
    return `${await this.count.textContent()} ${await this.bar.locator('.find-progress').textContent()}`;
  }

  next() {
    return this.bar.getByRole('button', { name: /^Next match/ }).click();
  }

  previous() {
    return this.bar.getByRole('button', { name: /^Previous match/ }).click();
  }

  /** Types a text and stops the search as soon as it can be stopped: it is over within a second or two. */
  async searchAndStop(text) {
    const stopped = this.bar.evaluate(bar => {
      const press = (resolve, reject, left) => {
        const button = bar.querySelector('button[aria-label="Stop searching"]');
        if (button) resolve(button.click());
        else if (left === 0) reject(new Error('the search was never seen under way'));
        else requestAnimationFrame(() => press(resolve, reject, left - 1));
      };
      return new Promise((resolve, reject) => press(resolve, reject, 600));
    });
    await Promise.all([this.input.fill(text), stopped]);
  }

  /** Goes on with a search that has reached its limit. */
  goOn() {
    return this.bar.getByRole('button', { name: 'Continue' }).click();
  }

  async close() {
    await this.bar.getByRole('button', { name: /^Close/ }).click();
    await this.bar.waitFor({ state: 'hidden' });
  }
}
