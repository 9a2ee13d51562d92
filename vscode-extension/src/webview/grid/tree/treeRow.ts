/** One row element of the tree, reused for whatever row comes into its place. */
import type * as P from "../../../generated/protocol";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { RecordProblem } from "../data/problemList";
import { problemText } from "../data/problemText";
import { oneLine, runsOf } from "../data/cellText";
import { putRuns } from "../view/cellSlot";
import { number } from "../view/frame";
import type { ChildState } from "./childCache";
import type { TreeNode, TreeRow } from "./treeModel";

/** Everything one drawing of the tree needs to know. */
export interface TreeFrame {
  readonly strings: GridStrings;
  readonly selected: TreeRow | null;
  /** Whether the file is one value, which then is no numbered record. */
  readonly isSingle: boolean;
  /** Among how many siblings a row is, -1 where nobody knows, and at which place. */
  setOf(row: TreeRow): { readonly size: number; readonly position: number };
  state(row: TreeRow): ChildState;
  nodeOf(row: TreeRow): TreeNode | undefined;
  isBookmarked(row: TreeRow): boolean;
  /** What is wrong with the record that a row is, null for the values inside. */
  problemOf(row: TreeRow): RecordProblem | null;
}

/** Levels that are drawn one further in than the other; below, rows are no further in and say how deep they are. */
export const DRAWN_LEVELS = 40;

export function canExpand(value: P.Summary): boolean {
  return (value.kind === "object" || value.kind === "array") && value.count !== 0;
}

export function idOf({ node, index }: TreeRow): string {
  return `tree-${node.id}-${index}`;
}

export function isSameRow(one: TreeRow | null, other: TreeRow | null): boolean {
  return one?.node === other?.node && one?.index === other?.index;
}

export class TreeRowSlot {
  readonly element: HTMLElement;
  readonly #indent = span("tree-indent");
  readonly #twistie = span("tree-twistie codicon");
  readonly #label = span("tree-label");
  #shown: ChildState | null = null;
  #problem: RecordProblem | null = null;
  #key = "";
  #y = NaN;

  constructor() {
    this.element = document.createElement("div");
    this.element.setAttribute("role", "treeitem");
    this.element.append(this.#indent, this.#twistie, this.#label);
  }

  hide(): void {
    this.element.hidden = true;
    this.#key = "";
  }

  update(frame: TreeFrame, row: TreeRow, y: number): void {
    if (y !== this.#y) {
      this.#y = y;
      this.element.style.top = `${y}px`;
    }
    const state = frame.state(row);
    const isOpen = frame.nodeOf(row) !== undefined;
    const isSelected = isSameRow(row, frame.selected);
    const guides = frame.selected?.node === row.node && row.node.depth >= 0;
    const isBookmarked = frame.isBookmarked(row);
    const { size, position } = frame.setOf(row);
    const key = [idOf(row), isOpen, isSelected, guides, isBookmarked, size, position, frame.isSingle].join();
    const problem = frame.problemOf(row);
    if (key === this.#key && state === this.#shown && problem === this.#problem) {
      return;
    }
    this.#key = key;
    this.#problem = problem;
    this.#shown = state;
    this.element.hidden = false;
    this.element.id = idOf(row);
    this.element.className = `tree-row ${state.kind}${isSelected ? " selected" : ""}${guides ? " active-level" : ""}`;
    this.#describe(row, state, isOpen, isSelected, size, position);
    this.#drawIndent(row);
    this.#twistie.classList.toggle("codicon-chevron-right", !isOpen && isExpandable(state));
    this.#twistie.classList.toggle("codicon-chevron-down", isOpen);
    this.#label.replaceChildren(...this.#content(frame, row, state, isOpen));
    if (problem) {
      const text = problemText(frame.strings, problem);
      const mark = sign("tree-problem codicon codicon-warning", format(frame.strings.malformed, text));
      mark.title = text;
      this.#label.prepend(mark);
    }
    if (isBookmarked) {
      this.#label.append(sign("tree-bookmark codicon codicon-bookmark", frame.strings.bookmarked));
    }
  }

  #describe(row: TreeRow, state: ChildState, isOpen: boolean, isSelected: boolean, size: number, position: number): void {
    const { element } = this;
    element.setAttribute("aria-level", String(row.node.depth + 2));
    element.setAttribute("aria-setsize", String(size));
    element.setAttribute("aria-posinset", String(position));
    element.setAttribute("aria-selected", String(isSelected));
    if (isOpen || isExpandable(state)) {
      element.setAttribute("aria-expanded", String(isOpen));
    } else {
      element.removeAttribute("aria-expanded");
    }
  }

