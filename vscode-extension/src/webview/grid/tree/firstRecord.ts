/** The first record of a file that is a tree, or one value, is expanded once, when the tree is seen. */
import type { GridDocument } from "../app/gridDocument";
import type { ChildCache } from "./childCache";
import type { TreeModel, TreeRow } from "./treeModel";
import { canExpand } from "./treeRow";

/** The tree, as far as it takes part. */
export interface FirstRecordTree {
  readonly model: TreeModel;
  readonly cache: ChildCache;
  readonly element: HTMLElement;
  toggle(row: TreeRow): void;
}

export class FirstRecord {
  readonly #tree: FirstRecordTree;
  readonly #expanded: (row: TreeRow) => void;
  /** Whether it is still to be expanded. */
  isWanted = false;

  constructor(tree: FirstRecordTree, expanded: (row: TreeRow) => void) {
    this.#tree = tree;
    this.#expanded = expanded;
  }

  /** Expands it as soon as there is one, and the tree is seen. */
  expand(document: GridDocument | null): void {
    const { model, cache, element } = this.#tree;
    if (!document || !this.isWanted || element.hidden || document.knownRows === 0) {
      return;
    }
    this.isWanted = false;
    if (document.info.display === "tree" || document.isSingle) {
      const row = { node: model.root, index: 0 };
      void cache.read(row).then(
        ([value]) => {
          if (value && canExpand(value) && !model.nodeOf(row)) {
            this.#tree.toggle(row);
            this.#expanded(row);
          }
        },
        () => undefined, // its row says so
      );
    }
  }
}
