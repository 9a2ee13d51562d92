/** What is known of a search through the whole document: the hits so far, which is the current one, how far it has come. */
import type * as P from "../../../generated/protocol";
import type { SearchQuery } from "../../../shared/fileMemory";
import { RecordFilter } from "../data/recordOrder";

export type SearchStatus =
  | { readonly kind: "searching" }
  | { readonly kind: "done" }
  | { readonly kind: "limit"; readonly nextRecord: number }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly message: string };

/** The hits of one record. */
export interface HitGroup {
  readonly record: number;
  readonly hits: readonly P.SearchHit[];
  /** Number of the first of them among all hits, counted from 0. */
  readonly first: number;
}

/** One hit, and where it belongs. */
export interface PlacedHit {
  readonly group: number;
  readonly record: number;
  readonly hit: P.SearchHit;
}

export class SearchState {
  readonly query: SearchQuery;
  status: SearchStatus = { kind: "searching" };
  /** Sentences a person should read. */
  notes: readonly string[] = [];
  /** Records searched so far. */
  scanned = 0;
  /** Number of the current hit, -1 for none. */
  current = -1;
  /** The records that have hits. */
  readonly filter = new RecordFilter();
  readonly #groups: { readonly record: number; readonly hits: P.SearchHit[]; readonly first: number }[] = [];
  #count = 0;

  constructor(query: SearchQuery) {
    this.query = query;
  }

  /** How many hits. */
  get count(): number {
    return this.#count;
  }

  /** In file order. */
  get groups(): readonly HitGroup[] {
    return this.#groups;
  }

  /** Whether more may be found without being asked for. */
  get isRunning(): boolean {
    return this.status.kind === "searching";
  }

  /** Takes hits in file order; the hits of a large record may come a few at a time. */
  add(found: readonly P.RecordHits[], scanned: number): void {
    for (const { record, hits } of found) {
      const last = this.#groups.at(-1);
      if (hits.length === 0 || (last && record < last.record)) {
        continue;
      }
      if (record === last?.record) {
        last.hits.push(...hits);
      } else {
        this.#groups.push({ record, hits: [...hits], first: this.#count });
        this.filter.add([record]);
      }
      this.#count += hits.length;
    }
    this.scanned = Math.max(this.scanned, scanned);
  }

  /** Forgets the hits of a record that was not searched to its end, and of those after it; they will be found again. */
  forgetFrom(record: number): void {
    for (let last = this.#groups.at(-1); last && last.record >= record; last = this.#groups.at(-1)) {
      this.#groups.pop();
      this.#count = last.first;
    }
    this.current = Math.min(this.current, this.#count - 1);
  }

  /** The hit of a number; null where there is none. */
  hit(index: number): PlacedHit | null {
    if (index < 0 || index >= this.#count) {
      return null;
    }
    const at = this.#lastGroup((group) => group.first <= index);
    const group = this.#groups[at];
    const hit = group?.hits[index - group.first];
    return group && hit ? { group: at, record: group.record, hit } : null;
  }

  /** Goes to the next or previous hit, around the ends; from a record where no hit is current. */
  step(by: 1 | -1, from: number | null): PlacedHit | null {
    if (this.#count === 0) {
      return null;
    }
    const next = this.current >= 0 ? this.current + by : this.#nearest(by, from);
    this.current = (next + this.#count) % this.#count;
    return this.hit(this.current);
  }

  #nearest(by: 1 | -1, from: number | null): number {
    const place = from === null ? 0 : this.filter.placeOf(from);
    const first = this.#groups[place]?.first ?? this.#count;
    return by === 1 ? first % this.#count : first - 1;
  }

  #lastGroup(isBefore: (group: HitGroup) => boolean): number {
    let low = 0;
    let high = this.#groups.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const group = this.#groups[middle];
      if (group && isBefore(group)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
