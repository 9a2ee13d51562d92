/** What keys, menus and the palette make the grid do. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { GridCommand } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import type { KeyAction } from "../view/keymap";
import { actionFor } from "../view/keymap";
import type { GridPointer } from "../view/pointer";
import type { Point } from "../view/selection";
import { move, selectAt } from "../view/selection";
import { CellValue } from "./cellValue";
import { Copying } from "./copying";
import { Exporting } from "./exporting";
import { isFindCommand, runFind } from "./findCommands";
import type { Navigation } from "./navigation";
import type { Session } from "./session";
import type { Shell } from "./shell";
import { TableMenu } from "./tableMenu";
import type { WidthFitter } from "./widths";

const IS_MAC = navigator.userAgent.includes("Mac");

export class Commands {
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #session: Session;
  readonly #widths: WidthFitter;
  readonly #navigation: Navigation;
  readonly #copying: Copying;
  readonly #exporting: Exporting;
  readonly #value: CellValue;
  readonly #menu: TableMenu;

  constructor(
    shell: Shell,
    strings: GridStrings,
    messenger: Messenger,
    session: Session,
    widths: WidthFitter,
    pointer: GridPointer,
    navigation: Navigation,
  ) {
    this.#shell = shell;
    this.#strings = strings;
    this.#session = session;
    this.#widths = widths;
    this.#navigation = navigation;
    this.#copying = new Copying(shell, strings, messenger, session);
    this.#exporting = new Exporting(shell, strings, messenger, session);
    this.#value = new CellValue(shell, strings, messenger, session, navigation);
    this.#menu = new TableMenu(shell, strings, {
      copying: this.#copying,
      exportSelection: () => this.#exporting.export("selection"),
      widths,
      pointer,
      value: this.#value,
      commandKey: IS_MAC ? "⌘" : "Ctrl+",
      carryOut: (action) => void this.#carryOut(action),
    });
    const { root } = shell.grid.dom;
    root.addEventListener("keydown", (event) => this.#onKey(event));
    shell.root.addEventListener("keydown", (event) => this.#onOuterKey(event));
    document.addEventListener("copy", (event) => this.#onCopy(event), { signal: shell.ended });
    messenger.on("command", (command) => this.run(command));
  }

  /** Carries out a command of the palette. */
  run(command: GridCommand): void {
    const { pane, views } = this.#shell;
    if (isFindCommand(command.name)) {
      if (this.#session.document) {
        runFind(command.name, this.#shell);
      }
      return;
    }
    switch (command.name) {
      case "showProblems":
        pane.open("problems", true);
        break;
      case "showCell":
        pane.open("cell", true);
        break;
      case "showView":
        views.show(command.view, true);
        break;
      case "copyAll":
        void this.#copying.copyAll();
        break;
      case "export":
        this.#exporting.export(command.part);
        break;
      case "reveal":
        this.#navigation.jump(command.record, command.path, true);
        break;
      case "toggleBookmark":
        this.#navigation.toggleBookmark();
        break;
      case "goBack":
      case "goForward":
        this.#navigation.step(command.name === "goBack" ? -1 : 1);
        break;
      case "goToRow":
        this.#navigation.jump(command.row, command.column === undefined ? [] : [command.column], true);
        break;
      case "goToByte":
        views.show("raw", true);
        views.command(command);
        break;
      default:
        views.command(command);
    }
  }

  /** Carries out a command on the table; false where it has none of that name. */
  runInTable(command: GridCommand): boolean {
    const { grid } = this.#shell;
    const column = grid.active?.column ?? 0;
    switch (command.name) {
      case "selectAll":
        this.#selectAll();
        return true;
      case "autoFitColumns":
        this.#widths.fitAll(false);
        return true;
      case "goToStart":
      case "goToEnd":
        this.goTo({ row: grid.rows.order.recordAt(command.name === "goToStart" ? 0 : grid.rows.order.count - 1), column });
        return true;
      case "copy":
        void this.#copying.copy(command.format, command.header);
        return true;
      default:
        return this.#value.command(command);
    }
  }

  /** Selects a cell and shows it in the middle of the grid, with the focus there. */
  goTo(point: Point, focus = true): void {
    const { grid } = this.#shell;
    const { rows, columns } = grid.bounds;
    if (rows === 0 || columns === 0) {
      return;
    }
    const inside = {
      row: Math.max(0, Math.min(point.row, rows - 1)),
      column: Math.max(0, Math.min(point.column, columns - 1)),
    };
    this.#shell.searching.matching.include(inside.row);
    grid.setSelection(selectAt(inside));
    grid.reveal(inside, "center");
    if (focus) {
      grid.dom.root.focus({ preventScroll: true });
    }
  }

  #onKey(event: KeyboardEvent): void {
    const action = event.isComposing ? null : actionFor(event, IS_MAC);
    if (action && this.#carryOut(action)) {
      event.preventDefault();
      // VS Code takes the keys that reach the window, too.
      event.stopPropagation();
    }
  }

  /** Find keys work from every part of the window. */
  #onOuterKey(event: KeyboardEvent): void {
    const action = actionFor(event, IS_MAC);
    if (action && isFindCommand(action.kind) && this.#session.document && this.#carryOut(action)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #carryOut(action: KeyAction): boolean {
    const { grid, findBar, pane } = this.#shell;
    if (isFindCommand(action.kind)) {
      runFind(action.kind, this.#shell);
      return true;
    }
    switch (action.kind) {
      case "move":
        this.#move(action);
        return true;
      case "resizeColumn":
        this.#resizeActive(action.by);
        return true;
      case "selectAll":
        this.#selectAll();
        return true;
      case "selectRow":
      case "selectColumn":
        if (grid.selection) {
          grid.setSelection({ ...grid.selection, mode: action.kind === "selectRow" ? "rows" : "columns" });
        }
        return true;
      case "copy":
        void this.#copying.copy("tsv", false);
        return true;
      case "showCell":
        this.openCell(true);
        return true;
      case "contextMenu":
        this.#menu.openAtActive();
        return true;
      case "escape":
        if (findBar.isOpen) {
          findBar.close();
        } else if (pane.state.tab !== null) {
          pane.close();
        } else if (grid.active) {
          grid.setSelection(selectAt(grid.active));
        }
        return true;
    }
  }

  #move(action: Extract<KeyAction, { kind: "move" }>): void {
    const { grid } = this.#shell;
    const page = grid.scroll.rowsPerPage;
    const rows = action.rows === "pageUp" ? -page : action.rows === "pageDown" ? page : action.rows;
    const moved = move(grid.selection, rows, action.columns, action.extend, grid.columns.length, grid.rows.order);
    if (moved) {
      grid.setSelection(moved);
      grid.reveal(moved.active);
    }
  }

  #resizeActive(by: number): void {
    const { grid, announcer } = this.#shell;
    const column = grid.active?.column;
    if (column !== undefined) {
      this.#widths.choose(column, grid.layout.widthOf(column) + by);
      announcer.say(format(this.#strings.columnWidth, grid.columns[column]?.name ?? "", grid.layout.widthOf(column)));
    }
  }

  /** Shows the whole of the active cell: in the tree where it has something inside, else in the pane. */
  openCell(focus: boolean): void {
    const { grid, rows, pane } = this.#shell;
    const row = grid.active?.row;
    if (row !== undefined && rows.row(row).kind === "failed") {
      rows.retry(row);
    } else if (this.#value.isNested) {
      this.#value.openInTree();
    } else {
      pane.open("cell", focus);
    }
  }

  #selectAll(): void {
    const { grid } = this.#shell;
    const point = grid.active ?? { row: 0, column: 0 };
    grid.setSelection({ mode: "all", anchor: point, active: point });
  }

  #onCopy(event: ClipboardEvent): void {
    if (document.activeElement === this.#shell.grid.dom.root) {
      event.preventDefault();
      void this.#copying.copy("tsv", false);
    }
  }
}
