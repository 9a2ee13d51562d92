/** What follows the selection: the status bar, the cell pane and what is spoken. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { CellRange } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import { columnsText, rowsText } from "../chrome/documentBar";
import { cellKind, oneLine } from "../data/cellText";
import { cutAt, shownText } from "../data/rows";
import { number } from "../view/frame";
import type { Point, SelectionMode } from "../view/selection";
import { isMany } from "../view/selection";
import type { Session } from "./session";
import type { Shell } from "./shell";

/** Moving quickly over cells should not fetch each. */
const REST_MS = 70;
const SPEAK_MS = 400;

export class SelectionFollower {
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #session: Session;
  #restTimer = 0;
  #speakTimer = 0;
  /** The active cell whose text was not there when it became active. */
  #awaited: Point | null = null;

  constructor(shell: Shell, strings: GridStrings, messenger: Messenger, session: Session) {
    this.#shell = shell;
    this.#strings = strings;
    this.#messenger = messenger;
    this.#session = session;
  }

  selectionChanged(): void {
    const { grid, rows, root } = this.#shell;
    const { active, range } = grid;
    root.dataset["activeRow"] = active ? String(active.row) : "";
    root.dataset["activeCol"] = active ? String(active.column) : "";
    root.dataset["selection"] = range ? [range.top, range.left, range.bottom, range.right].join(",") : "";
    this.#awaited = active && rows.row(active.row).kind === "loading" ? active : null;
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => this.#rested(), REST_MS);
    window.clearTimeout(this.#speakTimer);
    if (range && isMany(range)) {
      this.#speakTimer = window.setTimeout(() => this.#speakRange(range), SPEAK_MS);
    }
  }

  /** To be called after each drawing: the active cell may have arrived. */
  drawn(): void {
    const { grid, rows, announcer } = this.#shell;
    const { active } = grid;
    if (!this.#awaited || !active || rows.row(active.row).kind !== "ready") {
      return;
    }
    this.#awaited = null;
    this.#showCell();
    const label = document.getElementById(grid.cellId(active))?.getAttribute("aria-label");
    if (label) {
      announcer.say(label);
    }
  }

  /** Brings the cell pane up to date, where it is open. */
  refresh(): void {
    this.#showCell();
  }

  #rested(): void {
    this.#showCell();
    if (this.#shell.views.current?.name !== "table") {
      return; // another view says what is selected
    }
    const { range, selection } = this.#shell.grid;
    const text = range && selection ? describe(this.#strings, range, this.#shell.grid.rowsIn(range), selection.mode) : "";
    this.#shell.selection.show(text);
  }

  #showCell(): void {
    const { grid, rows, cell, pane } = this.#shell;
    const current = this.#session.document;
    const { active } = grid;
    if (pane.state.tab !== "cell" || this.#shell.views.current?.name !== "table") {
      return;
    }
    if (!active || !current) {
      cell.show(null);
      return;
    }
    const state = rows.row(active.row);
    const column = current.columns[active.column];
    if (state.kind !== "ready" || !column) {
      this.#awaited = active;
      return;
    }
    const content = state.row[active.column];
    const { generation } = current;
    const { row, column: at } = active;
    const name = oneLine(column.name) || this.#strings.unnamedColumn;
    cell.show({
      id: `${row},${at}`,
      generation,
      title: format(this.#strings.cellTitle, name, number(row + 1)),
      kind: cellKind(content, column),
      text: content !== undefined && cutAt(content) === null ? shownText(content) : null,
      read: (start, count) => this.#messenger.request("cell", { generation, row, column: at, start, count }),
    });
  }

  #speakRange(range: CellRange): void {
    const strings = this.#strings;
    const rows = rowsText(strings, this.#shell.grid.rowsIn(range));
    const columns = columnsText(strings, range.right - range.left + 1);
    this.#shell.announcer.say(format(strings.selectedRange, rows, columns));
  }
}

/** "R5 C2", "3 rows × 2 columns", "3 rows". */
function describe(strings: GridStrings, range: CellRange, rowCount: number, mode: SelectionMode): string {
  if (!isMany(range)) {
    return format(strings.selectionCell, range.top + 1, range.left + 1);
  }
  const rows = rowsText(strings, rowCount);
  const columns = columnsText(strings, range.right - range.left + 1);
  if (mode === "rows") {
    return rows;
  }
  return mode === "columns" ? columns : `${rows} × ${columns}`;
}