  #drawIndent({ node }: TreeRow): void {
    const depth = node.depth + 1;
    this.#indent.style.setProperty("--depth", String(Math.min(depth, DRAWN_LEVELS)));
    this.#indent.textContent = depth > DRAWN_LEVELS ? number(depth) : "";
  }

  #content(frame: TreeFrame, row: TreeRow, state: ChildState, isOpen: boolean): readonly (HTMLElement | string)[] {
    switch (state.kind) {
      case "loading":
        return [span("placeholder")];
      case "failed":
        return failure(frame.strings, row, state);
      case "ready":
        return [...nameOf(frame, row, state.value), ...valueOf(frame.strings, state.value, isOpen), ...badges(frame.strings, state.value)];
    }
  }
}

function isExpandable(state: ChildState): boolean {
  return state.kind === "ready" && canExpand(state.value);
}

/** The record's number, the position in an array, or the name in an object. */
function nameOf(frame: TreeFrame, row: TreeRow, value: P.Summary): readonly HTMLElement[] {
  if (row.node.depth < 0) {
    return [span("tree-number", frame.isSingle ? "$" : number(row.index + 1)), ...(value.key === null ? [] : [keyOf(frame, value.key)])];
  }
  return [value.key === null ? span("tree-number", `${row.index}:`) : keyOf(frame, value.key)];
}

function keyOf({ strings }: TreeFrame, key: string): HTMLElement {
  if (key === "") {
    return span("tree-key unnamed", `${strings.unnamedKey}:`);
  }
  const element = span("tree-key");
  const name = textOf("tree-name", key);
  name.title = key.length > SHORT_NAME ? key.slice(0, TITLE_LENGTH) : "";
  element.append(name, ":");
  return element;
}

function valueOf(strings: GridStrings, value: P.Summary, isOpen: boolean): readonly HTMLElement[] {
  const { kind, preview } = value;
  if (kind === "object" || kind === "array") {
    const size = value.count === null ? "…" : value.count === 0 ? "" : number(value.count);
    const count = span("tree-count", kind === "array" ? `[${size}]` : `{${size}}`);
    count.title = value.count === null ? "" : format(kind === "array" ? strings.itemCount : strings.memberCount, size || 0);
    return isOpen || value.count === 0 ? [count] : [count, textOf("tree-preview", preview)];
  }
  if (kind === "string") {
    const element = textOf("tree-value kind-string", preview);
    element.prepend('"');
    element.append(preview.length >= CUT && preview.endsWith("…") ? "" : '"');
    return [element];
  }
  return [textOf(`tree-value kind-${kind}`, preview)];
}

/** Names longer than this may have been cut on the screen. */
const SHORT_NAME = 20;
/** What a tooltip has room for. */
const TITLE_LENGTH = 2000;

/** Previews this long and with dots at their end have been cut. */
const CUT = 100;

function badges(strings: GridStrings, value: P.Summary): readonly HTMLElement[] {
  return [
    ...(value.kind === "invalid" ? [span("tree-badge wrong", strings.notAValue)] : []),
    ...(value.duplicate ? [span("tree-badge", strings.duplicateKey)] : []),
  ];
}

function failure(strings: GridStrings, row: TreeRow, { error, first }: Extract<ChildState, { kind: "failed" }>): readonly HTMLElement[] {
  if (row.index !== first) {
    return [];
  }
  const button = document.createElement("button");
  button.className = "link";
  button.dataset["retry"] = "";
  button.tabIndex = -1;
  button.textContent = strings.retry;
  return [span("tree-failure", format(strings.childrenFailed, error.message)), button];
}

/** A picture with a name for those who do not see it. */
function sign(className: string, label: string): HTMLElement {
  const element = span(className);
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", label);
  return element;
}

function textOf(className: string, text: string): HTMLElement {
  const element = span(className);
  putRuns(element, runsOf(text, null));
  return element;
}

function span(className: string, text = ""): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

/** The whole of a row as one line, for what has no room for more. */
export function rowText(value: P.Summary): string {
  const name = value.key === null ? "" : `${oneLine(value.key)}: `;
  return name + oneLine(value.preview);
}
