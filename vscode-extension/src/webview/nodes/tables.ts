/** Tables of nodes. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { tint } from "./colors";
import type { Drawn, NodeContext } from "./context";
import { isObject } from "./fields";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

const RIGHT: ReadonlySet<string> = new Set(["integer", "float", "timestamp", "date", "time"]);
const ENUM_COLORS = ["secondary", "accent", "success", "warning", "info"] as const;

type ColumnType = Node<"table">["column_types"][number] | undefined;

export function table(node: Node<"table">, context: NodeContext): TemplateResult {
  const columns = node.rows.reduce((most, cells) => Math.max(most, cells.length), node.headers.length);
  const rows = context.take(node.rows);
  const left = node.rows.length - rows.length;
  return html`<div
    class="n-table ${node.framed ? "n-framed" : ""}"
    tabindex="0"
    role="region"
    aria-label=${context.strings.nodeTable}
    ${styled({ "--n-column": px(node.min_col_width) })}
  >
    <table>
      <thead>
        <tr>
          <th class="n-gutter" scope="col">#</th>
          ${Array.from({ length: Math.min(columns, 1000) }, (_, index) => header(node, index, context))}
        </tr>
      </thead>
      <tbody>
        ${rows.map((cells, index) => bodyRow(node, cells, index, context))}
      </tbody>
    </table>
    ${left > 0 ? html`<div class="n-note">${context.strings.nodeMore.replace("{0}", String(left))}</div>` : nothing}
  </div>`;
}

function header(node: Node<"table">, index: number, context: NodeContext): TemplateResult {
  const type = node.column_types[index];
  return html`<th scope="col" class=${isRight(type) ? "n-right" : ""}>
    <div class="n-resizable-column">${context.words(node.headers[index] ?? "")}</div>
  </th>`;
}

function bodyRow(node: Node<"table">, cells: readonly unknown[], index: number, context: NodeContext): TemplateResult {
  return html`<tr>
    <th class="n-gutter" scope="row">${index + 1}</th>
    ${cells
      .slice(0, 1000)
      .map((cell, at) => html`<td class=${isRight(node.column_types[at]) ? "n-right" : ""}>${content(cell, node.column_types[at], `${index}:${at}`, context)}</td>`)}
  </tr>`;
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
