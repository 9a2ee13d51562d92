/** Expands many values at once: all of one level, or everything below one. Bounded, and stopped whenever asked to. */
import type * as P from "../../../generated/protocol";
import type { ChildCache } from "./childCache";
import { WINDOW } from "./childCache";
import type { TreeModel, TreeNode, TreeRow } from "./treeModel";
import { canExpand } from "./treeRow";

/** Rows one of these adds to the tree at most. */
export const MOST_ROWS = 10_000;

export interface ExpandHooks {
  /** The tree has changed; told how many rows have been added so far. */
  progress(rows: number): void;
}

/** How it ended: all was expanded, the limit was reached, or somebody stopped it. */
export type Expanded = "done" | "limit" | "stopped";

export class Expander {
  readonly #model: TreeModel;
  readonly #cache: ChildCache;
  readonly #hooks: ExpandHooks;
  #run = 0;
  #added = 0;

  constructor(model: TreeModel, cache: ChildCache, hooks: ExpandHooks) {
    this.#model = model;
    this.#cache = cache;
    this.#hooks = hooks;
  }

  /** Ends what is under way; what it has expanded stays so. */
  stop(): void {
    this.#run++;
  }

  /** Expands every child of `parent`, one level. Rejects where children cannot be read. */
  level(parent: TreeNode): Promise<Expanded> {
    this.#added = 0;
    return this.#children(parent, ++this.#run, []);
  }

  /** Expands `row` and everything below it. Rejects where children cannot be read. */
  async all(row: TreeRow, value: P.Summary): Promise<Expanded> {
    const run = ++this.#run;
    // A loop, since values can be nested deeper than functions can call themselves.
    const waiting = [this.#expand(row, value)];
    this.#added = 0;
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      const opened: TreeNode[] = [];
      const ended = await this.#children(node, run, opened);
      if (ended !== "done") {
        return ended;
      }
      waiting.push(...opened.reverse());
    }
    return "done";
  }

  /** Expands the children of `parent`, window by window, and adds them to `opened`. */
  async #children(parent: TreeNode, run: number, opened: TreeNode[]): Promise<Expanded> {
    let place = 0;
    for (let read = 0; read <= MOST_ROWS / WINDOW; read++) {
      const index = this.#indexOf(parent, place);
      const window = index === null ? [] : await this.#cache.read({ node: parent, index });
      if (this.#run !== run) {
        return "stopped";
      }
      const rest = window.filter((value) => value.index >= (index ?? 0) && this.#isShown(parent, value.index));
      for (const value of rest.filter(canExpand)) {
        const row = { node: parent, index: value.index };
        if (!this.#model.nodeOf(row) && this.#added + (value.count ?? 1) > MOST_ROWS) {
          return "limit";
        }
        opened.push(this.#expand(row, value));
      }
      if (rest.length === 0) {
        return "done";
      }
      this.#hooks.progress(this.#added);
      place = this.#placeAfter(parent, rest);
    }
    return "limit";
  }

  #expand(row: TreeRow, value: P.Summary): TreeNode {
    const before = this.#model.rows;
    const node = this.#model.expand(row, value.count, value);
    this.#added += this.#model.rows - before;
    return node;
  }

  /** The child at a place, null behind the last; records need not follow each other. */
  #indexOf(parent: TreeNode, place: number): number | null {
    if (parent !== this.#model.root) {
      return place < parent.own ? place : null;
    }
    return place < this.#model.order.count ? this.#model.order.recordAt(place) : null;
  }

  #isShown(parent: TreeNode, index: number): boolean {
    return parent !== this.#model.root || this.#model.order.shows(index);
  }

  #placeAfter(parent: TreeNode, read: readonly P.Summary[]): number {
    const last = read.at(-1)?.index ?? 0;
    return parent === this.#model.root ? this.#model.order.placeOf(last) + 1 : last + 1;
  }
}
