/** A host for the harness: answers the grid's requests from made-up data, as slowly and as badly as it is told to. */
import type * as P from "../../../src/generated/protocol";
import type { EventName, FromWebview, GridSettings, Opened, RequestName, ToWebview } from "../../../src/shared/messages";
import type { HostApi } from "../../../src/webview/messenger";
import { shownText } from "../../../src/webview/grid/data/rows";
import { type FileMemory, NOTHING_REMEMBERED } from "../../../src/shared/fileMemory";
import { type DataSet, recordValue } from "./data";
import { children, summaryOf, textOf, walk } from "./values";
import { finderOf, searchRecord } from "./searchData";
import { drawnWindow, textWindow } from "./viewData";

export interface FakeOptions {
  readonly data: DataSet;
  readonly rows: number;
  readonly settings: GridSettings;
  /** Milliseconds before each answer. */
  readonly delay: number;
  readonly problems: number;
  readonly notes: string[];
  /** Pages beginning in these rows fail. */
  readonly failing: (start: number) => boolean;
  /** Called for `act` requests. */
  readonly act: (name: string) => void;
}

type Answers = { [K in RequestName]: (params: FromWebview[K][0]) => FromWebview[K][1] | Promise<FromWebview[K][1]> };

export class FakeHost implements HostApi {
  readonly requests: { name: string; params: unknown }[] = [];
  generation = 1;
  rows: number;
  known: number;
  memory: FileMemory = NOTHING_REMEMBERED;
  readonly #options: FakeOptions;
  readonly #cancelled = new Set<string>();
  #state: unknown = undefined;

  constructor(options: FakeOptions) {
    this.#options = options;
    this.rows = options.rows;
    this.known = options.rows;
  }

  getState(): unknown {
    return this.#state;
  }

  setState(state: unknown): void {
    this.#state = state;
  }

