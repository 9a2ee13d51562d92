/** Which cells of the table a search has found something in. */
import type { FindMarks } from "../view/frame";
import type { SearchState } from "./searchState";

const NONE: ReadonlySet<number> = new Set();

export class SearchMarks {
  #state: SearchState | null = null;
  /** Columns with hits by record, and how many hits they were taken from. */
  #columns = new Map<number, { readonly hits: number; readonly columns: ReadonlySet<number> }>();

  /** The marks of a search; null where nothing is to be marked. */
  of(state: SearchState | null): FindMarks | null {
    if (state !== this.#state) {
      this.#state = state;
      this.#columns = new Map();
    }
    if (!state || state.count === 0) {
      return null;
    }
    const { query } = state;
    const current = state.hit(state.current);
    const column = current?.hit.column ?? null;
    return {
      // The places inside of a cell are known only of a text that is looked for as it is.
      text: query.mode === "text" && query.scope !== "keys" ? query.query : "",
      matchCase: query.matchCase,
      current: current && column !== null ? { row: current.record, column } : null,
      isMatch: (row, column) => this.#columnsOf(state, row).has(column),
    };
  }

  #columnsOf(state: SearchState, record: number): ReadonlySet<number> {
    const group = state.filter.shows(record) ? state.groups[state.filter.placeOf(record)] : undefined;
    if (group?.record !== record) {
      return NONE;
    }
    const known = this.#columns.get(record);
    if (known?.hits === group.hits.length) {
      return known.columns;
    }
    const columns = new Set(group.hits.map(({ column }) => column).filter((column) => column !== null));
    this.#columns.set(record, { hits: group.hits.length, columns });
    return columns;
  }
}
