/** Scrolling through records of unknown heights keeps what is on the screen where it is. */
import { describe, expect, it } from "vitest";
import { RecordScroll } from "../../../src/webview/grid/drawn/recordScroll";

const VIEWPORT = 600;

/** A list whose records are really as high as `height` says, which is found out as they are drawn. */
class DrawnForTest {
  readonly scroll = new RecordScroll();
  readonly #height: (record: number) => number;

  constructor(count: number, height: (record: number) => number) {
    this.#height = height;
    this.scroll.setViewport(VIEWPORT);
    this.scroll.setCount(count);
    this.draw();
  }

  /** Measures what is in view until nothing changes any more; gives where each record is drawn. */
  draw(): Map<number, number> {
    for (let pass = 0; pass < 10; pass++) {
      const { first, last } = this.scroll.window;
      let hasChanged = false;
      for (let record = first; record <= last; record++) {
        hasChanged = this.scroll.measured(record, this.#height(record)) || hasChanged;
      }
      this.scroll.fit();
      if (!hasChanged && this.scroll.window.first === first && this.scroll.window.last === last) {
        break;
      }
    }
    this.scroll.anchorAnew();
    const { first, last } = this.scroll.window;
    return new Map(Array.from({ length: last - first + 1 }, (_, index) => [first + index, (this.scroll.topOf(first + index) ?? NaN) + 0]));
  }

  moveBy(pixels: number): Map<number, number> {
    this.scroll.moveBy(pixels);
    return this.draw();
  }
}

const various = (record: number): number => 40 + ((record * 7919) % 300);

describe("scrolling by pixels", () => {
  it("moves everything by just as many, downwards", () => {
    const list = new DrawnForTest(1000, various);
    let before = list.draw();
    for (let step = 0; step < 50; step++) {
      const after = list.moveBy(130);
      for (const [record, top] of after) {
        if (before.has(record)) {
          expect(top).toBeCloseTo(before.get(record)! - 130, 6);
        }
      }
      before = after;
    }
  });

  it("upwards into records that were never measured, too", () => {
    const list = new DrawnForTest(5_000_000, various);
    list.scroll.goTo(2_500_000);
    let before = list.draw();
    for (let step = 0; step < 50; step++) {
      const after = list.moveBy(-97);
      for (const [record, top] of after) {
        if (before.has(record)) {
          expect(top).toBeCloseTo(before.get(record)! + 97, 6);
        }
      }
      before = after;
    }
  });

  it("ends with the first record at the upper edge and the last at the lower one", () => {
    const list = new DrawnForTest(50, various);
    list.moveBy(1e9);
    const tops = list.draw();
    expect(tops.get(49)! + various(49)).toBeCloseTo(VIEWPORT, 6);
    expect(list.scroll.isAtEnd).toBe(true);
    expect(list.moveBy(-1e9).get(0)).toBe(0);
  });

  it("does not move a list that fits", () => {
    const list = new DrawnForTest(3, () => 50);
    expect(list.moveBy(500).get(0)).toBe(0);
  });
});

describe("any of five million records", () => {
  it("can be shown at once, without knowing what is before it", () => {
    const list = new DrawnForTest(5_000_000, various);
    list.scroll.reveal(3_333_333, "center");
    const top = list.draw().get(3_333_333)!;
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top + various(3_333_333)).toBeLessThanOrEqual(VIEWPORT);
  });

  it("is not moved when it is in view already", () => {
    const list = new DrawnForTest(5_000_000, various);
    const before = list.draw();
    list.scroll.reveal(1, "nearest");
    expect(list.draw()).toEqual(before);
  });

  it("can be the last one", () => {
    const list = new DrawnForTest(5_000_000, various);
    list.scroll.goToEnd();
    const tops = list.draw();
    expect(tops.get(4_999_999)! + various(4_999_999)).toBeCloseTo(VIEWPORT, 6);
  });
});

describe("records that become others", () => {
  it("keep the place when one above the edge grows, as an opened part of it does", () => {
    const heights = Array.from({ length: 100 }, () => 100);
    const list = new DrawnForTest(100, (record) => heights[record]!);
    list.moveBy(250);
    const before = list.draw().get(3);
    heights[2] = 180;
    expect(list.draw().get(3)).toBe(before);
  });

  it("stay in bounds when there are fewer", () => {
    const list = new DrawnForTest(100, () => 100);
    list.scroll.goTo(90);
    list.draw();
    list.scroll.setCount(10);
    expect(list.draw().get(9)).toBe(VIEWPORT - 100);
    list.scroll.setCount(0);
    expect(list.scroll.window).toEqual({ first: 0, last: -1 });
  });

  it("keep the share that is hidden when the window gets another width", () => {
    const list = new DrawnForTest(1000, () => 200);
    list.scroll.goTo(500.5);
    list.draw();
    list.scroll.forgetHeights();
    expect(list.scroll.position).toBeCloseTo(500.5, 6);
  });
});
