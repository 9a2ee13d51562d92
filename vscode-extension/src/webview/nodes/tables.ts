/** Tables of nodes. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { format } from "../../shared/gridStrings";
import { tint } from "./colors";
import { dragWidth, fitWidth, INITIAL, naturalWidths, stepOf, setWidth, type TableState } from "./columns";
import { tabbed, wordsOf } from "./cellText";
import type { Drawn, Kept, NodeContext } from "./context";
import { openCopyMenu } from "./copyMenu";
import { isObject } from "./fields";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";
import { moveCell } from "./tableKeys";
import { rowsInSight, type RowsInSight } from "./windowed";

const RIGHT: ReadonlySet<string> = new Set(["integer", "float", "timestamp", "date", "time"]);
const ENUM_COLORS = ["secondary", "accent", "success", "warning", "info"] as const;
const MOST_COLUMNS = 1000;
const GUTTER = 44;
const ROW = 30;
/** Longer tables are drawn as far as they are in sight, in rows of one height. */
const LONG = 100;

type ColumnType = Node<"table">["column_types"][number] | undefined;

/** A table, with what its parts need to know of it. */
interface Shown {
  readonly node: Node<"table">;
  readonly rows: readonly (readonly unknown[])[];
  readonly columns: number;
  readonly widths: readonly number[];
  readonly state: Kept<TableState>;
  readonly context: NodeContext;
}

export function table(node: Node<"table">, context: NodeContext): TemplateResult {
  const columns = Math.min(MOST_COLUMNS, node.rows.reduce((most, cells) => Math.max(most, cells.length), node.headers.length));
  const rows = context.take(node.rows);
  const state = context.keep("table", "", INITIAL);
  const widths = naturalWidths(node, columns).map((width, column) => state.value.widths[column] ?? width);
  const shown: Shown = { node, rows, columns, widths, state, context };
  const left = node.rows.length - rows.length;
  const isLong = rows.length > LONG;
  return html`<div class="n-table ${node.framed ? "n-framed" : ""} ${isLong ? "n-window n-long" : ""}" ?data-own-scroll=${isLong}>
    <table
      role="grid"
      aria-readonly="true"
      aria-label=${context.strings.nodeTable}
      aria-rowcount=${rows.length + 1}
      @keydown=${(event: KeyboardEvent) => onKey(event, shown)}
      @focusin=${(event: FocusEvent) => onFocus(event, state)}
      @contextmenu=${(event: MouseEvent) => onMenu(event, shown)}
      ${styled({ width: px(widths.reduce((sum, width) => sum + width, GUTTER)) })}
    >
      <colgroup>
        <col ${styled({ width: px(GUTTER) })} />
        ${widths.map((width) => html`<col ${styled({ width: px(width) })} />`)}
      </colgroup>
      <thead>
        <tr aria-rowindex="1">
          <th class="n-gutter" scope="col">#</th>
          ${widths.map((_, index) => header(index, shown))}
        </tr>
      </thead>
      <tbody>
        ${isLong ? longBody(shown) : rows.map((_, index) => bodyRow(index, shown))}
      </tbody>
    </table>
    ${left > 0 ? html`<div class="n-note">${format(context.strings.nodeMore, left)}</div>` : nothing}
  </div>`;
}

function longBody(shown: Shown): Drawn {
  const { context, rows, state } = shown;
  const gap = (height: number): TemplateResult => html`<tr class="n-gap" aria-hidden="true" ${styled({ height: px(height) })}></tr>`;
  const draw = ({ first, last, above, below }: RowsInSight): Drawn => {
    const indexes = rows.slice(first, last + 1).map((_, at) => first + at);
    return html`${gap(above)}${repeat(indexes, (index) => index, (index) => bodyRow(index, shown))}${gap(below)}`;
  };
  const scrolled = (top: number): void => state.set({ ...state.value, top }, true);
  return rowsInSight({ context, count: rows.length, height: ROW, top: state.value.top, scrolled, draw });
}

function header(column: number, { node, widths, state, context }: Shown): TemplateResult {
  const type = node.column_types[column];
  return html`<th
    scope="col"
    class=${isRight(type) ? "n-right" : ""}
    data-row="-1"
    data-column=${column}
    tabindex=${tabIndex(-1, column, state)}
  >
    <div class="n-cell">${context.words(node.headers[column] ?? "")}</div>
    <span
      class="n-column-handle"
      @pointerdown=${(event: PointerEvent) => dragWidth(event, state, column, widths[column] ?? 0)}
      @dblclick=${(event: MouseEvent) => fitWidth((event.currentTarget as HTMLElement).closest("table") ?? document.body, state, column)}
    ></span>
  </th>`;
}

