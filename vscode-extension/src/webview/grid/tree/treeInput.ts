/** Keys and the mouse on the tree. */
import { oneLine } from "../data/cellText";
import type { TreeAction } from "./treeKeys";
import { treeActionFor } from "./treeKeys";
import type { TreeRow } from "./treeModel";
import { canExpand, isSameRow } from "./treeRow";
import type { TreeView } from "./treeView";

export interface InputHooks {
  /** Shows the whole of the selected value. */
  openValue(): void;
  openMenu(x: number, y: number): void;
  expandLevel(row: TreeRow): void;
  expandAll(row: TreeRow): void;
  collapseAll(): void;
  copyValue(): void;
  /** True when there was something to be stopped or closed. */
  escape(): boolean;
}

const IS_MAC = navigator.userAgent.includes("Mac");
/** Letters typed within this time of each other make one word. */
const TYPING_MS = 800;
/** Rows looked through for the word that is typed. */
const MOST_LOOKED_AT = 5_000;

export class TreeInput {
  readonly #view: TreeView;
  readonly #hooks: InputHooks;
  #typed = "";
  #typedAt = 0;

  constructor(view: TreeView, hooks: InputHooks) {
    this.#view = view;
    this.#hooks = hooks;
    const { root } = view.dom;
    root.addEventListener("keydown", (event) => this.#onKey(event));
    root.addEventListener("pointerdown", (event) => this.#onPointer(event));
    root.addEventListener("dblclick", (event) => this.#onDoubleClick(event));
    root.addEventListener("contextmenu", (event) => this.#onContextMenu(event));
    root.addEventListener("pointerover", (event) => this.#showWhole(event));
  }

  #onKey(event: KeyboardEvent): void {
    const isTyping = this.#typed !== "" && event.timeStamp - this.#typedAt < TYPING_MS;
    const action = event.isComposing ? null : treeActionFor(event, IS_MAC, isTyping);
    if (action && this.#carryOut(action, event.timeStamp)) {
      event.preventDefault();
      // VS Code takes the keys that reach the window, too.
      event.stopPropagation();
    }
  }

  #carryOut(action: TreeAction, at: number): boolean {
    const view = this.#view;
    const row = view.selected;
    switch (action.kind) {
      case "move":
        this.#move(action.by);
        return true;
      case "type":
        this.#type(action.text, at);
        return true;
      case "escape":
        return this.#hooks.escape();
      case "editPath":
        void view.breadcrumb.edit();
        return true;
      case "collapseAll":
        this.#hooks.collapseAll();
        return true;
      case "copy":
        this.#hooks.copyValue();
        return true;
      default:
        return row !== null && this.#onRow(action.kind, row);
    }
  }

  #onRow(kind: "in" | "out" | "toggle" | "open" | "expandLevel" | "expandAll" | "contextMenu", row: TreeRow): boolean {
    const view = this.#view;
    switch (kind) {
      case "in":
        this.#goIn(row);
        return true;
      case "out":
        this.#goOut(row);
        return true;
      case "toggle":
        view.toggle(row);
        return true;
      case "open":
        this.#open(row);
        return true;
      case "expandLevel":
        this.#hooks.expandLevel(row);
        return true;
      case "expandAll":
        this.#hooks.expandAll(row);
        return true;
      case "contextMenu":
        view.screen.reveal(view.model.placeOf(row), "nearest");
        this.#hooks.openMenu(view.dom.root.getBoundingClientRect().left + 60, view.screen.yOf(view.model.placeOf(row) + 1));
        return true;
    }
  }

  #move(by: number | "pageUp" | "pageDown" | "start" | "end"): void {
    const { model, screen, selected } = this.#view;
    const last = model.rows - 1;
    const page = screen.scroll.rowsPerPage;
    const steps = by === "pageUp" ? -page : by === "pageDown" ? page : by;
    const from = selected ? model.placeOf(selected) : -1;
    const to = steps === "start" ? 0 : steps === "end" ? last : selected ? from + steps : 0;
    const row = model.rowAt(Math.max(0, Math.min(to, last)));
    if (row) {
      this.#view.select(row);
    }
  }

  /** Expands what is collapsed; in what is expanded, goes to the first child. */
  #goIn(row: TreeRow): void {
    const node = this.#view.model.nodeOf(row);
    if (node) {
      if (node.own > 0) {
        this.#view.select({ node, index: 0 });
      }
    } else {
      this.#view.toggle(row);
    }
  }

