/** The lines of the list of results: one for each record, below it its hits unless they are folded away. */
import type { SearchState } from "./searchState";

export type ResultLine =
  | { readonly kind: "record"; readonly group: number }
  /** `hit` counts within the record. */
  | { readonly kind: "hit"; readonly group: number; readonly hit: number };

export class ResultLines {
  #state: SearchState | null = null;
  readonly #folded = new Set<number>();
  /** Line of each record; right for the first `#known` of them. */
  #tops: number[] = [];
  #known = 0;
  #count = 0;

  /** Takes another search. */
  reset(state: SearchState | null): void {
    this.#state = state;
    this.#folded.clear();
    this.#tops = [];
    this.#known = 0;
    this.#count = 0;
  }

  /** How many lines there are by now. */
  get count(): number {
    this.#extend();
    return this.#count;
  }

  at(line: number): ResultLine | null {
    if (line < 0 || line >= this.count) {
      return null;
    }
    let low = 0;
    let high = this.#known;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tops[middle] ?? 0) <= line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const group = low - 1;
    const hit = line - (this.#tops[group] ?? 0) - 1;
    return hit < 0 ? { kind: "record", group } : { kind: "hit", group, hit };
  }

  lineOfGroup(group: number): number {
    this.#extend();
    return this.#tops[group] ?? 0;
  }

  isFolded(group: number): boolean {
    return this.#folded.has(group);
  }

  /** Shows or hides the hits of a record. */
  fold(group: number, folded: boolean): void {
    if (folded !== this.#folded.has(group)) {
      if (folded) {
        this.#folded.add(group);
      } else {
        this.#folded.delete(group);
      }
      this.#known = Math.min(this.#known, group);
    }
  }

  foldAll(folded: boolean): void {
    this.#folded.clear();
    if (folded) {
      this.#state?.groups.forEach((_, group) => this.#folded.add(group));
    }
    this.#known = 0;
  }

  /** Whether every record is folded. */
  get isAllFolded(): boolean {
    const records = this.#state?.groups.length ?? 0;
    return records > 0 && this.#folded.size >= records;
  }

  /** The last record known may have got more hits, so that it is counted again. */
  #extend(): void {
    const groups = this.#state?.groups.length ?? 0;
    let group = Math.max(0, Math.min(this.#known, groups) - 1);
    let top = this.#tops[group] ?? 0;
    for (; group < groups; group++) {
      this.#tops[group] = top;
      top += this.#heightOf(group);
    }
    this.#known = groups;
    this.#count = top;
  }

  #heightOf(group: number): number {
    return this.#folded.has(group) ? 1 : 1 + (this.#state?.groups[group]?.hits.length ?? 0);
  }
}
