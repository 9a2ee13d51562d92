/** Goes to a value by its path, expanding everything on the way. */
import type { Messenger } from "../../messenger";
import type { Path } from "../../../shared/paths/path";
import type { TypedStep } from "../../../shared/paths/parse";
import type { ChildCache } from "./childCache";
import { WINDOW } from "./childCache";
import type { TreeModel, TreeRow } from "./treeModel";

/** The row of a value whose positions are known; expands what is around it. Rejects where something cannot be read. */
export async function rowOf(model: TreeModel, cache: ChildCache, record: number, positions: readonly number[]): Promise<TreeRow> {
  let row: TreeRow = { node: model.root, index: record };
  for (const position of positions) {
    const window = await cache.read(row);
    const value = window[row.index % WINDOW];
    const node = model.expand(row, value?.count ?? null, value);
    if (position >= node.count && !node.isCounted) {
      model.setCount(node, position + 1, false); // nobody has counted as far yet
    }
    row = { node, index: position };
  }
  return row;
}

/** Asks for values on behalf of this generation. */
export interface Asking {
  readonly messenger: Messenger;
  readonly generation: number;
}

/** The positions of a path; rejects with a sentence where there is no such value. */
export async function positionsOf({ messenger, generation }: Asking, record: number, path: Path): Promise<readonly number[]> {
  return path.length === 0 ? [] : (await messenger.request("value", { generation, record, path })).positions;
}

/**
 * The path that was meant: a number in a JSON Pointer is a position in an array and a name in an object, which can only
 * be told by looking there.
 */
export async function pathMeant({ messenger, generation }: Asking, record: number, steps: readonly TypedStep[]): Promise<Path> {
  let path: Path = [];
  for (const step of steps) {
    if (typeof step !== "object") {
      path = [...path, step];
      continue;
    }
    const { value } = await messenger.request("value", { generation, record, path });
    path = [...path, value.kind === "object" ? String(step.either) : step.either];
  }
  return path;
}
