import { describe, expect, it } from "vitest";
import { AllRecords, RecordFilter } from "../../src/webview/grid/data/recordOrder";

describe("all records", () => {
  it("are at the places of their numbers", () => {
    const order = new AllRecords(5);
    expect([order.count, order.recordAt(3), order.placeOf(3), order.placeOf(9)]).toEqual([5, 3, 3, 5]);
    expect([order.shows(4), order.shows(5)]).toEqual([true, false]);
  });
});

describe("some records", () => {
  const filter = (...records: number[]) => {
    const made = new RecordFilter();
    made.add(records);
    return made;
  };

  it("are found by place and by number, the next one where there is none", () => {
    const order = filter(2, 17, 900);
    expect([0, 1, 2].map((place) => order.recordAt(place))).toEqual([2, 17, 900]);
    expect([0, 2, 3, 17, 18, 900, 901].map((record) => order.placeOf(record))).toEqual([0, 0, 1, 1, 2, 2, 3]);
    expect([2, 3, 900].map((record) => order.shows(record))).toEqual([true, false, true]);
  });

  it("grow at the end only, so that a place once given stays", () => {
    const order = filter(2, 17);
    order.add([17, 5, 20]);
    expect([order.count, order.recordAt(2)]).toEqual([3, 20]);
  });

  it("can be taken from a range, also from one between them", () => {
    const order = filter(2, 17, 900);
    expect(order.between(3, 900)).toEqual([17, 900]);
    expect(order.between(18, 899)).toEqual([]);
  });

  it("answer with the nearest for a place beyond the ends, and with 0 when there are none", () => {
    expect([filter(4, 8).recordAt(7), filter(4, 8).recordAt(-1), filter().recordAt(0)]).toEqual([8, 4, 0]);
  });
});
