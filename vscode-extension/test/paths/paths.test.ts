/** Every way to write a path, and reading each of them back. */
import { describe, expect, test } from "vitest";
import { PATH_FORMATS } from "../../src/shared/paths/formats";
import { parsePath } from "../../src/shared/paths/parse";
import type { Path } from "../../src/shared/paths/path";

const TABLE: readonly { path: Path; jsonPath: string; javascript: string; jq: string; jsonPointer: string }[] = [
  { path: [], jsonPath: "$", javascript: "", jq: ".", jsonPointer: "" },
  { path: ["a"], jsonPath: "$['a']", javascript: "a", jq: ".a", jsonPointer: "/a" },
  { path: ["a", 3], jsonPath: "$['a'][3]", javascript: "a[3]", jq: ".a[3]", jsonPointer: "/a/3" },
  { path: [0, "b"], jsonPath: "$[0]['b']", javascript: "[0].b", jq: ".[0].b", jsonPointer: "/0/b" },
  { path: ["a", "b", 3, "x y"], jsonPath: "$['a']['b'][3]['x y']", javascript: 'a.b[3]["x y"]', jq: '.a.b[3]."x y"', jsonPointer: "/a/b/3/x y" },
  { path: ["x y"], jsonPath: "$['x y']", javascript: '["x y"]', jq: '."x y"', jsonPointer: "/x y" },
  { path: [""], jsonPath: "$['']", javascript: '[""]', jq: '.""', jsonPointer: "/" },
  { path: ["it's"], jsonPath: "$['it\\'s']", javascript: '["it\'s"]', jq: '."it\'s"', jsonPointer: "/it's" },
  { path: ['say "x"'], jsonPath: "$['say \"x\"']", javascript: '["say \\"x\\""]', jq: '."say \\"x\\""', jsonPointer: '/say "x"' },
  { path: ["a\\b"], jsonPath: "$['a\\\\b']", javascript: '["a\\\\b"]', jq: '."a\\\\b"', jsonPointer: "/a\\b" },
  { path: ["a/b~c"], jsonPath: "$['a/b~c']", javascript: '["a/b~c"]', jq: '."a/b~c"', jsonPointer: "/a~1b~0c" },
  { path: ["\b\t\n\f\r"], jsonPath: "$['\\b\\t\\n\\f\\r']", javascript: '["\\b\\t\\n\\f\\r"]', jq: '."\\b\\t\\n\\f\\r"', jsonPointer: "/\b\t\n\f\r" },
  { path: ["\u0000\u000b\u001f"], jsonPath: "$['\\u0000\\u000b\\u001f']", javascript: '["\\u0000\\u000b\\u001f"]', jq: '."\\u0000\\u000b\\u001f"', jsonPointer: "/\u0000\u000b\u001f" },
  { path: ["größe"], jsonPath: "$['größe']", javascript: "größe", jq: '."größe"', jsonPointer: "/größe" },
  { path: ["$ref"], jsonPath: "$['$ref']", javascript: "$ref", jq: '."$ref"', jsonPointer: "/$ref" },
  { path: ["😀"], jsonPath: "$['😀']", javascript: '["😀"]', jq: '."😀"', jsonPointer: "/😀" },
  { path: ["3"], jsonPath: "$['3']", javascript: '["3"]', jq: '."3"', jsonPointer: "/3" },
];

describe.each(TABLE)("$jsonPath", ({ path, ...texts }) => {
  test.each(["jsonPath", "javascript", "jq", "jsonPointer"] as const)("is written as %s", (syntax) => {
    expect(PATH_FORMATS[syntax](path)).toBe(texts[syntax]);
  });

  test.each(["jsonPath", "javascript", "jq"] as const)("is read back from %s", (syntax) => {
    expect(parsePath(texts[syntax])).toEqual({ steps: path });
  });

  test("is read back from jsonPointer, numbers as either a name or a position", () => {
    const steps = path.map((step) => (/^\d+$/.test(String(step)) ? { either: Number(step) } : step));
    expect(parsePath(texts.jsonPointer)).toEqual({ steps });
  });
});

describe("other spellings", () => {
  test.each([
    ["$.a.b", ["a", "b"]],
    ['$["a"][ 0 ]', ["a", 0]],
    [".a.[2]", ["a", 2]],
    ["['\\u00e4\\/']", ["ä/"]],
    ["$['\\ud83d\\ude00']", ["😀"]],
    ["/01", ["01"]],
    ["/-", ["-"]],
  ])("%s is understood", (text, steps) => {
    expect(parsePath(text)).toEqual({ steps });
  });
});

describe("what is no path is said to be none, and where", () => {
  test.each([
    ["3", "start", 0],
    [" $", "start", 0],
    ["$a..b", "many", 2],
    ["$..b", "many", 1],
    ["$['a'", "open", 1],
    ["$['a", "quote", 2],
    ["$['\\x']", "escape", 3],
    ["$['\\u12']", "escape", 3],
    ["$[", "open", 1],
    ["$[a]", "bracket", 2],
    ["$[1 2]", "bracket", 4],
    ["$[*]", "many", 2],
    ["$[?@.a]", "many", 2],
    ["$[1:2]", "many", 3],
    ["$[-1]", "many", 2],
    ["$.a.", "name", 4],
    [".a b", "sign", 2],
    ["$[9007199254740993]", "tooLarge", 2],
    ["/a~2", "tilde", 2],
    ["/a~", "tilde", 2],
    ["/a/b~x", "tilde", 4],
  ])("%s", (text, error, at) => {
    expect(parsePath(text)).toMatchObject({ error, at });
  });
});
