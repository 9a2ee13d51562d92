/**
 * Which rows the tree has, without an object for each: only expanded values are nodes. A node knows how many children it
 * has and which of them are expanded themselves, so that a row is found by halving, however many there are.
 */
import type { RecordOrder } from "../data/recordOrder";
import { AllRecords } from "../data/recordOrder";

/** No node of the page has the id of another, whatever tree it is in. */
let lastId = 0;

/** An expanded value; the root stands for the file and has the records as children. */
export class TreeNode {
  readonly id: number;
  readonly parent: TreeNode | null;
  /** Its position among its siblings; of a record its number. */
  readonly index: number;
  readonly depth: number;
  /** Children known of. */
  count: number;
  /** Whether there are no more than `count`; otherwise a further row stands for those to come. */
  isCounted: boolean;
  /** Those of its children that are expanded, by position. */
  open: TreeNode[] = [];
  /** Visible rows below it. */
  rows = 0;
  /** What it is called among its siblings; undefined until that is known. */
  name: NodeName | undefined;
  #starts: Float64Array | null = null;

  constructor(id: number, parent: TreeNode | null, index: number, count: number, isCounted: boolean) {
    this.id = id;
    this.parent = parent;
    this.index = index;
    this.depth = parent ? parent.depth + 1 : -1;
    this.count = count;
    this.isCounted = isCounted;
  }

  /** Rows of its own: its children and, where there may be more, one that says so. */
  get own(): number {
    return this.count + (this.isCounted ? 0 : 1);
  }

  /** From the record's number to it, by positions; empty for the root. */
  get route(): readonly number[] {
    const route: number[] = [];
    const add = (node: TreeNode): TreeNode | null => {
      route.push(node.index);
      return node.parent;
    };
    for (let parent = this.parent && add(this); parent?.parent; ) {
      parent = add(parent);
    }
    return route.reverse();
  }

  /** Rows from its first child to each expanded one. */
  startsBy(placeOf: (index: number) => number): Float64Array {
    if (this.#starts) {
      return this.#starts;
    }
    const starts = new Float64Array(this.open.length);
    let below = 0;
    this.open.forEach((child, at) => {
      starts[at] = placeOf(child.index) + below;
      below += child.rows;
    });
    this.#starts = starts;
    return starts;
  }

  forgetStarts(): void {
    this.#starts = null;
  }
}

/** The key of a value, null where it has none, and whether an earlier sibling has the same. */
export interface NodeName {
  readonly key: string | null;
  readonly duplicate: boolean;
}

/** A row: the child at a position of a node. */
export interface TreeRow {
  readonly node: TreeNode;
  /** A position; of a record its number. Equal to `node.count` for the row that stands for children to come. */
  readonly index: number;
}

export class TreeModel {
  root: TreeNode;
  #order: RecordOrder = new AllRecords(0);
  /** Expanded records that are not shown for now. */
  #hidden: TreeNode[] = [];

  constructor() {
    this.root = this.#node(null, 0, 0, true);
  }

  get rows(): number {
    return this.root.rows;
  }

  get order(): RecordOrder {
    return this.#order;
  }

