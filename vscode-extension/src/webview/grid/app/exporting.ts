/** Exporting a part of the document: which records and columns that is. The host does the rest. */
import type * as P from "../../../generated/protocol";
import type { GridStrings } from "../../../shared/gridStrings";
import type { CellRange, ExportPart } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import type { RecordFilter } from "../data/recordOrder";
import type { Session } from "./session";
import type { Shell } from "./shell";

/** Single records are named one by one, so there cannot be any number of them. */
const MOST_RECORDS = 1_000_000;

export class Exporting {
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #session: Session;

  constructor(shell: Shell, strings: GridStrings, messenger: Messenger, session: Session) {
    this.#shell = shell;
    this.#strings = strings;
    this.#messenger = messenger;
    this.#session = session;
  }

  /** Exports everything, what is selected or what is found, or says why that cannot be. */
  export(part: ExportPart): void {
    const current = this.#session.document;
    if (!current) {
      return; // nothing is shown, and that is said
    }
    const scope = this.#scope(part, current.knownRows, current.columns.length);
    const problem = this.#problem(part, scope, current.freshness === "current");
    if (problem !== null || scope === null) {
      this.#shell.banners.show("copy", { severity: "warning", text: problem ?? "", dismissible: true });
      return;
    }
    this.#shell.banners.hide("copy");
    const request = this.#messenger.request("exportRecords", { generation: current.generation, part, scope });
    void request.catch(() => undefined); // said by the host
  }

  #scope(part: ExportPart, rows: number, columns: number): P.ExportScope | null {
    switch (part) {
      case "all":
        return {};
      case "search":
        return this.#searched();
      case "selection":
        return this.#selected(rows, columns);
    }
  }

  #problem(part: ExportPart, scope: P.ExportScope | null, isCurrent: boolean): string | null {
    const strings = this.#strings;
    if (scope === null) {
      return part === "search" ? strings.exportNoSearch : strings.exportNothing;
    }
    if ((scope.records?.length ?? 0) > MOST_RECORDS) {
      return strings.exportTooMany;
    }
    return isCurrent ? null : strings.exportStale;
  }

  #searched(): P.ExportScope | null {
    const query = this.#shell.searching.search.state?.query;
    return query ? { search: { ...query } } : null;
  }

  #selected(rows: number, columns: number): P.ExportScope | null {
    const { grid, views } = this.#shell;
    if (views.current?.name === "table") {
      const mode = grid.selection?.mode;
      return tableScope(grid.range, grid.rows.filter ?? null, { rows, columns }, mode === "rows" || mode === "all");
    }
    const record = views.current?.place?.record;
    return record === undefined ? null : { rows: [record, record + 1] };
  }
}

/** The cells of a range; null for none. With a filter only records that it shows, with `wholeRows` every column. */
export function tableScope(
  range: CellRange | null,
  filter: RecordFilter | null,
  size: { readonly rows: number; readonly columns: number },
  wholeRows: boolean,
): P.ExportScope | null {
  if (!range) {
    return null;
  }
  const bottom = Math.min(range.bottom, size.rows - 1);
  const right = Math.min(range.right, size.columns - 1);
  const records = filter ? [...filter.between(range.top, bottom)] : null;
  if (bottom < range.top || right < range.left || records?.length === 0) {
    return null;
  }
  const all = wholeRows || (range.left === 0 && right === size.columns - 1);
  return {
    ...(records === null ? { rows: [range.top, bottom + 1] } : { records }),
    ...(all ? {} : { columns: Array.from({ length: right - range.left + 1 }, (_, at) => range.left + at) }),
  };
}
