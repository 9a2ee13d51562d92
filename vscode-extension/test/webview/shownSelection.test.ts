import { describe, expect, it } from "vitest";
import { ShownSelection } from "../../src/webview/grid/app/shownSelection";
import type { Messenger } from "../../src/webview/messenger";

describe("what the status bar says is selected", () => {
  it("is told once for each change, an empty text first of all too, and again when another view had said something else", () => {
    const told: unknown[] = [];
    const messenger = { request: (name: string, { text }: { text: string }) => Promise.resolve(told.push([name, text])) };
    const selection = new ShownSelection(messenger as unknown as Messenger);
    for (const text of ["", "", "Row 1 $", "", "Row 1 $", "Row 1 $"]) {
      selection.show(text);
    }
    expect(told).toEqual(["", "Row 1 $", "", "Row 1 $"].map((text) => ["selection", text]));
  });
});
