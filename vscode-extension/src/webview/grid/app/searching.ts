/** Searching the whole document: the search, its pane, and showing only the records that were found. */
import type { SearchQuery } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import type { Path } from "../../../shared/paths/path";
import type { Messenger } from "../../messenger";
import type { Banners } from "../chrome/banners";
import type { RecordFilter } from "../data/recordOrder";
import { SearchController } from "../search/searchController";
import { SearchMarks } from "../search/searchMarks";
import type { SearchPaneState } from "../search/searchPane";
import { SearchPane } from "../search/searchPane";
import type { FindMarks } from "../view/frame";
import type { GridDocument } from "./gridDocument";
import { OnlyMatching } from "./matching";
import type { Place } from "./views";

export interface SearchingHooks {
  document(): GridDocument | null;
  /** What is selected in the view. */
  place(): Place | null;
  /** Shows a value; `column` is the one of the table that has it, null where there is none. */
  reveal(record: number, path: Path, column: number | null): void;
  showOnly(filter: RecordFilter | null, growing: boolean): void;
  remember(searchHistory: readonly SearchQuery[]): void;
  /** What was found is another: marks and the facts about the search are to be drawn anew. */
  found(searching: Searching): void;
  /** What surrounds the view shows something else. */
  changed(): void;
  focusView(): void;
  /** Exports the records in which something is found. */
  exportResult(): void;
}

export class Searching {
  readonly search: SearchController;
  readonly pane: SearchPane;
  readonly matching: OnlyMatching;
  readonly #hooks: SearchingHooks;
  readonly #marks = new SearchMarks();

  constructor(
    strings: GridStrings,
    messenger: Messenger,
    banners: Banners,
    announce: (text: string) => void,
    hooks: SearchingHooks,
  ) {
    this.#hooks = hooks;
    this.search = new SearchController(messenger, {
      generation: () => hooks.document()?.generation ?? -1,
      origin: () => hooks.place()?.record ?? null,
      reveal: (placed) => {
        hooks.reveal(placed.record, placed.hit.path, placed.hit.column);
        this.pane.announceHit(placed);
      },
      replaced: () => this.pane.replaced(),
      changed: () => this.#changed(),
    });
    this.matching = new OnlyMatching(strings, this.search, banners, {
      showOnly: (filter, growing) => hooks.showOnly(filter, growing),
      records: () => hooks.document()?.knownRows ?? 0,
      isReading: () => hooks.document()?.isIndexing ?? false,
      announce,
      changed: () => hooks.changed(),
    });
    const isOnlyMatching = () => this.matching.isOn;
    this.pane = new SearchPane(strings, this.search, {
      changed: () => hooks.changed(),
      announce,
      remember: (history) => hooks.remember(history),
      get onlyMatching() {
        return isOnlyMatching();
      },
      setOnlyMatching: (only) => this.matching.set(only),
      focusView: () => hooks.focusView(),
      exportResult: () => hooks.exportResult(),
    });
    messenger.on("searched", (event) => this.search.searched(event));
  }

  /** What is to be marked in the table. */
  get marks(): FindMarks | null {
    return this.#marks.of(this.search.state);
  }

  /** A file is open, or open anew: what was searched for is searched for again. */
  opened(history: readonly SearchQuery[], saved: SearchPaneState | null): void {
    this.pane.remembered(history);
    if (saved) {
      this.pane.restore(saved);
    } else {
      this.pane.searchAgain();
    }
  }

  /** More of the file is known. */
  progressed(): void {
    if (this.matching.isOn) {
      this.matching.update();
    }
  }

  #changed(): void {
    this.pane.update();
    this.matching.update();
    this.#hooks.found(this);
    this.#hooks.changed();
  }
}
