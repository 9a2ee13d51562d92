/** Keeps what is worth knowing about files between one time they are open and the next, in the workspace's own storage. */
import * as vscode from "vscode";
import { DATA_SCHEME } from "./dataEditor/dataScheme";
import { type FileMemory, MOST_BOOKMARKS, MOST_SEARCHES, NOTHING_REMEMBERED } from "./shared/fileMemory";
import { keepRecent } from "./shared/recent";

/** Files kept; those not used for longest go first. */
export const MOST_FILES = 200;

const FILES = "thoth.files";
const keyOf = (uri: string): string => `thoth.file:${uri}`;

/** What plugins hand over has another address each time. */
function isLasting({ scheme }: vscode.Uri): boolean {
  return scheme !== DATA_SCHEME;
}

export interface MemoryChange {
  readonly uri: string;
  readonly memory: FileMemory;
  /** Who made it and knows already. */
  readonly origin: unknown;
}

export class FileMemories implements vscode.Disposable {
  readonly #store: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<MemoryChange>();
  /** Of what has no address that holds for another time. */
  readonly #passing = new Map<string, FileMemory>();
  readonly onDidChange = this.#changed.event;

  constructor(store: vscode.Memento) {
    this.#store = store;
  }

  of(uri: vscode.Uri): FileMemory {
    const name = uri.toString();
    const kept = isLasting(uri) ? this.#store.get<Partial<FileMemory>>(keyOf(name)) : this.#passing.get(name);
    return { ...NOTHING_REMEMBERED, ...kept };
  }

  /** Keeps `change` over what was kept; lists that have grown too long lose their oldest items. */
  async remember(uri: vscode.Uri, change: Partial<FileMemory>, origin?: unknown): Promise<void> {
    const name = uri.toString();
    const merged = { ...this.of(uri), ...change };
    const memory = {
      ...merged,
      bookmarks: merged.bookmarks.slice(-MOST_BOOKMARKS),
      searchHistory: merged.searchHistory.slice(0, MOST_SEARCHES),
    };
    if (!isLasting(uri)) {
      keepRecent(this.#passing, name, memory, MOST_FILES);
      this.#changed.fire({ uri: name, memory, origin });
      return;
    }
    const files = [...this.#store.get<readonly string[]>(FILES, []).filter((other) => other !== name), name];
    const gone = files.splice(0, Math.max(0, files.length - MOST_FILES));
    this.#changed.fire({ uri: name, memory, origin });
    await Promise.all([
      this.#store.update(keyOf(name), memory),
      this.#store.update(FILES, files),
      ...gone.map((other) => this.#store.update(keyOf(other), undefined)),
    ]);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
