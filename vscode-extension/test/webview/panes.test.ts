import { describe, expect, it } from "vitest";
import { CELL_WINDOW, CellReader, prettyJson } from "../../src/webview/grid/panes/cellReader";

describe("reading a whole cell", () => {
  const reader = (text: string, asked: number[] = []) =>
    new CellReader((start, count) => {
      asked.push(start);
      const end = Math.min(start + count, text.length);
      return Promise.resolve({ text: text.slice(start, end), sizeBytes: text.length, next: end < text.length ? end : null });
    });

  it("goes on window by window until the end", async () => {
    const text = "x".repeat(CELL_WINDOW * 2 + 5);
    const asked: number[] = [];
    const cell = reader(text, asked);
    expect(await cell.readMore()).toHaveLength(CELL_WINDOW);
    expect([cell.isComplete, cell.position, cell.size]).toEqual([false, CELL_WINDOW, text.length]);
    expect(await cell.readAll()).toBe(text);
    expect(asked).toEqual([0, CELL_WINDOW, CELL_WINDOW * 2]);
    expect(await cell.readMore()).toBe("");
  });

  it("asks once when asked twice at a time", async () => {
    const asked: number[] = [];
    const cell = reader("abc", asked);
    await Promise.all([cell.readMore(), cell.readMore()]);
    expect(asked).toEqual([0]);
    expect(cell.parts).toEqual(["abc"]);
  });

  it("does not go round in circles when the host does not go on", async () => {
    const cell = new CellReader(() => Promise.resolve({ text: "", sizeBytes: 10, next: 0 }));
    await expect(cell.readAll()).rejects.toThrow();
  });

  it("can be asked again after an error", async () => {
    let calls = 0;
    const cell = new CellReader(() =>
      ++calls === 1 ? Promise.reject(new Error("no")) : Promise.resolve({ text: "ok", sizeBytes: 2, next: null }),
    );
    await expect(cell.readMore()).rejects.toThrow("no");
    expect(await cell.readMore()).toBe("ok");
  });
});

describe("laying out JSON", () => {
  it("lays out objects and arrays only", () => {
    expect(prettyJson(' {"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyJson("[1]")).toBe("[\n  1\n]");
    expect(prettyJson("17")).toBeNull();
    expect(prettyJson("{not json")).toBeNull();
  });
});