  /** Begins anew, with nothing expanded. */
  clear(): void {
    this.root = this.#node(null, 0, 0, true);
    this.#hidden = [];
    this.setOrder(this.#order);
  }

  /** Takes which records there are, or are shown. */
  setOrder(order: RecordOrder): void {
    this.#order = order;
    const { root } = this;
    const records = [...root.open, ...this.#hidden].sort((one, other) => one.index - other.index);
    root.open = records.filter(({ index }) => order.shows(index));
    this.#hidden = records.filter(({ index }) => !order.shows(index));
    root.count = order.count;
    root.rows = root.own + root.open.reduce((rows, child) => rows + child.rows, 0);
    root.forgetStarts();
  }

  /** The row at a place; undefined beyond the last. */
  rowAt(place: number): TreeRow | undefined {
    if (place < 0 || place >= this.rows) {
      return undefined;
    }
    let node = this.root;
    for (let rest = place; ; ) {
      const starts = node.startsBy(this.#placing(node));
      const at = lastAtMost(starts, rest);
      const child = node.open[at];
      if (!child) {
        return { node, index: this.#indexAt(node, rest) };
      }
      const inside = rest - (starts[at] ?? 0) - 1;
      if (inside < 0) {
        return { node, index: child.index };
      }
      if (inside >= child.rows) {
        return { node, index: this.#indexAt(node, this.#placing(node)(child.index) + 1 + inside - child.rows) };
      }
      node = child;
      rest = inside;
    }
  }

  /** Where a row is. */
  placeOf({ node, index }: TreeRow): number {
    let place = 0;
    let at = index;
    for (let current: TreeNode | null = node; current; current = current.parent) {
      const placing = this.#placing(current);
      const before = firstWithIndex(current.open, at) - 1;
      const child = current.open[before];
      const start = child ? (current.startsBy(placing)[before] ?? 0) + child.rows - placing(child.index) : 0;
      place += placing(at) + start + (current.parent ? 1 : 0);
      at = current.index;
    }
    return place;
  }

  /** The node of a row that is expanded. */
  nodeOf({ node, index }: TreeRow): TreeNode | undefined {
    const found = node.open[firstWithIndex(node.open, index)];
    return found?.index === index ? found : undefined;
  }

  /** Expands a row; `count` is null where nobody has counted its children. */
  expand(row: TreeRow, count: number | null, name?: NodeName): TreeNode {
    const present = this.nodeOf(row);
    if (present) {
      present.name ??= name;
      return present;
    }
    const node = this.#node(row.node, row.index, count ?? 0, count !== null);
    row.node.open.splice(firstWithIndex(row.node.open, row.index), 0, node);
    node.rows = node.own;
    node.name = name;
    this.#grow(row.node, node.rows);
    return node;
  }

  collapse(node: TreeNode): void {
    const siblings = node.parent?.open ?? [];
    const at = siblings.indexOf(node);
    if (node.parent && at >= 0) {
      siblings.splice(at, 1);
      this.#grow(node.parent, -node.rows);
    }
  }

  /** Takes how many children a node turned out to have. */
  setCount(node: TreeNode, count: number, isCounted: boolean): void {
    if (node === this.root || (node.count === count && node.isCounted === isCounted) || !this.isShown(node)) {
      return;
    }
    const before = node.rows;
    const gone = node.open.filter((child) => child.index >= count && isCounted);
    node.open = node.open.filter((child) => !gone.includes(child));
    node.count = count;
    node.isCounted = isCounted;
    const rows = node.own + node.open.reduce((sum, child) => sum + child.rows, 0);
    node.rows = before;
    this.#grow(node, rows - before);
  }

  /** Whether a node is still part of the tree. */
  isShown(node: TreeNode): boolean {
    let current: TreeNode = node;
    while (current.parent) {
      if (this.nodeOf({ node: current.parent, index: current.index }) !== current) {
        return false;
      }
      current = current.parent;
    }
    return current === this.root;
  }

  /** All nodes in the order of their rows, the root left out. */
  *nodes(from: TreeNode = this.root): Generator<TreeNode> {
    const waiting = [...from.open].reverse();
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      yield node;
      waiting.push(...[...node.open].reverse());
    }
  }

  #node(parent: TreeNode | null, index: number, count: number, isCounted: boolean): TreeNode {
    return new TreeNode(++lastId, parent, index, count, isCounted);
  }

  #grow(node: TreeNode, rows: number): void {
    for (let current: TreeNode | null = node; current; current = current.parent) {
      current.rows += rows;
      current.forgetStarts();
    }
  }

  #placing(node: TreeNode): (index: number) => number {
    return node === this.root ? (record) => this.#order.placeOf(record) : same;
  }

  #indexAt(node: TreeNode, place: number): number {
    return node === this.root ? this.#order.recordAt(place) : place;
  }
}

const same = (index: number): number => index;

/** The last entry that is `value` at most, -1 for none. */
function lastAtMost(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** The first node whose index is `index` or more. */
function firstWithIndex(nodes: readonly TreeNode[], index: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.index ?? 0) < index) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
