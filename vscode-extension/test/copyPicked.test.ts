import { expect, test } from "vitest";
import { copyCells } from "../src/copy";
import { PickedCells, type PickSource } from "../src/copyPicked";

const dialog = { isCancelled: () => false, progress: () => undefined, confirmLarge: () => Promise.resolve(true) };

test("only the records that are shown are copied, each with the whole of its long cells", async () => {
  const asked: (readonly number[])[] = [];
  const source: PickSource = {
    columns: [
      { name: "a", type: "text", nulls: [], path: null },
      { name: "b", type: "text", nulls: [], path: null },
    ],
    page: () => Promise.reject(new Error("no page is wanted")),
    pick: (records) => {
      asked.push(records);
      const some = records.slice(0, 2); // an answer may end early
      return Promise.resolve({ count: some.length, rows: JSON.stringify(some.map((row) => [`${row}a`, { text: "be", bytes: 9 }])) });
    },
    cell: (row, column) => Promise.resolve({ text: `all of ${row}:${column}`, sizeBytes: 9, next: null }),
  };
  const records = [3, 800, 900_000];
  const range = { top: 0, left: 0, bottom: records.length - 1, right: 1 };
  const copied = await copyCells(new PickedCells(source, records), { range, wholeRows: false, format: "tsv", header: false }, dialog);
  expect(copied.text).toBe("3a\tall of 3:1\n800a\tall of 800:1\n900000a\tall of 900000:1\n");
  expect(asked).toEqual([[3, 800, 900_000], [900_000]]);
});
