import { describe, expect, test } from "vitest";
import { inForm, wholeText } from "../src/copyValue";
import { openLink } from "../src/openLink";
import { layOutJson } from "../src/shared/format/jsonText";

/** A text that comes in pieces of `size` bytes. */
const inPieces = (text: string, size: number, sizeBytes = text.length) => (start: number) =>
  Promise.resolve({ text: text.slice(start, start + size), sizeBytes, next: start + size < text.length ? start + size : null });

describe("the whole of a value", () => {
  test("is put together from pieces, telling how far it is", async () => {
    const parts: number[] = [];
    expect(await wholeText(inPieces("abcdefghij", 4), () => false, (part) => parts.push(part))).toBe("abcdefghij");
    expect(parts).toEqual([0.4, 0.8, 1]);
  });

  test("is not read on after it was cancelled", async () => {
    let reads = 0;
    const read = (start: number) => (reads++, inPieces("abcdefghij", 4)(start));
    await expect(wholeText(read, () => reads > 0, () => undefined)).rejects.toMatchObject({ kind: "cancelled" });
    expect(reads).toBe(1);
  });

  test("is refused after the first piece where it is more than the clipboard takes", async () => {
    let reads = 0;
    const read = (start: number) => (reads++, inPieces("x".repeat(100), 1, 5_000_000_000)(start));
    await expect(wholeText(read, () => false, () => undefined)).rejects.toMatchObject({ kind: "tooLarge" });
    expect(reads).toBe(1);
  });
});

describe("JSON laid out anew", () => {
  test.each([
    ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
    [" [ ] ", "[]"],
    ['{"a":{},"b":[[]]}', '{\n  "a": {},\n  "b": [\n    []\n  ]\n}'],
    ["12345678901234567890.10", "12345678901234567890.10"],
    ['"a, {b}: \\"c\\" // d"', '"a, {b}: \\"c\\" // d"'],
  ])("%s", (text, laidOut) => {
    expect(layOutJson(text, 2, 1_000)).toBe(laidOut);
  });

  test("keeps every digit and every escape, without a space where none is wanted", () => {
    const text = '{ "n" : 1.50e+400 , "s" : "\\u00e4 \\ud800" , "list" : [ 1 , 2 ] }';
    expect(layOutJson(text, 0, 1_000)).toBe('{"n":1.50e+400,"s":"\\u00e4 \\ud800","list":[1,2]}');
  });

  test("leaves comments and trailing commas out, so that it is JSON", () => {
    const text = '{ // one\n "a": [1, /* two, */ 2,],\n}';
    expect(layOutJson(text, 0, 1_000)).toBe('{"a":[1,2]}');
    expect(JSON.parse(layOutJson(text, 2, 1_000) ?? "")).toEqual({ a: [1, 2] });
  });

  test("says the same as the value it was made of", () => {
    const value = { deep: [[[{ x: [1, "two", { three: null }] }]]], empty: [{}, [], ""], "k:,{": "v]" };
    for (const indent of [0, 2, 4]) {
      expect(layOutJson(JSON.stringify(value), indent, 10_000)).toBe(JSON.stringify(value, null, indent));
    }
  });

  test("comes to an end whatever is left open", () => {
    for (const text of ['{"a', "[1,2", "/* never", "// never", "{:,}", "tru\\", '"\\']) {
      expect(typeof layOutJson(text, 2, 1_000)).toBe("string");
    }
  });

  test("is refused where it would be longer than can be copied, as deep values are", () => {
    expect(layOutJson("[".repeat(100_000) + "]".repeat(100_000), 2, 1_000_000)).toBeNull();
    expect(layOutJson("[".repeat(100_000) + "]".repeat(100_000), 0, 1_000_000)).toHaveLength(200_000);
  });
});

test("a value is copied in the form that was asked for", () => {
  expect(["source", "decoded", "pretty", "compact"].map((form) => inForm("[ 1 ]", form as "source"))).toEqual(["[ 1 ]", "[ 1 ]", "[\n  1\n]", "[1]"]);
});

test.each(["file:///etc/passwd", "javascript:alert(1)", "command:workbench.action.quit", "vscode://x", "no address"])(
  "%s is not opened",
  async (url) => {
    await expect(openLink(url)).rejects.toMatchObject({ kind: "invalidRequest" });
  },
);
