/** What a hidden tab remembers of its tree: what is expanded, what is selected and where it is scrolled to. */
import type { TreeModel, TreeNode, TreeRow } from "./treeModel";

/** An expanded value: its record, its positions, how many children it had, and whether that were all. */
type KeptNode = readonly [record: number, positions: readonly number[], count: number, isCounted: boolean];

export interface KeptTree {
  readonly version: 1;
  readonly expanded: readonly KeptNode[];
  readonly selected: { readonly record: number; readonly path: readonly number[] } | null;
  /** First visible row, with a fraction. */
  readonly top: number;
}

/** Of more expanded values than these only the first are kept. */
const MOST_NODES = 500;

export function keptTree(model: TreeModel, selected: TreeRow | null, top: number): KeptTree {
  const expanded: KeptNode[] = [];
  for (const node of model.nodes()) {
    if (expanded.length === MOST_NODES) {
      break;
    }
    const [record = 0, ...positions] = node.route;
    expanded.push([record, positions, node.count, node.isCounted]);
  }
  return { version: 1, expanded, selected: selected && placeOf(selected), top };
}

/** What was kept, when it is of this form. */
export function readKept(kept: unknown): KeptTree | null {
  return typeof kept === "object" && kept !== null && (kept as Partial<KeptTree>).version === 1 ? (kept as KeptTree) : null;
}

/** Expands again what was expanded, and gives the row that was selected. */
export function restoreTree(model: TreeModel, { expanded, selected }: KeptTree): TreeRow | null {
  for (const [record, positions, count, isCounted] of expanded) {
    const row = knownRow(model, record, positions);
    if (row) {
      model.setCount(model.expand(row, isCounted ? count : null), count, isCounted);
    }
  }
  return selected && knownRow(model, selected.record, selected.path);
}

/** The record and the positions of a row. */
export function placeOf({ node, index }: TreeRow): { readonly record: number; readonly path: readonly number[] } {
  const route = [...node.route, index];
  return { record: route[0] ?? index, path: route.slice(1) };
}

/** The row at a path, when everything on the way is expanded. */
function knownRow(model: TreeModel, record: number, positions: readonly number[]): TreeRow | null {
  let row: TreeRow = { node: model.root, index: record };
  for (const position of positions) {
    const node: TreeNode | undefined = model.nodeOf(row);
    if (!node) {
      return null;
    }
    row = { node, index: position };
  }
  return row;
}
