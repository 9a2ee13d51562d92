import { beforeEach, describe, expect, it } from "vitest";
import { PageCache } from "../../src/webview/grid/data/pageCache";
import { PickedRows } from "../../src/webview/grid/data/pickedRows";
import { RecordFilter } from "../../src/webview/grid/data/recordOrder";
import { ShownRows } from "../../src/webview/grid/data/shownRows";

interface Asked {
  readonly records: readonly number[];
  answer(count?: number): Promise<void>;
  fail(message: string): Promise<void>;
}

const turn = () => new Promise((resolve) => setTimeout(resolve));
let asked: Asked[];
let pages: number[];
let picked: PickedRows;
let rows: ShownRows;

beforeEach(() => {
  asked = [];
  pages = [];
  picked = new PickedRows(
    (_generation, records) =>
      new Promise((resolve, reject) => {
        asked.push({
          records,
          answer: async (count = records.length) => {
            resolve({ rows: records.slice(0, count).map((record) => [`row ${record}`]), weight: 100 });
            await turn();
          },
          fail: async (message) => {
            reject(new Error(message));
            await turn();
          },
        });
      }),
    () => undefined,
  );
  const cache = new PageCache(
    (_generation, start, count) => {
      pages.push(start);
      return Promise.resolve({ rows: Array.from({ length: count }, (_, at) => [`row ${start + at}`]), weight: 1 });
    },
    () => undefined,
  );
  cache.reset(1, 100);
  cache.setKnown(100_000);
  picked.reset(1);
  rows = new ShownRows(cache, picked);
  rows.setRecords(100_000);
});

/** Shows every thousandth record. */
function filtered(count = 100): RecordFilter {
  const filter = new RecordFilter();
  filter.add(Array.from({ length: count }, (_, at) => at * 1000 + 7));
  rows.setFilter(filter);
  return filter;
}

describe("rows of some records", () => {
  it("are asked for together, the visible ones and some ahead", async () => {
    filtered();
    rows.want(0, 29, false);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.records.slice(0, 3)).toEqual([7, 1007, 2007]);
    expect(asked[0]!.records).toHaveLength(90);
    await asked[0]!.answer();
    expect(rows.row(2007)).toEqual({ kind: "ready", row: ["row 2007"] });
    expect(pages).toEqual([]);
  });

  it("are not asked for twice, nor where their page is there already", async () => {
    rows.want(0, 20, false);
    await turn();
    filtered();
    rows.want(0, 9, false);
    rows.want(0, 9, false);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.records).not.toContain(7);
  });

  it("are asked for again where an answer ended early", async () => {
    filtered(5);
    rows.want(0, 4, false);
    await asked[0]!.answer(2);
    expect(asked[1]!.records).toEqual([2007, 3007, 4007]);
  });

  it("say why they could not be read, and are read again when asked to", async () => {
    filtered(5);
    rows.want(0, 4, false);
    await asked[0]!.fail("the plugin took too long");
    expect(rows.row(7)).toMatchObject({ kind: "failed", first: 7, last: 4007 });
    expect(asked).toHaveLength(1);
    rows.retry(1007);
    expect(asked[1]!.records).toEqual([7, 1007, 2007, 3007, 4007]);
    await asked[1]!.answer();
    expect(rows.row(7).kind).toBe("ready");
  });

  it("fail where there is nothing, which would be asked for for ever", async () => {
    filtered(2);
    rows.want(0, 1, false);
    await asked[0]!.answer(0);
    expect(rows.row(7).kind).toBe("failed");
    expect(asked).toHaveLength(1);
  });

  it("do not mix with those of a file that was read anew", async () => {
    filtered(2);
    rows.want(0, 1, false);
    picked.reset(2);
    await asked[0]!.answer();
    expect(rows.row(7).kind).toBe("loading");
  });

  it("are fetched a few requests at a time, the latest wish first", async () => {
    filtered(10_000);
    rows.want(0, 250, false);
    expect(asked).toHaveLength(2);
    rows.want(5000, 5010, false);
    await asked[0]!.answer();
    expect(asked[2]!.records).toContain(5_000_007);
  });

  it("are not asked for while the file is another", () => {
    filtered();
    rows.setServed(false);
    rows.want(0, 9, false);
    expect(asked).toHaveLength(0);
    rows.setServed(true);
    expect(asked).toHaveLength(1);
  });
});

describe("all rows", () => {
  it("are there again without the filter", async () => {
    filtered();
    rows.setFilter(null);
    rows.want(0, 20, false);
    await turn();
    expect(pages).toContain(0);
    expect(rows.order.count).toBe(100_000);
    expect([...rows.loaded(3, 4)]).toEqual([["row 3"], ["row 4"]]);
  });
});
