/** What a person chose for data views: it holds for whatever the same node of the plugin shows next. */
import * as vscode from "vscode";
import type { GridMemory } from "../dataEditor/dataGrid";
import { type FileMemory, MOST_BOOKMARKS, MOST_SEARCHES, NOTHING_REMEMBERED } from "../shared/fileMemory";
import { keepRecent } from "../shared/recent";

/** Nodes remembered; those that were not used for longest go first. */
const MOST_NODES = 100;

export class DataMemories implements vscode.Disposable {
  readonly #memories = new Map<string, FileMemory>();
  readonly #changed = new vscode.EventEmitter<{ readonly key: string; readonly memory: FileMemory; readonly origin: unknown }>();

  of(pluginId: string, node: string): GridMemory {
    const key = JSON.stringify([pluginId, node]);
    const origin = {};
    // Places in one set of data mean nothing in the next.
    let bookmarks: FileMemory["bookmarks"] = [];
    const current = (): FileMemory => ({ ...NOTHING_REMEMBERED, ...this.#memories.get(key), bookmarks });
    return {
      current,
      remember: (change) => {
        bookmarks = (change.bookmarks ?? bookmarks).slice(-MOST_BOOKMARKS);
        const { view, searchHistory } = { ...current(), ...change };
        const memory = { view, bookmarks: [], searchHistory: searchHistory.slice(0, MOST_SEARCHES) };
        keepRecent(this.#memories, key, memory, MOST_NODES);
        this.#changed.fire({ key, memory: current(), origin });
      },
      onDidChange: (listener) =>
        this.#changed.event((change) => {
          if (change.key === key && change.origin !== origin) {
            listener(current());
          }
        }),
    };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
