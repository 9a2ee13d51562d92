/** One cell element, reused for whatever cell comes into its place. */
import { format } from "../../../shared/gridStrings";
import type { Cell, Row } from "../data/rows";
import { cutAt, shownText } from "../data/rows";
import type { CellKind, Run } from "../data/cellText";
import { cellKind, isNested, isRightAligned, oneLine, runsOf } from "../data/cellText";
import type { Frame } from "./frame";
import { number } from "./frame";
import { contains } from "./selection";

const LOADING = Symbol("loading");
type Content = Cell | undefined | typeof LOADING;

/** The row numbers have the class "number" already, among others. */
const CLASSES: Readonly<Partial<Record<CellKind | "loading", string>>> = {
  number: "kind-number",
  boolean: "kind-boolean",
  object: "kind-nested",
  array: "kind-nested",
  invalid: "kind-invalid",
};
const EMPTY_SIGN = "·";
const MISSING_SIGN = "—";

export class CellSlot {
  readonly element: HTMLElement;
  #column = -1;
  #layoutVersion = -1;
  #content: Content;
  #contentColumn = -1;
  #findKey = "";
  #className = "";
  #label: string | null = null;
  #id = "";
  #selected = "";

  constructor() {
    this.element = document.createElement("div");
    this.element.setAttribute("role", "gridcell");
  }

  hide(): void {
    if (this.#column !== -1) {
      this.#column = -1;
      this.element.hidden = true;
    }
  }

  /** Draws the cell of `row` (its cells, or null while they are not here) and `column`. */
  update(frame: Frame, row: number, column: number, cells: Row | null): void {
    this.#place(frame, column);
    const content = cells ? cells[column] : LOADING;
    const description = frame.columns[column];
    if (!description) {
      return;
    }
    const kind = content === LOADING ? "loading" : cellKind(content, description);
    const isMatch = kind !== "loading" && frame.find?.isMatch(row, column) === true;
    this.#fill(frame, column, content, kind, isMatch);
    const isActive = frame.active?.row === row && frame.active.column === column;
    const isCurrent = isMatch && frame.find.current?.row === row && frame.find.current.column === column;
    const isSelected = contains(frame.range, row, column);
    this.#setClass(
      `cell ${CLASSES[kind] ?? kind}${isRightAligned(description) && !isNested(kind) ? " right" : ""}${isSelected ? " selected" : ""}` +
        `${isActive ? " active" : ""}${isMatch ? " match" : ""}${isCurrent ? " current" : ""}`,
    );
    this.#setSelected(isSelected);
    this.#setId(isActive ? frame.cellId({ row, column }) : "");
    const label = isActive || isMatch || kind !== "text" ? labelOf(frame, row, column, content, kind, isActive, isMatch) : null;
    this.#setLabel(label);
  }

  #place(frame: Frame, column: number): void {
    if (this.#column !== column) {
      this.element.hidden = false;
      this.element.dataset["col"] = String(column);
      this.element.setAttribute("aria-colindex", String(column + 2));
    } else if (this.#layoutVersion === frame.layout.version) {
      return;
    }
    this.#column = column;
    this.#layoutVersion = frame.layout.version;
    this.element.style.left = `${frame.layout.startOf(column)}px`;
    this.element.style.width = `${frame.layout.widthOf(column)}px`;
  }

  #fill(frame: Frame, column: number, content: Content, kind: CellKind | "loading", isMatch: boolean): void {
    const findKey = isMatch && frame.find ? `${frame.find.matchCase ? "c" : "i"}${frame.find.text}` : "";
    if (content === this.#content && column === this.#contentColumn && findKey === this.#findKey) {
      return;
    }
    this.#content = content;
    this.#contentColumn = column;
    this.#findKey = findKey;
    if (kind === "loading") {
      this.element.textContent = "";
    } else if (kind === "empty" || kind === "missing") {
      this.element.textContent = kind === "empty" ? EMPTY_SIGN : MISSING_SIGN;
    } else if (content !== LOADING && content !== undefined) {
      const runs = runsOf(shownText(content), isMatch ? frame.find : null);
      putRuns(this.element, cutAt(content) === null ? runs : [...runs, { kind: "sign", text: "…" }]);
      if (typeof content === "object" && "count" in content && typeof content.count === "number") {
        this.element.prepend(childCount(content.kind, content.count));
      }
    }
  }

  #setClass(className: string): void {
    if (className !== this.#className) {
      this.#className = className;
      this.element.className = className;
    }
  }

  #setSelected(selected: boolean): void {
    const value = selected ? "true" : "false";
    if (value !== this.#selected) {
      this.#selected = value;
      this.element.setAttribute("aria-selected", value);
    }
  }

  #setId(id: string): void {
    if (id !== this.#id) {
      this.#id = id;
      if (id) {
        this.element.id = id;
      } else {
        this.element.removeAttribute("id");
      }
    }
  }

  #setLabel(label: string | null): void {
    if (label !== this.#label) {
      this.#label = label;
      if (label === null) {
        this.element.removeAttribute("aria-label");
      } else {
        this.element.setAttribute("aria-label", label);
      }
    }
  }
}

/** How many children a nested value has, in the brackets of its kind. */
function childCount(kind: string, count: number): HTMLElement {
  const element = document.createElement("span");
  element.className = "child-count";
  element.textContent = kind === "array" ? `[${number(count)}]` : `{${number(count)}}`;
  return element;
}

/** Puts runs into an element; a single plain one becomes its text. */
export function putRuns(element: HTMLElement, runs: readonly Run[]): void {
  const [only] = runs;
  if (runs.length === 1 && only?.kind === "text") {
    element.textContent = only.text;
    return;
  }
  element.replaceChildren(
    ...runs.map((run) => {
      if (run.kind === "text") {
        return document.createTextNode(run.text);
      }
      const part = document.createElement(run.kind === "found" ? "mark" : "span");
      part.className = run.kind;
      part.textContent = run.text;
      return part;
    }),
  );
}

/** What a screen reader says of a cell; the active one also names its column and row. */
function labelOf(
  frame: Frame,
  row: number,
  column: number,
  content: Content,
  kind: CellKind | "loading",
  isActive: boolean,
  isMatch: boolean,
): string {
  const { strings } = frame;
  let label = valueLabel(frame, content, kind);
  if (isMatch) {
    label = format(strings.matchLabel, label);
  }
  if (!isActive) {
    return label;
  }
  const name = frame.columns[column]?.name ?? "";
  return format(strings.cellLabel, label, name === "" ? strings.unnamedColumn : name, number(row + 1));
}

function valueLabel({ strings }: Frame, content: Content, kind: CellKind | "loading"): string {
  if (content === LOADING || kind === "loading") {
    return strings.cellLoading;
  }
  if (content === undefined) {
    return strings.cellMissing;
  }
  if (content === "") {
    return strings.cellEmpty;
  }
  const text = oneLine(shownText(content)).slice(0, 200);
  const bytes = cutAt(content);
  if (bytes !== null) {
    return format(strings.cellTruncated, text, format(strings.bytes, number(bytes)));
  }
  return kind === "null" ? format(strings.cellNull, text) : text;
}
