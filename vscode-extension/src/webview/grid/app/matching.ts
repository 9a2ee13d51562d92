/** Showing only the records that a search has found. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { Banners } from "../chrome/banners";
import type { RecordFilter } from "../data/recordOrder";
import { number } from "../view/frame";
import type { SearchController } from "../search/searchController";

export interface MatchingHooks {
  /** Has all views show these records only, of which there may be more while `growing`; or (null) all again. */
  showOnly(filter: RecordFilter | null, growing: boolean): void;
  /** Records the file is known to have. */
  records(): number;
  /** Whether more of the file is being read. */
  isReading(): boolean;
  announce(text: string): void;
  changed(): void;
}

export class OnlyMatching {
  readonly #strings: GridStrings;
  readonly #search: SearchController;
  readonly #banners: Banners;
  readonly #hooks: MatchingHooks;
  #isOn = false;
  #shown: RecordFilter | null = null;

  constructor(strings: GridStrings, search: SearchController, banners: Banners, hooks: MatchingHooks) {
    this.#strings = strings;
    this.#search = search;
    this.#banners = banners;
    this.#hooks = hooks;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  set(on: boolean): void {
    if (on !== this.#isOn) {
      this.#isOn = on;
      this.update();
      this.#hooks.changed();
    }
  }

  /** Shows all records until `update` is called, so that a view can find its place in a file that was read anew. */
  pause(): void {
    if (this.#shown) {
      this.#shown = null;
      this.#hooks.showOnly(null, this.#hooks.isReading());
    }
  }

  /** Adopts what has been found, or that another search runs. */
  update(): void {
    const { state } = this.#search;
    const filter = this.#isOn && state ? state.filter : null;
    if (filter || this.#shown) {
      this.#shown = filter;
      this.#hooks.showOnly(filter, filter ? (state?.isRunning ?? false) : this.#hooks.isReading());
    }
    this.#showBanner();
  }

  /** Makes sure that a record is shown that was asked for: where it has no hits, all records are. */
  include(record: number): void {
    if (this.#shown && !this.#shown.shows(record)) {
      this.set(false);
      this.#hooks.announce(format(this.#strings.searchAllShown, number(record + 1)));
    }
  }

  #showBanner(): void {
    const filter = this.#shown;
    if (!filter) {
      this.#banners.hide("filter");
      return;
    }
    this.#banners.show("filter", {
      severity: "info",
      text: format(this.#strings.searchOnlyBanner, number(filter.count), number(this.#hooks.records())),
      busy: this.#search.state?.isRunning ?? false,
      actions: [{ title: this.#strings.searchShowAll, run: () => this.set(false) }],
    });
  }
}
