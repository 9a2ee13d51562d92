/** The walk through the records that a renderer draws some at a time. */
import { describe, expect, it } from "vitest";
import { AllRecords, RecordFilter } from "../../../src/webview/grid/data/recordOrder";
import { Pages, pageSize } from "../../../src/webview/grid/rendered/pages";

function walk(count: number, size = 100): Pages {
  const pages = new Pages();
  pages.size = size;
  pages.setOrder(new AllRecords(count));
  return pages;
}

describe("the size of a page", () => {
  it.each([
    [1, 100],
    [58, 100],
    [98, 60],
    [10_000, 10],
  ])("of %d columns is %d records", (columns, size) => {
    expect(pageSize(columns)).toBe(size);
  });
});

describe("turning pages", () => {
  it("goes to the ends and no further", () => {
    const pages = walk(250);
    expect([pages.span, pages.hasPrevious, pages.hasNext]).toEqual([[0, 100], false, true]);
    pages.next();
    pages.next();
    expect([pages.span, pages.hasPrevious, pages.hasNext]).toEqual([[200, 250], true, false]);
    pages.next();
    expect(pages.start).toBe(200);
    pages.previous();
    pages.previous();
    pages.previous();
    expect(pages.start).toBe(0);
    pages.last();
    expect(pages.span).toEqual([200, 250]);
    pages.first();
    expect(pages.span).toEqual([0, 100]);
  });

  it("goes on behind what was drawn where a renderer was given fewer", () => {
    const pages = walk(250);
    pages.drew(30);
    expect(pages.span).toEqual([0, 30]);
    pages.next();
    expect(pages.span).toEqual([30, 130]);
  });

  it("gets on even where nothing was drawn", () => {
    const pages = walk(250);
    pages.drew(0);
    pages.next();
    expect(pages.start).toBe(1);
  });

  it("stays at its place while there is more to read, and comes back where there is less", () => {
    const pages = walk(250);
    pages.last();
    pages.setOrder(new AllRecords(1000));
    expect([pages.start, pages.wanted.count]).toEqual([200, 100]);
    pages.setOrder(new AllRecords(20));
    expect(pages.start).toBe(19);
    pages.setOrder(new AllRecords(0));
    expect([pages.start, pages.wanted]).toEqual([0, { start: 0, count: 0, records: null }]);
  });

  it("is not needed where one page holds all", () => {
    expect([walk(100).isOnly, walk(101).isOnly, walk(0).isOnly]).toEqual([true, false, true]);
  });
});

describe("records that a search has found", () => {
  it("are asked for one by one, and a record that is not among them is the next one that is", () => {
    const filter = new RecordFilter();
    filter.add([3, 7, 50, 51, 900]);
    const pages = walk(1000, 2);
    pages.setOrder(filter);
    pages.goToRecord(8);
    expect(pages.wanted).toEqual({ start: 2, count: 2, records: [50, 51] });
    pages.goToRecord(5000);
    expect(pages.wanted.records).toEqual([900]);
  });
});
