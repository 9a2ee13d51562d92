/** Everything one drawing of the grid needs to know; made anew for each. */
import type * as P from "../../../generated/protocol";
import type { CellRange } from "../../../shared/messages";
import type { GridStrings } from "../../../shared/gridStrings";
import type { RowState } from "../data/pageCache";
import type { RecordProblem } from "../data/problemList";
import type { RecordOrder } from "../data/recordOrder";
import type { ColumnLayout, ColumnWindow } from "./columnLayout";
import type { RowWindow } from "./scrollModel";
import type { Point } from "./selection";

/** What is being searched for, as far as drawing is concerned. */
export interface FindMarks {
  readonly text: string;
  readonly matchCase: boolean;
  readonly current: Point | null;
  isMatch(row: number, column: number): boolean;
}

/** The area right of the last column for cells that have no column; `width` is 0 while no row needs it. */
export interface ExtraArea {
  readonly start: number;
  readonly width: number;
}

export interface Frame {
  readonly columns: readonly P.Column[];
  readonly layout: ColumnLayout;
  /** Places that are visible; which records they show, `order` says. */
  readonly rows: RowWindow;
  readonly order: RecordOrder;
  readonly visible: ColumnWindow;
  readonly rowHeight: number;
  /** First visible pixel, down from the first row and right from the first column. */
  readonly top: number;
  readonly left: number;
  readonly gutterWidth: number;
  readonly extra: ExtraArea;
  readonly range: CellRange | null;
  readonly active: Point | null;
  readonly find: FindMarks | null;
  readonly strings: GridStrings;
  /** The id of the element that shows a cell while it is the active one. */
  cellId(point: Point): string;
  rowState(record: number): RowState;
  /** What is wrong with a record, as far as that is known. */
  problemOf(record: number): RecordProblem | null;
}

/** The window slot that shows item `first + …`: recycling keeps an item in its slot while it stays visible. */
export function itemOfSlot(slot: number, first: number, slots: number): number {
  return first + ((((slot - first) % slots) + slots) % slots);
}

/** A number as people write it. */
export function number(value: number): string {
  return FORMAT.format(value);
}

const FORMAT = new Intl.NumberFormat();
