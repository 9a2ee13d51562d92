/** Places a person has been to, to go back to and forward again. */
import type { ViewName } from "../../../shared/fileMemory";
import type { Place } from "./views";

export interface RecentPlace extends Place {
  readonly view: ViewName;
}

const MOST_PLACES = 100;

export class RecentPlaces {
  #places: RecentPlace[] = [];
  #current = -1;

  get canGoBack(): boolean {
    return this.#current > 0;
  }

  get canGoForward(): boolean {
    return this.#current < this.#places.length - 1;
  }

  /** Adds where a person has jumped to, behind the place jumped from; what lay ahead is forgotten. */
  jumped(from: RecentPlace | null, to: RecentPlace): void {
    const places = this.#places.slice(0, this.#current + 1);
    for (const place of from ? [from, to] : [to]) {
      const last = places.at(-1);
      if (!last || !isSame(last, place)) {
        places.push(place);
      }
    }
    this.#places = places.slice(-MOST_PLACES);
    this.#current = this.#places.length - 1;
  }

  /** The place before or after; `now` is kept in place of the present one, from where a person may have moved on. */
  step(by: 1 | -1, now: RecentPlace | null): RecentPlace | null {
    const next = this.#places[this.#current + by];
    if (!next) {
      return null;
    }
    if (now) {
      this.#places[this.#current] = now;
    }
    this.#current += by;
    return next;
  }

  clear(): void {
    this.#places = [];
    this.#current = -1;
  }
}

function isSame(one: RecentPlace, other: RecentPlace): boolean {
  return one.view === other.view && one.record === other.record && JSON.stringify(one.path) === JSON.stringify(other.path);
}
