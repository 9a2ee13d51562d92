/** Glyphs of Phosphor's font have the editor's own icons. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CODICONS } from "../../../src/shared/phosphor";
import { codiconOf } from "../../../src/webview/nodes/icons";
import { Drawing } from "./drawing";

const css = readFileSync("node_modules/@vscode/codicons/dist/codicon.css", "utf8");

it("each leads to an icon that there is", () => {
  const names = [...new Set(Object.values(CODICONS))];
  expect(names.filter((name) => !css.includes(`.codicon-${name}:before`))).toEqual([]);
  expect(Object.keys(CODICONS).length).toBeGreaterThan(500);
});

it("each is one character of the font's own range", () => {
  const outside = Object.keys(CODICONS).map(Number).filter((code) => code < 0xe000 || code > 0xf8ff);
  expect(outside).toEqual([]);
});

it("what has none is drawn as a neutral one, and what any font has as it is", () => {
  expect([codiconOf("\ue24a"), codiconOf("\uf8ff"), codiconOf("★")]).toEqual(["folder", "symbol-misc", null]);
  const drawn = (glyph: string): string => new Drawing({ type: "icon", glyph }).find(".n-tree > *").className;
  expect([drawn("\ue24a"), drawn("\uf8ff"), drawn("★")]).toEqual(["n-icon codicon codicon-folder", "n-icon codicon codicon-symbol-misc", "n-glyph"]);
});
