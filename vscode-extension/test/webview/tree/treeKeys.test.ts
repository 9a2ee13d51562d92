import { expect, it } from "vitest";
import { treeActionFor } from "../../../src/webview/grid/tree/treeKeys";

const key = (name: string, held: readonly string[] = []) => ({
  key: name,
  ctrlKey: held.includes("ctrl"),
  shiftKey: held.includes("shift"),
  altKey: held.includes("alt"),
  metaKey: held.includes("meta"),
});

it.each([
  ["ArrowDown", { kind: "move", by: 1 }],
  ["PageUp", { kind: "move", by: "pageUp" }],
  ["End", { kind: "move", by: "end" }],
  ["ArrowRight", { kind: "in" }],
  ["ArrowLeft", { kind: "out" }],
  ["Enter", { kind: "open" }],
  [" ", { kind: "toggle" }],
  ["F2", { kind: "editPath" }],
  ["x", { kind: "type", text: "x" }],
  ["ß", { kind: "type", text: "ß" }],
])("%s is as in VS Code's trees", (name, action) => {
  expect(treeActionFor(key(name), false, false)).toEqual(action);
});

it("expands a level with an asterisk, which is typed with Shift on many keyboards", () => {
  expect(treeActionFor(key("*", ["shift"]), false, false)).toEqual({ kind: "expandLevel" });
});

it("takes a space for a part of the word while one is being typed", () => {
  expect(treeActionFor(key(" "), false, true)).toEqual({ kind: "type", text: " " });
});

it("opens the menu with Shift+F10 and copies with the platform's own key", () => {
  expect(treeActionFor(key("F10", ["shift"]), false, false)).toEqual({ kind: "contextMenu" });
  expect(treeActionFor(key("c", ["ctrl"]), false, false)).toEqual({ kind: "copy" });
  expect(treeActionFor(key("c", ["meta"]), true, false)).toEqual({ kind: "copy" });
});

it.each([
  ["ArrowLeft", ["alt"]],
  ["ArrowDown", ["shift"]],
  ["Tab", []],
  ["c", ["meta"]],
  ["F10", []],
])("leaves %s with %j to the editor", (name, held) => {
  expect(treeActionFor(key(name, held), false, false)).toBeNull();
});