  /** Collapses what is expanded; from everything else, goes to what it is in. */
  #goOut(row: TreeRow): void {
    const { model } = this.#view;
    if (model.nodeOf(row)) {
      this.#view.toggle(row);
    } else if (row.node.parent) {
      this.#view.select({ node: row.node.parent, index: row.node.index });
    }
  }

  #open(row: TreeRow): void {
    const value = this.#view.valueOf(row);
    if (this.#view.cache.child(row).kind === "failed") {
      this.#view.cache.retry(row);
    } else if (value && canExpand(value)) {
      this.#view.toggle(row);
    } else {
      this.#hooks.openValue();
    }
  }

  /** Goes to the next row whose name or value begins with what is being typed. */
  #type(text: string, at: number): void {
    const isNew = at - this.#typedAt >= TYPING_MS;
    this.#typed = isNew ? text : this.#typed + text;
    this.#typedAt = at;
    const { model, selected } = this.#view;
    // The same letter again and again goes from one to the next.
    const isRepeated = new Set(this.#typed).size === 1;
    const word = (isRepeated ? text : this.#typed).toLowerCase();
    const from = selected ? model.placeOf(selected) : 0;
    for (let step = isNew || isRepeated ? 1 : 0; step < Math.min(model.rows, MOST_LOOKED_AT); step++) {
      const row = model.rowAt((from + step) % model.rows);
      const value = row && this.#view.valueOf(row);
      if (value && (value.key === null ? [value.preview, String(value.index)] : [value.key]).some((name) => oneLine(name).toLowerCase().startsWith(word))) {
        this.#view.select(row);
        return;
      }
    }
  }

  #rowAt(event: MouseEvent): TreeRow | undefined {
    const place = this.#view.screen.placeAt(event.clientY);
    return place === null ? undefined : this.#view.model.rowAt(place);
  }

  #onPointer(event: PointerEvent): void {
    const { target } = event;
    const row = this.#rowAt(event);
    if (event.button !== 0 || !row || !(target instanceof HTMLElement) || !target.closest(".tree-row")) {
      return;
    }
    if (target.dataset["retry"] !== undefined) {
      this.#view.cache.retry(row);
      return;
    }
    this.#view.select(row);
    if (target.closest(".tree-twistie")) {
      const command = IS_MAC ? event.metaKey : event.ctrlKey;
      if (command) {
        this.#hooks.expandLevel(row);
      } else if (event.altKey) {
        this.#hooks.expandAll(row);
      } else {
        this.#view.toggle(row);
      }
    }
  }

  #onDoubleClick(event: MouseEvent): void {
    const row = this.#rowAt(event);
    if (row && event.target instanceof Element && !event.target.closest(".tree-twistie, .link")) {
      this.#open(row);
    }
  }

  #onContextMenu(event: MouseEvent): void {
    event.preventDefault();
    event.stopPropagation();
    const row = this.#rowAt(event);
    if (row) {
      if (!isSameRow(row, this.#view.selected)) {
        this.#view.select(row);
      }
      this.#hooks.openMenu(event.clientX, event.clientY);
    }
  }

  /** Gives a row that does not fit a tooltip with more of it. */
  #showWhole(event: PointerEvent): void {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>(".tree-row") : null;
    const label = element?.querySelector<HTMLElement>(".tree-label");
    if (element && label) {
      element.title = label.scrollWidth > label.clientWidth ? label.textContent : "";
    }
  }
}
