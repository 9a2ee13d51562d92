/** One row element with its number and its cells, reused for whatever row comes into its place. */
import { format } from "../../../shared/gridStrings";
import type { RowState } from "../data/pageCache";
import type { Row } from "../data/rows";
import type { RecordProblem } from "../data/problemList";
import { problemText } from "../data/problemText";
import { extraCells } from "../data/cellText";
import { CellSlot } from "./cellSlot";
import type { Frame } from "./frame";
import { itemOfSlot, number } from "./frame";

export class RowSlot {
  readonly element: HTMLElement;
  /** The row's number, kept beside the rows because it does not move sideways with them. */
  readonly number: HTMLElement;
  /** The same for screen readers, which want it in the row. */
  readonly #header: HTMLElement;
  readonly #mark = create("codicon codicon-warning", "presentation");
  readonly #message: HTMLElement;
  readonly #slots: CellSlot[] = [];
  #extra: HTMLElement | null = null;
  #row = -1;
  #place = -1;
  #y = NaN;
  #extraOf: Row | null = null;
  #extraAt = "";
  #extraCount = -1;
  #problem: RecordProblem | null = null;
  #error: Error | null = null;
  #className = "";

  constructor() {
    this.element = create("row", "row");
    this.number = create("number", "presentation");
    this.number.setAttribute("aria-hidden", "true");
    this.#header = create("row-header", "rowheader");
    this.#header.setAttribute("aria-colindex", "1");
    this.#message = create("row-message", "presentation");
    this.#message.hidden = true;
    this.element.append(this.#header, this.#message);
  }

  hide(): void {
    if (this.#row !== -1) {
      this.#row = -1;
      this.#place = -1;
      this.element.hidden = true;
      this.number.hidden = true;
    }
  }

  /** Draws the row at a place, `y` pixels below the start of the container. Returns how many cells have no column. */
  update(frame: Frame, place: number, y: number): number {
    const row = frame.order.recordAt(place);
    const state = frame.rowState(row);
    const cells = state.kind === "ready" ? state.row : null;
    const extra = cells ? Math.max(0, cells.length - frame.columns.length) : 0;
    this.#bind(frame, row, y, extra);
    this.#putAt(place);
    this.#drawClass(frame, row, state);
    this.#drawCells(frame, row, cells);
    this.#drawExtra(frame, state.kind === "ready" && extra > 0 ? state.row : null);
    this.#drawMessage(frame, row, state);
    return extra;
  }

  #putAt(place: number): void {
    if (place !== this.#place) {
      this.#place = place;
      // The header is row 1 of the grid, so the first place is row 2.
      this.element.setAttribute("aria-rowindex", String(place + 2));
    }
  }

  #bind(frame: Frame, row: number, y: number, extra: number): void {
    if (y !== this.#y) {
      this.#y = y;
      this.element.style.top = `${y}px`;
      this.number.style.top = `${y}px`;
    }
    const problem = frame.problemOf(row);
    if (row === this.#row && extra === this.#extraCount && problem === this.#problem) {
      return;
    }
    this.#row = row;
    this.#extraCount = extra;
    this.#problem = problem;
    const label = number(row + 1);
    this.element.hidden = false;
    this.number.hidden = false;
    this.element.dataset["row"] = String(row);
    const { strings } = frame;
    const wrong = problem && problemText(strings, problem);
    this.number.replaceChildren(...(problem ? [this.#mark] : []), String(row + 1));
    this.number.title = wrong ?? "";
    const name = extra > 0 ? format(strings.rowHeaderExtra, label, extra) : format(strings.rowHeader, label);
    this.#header.setAttribute("aria-label", wrong === null ? name : format(strings.rowMalformed, name, wrong));
  }

  #drawClass(frame: Frame, row: number, state: RowState): void {
    const { range } = frame;
    const isSelected = range !== null && row >= range.top && row <= range.bottom;
    const className =
      `${state.kind}${this.#place % 2 === 1 ? " odd" : ""}${isSelected ? " in-selection" : ""}` +
      `${frame.active?.row === row ? " active-row" : ""}${this.#extraCount > 0 ? " has-extra" : ""}${this.#problem ? " malformed" : ""}`;
    if (className !== this.#className) {
      this.#className = className;
      this.element.className = `row ${className}`;
      this.number.className = `number ${className}`;
    }
  }

  #drawCells(frame: Frame, row: number, cells: Row | null): void {
    const { first, last } = frame.visible;
    while (this.#slots.length < last - first + 1) {
      const slot = new CellSlot();
      this.#slots.push(slot);
      this.element.append(slot.element);
    }
    this.#slots.forEach((slot, index) => {
      const column = itemOfSlot(index, first, this.#slots.length);
      if (column <= last) {
        slot.update(frame, row, column, cells);
      } else {
        slot.hide();
      }
    });
  }

  #drawExtra(frame: Frame, row: Row | null): void {
    if (!row || frame.extra.width === 0) {
      if (this.#extra) {
        this.#extra.hidden = true;
      }
      this.#extraOf = null;
      return;
    }
    if (!this.#extra) {
      this.#extra = create("extra", "gridcell");
      this.element.append(this.#extra);
    }
    this.#extra.hidden = false;
    const at = `${frame.extra.start}/${frame.extra.width}`;
    if (at !== this.#extraAt) {
      this.#extraAt = at;
      this.#extra.style.left = `${frame.extra.start}px`;
      this.#extra.style.width = `${frame.extra.width}px`;
    }
    if (row !== this.#extraOf) {
      this.#extraOf = row;
      const texts = extraCells(row, frame.columns.length);
      this.#extra.textContent = texts.join(" ¦ ").slice(0, 1000);
      this.#extra.title = format(frame.strings.extraCellsHint, texts.join("\n").slice(0, 2000));
    }
  }

  /** The first visible row of those that failed together says why, with a button; the others stay blank. */
  #drawMessage(frame: Frame, row: number, state: RowState): void {
    if (state.kind === "failed") {
      this.#message.style.left = `${frame.left}px`;
    }
    const error = state.kind === "failed" && this.#isFirstOf(frame, state.error) ? state.error : null;
    if (error === this.#error) {
      return;
    }
    this.#error = error;
    this.#message.hidden = error === null;
    if (error && state.kind === "failed") {
      const text = document.createElement("span");
      text.textContent = format(frame.strings.rowsFailed, number(state.first + 1), number(state.last + 1), error.message);
      const button = document.createElement("button");
      button.className = "link";
      button.dataset["retry"] = String(row);
      button.tabIndex = -1;
      button.textContent = frame.strings.retry;
      this.#message.replaceChildren(text, button);
    }
  }

  #isFirstOf(frame: Frame, error: Error): boolean {
    if (this.#place === frame.rows.first) {
      return true;
    }
    const above = frame.rowState(frame.order.recordAt(this.#place - 1));
    return above.kind !== "failed" || above.error !== error;
  }
}

function create(className: string, role: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  element.setAttribute("role", role);
  return element;
}
