/** The row of column names, which stays while the rows scroll. */
import type * as P from "../../../generated/protocol";
import type { GridStrings, StringKey } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { isRightAligned, oneLine } from "../data/cellText";
import type { Frame } from "./frame";
import { itemOfSlot, number } from "./frame";

const ICONS: Readonly<Record<P.Column["type"], string>> = {
  text: "symbol-string",
  integer: "symbol-number",
  float: "symbol-number",
  boolean: "symbol-boolean",
  date: "calendar",
  time: "watch",
  timestamp: "history",
  uuid: "key",
  json: "json",
};
const TYPE_NAMES: Readonly<Record<P.Column["type"], StringKey>> = {
  text: "typeText",
  integer: "typeInteger",
  float: "typeFloat",
  boolean: "typeBoolean",
  date: "typeDate",
  time: "typeTime",
  timestamp: "typeTimestamp",
  uuid: "typeUuid",
  json: "typeJson",
};

interface HeaderSlot {
  readonly element: HTMLElement;
  readonly icon: HTMLElement;
  readonly name: HTMLElement;
  readonly resizer: HTMLElement;
  column: number;
  described: P.Column | null;
  layoutVersion: number;
}

export class HeaderView {
  readonly #lane: HTMLElement;
  readonly #extra: HTMLElement;
  readonly #slots: HeaderSlot[] = [];

  /** `cells` takes the column headers. */
  constructor(cells: HTMLElement) {
    this.#lane = document.createElement("div");
    this.#lane.className = "lane";
    this.#lane.setAttribute("role", "presentation");
    cells.append(this.#lane);
    this.#extra = document.createElement("div");
    this.#extra.className = "column extra-column";
    this.#extra.setAttribute("aria-hidden", "true");
    this.#extra.hidden = true;
    this.#lane.append(this.#extra);
  }

  draw(frame: Frame): void {
    const { first, last } = frame.visible;
    while (this.#slots.length < last - first + 1) {
      this.#slots.push(this.#create());
    }
    this.#slots.forEach((slot, index) => {
      const column = itemOfSlot(index, first, this.#slots.length);
      if (column <= last) {
        update(slot, frame, column);
      } else if (slot.column !== -1) {
        slot.column = -1;
        slot.element.hidden = true;
      }
    });
    this.#lane.style.transform = `translateX(${-frame.left}px)`;
    this.#extra.hidden = frame.extra.width === 0;
    this.#extra.textContent = frame.strings.extraCells;
    this.#extra.style.left = `${frame.extra.start}px`;
    this.#extra.style.width = `${frame.extra.width}px`;
  }

  #create(): HeaderSlot {
    const element = document.createElement("div");
    const icon = document.createElement("span");
    const name = document.createElement("span");
    const resizer = document.createElement("span");
    element.setAttribute("role", "columnheader");
    icon.setAttribute("aria-hidden", "true");
    name.className = "name";
    resizer.className = "resizer";
    resizer.setAttribute("aria-hidden", "true");
    element.append(icon, name, resizer);
    this.#lane.append(element);
    return { element, icon, name, resizer, column: -1, described: null, layoutVersion: -1 };
  }
}

function update(slot: HeaderSlot, frame: Frame, column: number): void {
  const described = frame.columns[column];
  if (!described) {
    return;
  }
  const { element } = slot;
  if (slot.column !== column || slot.described !== described) {
    element.hidden = false;
    element.dataset["col"] = String(column);
    slot.resizer.dataset["resize"] = String(column);
    describe(slot, described, frame.strings, column, frame.columns.length);
  }
  if (slot.column !== column || slot.layoutVersion !== frame.layout.version) {
    element.style.left = `${frame.layout.startOf(column)}px`;
    element.style.width = `${frame.layout.widthOf(column)}px`;
  }
  slot.column = column;
  slot.described = described;
  slot.layoutVersion = frame.layout.version;
  const { range } = frame;
  const isSelected = range !== null && column >= range.left && column <= range.right;
  element.className =
    `column${isRightAligned(described) ? " right" : ""}${isSelected ? " in-selection" : ""}` +
    (frame.active?.column === column ? " active-column" : "");
}

function describe(slot: HeaderSlot, column: P.Column, strings: GridStrings, index: number, count: number): void {
  const name = column.name === "" ? strings.unnamedColumn : oneLine(column.name);
  const type = strings[TYPE_NAMES[column.type]];
  slot.icon.className = `type-icon codicon codicon-${ICONS[column.type]}`;
  slot.name.textContent = name;
  slot.name.classList.toggle("unnamed", column.name === "");
  slot.resizer.title = strings.resizeColumn;
  const hint = format(strings.columnHint, name, type, number(index + 1), number(count));
  const nulls = column.nulls.filter((text) => text !== "").join(", ");
  slot.element.title = nulls ? `${hint}\n${format(strings.columnNulls, nulls)}` : hint;
  slot.element.setAttribute("aria-label", format(strings.columnLabel, name, type));
  slot.element.setAttribute("aria-colindex", String(index + 2));
}
