// The tree as a test sees it: by its roles, its names and what it says is selected.
import { eventually, webview } from './harness.mjs';

/** The tree of the tab in front. */
export class Tree {
  constructor(page) {
    this.page = page;
    this.frame = webview(page);
    this.view = this.frame.locator('.tree-view');
    this.element = this.view.getByRole('tree');
    this.path = this.view.locator('.breadcrumb');
  }

  /** Waits until a tree is shown, with its first row there, and returns it. */
  static async shown(page) {
    const tree = new Tree(page);
    await tree.element.waitFor({ timeout: 30_000 });
    await tree.view.locator('.tree-row.ready').first().waitFor();
    return tree;
  }

  /** The row whose text begins so, for instance with a name and a colon. */
  row(text) {
    return this.element.getByRole('treeitem').filter({ hasText: text });
  }

  /** Rows the tree has, drawn or not. */
  rows() {
    return this.view.evaluate(view => Number(view.dataset.rows));
  }

  /** The record and the positions of what is selected, as JSON. */
  selected() {
    return this.view.evaluate(view => view.dataset.selected);
  }

  async expectSelected(...place) {
    const wanted = JSON.stringify(place);
    await eventually(async () => (await this.selected()) === wanted, async () => `selected ${wanted}, it is ${await this.selected()}`);
  }

  async expectRows(expected) {
    await eventually(async () => (await this.rows()) === expected, async () => `${expected} rows, there are ${await this.rows()}`);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async focus() {
    await this.element.focus();
  }

  /** Types a path above the tree and presses Enter. */
  async goTo(path) {
    await this.focus();
    await this.press('F2');
    const field = this.path.getByRole('textbox');
    await field.waitFor();
    await field.fill(path);
    await field.press('Enter');
  }

  /** Shows another view of the document. */
  async show(view) {
    await this.frame.getByRole('radio', { name: view }).click();
  }
}
