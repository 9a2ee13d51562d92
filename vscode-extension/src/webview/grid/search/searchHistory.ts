/** What was searched for in a file, to be had again with the arrow keys, as in a shell. */
import type { SearchQuery } from "../../../shared/fileMemory";
import { MOST_SEARCHES } from "../../../shared/fileMemory";

export class SearchHistory {
  /** The latest first. */
  #entries: readonly SearchQuery[] = [];
  /** Which entry is in the field, -1 for what was being typed. */
  #at = -1;
  #typed: SearchQuery | null = null;

  get entries(): readonly SearchQuery[] {
    return this.#entries;
  }

  /** Takes what is remembered of the file. */
  restore(entries: readonly SearchQuery[]): void {
    this.#entries = entries;
    this.#at = -1;
    this.#typed = null;
  }

  /** Puts a search first; says whether that changed anything. */
  add(query: SearchQuery): boolean {
    this.#at = -1;
    this.#typed = null;
    const [first] = this.#entries;
    if (query.query === "" || (first && isSame(first, query))) {
      return false;
    }
    // The same words searched for in another way are the same wish: the way used last is the one wanted.
    const others = this.#entries.filter((entry) => entry.query !== query.query || entry.mode !== query.mode);
    this.#entries = [query, ...others].slice(0, MOST_SEARCHES);
    return true;
  }

  /** The search before; `typed` is what is in the field and is come back to. Null where there is none. */
  older(typed: SearchQuery): SearchQuery | null {
    const next = this.#at + 1;
    // What is in the field already would look as if nothing had happened.
    const skip = this.#at === -1 && this.#entries[next] !== undefined && isSame(this.#entries[next], typed) ? 1 : 0;
    const entry = this.#entries[next + skip];
    if (!entry) {
      return null;
    }
    this.#typed = this.#at === -1 ? typed : this.#typed;
    this.#at = next + skip;
    return entry;
  }

  /** The search after, and in the end what was being typed. Null where that is in the field. */
  newer(): SearchQuery | null {
    if (this.#at === -1) {
      return null;
    }
    this.#at--;
    if (this.#at === 0 && this.#typed && this.#entries[0] && isSame(this.#entries[0], this.#typed)) {
      this.#at = -1;
    }
    const entry = this.#at === -1 ? this.#typed : this.#entries[this.#at];
    return entry ?? null;
  }

  /** Something was typed: the arrow keys begin at the latest search again. */
  edited(): void {
    this.#at = -1;
    this.#typed = null;
  }
}

function isSame(one: SearchQuery, other: SearchQuery): boolean {
  return (
    one.query === other.query &&
    one.mode === other.mode &&
    one.matchCase === other.matchCase &&
    one.wholeWord === other.wholeWord &&
    one.scope === other.scope
  );
}
