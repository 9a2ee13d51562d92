/** The context menu of the table, at the mouse or at the active cell. */
import type { GridStrings } from "../../../shared/gridStrings";
import type { MenuGroups } from "../chrome/contextMenu";
import type { KeyAction } from "../view/keymap";
import type { GridPointer } from "../view/pointer";
import { contains, isMany, selectAt } from "../view/selection";
import type { CellValue } from "./cellValue";
import type { Copying } from "./copying";
import type { Shell } from "./shell";
import type { WidthFitter } from "./widths";

/** What the items of the menu do. */
export interface TableMenuParts {
  readonly copying: Copying;
  readonly exportSelection: () => void;
  readonly widths: WidthFitter;
  readonly pointer: GridPointer;
  readonly value: CellValue;
  /** "⌘" or "Ctrl+". */
  readonly commandKey: string;
  readonly carryOut: (action: KeyAction) => void;
}

export class TableMenu {
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #parts: TableMenuParts;

  constructor(shell: Shell, strings: GridStrings, parts: TableMenuParts) {
    this.#shell = shell;
    this.#strings = strings;
    this.#parts = parts;
    shell.grid.dom.root.addEventListener("contextmenu", (event) => this.#onContextMenu(event));
  }

  openAtActive(): void {
    const { grid } = this.#shell;
    const { active } = grid;
    if (!active) {
      return;
    }
    grid.reveal(active);
    const box = grid.dom.scroller.getBoundingClientRect();
    const x = box.left + grid.gutterWidth + grid.layout.startOf(active.column) - grid.left + 12;
    const y = box.top + grid.yOf(active.row) + grid.scroll.rowHeight;
    this.#open(x, y);
  }

  #onContextMenu(event: MouseEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const { grid } = this.#shell;
    const { pointer } = this.#parts;
    const mode = pointer.modeAt(event.target);
    if (!mode || grid.bounds.rows === 0) {
      return;
    }
    const point = pointer.pointAt(event.clientX, event.clientY);
    const isInside = mode === grid.selection?.mode && contains(grid.range, point.row, point.column);
    if (!isInside) {
      grid.setSelection(selectAt(point, mode));
    }
    this.#open(event.clientX, event.clientY);
  }

  #open(x: number, y: number): void {
    const { grid, menu } = this.#shell;
    menu.open(x, y, this.#items(), () => grid.dom.root.focus({ preventScroll: true }));
  }

  #items(): MenuGroups {
    const { grid, pane } = this.#shell;
    const { copying, exportSelection, widths, value, commandKey, carryOut } = this.#parts;
    const strings = this.#strings;
    const column = grid.active?.column ?? 0;
    const isOne = grid.range !== null && !isMany(grid.range);
    const showCell = { label: strings.showCell, ...(!value.isNested && { keys: "Enter" }), run: () => pane.open("cell", true) };
    return [
      copying.menuItems(`${commandKey}C`),
      [{ label: strings.exportSelection, run: exportSelection }],
      ...(isOne ? [...value.menuItems(), [showCell]] : []),
      [
        { label: strings.selectRow, keys: "Shift+Space", run: () => carryOut({ kind: "selectRow" }) },
        { label: strings.selectColumn, keys: `${commandKey}Space`, run: () => carryOut({ kind: "selectColumn" }) },
        { label: strings.selectAll, keys: `${commandKey}A`, run: () => carryOut({ kind: "selectAll" }) },
      ],
      [
        { label: strings.fitColumn, run: () => widths.fitColumn(column) },
        { label: strings.fitAllColumns, run: () => widths.fitAll(false) },
      ],
    ];
  }
}
