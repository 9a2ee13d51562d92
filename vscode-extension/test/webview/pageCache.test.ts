import { beforeEach, describe, expect, it } from "vitest";
import type { LoadedRows } from "../../src/webview/grid/data/pageCache";
import { PageCache, pageSizeFor } from "../../src/webview/grid/data/pageCache";

interface Asked {
  readonly generation: number;
  readonly start: number;
  readonly count: number;
  readonly answer: (rows: number, weight?: number) => Promise<void>;
  readonly fail: (message: string) => Promise<void>;
}

let asked: Asked[];
let changes: number;

function cache(known: number): PageCache {
  const made = new PageCache(
    (generation, start, count) =>
      new Promise<LoadedRows>((resolve, reject) => {
        asked.push({
          generation,
          start,
          count,
          answer: async (rows, weight = 1) => {
            resolve({ rows: Array.from({ length: rows }, (_, index) => [`${generation}:${start + index}`]), weight });
            await turn();
          },
          fail: async (message) => {
            reject(new Error(message));
            await turn();
          },
        });
      }),
    () => changes++,
  );
  made.reset(1, 100);
  made.setKnown(known);
  return made;
}

/** Lets all promises that are ready run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function starts(): number[] {
  return asked.map(({ start }) => start);
}

beforeEach(() => {
  asked = [];
  changes = 0;
});

describe("asking for rows", () => {
  it("asks for the rest of a page that the server ended early", async () => {
    const rows = cache(100);
    rows.want(0, 20, false);
    await asked[0]!.answer(30);
    expect(asked.map(({ start, count }) => [start, count])).toEqual([[0, 100], [30, 70]]);
    await asked[1]!.answer(70);
    expect(rows.row(99)).toEqual({ kind: "ready", row: ["1:99"] });
    expect(asked.length).toBe(2);
  });

  it("asks for the visible page and then for its neighbours, the one ahead first", () => {
    cache(10_000).want(450, 480, false);
    expect(starts()).toEqual([400, 500, 300]);
    asked = [];
    cache(10_000).want(450, 480, true);
    expect(starts()).toEqual([400, 300, 500]);
  });

  it("asks for nothing twice", async () => {
    const pages = cache(1000);
    pages.want(0, 30, false);
    pages.want(5, 35, false);
    expect(starts()).toEqual([0, 100]);
    await asked[0]!.answer(100);
    pages.want(6, 36, false);
    expect(starts()).toEqual([0, 100]);
    expect(pages.row(3)).toEqual({ kind: "ready", row: ["1:3"] });
  });

  it("asks for no more than three pages at once, and next for what is wanted by then", async () => {
    const pages = cache(1_000_000);
    pages.want(0, 30, false);
    pages.want(5000, 5030, false);
    pages.want(900_000, 900_030, false);
    expect(starts()).toEqual([0, 100, 5000]);
    await asked[0]!.answer(100);
    expect(starts().slice(3)).toEqual([900_000]);
  });

  it("says that rows are loading until they are there", async () => {
    const pages = cache(1000);
    expect(pages.row(5).kind).toBe("loading");
    pages.want(0, 30, false);
    await asked[0]!.answer(100);
    expect(pages.row(5).kind).toBe("ready");
    expect(changes).toBeGreaterThan(0);
  });

  it("asks for no rows that are not known yet", () => {
    cache(150).want(0, 900, false);
    expect(starts()).toEqual([0, 100]);
  });
});

describe("generations", () => {
  it("drops answers for an earlier one", async () => {
    const pages = cache(1000);
    pages.want(0, 30, false);
    pages.reset(2, 100);
    pages.setKnown(1000);
    await asked[0]!.answer(100);
    expect(pages.row(0).kind).toBe("loading");
  });

  it("does not mix up equal numbers of two servers", async () => {
    const pages = cache(1000);
    pages.want(0, 30, false);
    pages.reset(1, 100);
    pages.setKnown(1000);
    pages.want(0, 30, false);
    await asked[0]!.answer(1);
    expect(pages.row(0).kind).toBe("loading");
  });

  it("asks for nothing while the host does not serve it", () => {
    const pages = cache(1000);
    pages.setServed(false);
    pages.want(0, 30, false);
    expect(asked).toHaveLength(0);
    pages.setServed(true);
    expect(asked.length).toBeGreaterThan(0);
  });
});

describe("pages cut short", () => {
  it("are asked for again once more rows are known, and shown meanwhile", async () => {
    const pages = cache(30);
    pages.want(0, 29, false);
    await asked[0]!.answer(30);
    pages.want(0, 29, false);
    expect(asked).toHaveLength(1);
    pages.setKnown(80);
    pages.want(0, 60, false);
    expect(asked).toHaveLength(2);
    expect(pages.row(10).kind).toBe("ready");
    expect(pages.row(60).kind).toBe("loading");
  });

  it("are not asked for over and over when the host has no more", async () => {
    const pages = cache(100);
    pages.want(0, 60, false);
    await asked[0]!.answer(40);
    await asked[1]!.answer(0);
    pages.want(0, 60, false);
    expect(asked).toHaveLength(2);
  });
});

describe("a row that has become more", () => {
  const texts = (pages: PageCache, row: number) => {
    const state = pages.row(row);
    return state.kind === "ready" ? state.row : state.kind;
  };

  it("is asked for again once, and shown as it was until then", async () => {
    const pages = cache(1);
    pages.want(0, 0, false);
    await asked[0]!.answer(1);
    pages.refresh(0);
    expect(starts()).toEqual([0, 0]);
    expect(texts(pages, 0)).toEqual(["1:0"]);
    const before = changes;
    await asked[1]!.answer(1);
    expect(changes).toBeGreaterThan(before);
    pages.want(0, 0, false);
    expect(asked).toHaveLength(2);
  });

  it("is asked for again after an answer that was under way", async () => {
    const pages = cache(1);
    pages.want(0, 0, false);
    pages.refresh(0);
    expect(asked).toHaveLength(1);
    await asked[0]!.answer(1);
    expect(asked).toHaveLength(2);
    await asked[1]!.answer(1);
    expect(asked).toHaveLength(2);
  });

  it("waits until it is wanted, and is nothing to do for rows that are not here", async () => {
    const pages = cache(1000);
    pages.want(0, 30, false);
    await asked[0]!.answer(100);
    await asked[1]!.answer(100);
    pages.want(700, 730, false);
    const before = asked.length;
    pages.refresh(50);
    pages.refresh(450);
    expect(asked).toHaveLength(before);
    for (const { start, answer } of [...asked]) {
      await (start >= 600 ? answer(100) : undefined);
    }
    pages.want(0, 30, false);
    expect(asked.at(-1)).toMatchObject({ start: 0 });
    expect(texts(pages, 50)).toEqual(["1:50"]);
  });
});

describe("rows that come with the document", () => {
  it("are there without asking", () => {
    const pages = cache(1000);
    pages.seed(200, Array.from({ length: 100 }, (_, index) => [`${200 + index}`]), 500);
    expect(pages.row(250)).toEqual({ kind: "ready", row: ["250"] });
  });

  it("are split into pages when there are many columns", () => {
    const pages = cache(1000);
    pages.reset(1, pageSizeFor(2000));
    pages.setKnown(1000);
    pages.seed(0, Array.from({ length: 100 }, (_, index) => [String(index)]), 500);
    expect(pages.pageSize).toBe(15);
    expect(pages.row(0).kind).toBe("ready");
    expect(pages.row(99).kind).toBe("ready");
    expect(pages.row(105).kind).toBe("loading");
  });

  it("begin with the first whole page", () => {
    const pages = cache(1000);
    pages.seed(150, Array.from({ length: 100 }, (_, index) => [String(150 + index)]), 500);
    expect(pages.row(160).kind).toBe("loading");
    expect(pages.row(210)).toEqual({ kind: "ready", row: ["210"] });
  });
});

describe("failures", () => {
  it("are told for the rows of the page alone, and end with a retry", async () => {
    const pages = cache(1000);
    pages.want(120, 130, false);
    await asked[0]!.fail("no luck");
    expect(pages.row(150)).toMatchObject({ kind: "failed", first: 100, last: 199 });
    expect(pages.row(50).kind).toBe("loading");
    pages.want(120, 130, false);
    expect(starts().filter((start) => start === 100)).toHaveLength(1);
    pages.retry(150);
    await asked.findLast(({ start }) => start === 100)!.answer(100);
    expect(pages.row(150).kind).toBe("ready");
  });
});

describe("memory", () => {
  it("lets go of the pages used least recently", async () => {
    const pages = cache(10_000_000);
    for (let page = 0; page < 60; page++) {
      const first = page * 1000;
      pages.want(first, first + 10, false);
      for (const request of asked.splice(0)) {
        await request.answer(100, 1_000_000);
      }
      asked.splice(0);
    }
    expect(pages.row(0).kind).toBe("loading");
    expect(pages.row(59_000).kind).toBe("ready");
  });
});