  postMessage(message: unknown): void {
    const { id, request, params } = message as { id: number; request: RequestName; params: never };
    this.requests.push({ name: request, params });
    void this.#answer(request, params).then(
      (ok) => this.#send({ replyTo: id, ok }),
      (error: unknown) =>
        this.#send({ replyTo: id, error: { kind: (error as { kind?: string }).kind ?? "internal", message: (error as Error).message } }),
    );
  }

  emit<K extends EventName>(event: K, body: ToWebview[K]): void {
    this.#send({ event, body });
  }

  /** Sends the document, beginning with the rows at `firstRow`. */
  open(reason: Opened["reason"], firstRow = 0): void {
    this.emit("opened", { fileName: "harness.csv", document: this.#document(firstRow), memory: this.memory, reason });
  }

  progress(known: number): void {
    this.known = known;
    this.emit("progress", { documentId: "d", generation: this.generation, progress: this.#progress(), problems: this.#options.problems, columns: null });
  }

  #progress(): P.Progress {
    return { records: this.known, bytesDone: this.known * 100, bytesTotal: this.rows * 100, done: this.known >= this.rows };
  }

  #document(firstRow: number): P.OpenDocumentResult {
    return {
      documentId: "d",
      generation: this.generation,
      uri: "file:///harness.csv",
      pluginId: "csv",
      pluginName: "CSV",
      columns: this.#options.data.columns,
      options: [],
      notes: this.#options.notes,
      progress: this.#progress(),
      firstPage: this.#page(firstRow, 100),
      sizeBytes: 100 * (this.#options.data.columns.length > 0 ? this.rows + 1 : this.rows),
      sandbox: "file",
      display: this.#options.data.display ?? "table",
      nested: this.#options.data.value !== undefined,
      hasText: true,
    };
  }

  #page(start: number, count: number): P.Page {
    const rows = [];
    for (let row = start; row < Math.min(start + count, this.known); row++) {
      rows.push(this.#options.data.row(row));
    }
    return { start, count: rows.length, rows: JSON.stringify(rows) };
  }

  async #answer<K extends RequestName>(request: K, params: FromWebview[K][0]): Promise<FromWebview[K][1]> {
    if (this.#options.delay > 0) {
      await pause(this.#options.delay);
    }
    return this.#answers[request](params);
  }

  readonly #answers: Answers = {
    ready: () => ({ settings: this.#options.settings, strings: {} }),
    page: ({ start, count }) => {
      if (this.#options.failing(start)) {
        throw failure("pluginLimitHit", "the plugin took too long");
      }
      return this.#page(start, count);
    },
    pick: ({ records }) => ({
      count: records.length,
      rows: JSON.stringify(records.map((record) => this.#options.data.row(record))),
    }),
    cell: (params) => {
      const { row, column, start = 0, count = 1_048_576 } = params;
      const cell = this.#options.data.row(row)[column];
      const text = typeof cell === "object" ? this.#options.data.whole(row, column) : (cell ?? "");
      const end = Math.min(text.length, start + count);
      return { text: text.slice(start, end), sizeBytes: text.length, next: end < text.length ? end : null };
    },
    problems: ({ start, count }) => {
      const total = this.#options.problems;
      const problems: P.Problem[] = [];
      for (let index = start; index < Math.min(start + count, total, 10_000); index++) {
        problems.push({
          record: index * 17 + 8,
          line: index * 17 + 9,
          offset: index * 1700,
          kind: "too-few-cells",
          message: `The record has 6 cells where there are ${this.#options.data.columns.length} columns.`,
        });
      }
      return { problems, total, complete: true };
    },
    children: (params) => this.#children(params),
    value: ({ record, path }) => {
      const { value, positions, keys, last } = walk(this.#record(record), path);
      return { value: last ?? summaryOf(value, record), positions, keys };
    },
    valueText: ({ record, path, form, start = 0, count = 1_048_576 }) => {
      const { value } = walk(this.#record(record), path);
      const text = form === "decoded" && typeof value === "string" ? value : textOf(value, 5_000_000);
      const end = Math.min(text.length, start + count);
      return { text: text.slice(start, end), sizeBytes: text.length, next: end < text.length ? end : null };
    },
    locate: () => ({ record: 0, path: [], part: "value" }),
    search: (params) => this.#search(params),
    cancelSearch: ({ searchId }) => void this.#cancelled.add(searchId),
    render: ({ start, count }) => drawnWindow(start, Math.min(count, this.known - start)),
    fileText: ({ offset, before = 0, after = 65_536 }) => textWindow(this.rows, offset, before, after),
    renderTable: ({ start, count }) => ({ start, count, node: JSON.stringify({ type: "text", text: `${count} from ${start}` }) }),
    pickRenderer: () => undefined,
    remember: (change) => void (this.memory = { ...this.memory, ...change }),
    copyValue: ({ record, path }) => ({ characters: textOf(walk(this.#record(record), path).value).length }),
    openLink: () => undefined,
    find: (params) => this.#find(params),
    cancelFind: ({ searchId }) => void this.#cancelled.add(searchId),
    copy: ({ range, records }) => ({
      rows: records?.length ?? range.bottom - range.top + 1,
      cells: (range.bottom - range.top + 1) * (range.right - range.left + 1),
      leftOut: 0,
    }),
    copyText: () => undefined,
    exportRecords: () => undefined,
    openInEditor: () => undefined,
    reload: ({ firstRow }) => {
      this.generation++;
      this.open("reloaded", firstRow);
    },
    act: ({ name }) => this.#options.act(name),
    pickOption: () => undefined,
    history: () => undefined,
    selection: () => undefined,
  };

  #record(record: number) {
    return recordValue(this.#options.data, record);
  }

  #children({ record, path = [], start, count }: FromWebview["children"][0]): P.ChildrenResult {
    if (this.#options.failing(start)) {
      throw failure("pluginLimitHit", "the plugin took too long");
    }
    if (record === null) {
      const end = Math.min(this.known, start + count);
      const made = Array.from({ length: Math.max(0, end - start) }, (_, at) => summaryOf(this.#record(start + at), start + at));
      return { kind: "records", count: this.known, start, children: JSON.stringify(made) };
    }
    const { value } = walk(this.#record(record), path);
    const { kind, count: all } = summaryOf(value, 0);
    return { kind: kind === "object" ? "object" : "array", count: all, start, children: JSON.stringify(children(value, start, count)) };
  }

  async #find(params: FromWebview["find"][0]): Promise<P.FindResult> {
    const { text, searchId } = params;
    const { matchCase = false, wholeCell = false, fromRow = 0, limit = 10_000 } = params;
    const needle = matchCase ? text : text.toLowerCase();
    let total = 0;
    for (let row = fromRow; row < this.known; ) {
      const matches: [number, number][] = [];
      for (const end = Math.min(row + 2000, this.known); row < end; row++) {
        this.#options.data.row(row).forEach((cell, column) => {
          const whole = cell === undefined ? "" : shownText(cell);
          const shown = matchCase ? whole : whole.toLowerCase();
          if (wholeCell ? shown === needle : shown.includes(needle)) {
            matches.push([row, column]);
          }
        });
      }
      total += matches.length;
      this.emit("found", { documentId: "d", searchId, matches, scannedRows: row });
      await pause(5);
      if (this.#cancelled.has(searchId)) {
        throw failure("cancelled", "cancelled");
      }
      if (total >= limit) {
        return { total, nextRow: row };
      }
    }
    return { total, nextRow: null };
  }

  async #search(params: FromWebview["search"][0]): Promise<P.SearchResult> {
    const { searchId, fromRecord = 0, limit = 10_000 } = params;
    const find = finderOf(params);
    const columns = this.#options.data.columns.map(({ name }) => name);
    let [hits, records] = [0, 0];
    for (let record = fromRecord; record < this.known; ) {
      const found: P.RecordHits[] = [];
      for (const end = Math.min(record + 500, this.known); record < end && hits < limit; record++) {
        const inRecord = searchRecord(this.#record(record), find, params, columns);
        if (inRecord.length > 0) {
          found.push({ record, hits: inRecord });
          hits += inRecord.length;
        }
      }
      records += found.length;
      this.emit("searched", { documentId: "d", searchId, records: found, scannedRecords: record });
      await pause(5);
      if (this.#cancelled.has(searchId)) {
        throw failure("cancelled", "cancelled");
      }
      if (hits >= limit && record < this.known) {
        return { hits, records, nextRecord: record, notes: [] };
      }
    }
    return { hits, records, nextRecord: null, notes: this.#options.notes };
  }

  #send(message: unknown): void {
    window.postMessage(message, "*");
  }
}

function failure(kind: string, message: string): Error {
  return Object.assign(new Error(message), { kind });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
