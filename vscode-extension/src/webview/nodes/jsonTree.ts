/** Any JSON value as a tree that opens and closes, drawn as far as it is open. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { format } from "../../shared/gridStrings";
import type { Kept, NodeContext } from "./context";
import type { JsonRow } from "./jsonRows";
import { isContainer, jsonRows } from "./jsonRows";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

interface TreeState {
  readonly toggled: ReadonlyMap<string, boolean>;
  readonly active: string;
  /** How many rows are drawn at most. */
  readonly limit: number;
}

const STEP = 500;
const INDENT = 16;
const TEXT = 10_000;
const INITIAL: TreeState = { toggled: new Map(), active: "", limit: STEP };

export function jsonTree(node: Node<"json-tree">, context: NodeContext): TemplateResult {
  // Several trees of a surface may have the default id: the place in the tree tells them apart.
  const state = context.keep("json-tree", node.id === "json-tree" ? "" : node.id, INITIAL);
  const { rows, hasMore } = jsonRows(node.value, state.value.toggled, state.value.limit);
  const active = rows.find(({ path }) => path === state.value.active) ?? rows[0];
  const id = (row: JsonRow): string => context.domId(`json${row.path}`);
  return html`<div class="n-json ${node.framed ? "n-framed" : ""}">
    <div
      class="n-json-tree"
      role="tree"
      tabindex="0"
      aria-label=${context.strings.nodeJson}
      aria-activedescendant=${active ? id(active) : nothing}
      @keydown=${(event: KeyboardEvent) => onKey(event, rows, active, state)}
      @click=${(event: MouseEvent) => onClick(event, rows, state)}
    >
      ${rows.map((row, index) => treeRow(row, index, row === active, id(row), context))}
    </div>
    ${hasMore
      ? html`<button type="button" class="link n-more" @click=${() => state.set({ ...state.value, limit: state.value.limit + STEP })}>
          ${format(context.strings.nodeShowMore, STEP)}
        </button>`
      : nothing}
  </div>`;
}

function treeRow(row: JsonRow, index: number, isActive: boolean, id: string, context: NodeContext): TemplateResult {
  const folds = isContainer(row.kind) && row.count > 0;
  return html`<div
    class="n-json-row ${isActive ? "n-active" : ""}"
    role="treeitem"
    id=${id}
    data-index=${index}
    aria-level=${row.depth + 1}
    aria-expanded=${folds ? row.isOpen : nothing}
    aria-selected=${isActive}
    ${styled({ "padding-left": px(Math.min(row.depth, 60) * INDENT) })}
  >
    <span class="n-twisty ${folds ? `codicon codicon-chevron-${row.isOpen ? "down" : "right"}` : ""}" aria-hidden="true"></span
    >${row.key === null
      ? nothing
      : html`<span class="n-token-key">${typeof row.key === "number" ? row.key : context.words(row.key, TEXT)}</span
          ><span class="n-muted">: </span>`}<span class="n-json-${row.kind}">${context.words(row.text, TEXT)}</span>
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
  return { ...state, active: row.path, toggled: new Map(state.toggled).set(row.path, isOpen) };
}

/** The keys of VS Code's trees. */
function onKey(event: KeyboardEvent, rows: readonly JsonRow[], active: JsonRow | undefined, state: Kept<TreeState>): void {
  if (!active || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const next = stateFor(event.key, rows, active, state.value);
  if (!next) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const tree = event.currentTarget as HTMLElement;
  state.set(next);
  const shown = tree.querySelector(".n-active");
  shown?.scrollIntoView({ block: "nearest" });
}

function stateFor(key: string, rows: readonly JsonRow[], active: JsonRow, state: TreeState): TreeState | null {
  const at = rows.indexOf(active);
  const goTo = (row: JsonRow | undefined): TreeState => ({ ...state, active: (row ?? active).path });
  const folds = isContainer(active.kind) && active.count > 0;
  switch (key) {
    case "ArrowDown":
      return goTo(rows[at + 1]);
    case "ArrowUp":
      return goTo(rows[at - 1]);
    case "Home":
      return goTo(rows[0]);
    case "End":
      return goTo(rows.at(-1));
    case "ArrowRight":
      return folds && !active.isOpen ? toggle(state, active, true) : goTo(rows[at + 1]);
    case "ArrowLeft":
      return folds && active.isOpen
        ? toggle(state, active, false)
        : goTo(rows.slice(0, at).findLast(({ depth }) => depth < active.depth));
    case "Enter":
    case " ":
      return folds ? toggle(state, active, !active.isOpen) : null;
    default:
      return null;
  }
}
