/** JSON as a tree, and colours for code. */
import { describe, expect, it } from "vitest";
import { languageOf, tokenize } from "../../../src/webview/nodes/highlight";
import { jsonRows, jsonText, textOf } from "../../../src/webview/nodes/jsonRows";
import { ExactNumber } from "../../../src/webview/nodes/fields";
import { Drawing } from "./drawing";

const tree = (value: unknown): Drawing => new Drawing({ type: "json-tree", value });
const rows = (drawing: Drawing): string[] => drawing.all("[role=treeitem]").map((row) => row.textContent.replaceAll(/\s+/g, " ").trim());
const active = (drawing: Drawing): string => drawing.find(".n-active").textContent.replaceAll(/\s+/g, " ").trim();

describe("a JSON tree", () => {
  it("is open where it is small", () => {
    expect(rows(tree({ a: [1, { b: null }] }))).toEqual(["{1}", "a: [2]", "0: 1", "1: {1}", "b: null"]);
  });

  it("is open where it is big, too, and only the rows in sight are on the page", () => {
    const drawing = tree(Array.from({ length: 50_000 }, (_, index) => ({ index })));
    expect(rows(drawing).length).toBeLessThan(60);
    expect(rows(drawing).slice(0, 3)).toEqual(["[50000]", "0: {1}", "index: 0"]);
    drawing.key("[role=tree]", "End");
    expect(active(drawing)).toBe("index: 49999");
    expect(drawing.find(".n-active").getAttribute("aria-level")).toBe("3");
    drawing.key("[role=tree]", "Home");
    expect(active(drawing)).toBe("[50000]");
  });

  it("says where each row is among its siblings", () => {
    const second = tree({ a: 1, b: [2] }).all("[role=treeitem]")[2]!;
    expect(["level", "posinset", "setsize", "expanded"].map((name) => second.getAttribute(`aria-${name}`))).toEqual(["2", "2", "2", "true"]);
  });

  it("copies the active value with every digit", () => {
    const drawing = tree({ a: [new ExactNumber("12345678901234567890"), {}, "x"] });
    drawing.key("[role=tree]", "ArrowDown");
    drawing.key("[role=tree]", "c", { ctrlKey: true });
    expect(drawing.copied).toEqual(['[\n  12345678901234567890,\n  {},\n  "x"\n]']);
  });

  it("opens and closes by keys and clicks, as VS Code's own trees do", () => {
    const drawing = tree({ a: { b: 1 }, c: 2 });
    for (const key of ["ArrowDown", "ArrowLeft"]) {
      drawing.key("[role=tree]", key);
    }
    expect(rows(drawing)).toEqual(["{2}", "a: {1}", "c: 2"]);
    for (const [key, at] of [["ArrowRight", "a: {1}"], ["ArrowRight", "b: 1"], ["ArrowLeft", "a: {1}"], ["End", "c: 2"], ["Home", "{2}"]] as const) {
      drawing.key("[role=tree]", key);
      expect(active(drawing)).toBe(at);
    }
    drawing.click("[data-index='1']");
    expect(rows(drawing)).toEqual(["{2}", "a: {1}", "c: 2"]);
  });

  it("points to the active row", () => {
    const drawing = tree([1, 2]);
    drawing.key("[role=tree]", "ArrowDown");
    expect(drawing.find("[role=tree]").getAttribute("aria-activedescendant")).toBe(drawing.find(".n-active").id);
  });

  it("shows numbers as they were written and texts with what is invisible in them", () => {
    const all = jsonRows([new ExactNumber("12345678901234567890"), "a\nb", ""], {});
    expect(all.map(textOf)).toEqual(["[3]", "12345678901234567890", '"a\\nb"', '""']);
  });

  it("closes by itself what would be too many rows", () => {
    const value = Array.from({ length: 10 }, () => [1, 2, 3]);
    expect(jsonRows(value, {}, 20)).toHaveLength(11 + 3 * 3);
    expect(jsonRows([...value], { "/9": true }, 20).at(-1)?.path).toBe("/9/2");
  });

  it("bears values that are nested very deeply", () => {
    let deep: unknown = 1;
    for (let at = 0; at < 100_000; at++) {
      deep = [deep];
    }
    expect(jsonRows(deep, { "/0/0": false })).toHaveLength(3);
    expect(jsonText(deep)).toBeNull();
  });
});

describe("colours of code", () => {
  it.each([
    ["json", '{"a": "x", "b": [1.5, true]}', ['key:"a"', 'string:"x"', 'key:"b"', "number:1.5", "special:true"]],
    ["sql", "SELECT 'it' FROM t -- all\n/* two */", ["keyword:SELECT", "string:'it'", "keyword:FROM", "comment:-- all", "comment:/* two */"]],
    ["bash", "if echo \"$x\"; then # why", ["keyword:if", "special:echo", 'string:"$x"', "keyword:then", "comment:# why"]],
    ["rust", 'fn main() -> u32 { 0xff } // end', ["keyword:fn", "type:u32", "number:0xff", "comment:// end"]],
  ])("%s", (name, code, expected) => {
    const tokens = tokenize(code, languageOf(name)!);
    expect(tokens.map(({ text }) => text).join("")).toBe(code);
    expect(tokens.filter(({ kind }) => kind !== "plain").map(({ kind, text }) => `${kind}:${text}`)).toEqual(expected);
  });

  it("end with the code, whatever is open", () => {
    for (const code of ['"open', "/* open", "'", "\\", '"\\']) {
      expect(tokenize(code, languageOf("sql")!).map(({ text }) => text).join("")).toBe(code);
    }
    expect(languageOf("constructor")).toBeNull();
  });
});
