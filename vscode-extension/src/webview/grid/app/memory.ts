/** What is kept about the file between one time it is open and the next. */
import type { FileMemory } from "../../../shared/fileMemory";
import { NOTHING_REMEMBERED } from "../../../shared/fileMemory";
import type { Messenger } from "../../messenger";

export class Memory {
  readonly #messenger: Messenger;
  readonly #listeners: ((memory: FileMemory) => void)[] = [];
  #memory = NOTHING_REMEMBERED;

  constructor(messenger: Messenger) {
    this.#messenger = messenger;
    messenger.on("remembered", (memory) => this.set(memory));
  }

  get current(): FileMemory {
    return this.#memory;
  }

  /** Takes what the host has kept. */
  set(memory: FileMemory): void {
    this.#memory = memory;
    for (const listener of this.#listeners) {
      listener(memory);
    }
  }

  /** Keeps something for the next time, here and in every other editor of the file. */
  change(change: Partial<FileMemory>): void {
    this.set({ ...this.#memory, ...change });
    void this.#messenger.request("remember", change).catch(() => undefined);
  }

  /** Calls `listener` after every change, wherever it was made. */
  onChange(listener: (memory: FileMemory) => void): void {
    this.#listeners.push(listener);
  }
}
