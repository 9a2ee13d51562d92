/** The value the active cell of the table shows: where it is in its record, opening it in the tree, and copying it. */
import type { GridStrings } from "../../../shared/gridStrings";
import type { GridCommand } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import type { MenuGroups } from "../chrome/contextMenu";
import { isNested } from "../data/cellText";
import { kindOf } from "../data/rows";
import type { Navigation } from "./navigation";
import type { Session } from "./session";
import type { Shell } from "./shell";
import { ValueCopying } from "./valueCopying";
import type { Place } from "./views";

export class CellValue {
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #session: Session;
  readonly #navigation: Navigation;
  readonly #copying: ValueCopying;

  constructor(shell: Shell, strings: GridStrings, messenger: Messenger, session: Session, navigation: Navigation) {
    this.#shell = shell;
    this.#strings = strings;
    this.#session = session;
    this.#navigation = navigation;
    this.#copying = new ValueCopying(shell, strings, messenger);
  }

  /** Whether the active cell shows a part of an object or array only. */
  get isNested(): boolean {
    const { active, rows } = this.#shell.grid;
    const state = active && rows.row(active.row);
    return state?.kind === "ready" && isNested(kindOf(state.row[active?.column ?? 0]));
  }

  /** Shows the value in the tree. */
  openInTree(): void {
    const place = this.#place;
    if (place) {
      this.#navigation.jump(place.record, place.path, true, "tree");
    }
  }

  /** Carries out a command; false for one that is not about a value. */
  command(command: GridCommand): boolean {
    const place = this.#place;
    const generation = this.#session.document?.generation;
    switch (command.name) {
      case "copyKey":
        void this.#copying.text(String(this.#names.at(-1) ?? ""));
        return true;
      case "copyPath":
        void this.#copying.path(this.#names, command.syntax);
        return true;
      case "copyValue":
        if (place && generation !== undefined) {
          void this.#copying.value(generation, place, command.form);
        }
        return true;
      case "editPath":
        this.openInTree();
        return this.#shell.views.command(command);
      default:
        return false;
    }
  }

  /** What the context menu offers for one cell. */
  menuItems(): MenuGroups {
    if (!this.#shell.views.offered.includes("tree")) {
      return [];
    }
    const strings = this.#strings;
    return [
      this.#copying.pathItems(() => this.#names),
      [
        { label: strings.openInTree, ...(this.isNested && { keys: "Enter" }), run: () => this.openInTree() },
        { label: strings.toggleBookmark, run: () => this.#navigation.toggleBookmark() },
      ],
    ];
  }

  get #place(): Place | null {
    return this.#shell.views.get("table")?.place ?? null;
  }

  /** The path by names, as it is written for other programs. */
  get #names(): readonly (string | number)[] {
    const { active, columns } = this.#shell.grid;
    const column = active && columns[active.column];
    return column ? (column.path ?? [column.name]) : [];
  }
}
