/** Goes to a value by its path, expanding everything on the way. */
import type { Messenger } from "../../messenger";
import type { Path } from "../../../shared/paths/path";
import type { TypedStep } from "../../../shared/paths/parse";
import type { ChildCache } from "./childCache";
import { WINDOW } from "./childCache";
import type { TreeModel, TreeNode, TreeRow } from "./treeModel";

/** Windows asked for at the same time on the way to a value. */
const AT_ONCE = 16;

/**
 * The row of a value whose positions are known, with everything around it expanded. Everything is expanded first and
 * counted afterwards, since one answer after the other takes long where values are nested deep. Rejects where something
 * cannot be read, and leaves expanded what was so before.
 */
export async function rowOf(model: TreeModel, cache: ChildCache, record: number, positions: readonly number[]): Promise<TreeRow> {
  const { row, unread, first } = expandTo(model, record, positions);
  try {
    await readAll(model, cache, unread);
  } catch (error) {
    if (first) {
      model.collapse(first);
    }
    throw error;
  }
  return row;
}

/** Expands the way to a value; tells which rows on it have to be read, and the outermost that was not expanded before. */
function expandTo(model: TreeModel, record: number, positions: readonly number[]) {
  const unread: TreeRow[] = [];
  let first: TreeNode | null = null;
  let row: TreeRow = { node: model.root, index: record };
  for (const position of positions) {
    const isNew = model.nodeOf(row) === undefined;
    const node = model.expand(row, null);
    first ??= isNew ? node : null;
    if (isNew || node.name === undefined) {
      unread.push(row);
    }
    if (position >= node.count && !node.isCounted) {
      model.setCount(node, position + 1, false); // nobody has counted as far yet
    }
    row = { node, index: position };
  }
  return { row, unread: first === null ? unread : [...unread, row], first };
}

/** Reads what is to be known of rows: its answer also counts the siblings of each. */
async function readAll(model: TreeModel, cache: ChildCache, rows: readonly TreeRow[]): Promise<void> {
  let next = 0;
  let failed = false;
  const read = async (): Promise<void> => {
    for (let row = rows[next++]; row && !failed; row = rows[next++]) {
      try {
        const value = (await cache.read(row))[row.index % WINDOW];
        const node = model.nodeOf(row);
        if (node && value) {
          node.name ??= value;
        }
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, rows.length) }, read));
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
