/** Getting to values that were asked for: by a path, by a part of the path above the tree, or because the file has one. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { TypedStep } from "../../../shared/paths/parse";
import type { Path } from "../../../shared/paths/path";
import type { Messenger } from "../../messenger";
import type { GridDocument } from "../app/gridDocument";
import { number } from "../view/frame";
import type { ChildCache } from "./childCache";
import { placeOf } from "./kept";
import { pathMeant, positionsOf, rowOf } from "./reveal";
import type { TreeModel, TreeRow } from "./treeModel";

/** The tree, as far as it takes part. */
export interface Travelled {
  readonly model: TreeModel;
  readonly cache: ChildCache;
  readonly document: GridDocument | null;
  readonly selected: TreeRow | null;
  /** The tree has other rows. */
  changed(): void;
}

export class Travel {
  readonly #tree: Travelled;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  /** Counts what a person asked to go to: only the last arrives. */
  #going = 0;
  #underWay = 0;

  constructor(tree: Travelled, strings: GridStrings, messenger: Messenger) {
    this.#tree = tree;
    this.#strings = strings;
    this.#messenger = messenger;
  }

  /** Whether something is being expanded on the way to a value: to draw each step would take longer than the way. */
  get isUnderWay(): boolean {
    return this.#underWay > 0;
  }

  /** A person has gone elsewhere: what is under way does not arrive any more. */
  stop(): void {
    this.#going++;
  }

  /** The row of a value, with everything around it expanded; null when `stop` came first. Rejects with a sentence. */
  async to(record: number, path: Path): Promise<TreeRow | null> {
    const going = ++this.#going;
    this.#throwIfAbsent(record);
    const positions = await positionsOf(this.#asking, record, path);
    if (going !== this.#going) {
      return null;
    }
    const row = await this.#expand(record, positions);
    return going === this.#going ? row : null;
  }

  /** The path that was typed; rejects with a sentence where it leads nowhere. */
  async typed(record: number, steps: readonly TypedStep[]): Promise<Path> {
    this.#throwIfAbsent(record);
    const path = await pathMeant(this.#asking, record, steps);
    await positionsOf(this.#asking, record, path);
    return path;
  }

  /** The row around the selected one that `length` steps lead to. */
  up(length: number): TreeRow | null {
    let row = this.#tree.selected;
    for (let depth = row ? placeOf(row).path.length : 0; row?.node.parent && depth > length; depth--) {
      row = { node: row.node.parent, index: row.node.index };
    }
    return row;
  }

  async #expand(record: number, positions: readonly number[]): Promise<TreeRow> {
    this.#underWay++;
    try {
      return await rowOf(this.#tree.model, this.#tree.cache, record, positions);
    } finally {
      this.#underWay--;
      this.#tree.changed();
    }
  }

  get #asking() {
    return { messenger: this.#messenger, generation: this.#tree.document?.generation ?? -1 };
  }

  #throwIfAbsent(record: number): void {
    const document = this.#tree.document;
    const known = document?.knownRows ?? 0;
    if (!(record >= 0 && record < known)) {
      const template = document?.isIndexing ? this.#strings.recordNotYet : this.#strings.recordAbsent;
      throw new Error(format(template, number(record + 1), number(known)));
    }
  }
}
