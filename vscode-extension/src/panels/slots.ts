/** Which view of the side bar is whose. VS Code's views are fixed in package.json; plugins come and go. */
import type * as vscode from "vscode";

/** As many as package.json declares. */
export const SLOTS = 8;

const KEY = "thoth.panelSlots";

/** What is known of a plugin of one version, without running it. */
interface Known {
  /** Null where it has to be run again to tell. */
  readonly version: string | null;
  /** Its view, from 0; null where it shows nothing in the side bar. */
  readonly slot: number | null;
}

/** Remembers who showed something in the side bar, and gives each the same view each time. */
export class Slots {
  readonly #memory: vscode.Memento;
  #known: Readonly<Record<string, Known>>;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#known = { ...memory.get<Record<string, Known>>(KEY) };
  }

  /** The view of a plugin, null where it has none, undefined where it has to be run to tell. */
  find(pluginId: string, version: string): number | null | undefined {
    const known = this.#of(pluginId);
    return known?.version === version ? known.slot : undefined;
  }

  /** Whose view that is. */
  ownerOf(slot: number): string | undefined {
    return Object.entries(this.#known).find(([, known]) => known.slot === slot)?.[0];
  }

  /** Gives a plugin the view it had, or one that belongs to none of `installed`; undefined when all are taken. */
  take(pluginId: string, version: string, installed: ReadonlySet<string>): number | undefined {
    const had = this.#of(pluginId)?.slot ?? undefined;
    const isFree = (slot: number): boolean => {
      const owner = this.ownerOf(slot);
      return owner === undefined || owner === pluginId || !installed.has(owner);
    };
    const slot = had ?? Array.from({ length: SLOTS }, (_, index) => index).find(isFree);
    if (slot !== undefined) {
      const others = Object.entries(this.#known).filter(([id, known]) => id === pluginId || known.slot !== slot);
      this.#known = { ...Object.fromEntries(others), [pluginId]: { version, slot } };
      this.#keep();
    }
    return slot;
  }

  /** Remembers that a plugin shows nothing in the side bar. */
  takeNone(pluginId: string, version: string): void {
    this.#known = { ...this.#known, [pluginId]: { version, slot: null } };
    this.#keep();
  }

  /** Has to be run again to tell: it was built anew. */
  forget(pluginId: string): void {
    const known = this.#of(pluginId);
    if (known !== undefined) {
      this.#known = { ...this.#known, [pluginId]: { ...known, version: null } };
      this.#keep();
    }
  }

  #of(pluginId: string): Known | undefined {
    return Object.hasOwn(this.#known, pluginId) ? this.#known[pluginId] : undefined;
  }

  #keep(): void {
    void this.#memory.update(KEY, this.#known);
  }
}
