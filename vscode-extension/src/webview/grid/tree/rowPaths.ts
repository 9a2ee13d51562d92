/** The paths of rows by names, as far as the names are known; a position stands where one is not. */
import type * as P from "../../../generated/protocol";
import type { PathStep } from "../../../shared/paths/path";
import type { Place } from "../app/views";
import { placeOf } from "./kept";
import type { NodeName, TreeModel, TreeRow } from "./treeModel";

interface Named {
  readonly model: TreeModel;
  valueOf(row: TreeRow): P.Summary | null;
}

/** The path to a row; `stepOf` says how each step is written. */
export function pathTo(tree: Named, row: TreeRow, stepOf: (name: NodeName, index: number) => PathStep): Place {
  const steps: PathStep[] = [];
  for (let at: TreeRow = row; at.node.parent; at = { node: at.node.parent, index: at.node.index }) {
    const name = tree.model.nodeOf(at)?.name ?? tree.valueOf(at);
    steps.push(name ? stepOf(name, at.index) : at.index);
  }
  return { record: placeOf(row).record, path: steps.reverse() };
}
