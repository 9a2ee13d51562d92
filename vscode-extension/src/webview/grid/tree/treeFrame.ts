/** What one drawing of the tree needs to know, taken from where it is kept. */
import type { GridStrings } from "../../../shared/gridStrings";
import type { GridDocument } from "../app/gridDocument";
import type { ProblemList } from "../data/problemList";
import type { ChildCache } from "./childCache";
import type { TreeModel, TreeRow } from "./treeModel";
import type { TreeFrame } from "./treeRow";

export interface FrameParts {
  readonly strings: GridStrings;
  readonly model: TreeModel;
  readonly cache: ChildCache;
  readonly document: GridDocument | null;
  readonly malformed: ProblemList;
  readonly selected: TreeRow | null;
  isBookmarked(row: TreeRow): boolean;
}

export function treeFrame({ model, cache, document, malformed, ...parts }: FrameParts): TreeFrame {
  return {
    ...parts,
    isSingle: document?.isSingle === true,
    setOf: ({ node, index }) =>
      node === model.root
        ? { size: document?.isIndexing ? -1 : model.order.count, position: model.order.placeOf(index) + 1 }
        : { size: node.isCounted ? node.count : -1, position: index + 1 },
    state: (row) => cache.child(row),
    nodeOf: (row) => model.nodeOf(row),
    problemOf: ({ node, index }) => (node === model.root ? malformed.of(index) : null),
  };
}

/** The records among rows, the first and the last of them; null where there are none. */
export function recordsAmong(model: TreeModel, rows: readonly TreeRow[]): readonly [number, number] | null {
  const records = rows.filter(({ node }) => node === model.root).map(({ index }) => index);
  const [first] = records;
  const last = records.at(-1);
  return first === undefined || last === undefined ? null : [first, last];
}
