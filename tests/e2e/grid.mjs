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
    const wanted = `cell-${record}-${column}`;
    await eventually(async () => (await active()) === wanted, async () => `active ${wanted}, is ${await active()}`);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}
