import { expect, it } from "vitest";
import type { Key, KeyAction } from "../../src/webview/grid/view/keymap";
import { actionFor } from "../../src/webview/grid/view/keymap";

function key(combination: string): Key {
  const parts = combination.split("+");
  return {
    key: parts.at(-1) === "Space" ? " " : parts.at(-1)!,
    ctrlKey: parts.includes("Ctrl"),
    shiftKey: parts.includes("Shift"),
    altKey: parts.includes("Alt"),
    metaKey: parts.includes("Meta"),
  };
}

const move = (rows: unknown, columns: unknown, extend = false) => ({ kind: "move", rows, columns, extend }) as KeyAction;

it.each<[string, KeyAction | null]>([
  ["ArrowDown", move(1, 0)],
  ["Shift+ArrowLeft", move(0, -1, true)],
  ["Ctrl+ArrowUp", move("start", 0)],
  ["Ctrl+Shift+ArrowRight", move(0, "end", true)],
  ["Home", move(0, "start")],
  ["End", move(0, "end")],
  ["Ctrl+Home", move("start", "start")],
  ["Ctrl+End", move("end", "end")],
  ["PageDown", move("pageDown", 0)],
  ["Shift+PageUp", move("pageUp", 0, true)],
  ["Ctrl+a", { kind: "selectAll" }],
  ["Ctrl+c", { kind: "copy" }],
  ["Ctrl+f", { kind: "find" }],
  ["F3", { kind: "findNext" }],
  ["Shift+F3", { kind: "findPrevious" }],
  ["Ctrl+Shift+f", { kind: "search" }],
  ["F4", { kind: "searchNext" }],
  ["Shift+F4", { kind: "searchPrevious" }],
  ["Enter", { kind: "showCell" }],
  ["F2", { kind: "showCell" }],
  ["Shift+F10", { kind: "contextMenu" }],
  ["ContextMenu", { kind: "contextMenu" }],
  ["Escape", { kind: "escape" }],
  ["Shift+Space", { kind: "selectRow" }],
  ["Ctrl+Space", { kind: "selectColumn" }],
  ["Alt+Shift+ArrowRight", { kind: "resizeColumn", by: 16 }],
])("%s", (combination, action) => {
  expect(actionFor(key(combination), false)).toEqual(action);
});

it.each(["Tab", "Ctrl+p", "Ctrl+Shift+c", "Alt+ArrowLeft", "F1", "a", "Meta+c"])(
  "leaves %s to the editor",
  (combination) => {
    expect(actionFor(key(combination), false)).toBeNull();
  },
);

it("uses the command key on a Mac", () => {
  expect(actionFor(key("Meta+c"), true)).toEqual({ kind: "copy" });
  expect(actionFor(key("Ctrl+c"), true)).toBeNull();
  expect(actionFor(key("Meta+ArrowDown"), true)).toEqual(move("end", 0));
});
