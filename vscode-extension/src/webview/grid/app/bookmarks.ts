/** The bookmarks of the file: which places have one, and giving one to a place or taking it away. */
import { MOST_BOOKMARKS } from "../../../shared/fileMemory";
import type { Memory } from "./memory";
import type { Place } from "./views";

export class Bookmarks {
  readonly #memory: Memory;
  #places = new Set<string>();

  constructor(memory: Memory) {
    this.#memory = memory;
    memory.onChange(({ bookmarks }) => {
      this.#places = new Set(bookmarks.map(keyOf));
    });
  }

  has(place: Place): boolean {
    return this.#places.size > 0 && this.#places.has(keyOf(place));
  }

  /** Adds one or takes it away; says which, or that there are as many as a file can have. */
  toggle(place: Place, label: string): "added" | "removed" | "full" {
    const key = keyOf(place);
    const isThere = this.has(place);
    const { bookmarks } = this.#memory.current;
    if (!isThere && bookmarks.length >= MOST_BOOKMARKS) {
      return "full";
    }
    const others = bookmarks.filter((bookmark) => keyOf(bookmark) !== key);
    this.#memory.change({ bookmarks: isThere ? others : [...others, { ...place, label }] });
    return isThere ? "removed" : "added";
  }
}

function keyOf({ record, path }: Place): string {
  return JSON.stringify([record, ...path]);
}
