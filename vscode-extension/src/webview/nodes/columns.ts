/** How wide the columns of a table of nodes are. */
import type { Kept } from "./context";
import { wordsOf } from "./cellText";
import type { Node } from "./schema/kinds";

/** Of code, which is wider than other text. */
const CHARACTER = 7.3;
const PADDING = 22;
/** Of what nobody has made wider. */
const WIDEST = 480;
/** Rows that are looked at. */
const SAMPLE = 100;
const NARROWEST = 40;
const MOST = 2000;
const STEP = 16;

export interface TableState {
  /** Widths that a person has chosen, by column. */
  readonly widths: Readonly<Record<string, number>>;
  readonly top: number;
  /** The cell that the keys start from; row -1 is the header. */
  readonly row: number;
  readonly column: number;
}

export const INITIAL: TableState = { widths: {}, top: 0, row: 0, column: 0 };

/** As wide as the beginning of the table needs. */
export function naturalWidths(node: Node<"table">, count: number): readonly number[] {
  const rows = node.rows.slice(0, SAMPLE);
  return Array.from({ length: count }, (_, column) => {
    const longest = rows.reduce((most, cells) => Math.max(most, wordsOf(cells[column]).length), node.headers[column]?.length ?? 0);
    return Math.max(node.min_col_width, Math.min(WIDEST, longest * CHARACTER + PADDING));
  });
}

/** Makes a column wider or narrower. */
export function setWidth(state: Kept<TableState>, column: number, width: number): void {
  const { widths, ...rest } = state.value;
  state.set({ ...rest, widths: { ...widths, [column]: Math.round(Math.max(NARROWEST, Math.min(MOST, width))) } });
}

/** The width by which an arrow key changes a column, or null for another key. */
export function stepOf(event: KeyboardEvent): number | null {
  return event.shiftKey ? ({ ArrowLeft: -STEP, ArrowRight: STEP }[event.key] ?? null) : null;
}

/** Follows the pointer until it is let go. */
export function dragWidth(event: PointerEvent, state: Kept<TableState>, column: number, width: number): void {
  if (event.button !== 0) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const handle = event.currentTarget as HTMLElement;
  const from = event.clientX;
  handle.setPointerCapture(event.pointerId);
  const move = ({ clientX }: PointerEvent): void => setWidth(state, column, width + clientX - from);
  const end = (): void => handle.removeEventListener("pointermove", move);
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("lostpointercapture", end, { once: true });
}

/** As wide as what is in sight of the column needs. */
export function fitWidth(table: HTMLElement, state: Kept<TableState>, column: number): void {
  const cells = [...table.querySelectorAll<HTMLElement>(`[data-column="${column}"] > *`)];
  const widest = cells.reduce((most, cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return Math.max(most, range.getBoundingClientRect().width, cell.scrollWidth > cell.clientWidth ? cell.scrollWidth : 0);
  }, 0);
  setWidth(state, column, widest + PADDING);
}
