/** Chooses column widths: fitted to the content at first and on demand, by hand otherwise. */
import type * as P from "../../../generated/protocol";
import type { GridView } from "../view/gridView";
import { fitWidths } from "../view/widthFit";

/** Both paddings, the line at the right, and a pixel for rounding. */
const CELL_PADDING = 21;
/** Icon, gaps and the resize handle beside the name. */
const HEADER_PADDING = 44;
/** Rows measured around the visible ones. */
const MARGIN = 200;

export class WidthFitter {
  /** Longest text, in characters, a column is made wide enough for. */
  maxCharacters: number;
  readonly #grid: GridView;
  readonly #changed: () => void;

  constructor(grid: GridView, maxCharacters: number, changed: () => void) {
    this.#grid = grid;
    this.maxCharacters = maxCharacters;
    this.#changed = changed;
  }

  /** Widths for new columns; those in `chosen` are taken as they are. */
  fitFirst(chosen: ReadonlyMap<number, number>): void {
    this.#grid.layout.reset(this.#fit(), chosen);
    this.#grid.relayout();
  }

  /** Fits all columns to the rows around; with `keepChosen` those a person sized stay. */
  fitAll(keepChosen: boolean): void {
    const chosen = keepChosen ? this.#grid.layout.chosen() : new Map<number, number>();
    this.fitFirst(chosen);
    this.#changed();
  }

  /** Takes the columns with some added at the end: they are fitted, all others stay as they are. */
  addColumns(columns: readonly P.Column[]): void {
    const { layout } = this.#grid;
    this.#grid.setColumns(columns);
    const fitted = this.#fit();
    const widths = columns.map((_, column) => (column < layout.count ? layout.widthOf(column) : (fitted[column] ?? 0)));
    layout.reset(widths, layout.chosen());
    this.#grid.relayout();
  }

  fitColumn(column: number): void {
    const [width] = this.#fit(column);
    if (width !== undefined) {
      this.#grid.layout.setWidth(column, width, this.#grid.layout.count > 1);
      this.#grid.relayout();
      this.#changed();
    }
  }

  /** Takes the width a person gave a column. */
  choose(column: number, width: number): void {
    this.#grid.layout.setWidth(column, width, true);
    this.#grid.relayout();
    this.#changed();
  }

  #fit(only?: number): number[] {
    const { scroll, columns, metrics } = this.#grid;
    const { first, last } = scroll.window;
    const rows = this.#grid.rows.loaded(Math.max(0, first - MARGIN), Math.max(last, 0) + MARGIN);
    const limits = { maxCharacters: this.maxCharacters, cellPadding: CELL_PADDING, headerPadding: HEADER_PADDING };
    return fitWidths(columns, rows, metrics, limits, only);
  }
}
