import { describe, expect, it } from "vitest";
import { MAX_TRACK, ScrollModel } from "../../src/webview/grid/view/scrollModel";

const ROWS = 100_000_000;
const HEIGHT = 22;
const VIEWPORT = 600;

function model(rows = ROWS): ScrollModel {
  const scroll = new ScrollModel();
  scroll.resize(rows, HEIGHT, VIEWPORT);
  return scroll;
}

/** Moves the scrollbar to where the model wants it, as the view does. */
function settle(scroll: ScrollModel): number {
  scroll.settled(scroll.trackPosition);
  return scroll.trackPosition;
}

describe("a short file", () => {
  it("scrolls one to one", () => {
    const scroll = model(1000);
    expect(scroll.trackHeight).toBe(22_000);
    scroll.nativeScroll(440);
    expect(scroll.window).toEqual({ first: 20, last: 47 });
    expect(scroll.trackPosition).toBe(440);
  });

  it("shows fewer rows than fit without scrolling", () => {
    const scroll = model(3);
    scroll.nativeScroll(50);
    expect(scroll.top).toBe(0);
    expect(scroll.window).toEqual({ first: 0, last: 2 });
  });

  it("shows nothing of no rows", () => {
    expect(model(0).window.last).toBe(-1);
  });
});

describe("a hundred million rows", () => {
  it("keeps the track within what browsers can lay out", () => {
    expect(model().trackHeight).toBe(MAX_TRACK);
  });

  it("shows the very last row when the thumb is at the end", () => {
    const scroll = model();
    scroll.nativeScroll(MAX_TRACK - VIEWPORT);
    expect(scroll.window.last).toBe(ROWS - 1);
    expect(scroll.top).toBe(ROWS * HEIGHT - VIEWPORT);
  });

  it("maps the thumb proportionally", () => {
    const scroll = model();
    scroll.nativeScroll((MAX_TRACK - VIEWPORT) / 2);
    expect(scroll.window.first / ROWS).toBeCloseTo(0.5, 4);
  });

  it("moves by exact pixels with small steps, wherever it is", () => {
    const scroll = model();
    scroll.reveal(50_000_000, "center");
    const track = settle(scroll);
    const { top } = scroll;
    scroll.nativeScroll(track + 3);
    expect(scroll.top).toBe(top + 3);
    scroll.moveBy(-7);
    expect(scroll.top).toBe(top - 4);
  });

  it("puts the scrollbar back to the same place for every position", () => {
    for (const row of [0, 3, 500, 12_345, 49_999_999, 99_990_000, 99_999_990]) {
      const scroll = model();
      scroll.setTop(row * HEIGHT);
      const { top } = scroll;
      const track = settle(scroll);
      scroll.settled(track > MAX_TRACK / 2 ? 0 : MAX_TRACK);
      scroll.nativeScroll(track);
      expect(Math.abs(scroll.top - top)).toBeLessThan(1);
    }
  });

  it("reaches both ends by small steps alone", () => {
    const scroll = model();
    scroll.setTop(scroll.maxTop - 900);
    let track = settle(scroll);
    for (let step = 0; step < 10; step++) {
      track = Math.min(track + 100, MAX_TRACK - VIEWPORT);
      scroll.nativeScroll(track);
    }
    expect(scroll.top).toBe(scroll.maxTop);
    scroll.setTop(900);
    track = settle(scroll);
    for (let step = 0; step < 10; step++) {
      track = Math.max(0, track - 100);
      scroll.nativeScroll(track);
    }
    expect(scroll.top).toBe(0);
  });

  it("takes no notice of the event that its own correction causes", () => {
    const scroll = model();
    scroll.setTop(1_000_000_000);
    const { top } = scroll;
    const track = settle(scroll);
    scroll.nativeScroll(track);
    expect(scroll.top).toBe(top);
  });
});

describe("changing sizes", () => {
  it("keeps the topmost row when the font changes", () => {
    const scroll = model(10_000);
    scroll.setTop(500 * HEIGHT + 11);
    scroll.resize(10_000, 30, VIEWPORT);
    expect(scroll.top / 30).toBeCloseTo(500.5);
  });

  it("keeps the place while rows are added, also past the largest track", () => {
    const scroll = model(1000);
    scroll.setTop(5000);
    scroll.resize(5_000_000, HEIGHT, VIEWPORT);
    expect(scroll.top).toBe(5000);
  });

  it("goes back to the last row when rows are gone", () => {
    const scroll = model(1000);
    scroll.setTop(scroll.maxTop);
    scroll.resize(100, HEIGHT, VIEWPORT);
    expect(scroll.window.last).toBe(99);
  });
});

describe("revealing a row", () => {
  it("does not move when the row is visible whole", () => {
    const scroll = model(1000);
    scroll.setTop(220);
    scroll.reveal(10, "nearest");
    expect(scroll.top).toBe(220);
  });

  it("moves no further than needed", () => {
    const scroll = model(1000);
    scroll.reveal(100, "nearest");
    expect(scroll.top).toBe(101 * HEIGHT - VIEWPORT);
    scroll.reveal(50, "nearest");
    expect(scroll.top).toBe(50 * HEIGHT);
  });

  it("finds rows by their place on the screen", () => {
    const scroll = model(1000);
    scroll.setTop(30);
    expect(scroll.rowAt(0)).toBe(1);
    expect(scroll.rowAt(20)).toBe(2);
    expect(scroll.rowAt(-500)).toBe(0);
    expect(scroll.rowAt(1e9)).toBe(999);
  });
});
