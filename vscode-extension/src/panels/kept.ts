/** What a panel begins with another time: its state, asked for when it has been quiet, and what its tab says. */
import * as vscode from "vscode";
import type { PanelState } from "../shared/panelPage";
import { Keeping } from "./keeping";

export class Kept implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<PanelState>();
  readonly #keeping: Keeping;
  /** There is something else to begin with. */
  readonly onDidChange = this.#changed.event;
  #now: PanelState;

  /** `ask` has the plugin say its state; what is no text leaves the last one. */
  constructor(begin: PanelState, ask: () => Promise<string | null | undefined>) {
    this.#now = begin;
    this.#keeping = new Keeping(async () => {
      const state = await ask();
      if (typeof state === "string" && state !== this.#now.state) {
        this.change({ state });
      }
    });
  }

  get now(): PanelState {
    return this.#now;
  }

  change(change: Partial<PanelState>): void {
    this.#now = { ...this.#now, ...change };
    this.#changed.fire(this.#now);
  }

  /** The plugin may have another state. */
  soon(): void {
    this.#keeping.soon();
  }

  dispose(): void {
    this.#keeping.dispose();
    this.#changed.dispose();
  }
}
