/** Messages above the grid are spoken, and not over and over. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GRID_STRINGS } from "../../src/shared/gridStrings";
import { Banners } from "../../src/webview/grid/chrome/banners";

describe("messages above the grid", () => {
  let spoken: string[];
  let banners: Banners;

  beforeEach(() => {
    vi.useFakeTimers();
    spoken = [];
    banners = new Banners(GRID_STRINGS, (text) => spoken.push(text));
  });
  afterEach(() => vi.useRealTimers());

  it("say how far something has come once, but how it ended", () => {
    for (const text of ["10 %", "20 %", "30 %"]) {
      banners.show("change", { severity: "info", text, busy: true });
      vi.advanceTimersByTime(1000);
    }
    expect(spoken).toEqual(["10 %"]);
    expect(banners.element.textContent).toContain("30 %");
    banners.show("change", { severity: "error", text: "It failed." });
    expect(spoken).toEqual(["10 %", "It failed."]);
  });

  it("come although what is busy is told of anew all the time", () => {
    for (const text of ["1", "2", "3", "4", "5"]) {
      banners.show("filter", { severity: "info", text, busy: true });
      vi.advanceTimersByTime(100);
    }
    expect(banners.element.textContent).toContain("5");
    expect(spoken).toEqual(["3"]);
  });

  it("do not come and go with work that is done at once", () => {
    banners.show("change", { severity: "info", text: "Working", busy: true });
    banners.hide("change");
    vi.advanceTimersByTime(1000);
    expect([spoken, banners.element.textContent.trim()]).toEqual([[], ""]);
  });
});