function bodyRow(index: number, shown: Shown): TemplateResult {
  const { rows, columns, context } = shown;
  const cells = rows[index] ?? [];
  return html`<tr aria-rowindex=${index + 2} class=${index % 2 === 0 ? "" : "n-odd"}>
    <th class="n-gutter" scope="row">${index + 1}</th>
    ${Array.from({ length: columns }, (_, column) => bodyCell(cells, index, column, shown, context))}
  </tr>`;
}

function bodyCell(cells: readonly unknown[], row: number, column: number, { node, state }: Shown, context: NodeContext): TemplateResult {
  const type = node.column_types[column];
  return html`<td
    class=${isRight(type) ? "n-right" : ""}
    data-row=${row}
    data-column=${column}
    tabindex=${tabIndex(row, column, state)}
  >
    <div class="n-cell">${column < cells.length ? content(cells[column], type, `${row}:${column}`, context) : nothing}</div>
  </td>`;
}

function tabIndex(row: number, column: number, { value }: Kept<TableState>): number {
  return value.row === row && value.column === column ? 0 : -1;
}

function content(cell: unknown, type: ColumnType, step: string, context: NodeContext): Drawn {
  if (cell === null) {
    return html`<span class="n-null">null</span>`;
  }
  // A plain text in a column of enums is one of its values.
  if (type === "enum" && isObject(cell) && cell["type"] === "text" && typeof cell["text"] === "string") {
    const color = ENUM_COLORS[hash(cell["text"]) % ENUM_COLORS.length];
    return html`<span class="n-badge n-soft n-pill n-tinted" ${styled(tint(color))}>${context.words(cell["text"])}</span>`;
  }
  return context.draw(cell, step);
}

function onFocus(event: FocusEvent, state: Kept<TableState>): void {
  const place = placeOf(event.target);
  const table = event.currentTarget as HTMLElement;
  if (place !== null && (place.row !== state.value.row || place.column !== state.value.column)) {
    table.querySelectorAll('[tabindex="0"][data-row]').forEach((cell) => cell.setAttribute("tabindex", "-1"));
    place.cell.setAttribute("tabindex", "0");
    state.set({ ...state.value, row: place.row, column: place.column }, true);
  }
}

/** The cell something is in. */
function placeOf(target: EventTarget | null): { readonly cell: HTMLElement; readonly row: number; readonly column: number } | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-column]") : null;
  return cell === null ? null : { cell, row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) };
}

/** Arrows go from cell to cell, with Shift they change a column's width; Ctrl+C copies a cell. */
function onKey(event: KeyboardEvent, shown: Shown): void {
  const place = placeOf(event.target);
  if (place?.cell !== event.target || event.altKey) {
    return; // what is in a cell has keys of its own
  }
  const { state, widths, rows, columns, node, context } = shown;
  const step = stepOf(event);
  if (step !== null) {
    setWidth(state, place.column, (widths[place.column] ?? 0) + step);
  } else if ((event.ctrlKey || event.metaKey) && event.key === "c") {
    context.surface.copy(place.row < 0 ? (node.headers[place.column] ?? "") : wordsOf(rows[place.row]?.[place.column]));
  } else if (!moveCell(event, event.currentTarget as HTMLElement, place, rows.length, columns, ROW)) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function onMenu(event: MouseEvent, { node, rows, context }: Shown): void {
  const place = placeOf(event.target);
  if (place === null) {
    return;
  }
  const { row, column, cell } = place;
  const { strings, surface } = context;
  const cells = rows[row] ?? [];
  const wholeColumn = (): string => [node.headers[column] ?? "", ...rows.map((each) => wordsOf(each[column]))].join("\n");
  const items = [
    { label: strings.nodeCopyCell, text: () => (row < 0 ? (node.headers[column] ?? "") : wordsOf(cells[column])) },
    { label: strings.nodeCopyRow, text: () => (row < 0 ? node.headers.join("\t") : tabbed(cells)) },
    { label: strings.nodeCopyColumn, text: wholeColumn },
  ];
  openCopyMenu(event, cell, strings.nodeCopy, items, (text) => surface.copy(text));
}

function isRight(type: ColumnType): boolean {
  return type !== undefined && RIGHT.has(type);
}

function hash(text: string): number {
  let value = 0;
  for (let index = 0; index < Math.min(text.length, 100); index++) {
    value = (Math.imul(value, 31) + text.charCodeAt(index)) >>> 0;
  }
  return value;
}
