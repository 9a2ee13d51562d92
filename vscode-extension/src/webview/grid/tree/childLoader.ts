/** Asks the host for the children of a node. */
import type * as P from "../../../generated/protocol";
import type { Messenger } from "../../messenger";
import type { GridDocument } from "../app/gridDocument";
import type { TreeNode } from "./treeModel";

export interface ChildLoaderHooks {
  document(): GridDocument | null;
  /** The file was found to have changed. */
  fileChanged(message: string): void;
}

export class ChildLoader {
  readonly #messenger: Messenger;
  readonly #hooks: ChildLoaderHooks;

  constructor(messenger: Messenger, hooks: ChildLoaderHooks) {
    this.#messenger = messenger;
    this.#hooks = hooks;
  }

  async load(node: TreeNode, start: number, count: number): Promise<P.ChildrenResult> {
    const generation = this.#hooks.document()?.generation ?? -1;
    const [record = null, ...path] = node.route;
    try {
      return await this.#messenger.request("children", { generation, record, path, start, count });
    } catch (error) {
      if (kindOf(error) === "documentChanged" && generation === this.#hooks.document()?.generation) {
        this.#hooks.fileChanged(error instanceof Error ? error.message : String(error));
      }
      throw error;
    }
  }
}

/** Whether the node is no object or array any more, as after the file has changed. */
export function hasNoChildren(error: unknown): boolean {
  return kindOf(error) === "pluginRefused";
}

function kindOf(error: unknown): unknown {
  return error instanceof Error && "kind" in error ? error.kind : undefined;
}
