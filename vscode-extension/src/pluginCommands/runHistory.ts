/** What was run, kept for the workspace, so that it can be run again. */
import type * as vscode from "vscode";
import type { Values } from "./words";

export const MOST_RUNS = 20;
const RUNS = "thoth.pluginCommandRuns";

/** A command and what it was called with. */
export interface Run {
  readonly pluginId: string;
  readonly name: string;
  readonly values: Values;
}

export class RunHistory {
  readonly #store: vscode.Memento;

  constructor(store: vscode.Memento) {
    this.#store = store;
  }

  /** The newest first, each once. */
  get runs(): readonly Run[] {
    return this.#store.get<readonly Run[]>(RUNS, []);
  }

  async keep({ pluginId, name, values }: Run): Promise<void> {
    const run = { pluginId, name, values };
    const others = this.runs.filter((other) => !isSame(other, run));
    await this.#store.update(RUNS, [run, ...others].slice(0, MOST_RUNS));
  }
}

function isSame(one: Run, other: Run): boolean {
  const text = ({ pluginId, name, values }: Run): string =>
    JSON.stringify([pluginId, name, Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return text(one) === text(other);
}
