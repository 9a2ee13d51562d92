/** The list of attempts: one row each, the newest at the bottom, walked through with the keyboard. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type * as P from "../../generated/protocol";
import type { ActivityStrings } from "../../shared/activityStrings";
import type { Attempts } from "./attempts";
import type { Figures } from "./figures";
import { resultText, verdictIcon, verdictTone } from "./verdicts";

export interface TableParts {
  readonly strings: ActivityStrings;
  readonly figures: Figures;
  readonly attempts: Attempts;
  readonly select: (number: number) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

const COLUMNS = ["Time", "Plugin", "Method", "Address", "Result", "Size", "Taken"] as const;

export function table(rows: readonly P.NetworkActivity[], selected: number | undefined, parts: TableParts): TemplateResult {
  const { strings, onKey } = parts;
  // Tab goes to the row that is selected, or to the newest.
  const reached = rows.some(({ number }) => number === selected) ? selected : rows.at(-1)?.number;
  return html`<table class="attempts" role="grid" aria-label=${strings.activityTable} aria-rowcount=${rows.length + 1} aria-colcount=${COLUMNS.length} @keydown=${onKey}>
    <thead>
      <tr role="row" aria-rowindex="1">
        ${COLUMNS.map((name) => html`<th role="columnheader" scope="col" class="attempt-${name.toLowerCase()}">${strings[`activity${name}`]}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${repeat(
        rows,
        ({ number }) => number,
        (entry, index) => row(entry, index, entry.number === selected, entry.number === reached, parts),
      )}
    </tbody>
  </table>`;
}

function row(entry: P.NetworkActivity, index: number, isSelected: boolean, isReached: boolean, { strings, figures, attempts, select }: TableParts): TemplateResult {
  const method = methodOf(entry);
  const url = entry.url === "" ? (entry.address ?? "") : entry.url;
  const result = resultText(entry, strings);
  const name = attempts.nameOf(entry.pluginId);
  return html`<tr
    role="row"
    class="attempt"
    data-number=${entry.number}
    data-verdict=${entry.verdict}
    aria-rowindex=${index + 2}
    aria-selected=${isSelected}
    tabindex=${isReached ? 0 : -1}
    @click=${() => select(entry.number)}
  >
    <td role="gridcell">${figures.time(entry.at)}</td>
    <td role="gridcell" title=${entry.pluginId}><bdi>${name}</bdi></td>
    <td role="gridcell">${method}</td>
    <td role="gridcell" class="attempt-url" title=${url}><bdi>${url}</bdi></td>
    <td role="gridcell" title=${entry.why === "" ? nothing : entry.why}>
      <span class="codicon codicon-${verdictIcon(entry)} tone-${verdictTone(entry)}" aria-hidden="true"></span>${result}
    </td>
    <td role="gridcell" class="attempt-figure">${figures.bytes(entry.receivedBytes)}</td>
    <td role="gridcell" class="attempt-figure">${figures.duration(entry.timing.total)}</td>
  </tr>`;
}

/** The verb of HTTP, or what else it was. */
export function methodOf({ kind, method }: P.NetworkActivity): string {
  switch (kind) {
    case "http":
      return method;
    case "websocket":
      return "WS";
    case "tcp":
      return "TCP";
  }
}

/** Where a key leads from a row: its number, `open` for the details, or nothing. */
export function keyLeads(key: string, rows: readonly P.NetworkActivity[], from: number | undefined, page: number): number | "open" | undefined {
  if (rows.length === 0) {
    return undefined;
  }
  const at = Math.max(
    rows.findIndex(({ number }) => number === from),
    0,
  );
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length };
  const step = steps[key];
  if (step !== undefined) {
    return rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.number;
  }
  return key === "Enter" || key === " " ? "open" : undefined;
}
