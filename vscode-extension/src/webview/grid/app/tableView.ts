/** The grid as one of the ways to look at a document. */
import type { GridCommand } from "../../../shared/messages";
import type { Path } from "../../../shared/paths/path";
import type { RecordFilter } from "../data/recordOrder";
import type { GridView } from "../view/gridView";
import type { Point } from "../view/selection";
import type { GridDocument } from "./gridDocument";
import type { DocumentView, Place } from "./views";

export interface TableHooks {
  /** Selects a cell and shows it. */
  goTo(point: Point, focus: boolean): void;
  command(command: GridCommand): boolean;
  shown(): void;
  paneChanged(): void;
}

/** The grid follows the document by itself; this is what it has in common with the other views. */
export class TableView implements DocumentView {
  readonly name = "table";
  readonly element: HTMLElement;
  readonly #grid: GridView;
  readonly #hooks: TableHooks;

  constructor(grid: GridView, hooks: TableHooks) {
    this.#grid = grid;
    this.#hooks = hooks;
    this.element = grid.dom.root;
  }

  suits({ columns, info }: GridDocument): boolean {
    return columns.length > 0 || !info.nested;
  }

  open(): void {
    // The session fills the grid.
  }

  progressed(): void {
    // The same.
  }

  shown(): void {
    this.#grid.relayout();
    this.#hooks.shown();
  }

  hidden(): void {
    // A grid without a size draws nothing.
  }

  focus(): void {
    this.#grid.dom.root.focus({ preventScroll: true });
  }

  reveal(record: number, path: Path, focus: boolean): void {
    this.#hooks.goTo({ row: record, column: this.#columnOf(path) ?? this.#grid.active?.column ?? 0 }, focus);
  }

  showOnly(filter: RecordFilter | null, growing: boolean): void {
    if (filter === this.#grid.rows.filter) {
      this.#grid.setGrowing(growing);
    } else {
      this.#grid.setFilter(filter, growing);
    }
  }

  get place(): Place | null {
    const { active, columns } = this.#grid;
    return active && { record: active.row, path: columns[active.column]?.path ?? [active.column] };
  }

  command(command: GridCommand): boolean {
    return this.#hooks.command(command);
  }

  paneChanged(): void {
    this.#hooks.paneChanged();
  }

  themeChanged(): void {
    // The session measures anew.
  }

  keep(): unknown {
    return null; // the grid's own state is kept beside
  }

  /** The column whose cells show the value or something around it. */
  #columnOf(path: Path): number | null {
    if (path.length === 0) {
      return null;
    }
    const [first] = path;
    const { columns } = this.#grid;
    const found = columns.findIndex(({ name, path: own }) => (own ?? [name]).every((step, index) => step === path[index]));
    if (found >= 0) {
      return found;
    }
    return typeof first === "number" && first < columns.length ? first : null;
  }
}
