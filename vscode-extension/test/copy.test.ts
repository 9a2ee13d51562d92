import { describe, expect, test } from "vitest";
import { copyCells, type CellSource, type CopyDialog } from "../src/copy";
import type * as P from "../src/generated/protocol";

const columns = ["a", "b", "c"].map((name): P.Column => ({ name, type: "text", nulls: [] }));

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
    const copied = await copyCells(new Numbers(10), { range: range(2, 1, 3, 2), format: "tsv", header: true }, dialog());
    expect(copied).toEqual({ text: "b\tc\n2b\tbegin 2:2\n3b\tbegin 3:2\n", rows: 2, cells: 4 });
  });

  test("fetches many rows in several pages", async () => {
    const source = new Numbers(20_000);
    const seen: number[] = [];
    const request = { range: range(0, 0, 14_999, 1), format: "csv", header: false } as const;
    const copied = await copyCells(source, request, dialog({ progress: (done) => seen.push(done) }));
    expect(source.pages).toEqual([[0, 5000], [5000, 5000], [10_000, 5000]]);
    expect(seen).toEqual([5000, 10_000, 15_000]);
    expect(copied.text.split("\n").at(-2)).toBe("14999a,14999b");
  });

  test("ends where the file ends", async () => {
    const copied = await copyCells(new Numbers(3), { range: range(0, 0, 99, 0), format: "csv", header: false }, dialog());
    expect(copied).toMatchObject({ rows: 3, cells: 3 });
  });

  test("can be cancelled between pages", async () => {
    let pages = 0;
    const stop = dialog({ progress: () => pages++, isCancelled: () => pages > 0 });
    const copying = copyCells(new Numbers(20_000), { range: range(0, 0, 19_999, 0), format: "csv", header: false }, stop);
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
    const copying = copyCells(new Numbers(1e9), { range: range(0, 0, 29_999_999, 0), format: "csv", header: false }, refuse);
    await expect(copying).rejects.toMatchObject({ kind: "cancelled" });
    expect(asked).toHaveLength(1);
  });

  test("refuses what no clipboard bears", async () => {
    const request = { range: range(0, 0, 999_999_999, 1), format: "csv", header: false } as const;
    await expect(copyCells(new Numbers(1e9), request, dialog())).rejects.toMatchObject({ kind: "tooLarge" });
  });
});
