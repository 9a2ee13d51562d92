import { describe, expect, it } from "vitest";
import type * as P from "../../src/generated/protocol";
import { GridDocument } from "../../src/webview/grid/app/gridDocument";
import { hashColumns, stateFor } from "../../src/webview/grid/app/viewState";

function opened(progress: Partial<P.Progress>, other: Partial<P.OpenDocumentResult> = {}): P.OpenDocumentResult {
  return {
    documentId: "d",
    generation: 1,
    uri: "file:///a.csv",
    pluginId: "csv",
    pluginName: "CSV",
    columns: [{ name: "a", type: "text", nulls: [], path: null }],
    options: [],
    notes: [],
    progress: { records: 0, bytesDone: 0, bytesTotal: 100, done: false, ...progress },
    firstPage: { start: 0, count: 0, rows: "[]" },
    sizeBytes: 100,
    sandbox: "file",
    display: "table",
    nested: false,
    hasText: true,
    ...other,
  };
}

describe("how many rows there are", () => {
  it("leaves room for the place on the screen until the file has been read", () => {
    const document = new GridDocument("a.csv", opened({ records: 100 }), 5000);
    expect([document.rows, document.knownRows, document.isIndexing]).toEqual([5000, 100, true]);
    document.progress = { records: 6000, bytesDone: 50, bytesTotal: 100, done: false };
    expect(document.rows).toBe(6000);
    document.progress = { records: 700, bytesDone: 100, bytesTotal: 100, done: true };
    expect(document.rows).toBe(700);
  });

  it("is what was read when reading on has failed", () => {
    const document = new GridDocument("a.csv", opened({ records: 100 }), 5000);
    document.hasFailed = true;
    expect([document.rows, document.percent]).toEqual([100, null]);
  });

  it("tells an empty file from one with column names or white space only", () => {
    const done = { records: 0, done: true };
    const blank = new GridDocument("a", opened(done, { columns: [] }), 0);
    expect([blank.isEmptyFile, blank.hasNoRows]).toEqual([false, true]);
    expect(new GridDocument("a.gz", opened({ ...done, bytesTotal: 0 }), 0).isEmptyFile).toBe(true);
    expect(new GridDocument("a", opened(done, { sizeBytes: 0 }), 0).isEmptyFile).toBe(true);
    const header = new GridDocument("a", opened(done), 0);
    expect([header.isEmptyFile, header.hasNoRows]).toEqual([false, true]);
    expect(new GridDocument("a", opened({ records: 0 }), 0).hasNoRows).toBe(false);
  });

  it("never says 100 percent before the end", () => {
    expect(new GridDocument("a", opened({ bytesDone: 100 }), 0).percent).toBe(99);
    expect(new GridDocument("a", opened({ bytesTotal: 0 }), 0).percent).toBe(0);
  });
});

describe("what a hidden tab remembers", () => {
  it("holds for the same file only", () => {
    const kept = { version: 2, uri: "file:///a.csv" };
    expect(stateFor(kept, "file:///a.csv")).toBe(kept);
    expect(stateFor(kept, "file:///b.csv")).toBeNull();
    expect(stateFor({ ...kept, version: 1 }, "file:///a.csv")).toBeNull();
    expect(stateFor(undefined, "file:///a.csv")).toBeNull();
  });

  it("tells columns apart by their names and order", () => {
    const columns = (...names: string[]) => names.map((name): P.Column => ({ name, type: "text", nulls: [], path: null }));
    expect(hashColumns(columns("a", "b"))).toBe(hashColumns(columns("a", "b")));
    expect(hashColumns(columns("a", "b"))).not.toBe(hashColumns(columns("b", "a")));
    expect(hashColumns(columns("ab"))).not.toBe(hashColumns(columns("a", "b")));
  });
});
