import { describe, expect, test } from "vitest";
import { copyCells, type CellSource, type CopyDialog } from "../src/copy";
import type * as P from "../src/generated/protocol";

const columns = ["a", "b", "c"].map((name): P.Column => ({ name, type: "text", nulls: [], path: null }));

/** A file of `rows` rows whose cells say where they are; the last column is long and comes in pieces. */
class Numbers implements CellSource {
  readonly columns = columns;
  readonly pages: [number, number][] = [];

  constructor(private readonly rows: number) {}

  page(start: number, count: number): Promise<P.Page> {
    this.pages.push([start, count]);
    const indices = Array.from({ length: Math.max(0, Math.min(count, this.rows - start)) }, (_, index) => start + index);
    const rows = indices.map((row) => [`${row}a`, `${row}b`, { text: "beg", bytes: 6 }]);
    return Promise.resolve({ start, count: rows.length, rows: JSON.stringify(rows) });
  }

  cell(row: number, column: number, start: number): Promise<P.CellText> {
    const parts = [`begin ${row}:`, `${column}`];
    const text = start === 0 ? parts[0]! : parts[1]!;
    return Promise.resolve({ text, sizeBytes: 9, next: start === 0 ? 7 : null });
  }
}

const dialog = (change: Partial<CopyDialog> = {}): CopyDialog => ({
  isCancelled: () => false,
  progress: () => undefined,
  confirmLarge: () => Promise.resolve(true),
  ...change,
});
const range = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

describe("copying", () => {
  test("takes the columns of the range and the whole of long cells", async () => {
    const copied = await copyCells(new Numbers(10), { range: range(2, 1, 3, 2), wholeRows: false, format: "tsv", header: true }, dialog());
    expect(copied).toEqual({ text: "b\tc\n2b\tbegin 2:2\n3b\tbegin 3:2\n", rows: 2, cells: 4, leftOut: 0 });
  });

  test("keeps values of kinds what they are, the whole of shortened ones, and missing cells missing", async () => {
    const kinds: CellSource = {
      columns: columns.map((column) => ({ ...column, path: [column.name] })),
      page: (start) =>
        Promise.resolve({ start, count: 1, rows: '[[{"text":"1.0","kind":"number"},null,{"text":"[1","kind":"array","bytes":6,"count":2}]]' }),
      cell: () => Promise.resolve({ text: "[1, 2]", sizeBytes: 6, next: null }),
    };
    const request = { range: range(0, 0, 0, 2), wholeRows: false, format: "json", header: true } as const;
    expect((await copyCells(kinds, request, dialog())).text).toBe('[\n  { "a": 1.0, "c": [1,2] }\n]\n');
  });

  describe("rows with more cells than there are columns", () => {
    const ragged: CellSource = {
      columns: columns.slice(0, 2),
      page: (start) => Promise.resolve({ start, count: 2, rows: '[["1","2","x",{"text":"be","bytes":9}],["3"]]' }),
      cell: (row, column) => Promise.resolve({ text: `all of ${row}:${column}`, sizeBytes: 9, next: null }),
    };
    const copied = (format: "tsv" | "json" | "markdown", wholeRows: boolean) =>
      copyCells(ragged, { range: range(0, 0, 1, 1), wholeRows, format, header: false }, dialog());

    test("are copied whole when whole rows are selected", async () => {
      expect(await copied("tsv", true)).toMatchObject({ text: "1\t2\tx\tall of 0:3\n3\t\n", cells: 6, leftOut: 0 });
      expect(JSON.parse((await copied("json", true)).text)).toEqual([{ a: "1", b: "2", 3: "x", 4: "all of 0:3" }, { a: "3" }]);
    });

    test("lose those cells in a Markdown table, which is told", async () => {
      const { text, leftOut } = await copied("markdown", true);
      expect(text).toContain("| 1 | 2 |\n");
      expect(leftOut).toBe(2);
    });

    test("give the selected cells alone when those are selected", async () => {
      expect(await copied("tsv", false)).toMatchObject({ text: "1\t2\n3\t\n", leftOut: 0 });
    });
  });

  test("fetches many rows in several pages", async () => {
    const source = new Numbers(20_000);
    const seen: number[] = [];
    const request = { range: range(0, 0, 14_999, 1), wholeRows: false, format: "csv", header: false } as const;
    const copied = await copyCells(source, request, dialog({ progress: (done) => seen.push(done) }));
    expect(source.pages).toEqual([[0, 5000], [5000, 5000], [10_000, 5000]]);
    expect(seen).toEqual([5000, 10_000, 15_000]);
    expect(copied.text.split("\n").at(-2)).toBe("14999a,14999b");
  });

  test("ends where the file ends", async () => {
    const copied = await copyCells(new Numbers(3), { range: range(0, 0, 99, 0), wholeRows: false, format: "csv", header: false }, dialog());
    expect(copied).toMatchObject({ rows: 3, cells: 3 });
  });

  test("can be cancelled between pages", async () => {
    let pages = 0;
    const stop = dialog({ progress: () => pages++, isCancelled: () => pages > 0 });
    const copying = copyCells(new Numbers(20_000), { range: range(0, 0, 19_999, 0), wholeRows: false, format: "csv", header: false }, stop);
    await expect(copying).rejects.toMatchObject({ kind: "cancelled" });
    expect(pages).toBe(1);
  });

  test("asks once before very much is copied, and stops when the answer is no", async () => {
    const asked: number[] = [];
    const refuse = dialog({
      confirmLarge: (characters) => {
        asked.push(characters);
        return Promise.resolve(false);
      },
    });
    const copying = copyCells(new Numbers(1e9), { range: range(0, 0, 29_999_999, 0), wholeRows: false, format: "csv", header: false }, refuse);
    await expect(copying).rejects.toMatchObject({ kind: "cancelled" });
    expect(asked).toHaveLength(1);
  });

  test("refuses what no clipboard bears", async () => {
    const request = { range: range(0, 0, 999_999_999, 1), wholeRows: false, format: "csv", header: false } as const;
    await expect(copyCells(new Numbers(1e9), request, dialog())).rejects.toMatchObject({ kind: "tooLarge" });
  });
});
