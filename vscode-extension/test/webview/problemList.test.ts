import { beforeEach, describe, expect, it } from "vitest";
import type * as P from "../../src/generated/protocol";
import { ProblemList } from "../../src/webview/grid/data/problemList";

let asked: number[];
let changes: number;
/** The record of each problem of the file. */
let records: number[];
let list: ProblemList;

const problem = (index: number): P.Problem => ({ record: records[index] ?? -1, line: 0, offset: 0, kind: "odd", message: `problem ${index}` });

/** Lets all promises that are ready run. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Asks for what is wrong with records until nothing more comes, as one drawing after the other does. */
async function settle(first: number, last: number): Promise<void> {
  for (let before = -1; before !== asked.length; ) {
    before = asked.length;
    list.wantRecords(first, last);
    await turn();
  }
}

beforeEach(() => {
  asked = [];
  changes = 0;
  records = [];
  list = new ProblemList(
    (start, count) => {
      asked.push(start);
      const problems = records.slice(start, start + count).map((_, place) => problem(start + place));
      return Promise.resolve({ problems, total: records.length, complete: true });
    },
    () => changes++,
  );
});

describe("what is wrong with the visible records", () => {
  it("asks for nothing while there is nothing wrong", async () => {
    await settle(0, 100);
    expect([asked, list.of(5)]).toEqual([[], null]);
  });

  it("is found among thousands with a few questions", async () => {
    records = Array.from({ length: 10_000 }, (_, index) => index * 10);
    list.setTotal(records.length, true);
    await settle(70_005, 70_035);
    expect([70_010, 70_020, 70_030].map((record) => list.of(record)?.message)).toEqual(["problem 7001", "problem 7002", "problem 7003"]);
    expect(list.of(70_015)).toBeNull();
    expect(asked.length).toBeLessThanOrEqual(7);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it("goes on over the end of a page", async () => {
    records = Array.from({ length: 600 }, (_, index) => index);
    list.setTotal(records.length, true);
    await settle(190, 410);
    expect([190, 200, 410].map((record) => list.of(record)?.message)).toEqual(["problem 190", "problem 200", "problem 410"]);
  });

  it("is the first of a record, and that there is more; others of the same are not fetched for that", async () => {
    records = [3, ...Array.from({ length: 5000 }, () => 7), 9];
    list.setTotal(records.length, true);
    await settle(0, 7);
    expect([list.of(3), list.of(7)]).toMatchObject([
      { message: "problem 0", hasMore: false },
      { message: "problem 1", hasMore: true },
    ]);
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it("grows while the file is being read", async () => {
    records = [1, 2];
    list.setTotal(2, false);
    await settle(0, 10);
    records = [1, 2, 8];
    list.setTotal(3, false);
    expect(list.of(2)).not.toBeNull();
    await settle(0, 10);
    expect(list.of(8)?.message).toBe("problem 2");
    expect(asked).toEqual([0, 0]);
  });
});

describe("the list", () => {
  it("is forgotten with its generation, answers under way too", async () => {
    records = [1];
    list.setTotal(1, true);
    list.want(0, 0);
    list.reset();
    await turn();
    expect([list.at(0), list.of(1), list.total]).toEqual([undefined, null, 0]);
  });

  it("tells of changes, and why it could not be read", async () => {
    const failing = new ProblemList(() => Promise.reject(new Error("no luck")), () => changes++);
    failing.setTotal(3, true);
    failing.want(0, 2);
    await turn();
    expect([failing.error?.message, changes]).toEqual(["no luck", 2]);
  });
});
