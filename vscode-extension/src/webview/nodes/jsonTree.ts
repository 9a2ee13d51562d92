/** Any JSON value as a tree that opens and closes, drawn as far as it is in sight. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Drawn, Kept, NodeContext } from "./context";
import type { JsonRow, Toggled } from "./jsonRows";
import { isContainer, jsonRows, jsonText, textOf } from "./jsonRows";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";
import { rowsInSight, type RowsInSight } from "./windowed";

/** As JSON, so that it can be kept. */
interface TreeState {
  readonly toggled: Toggled;
  /** The path of the row that the keys start from. */
  readonly active: string | null;
  readonly top: number;
}

const HEIGHT = 22;
const INDENT = 16;
const TEXT = 2000;
const INITIAL: TreeState = { toggled: {}, active: null, top: 0 };

export function jsonTree(node: Node<"json-tree">, context: NodeContext): TemplateResult {
  // Several trees of a surface may have the default id: the place in the tree tells them apart.
  const state = context.keep("json-tree", node.id === "json-tree" ? "" : node.id, INITIAL);
  const { toggled, active: path, top } = state.value;
  const rows = jsonRows(node.value, toggled);
  const at = Math.max(0, rows.findIndex((row) => row.path === path));
  const active = rows[at];
  return html`<div class="n-json ${node.framed ? "n-framed" : ""}">
    <div
      class="n-json-tree n-window"
      data-own-scroll
      role="tree"
      tabindex="0"
      aria-label=${context.strings.nodeJson}
      aria-activedescendant=${active ? context.domId(`json${active.path}`) : nothing}
      @keydown=${(event: KeyboardEvent) => onKey(event, rows, at, state, context)}
      @click=${(event: MouseEvent) => onClick(event, rows, state)}
    >
      ${rowsInSight({
        context,
        count: rows.length,
        height: HEIGHT,
        ...(path === null ? {} : { reveal: at }),
        top,
        scrolled: (to) => state.set({ ...state.value, top: to }, true),
        draw: (shown) => drawRows(rows, active, shown, context),
      })}
    </div>
  </div>`;
}

function drawRows(rows: readonly JsonRow[], active: JsonRow | undefined, { first, last, above, below }: RowsInSight, context: NodeContext): Drawn {
  const shown = rows.slice(first, last + 1);
  return html`<div class="n-gap" role="none" ${styled({ height: px(above) })}></div>
    ${repeat(shown, ({ path }) => path, (row, index) => treeRow(row, first + index, row === active, context))}
    <div class="n-gap" role="none" ${styled({ height: px(below) })}></div>`;
}

function treeRow(row: JsonRow, index: number, isActive: boolean, context: NodeContext): TemplateResult {
  const folds = isContainer(row.kind) && row.count > 0;
  return html`<div
    class="n-json-row ${isActive ? "n-active" : ""}"
    role="treeitem"
    id=${context.domId(`json${row.path}`)}
    data-index=${index}
    aria-level=${row.depth + 1}
    aria-posinset=${row.position}
    aria-setsize=${row.siblings}
    aria-expanded=${folds ? row.isOpen : nothing}
    aria-selected=${isActive}
    ${styled({ "padding-left": px(Math.min(row.depth, 60) * INDENT) })}
  >
    <span class="n-twisty ${folds ? `codicon codicon-chevron-${row.isOpen ? "down" : "right"}` : ""}" aria-hidden="true"></span
    >${row.key === null
      ? nothing
      : html`<span class="n-token-key">${typeof row.key === "number" ? row.key : context.words(row.key, TEXT)}</span
          ><span class="n-muted">: </span>`}<span class="n-json-${row.kind}">${context.words(textOf(row), TEXT)}</span>
  </div>`;
}

function onClick(event: MouseEvent, rows: readonly JsonRow[], state: Kept<TreeState>): void {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
  const row = element ? rows[Number(element.dataset["index"])] : undefined;
  // Marking text with the pointer is no click.
  if (row && document.getSelection()?.type !== "Range") {
    state.set(isContainer(row.kind) ? toggle(state.value, row, !row.isOpen) : { ...state.value, active: row.path });
  }
}

function toggle(state: TreeState, row: JsonRow, isOpen: boolean): TreeState {
  return { ...state, active: row.path, toggled: { ...state.toggled, [row.path]: isOpen } };
}

/** The keys of VS Code's trees. Ctrl+C copies the active value. */
function onKey(event: KeyboardEvent, rows: readonly JsonRow[], at: number, state: Kept<TreeState>, context: NodeContext): void {
  const active = rows[at];
  if (!active || event.altKey) {
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    if (event.key === "c" && document.getSelection()?.type !== "Range") {
      const text = jsonText(active.value);
      event.preventDefault();
      if (text !== null) {
        context.surface.copy(text);
      }
    }
    return;
  }
  const next = stateFor(event.key, rows, at, state.value);
  if (next) {
    event.preventDefault();
    event.stopPropagation();
    state.set(next);
  }
}

/** Rows a page key goes by. */
const PAGE = 15;

function stateFor(key: string, rows: readonly JsonRow[], at: number, state: TreeState): TreeState | null {
  const active = rows[at];
  if (active === undefined) {
    return null;
  }
  const goTo = (index: number): TreeState => ({ ...state, active: (rows[Math.max(0, Math.min(rows.length - 1, index))] ?? active).path });
  const folds = isContainer(active.kind) && active.count > 0;
  switch (key) {
    case "ArrowDown":
      return goTo(at + 1);
    case "ArrowUp":
      return goTo(at - 1);
    case "PageDown":
      return goTo(at + PAGE);
    case "PageUp":
      return goTo(at - PAGE);
    case "Home":
      return goTo(0);
    case "End":
      return goTo(rows.length - 1);
    case "ArrowRight":
      return folds && !active.isOpen ? toggle(state, active, true) : goTo(folds ? at + 1 : at);
    case "ArrowLeft":
      return folds && active.isOpen
        ? toggle(state, active, false)
        : goTo(rows.slice(0, at).findLastIndex(({ depth }) => depth < active.depth));
    case "Enter":
    case " ":
      return folds ? toggle(state, active, !active.isOpen) : null;
    default:
      return null;
  }
}
