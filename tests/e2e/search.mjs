// The search pane as a test sees it.
import { eventually } from './harness.mjs';

/** The search pane of the editor in front. */
export class Search {
  constructor(grid) {
    this.grid = grid;
    this.root = grid.frame.locator('.thoth-grid');
    this.pane = grid.frame.locator('.search-pane');
    this.input = this.pane.getByRole('textbox');
    this.results = this.pane.getByRole('tree');
    this.items = this.results.getByRole('treeitem');
  }

  static async open(grid) {
    await grid.press('Control+Shift+F');
    const search = new Search(grid);
    await search.input.waitFor();
    return search;
  }

  /** Types a query and waits until the search for it has ended in that way. */
  async find(query, status = 'done') {
    await this.input.fill(query);
    await this.input.press('Enter');
    await this.expect('searchStatus', status);
  }

  fact(name) {
    return this.root.evaluate((element, name) => element.dataset[name], name);
  }

  async expect(name, expected) {
    await eventually(async () => (await this.fact(name)) === String(expected), async () => `${name} ${expected}, it is ${await this.fact(name)}`);
  }

  option(label) {
    return this.pane.getByRole('button', { name: label });
  }

  tool(label) {
    return this.grid.frame.locator('.pane-head').getByRole('button', { name: label });
  }
}
