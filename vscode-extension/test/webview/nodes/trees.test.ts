/** JSON as a tree, and colours for code. */
import { describe, expect, it } from "vitest";
import { languageOf, tokenize } from "../../../src/webview/nodes/highlight";
import { jsonRows } from "../../../src/webview/nodes/jsonRows";
import { ExactNumber } from "../../../src/webview/nodes/fields";
import { Drawing, WORDS } from "./drawing";

const tree = (value: unknown): Drawing => new Drawing({ type: "json-tree", value });
const rows = (drawing: Drawing): string[] => drawing.all("[role=treeitem]").map((row) => row.textContent.replaceAll(/\s+/g, " ").trim());
const active = (drawing: Drawing): string => drawing.find(".n-active").textContent.replaceAll(/\s+/g, " ").trim();

describe("a JSON tree", () => {
  it("is open where it is small", () => {
    expect(rows(tree({ a: [1, { b: null }] }))).toEqual(["{1}", "a: [2]", "0: 1", "1: {1}", "b: null"]);
  });

  it("begins closed below its first level where it is big, and draws only so many rows", () => {
    const drawing = tree(Array.from({ length: 100_000 }, (_, index) => ({ index })));
    expect(rows(drawing)).toHaveLength(500);
    expect(drawing.find("[aria-level='2']").getAttribute("aria-expanded")).toBe("false");
    drawing.click(".n-more");
    expect(rows(drawing)).toHaveLength(1000);
    expect(drawing.text).toContain(WORDS.nodeShowMore.replace("{0}", "500"));
  }, 30_000);

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
    const { rows: all } = jsonRows([new ExactNumber("12345678901234567890"), "a\nb", ""], new Map(), 10);
    expect(all.map(({ text }) => text)).toEqual(["[3]", "12345678901234567890", '"a\\nb"', '""']);
  });

  it("does not descend into what is closed, however deep it is", () => {
    let deep: unknown = 1;
    for (let at = 0; at < 100_000; at++) {
      deep = [deep];
    }
    expect(jsonRows(deep, new Map(), 500).rows.length).toBeLessThanOrEqual(2);
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
