import { describe, expect, test } from "vitest";
import type { Column } from "../../src/generated/protocol";
import { FORMATS } from "../../src/shared/format/formats";
import { distinct } from "../../src/shared/format/json";
import type { CellValue } from "../../src/shared/format/table";
import type { CopyFormat } from "../../src/shared/messages";

const column = (name: string, type: Column["type"] = "text", nulls: string[] = []): Column => ({ name, type, nulls, path: null });

function formatted(format: CopyFormat, columns: Column[], rows: CellValue[][], header = true): string {
  const formatter = FORMATS[format]({ columns, header });
  return formatter.begin() + rows.map((row) => formatter.row(row)).join("") + formatter.end();
}

const two = [column("a"), column("b")];

describe("CSV", () => {
  test("quotes only what has to be quoted", () => {
    expect(formatted("csv", two, [["plain", 'say "hi"'], ["x,y", "two\nlines"], [" edge", ""]])).toBe(
      'a,b\nplain,"say ""hi"""\n"x,y","two\nlines"\n" edge",\n',
    );
  });

  test("a single empty cell is not an empty line", () => {
    expect(formatted("csv", [column("a")], [[""], ["x"]], false)).toBe('""\nx\n');
  });

  test("what looks like a formula stays what it is", () => {
    expect(formatted("csv", two, [["=1+1", "@x"]], false)).toBe("=1+1,@x\n");
  });
});

describe("TSV", () => {
  test("quotes tabs, line breaks and quotes", () => {
    expect(formatted("tsv", two, [["a\tb", 'c"d'], ["e\r\nf", "g,h"]], false)).toBe('"a\tb"\t"c""d"\n"e\r\nf"\tg,h\n');
  });

  test("missing cells are empty ones", () => {
    expect(formatted("tsv", two, [["x", undefined]], false)).toBe("x\t\n");
  });
});

describe("JSON", () => {
  const columns = [column("n", "integer", ["NA"]), column("t"), column("b", "boolean"), column("j", "json")];

  test("numbers keep every digit, and text that is no number stays text", () => {
    const rows = [["12345678901234567890", "1", "TRUE", '{"k":1}'], ["007", "", "yes", "{"], ["NA", "NA", "", "null"]];
    const text = formatted("json", columns, rows);
    expect(text).toContain('{ "n": 12345678901234567890, "t": "1", "b": true, "j": {"k":1} }');
    expect(JSON.parse(text)).toMatchObject([
      { t: "1", b: true, j: { k: 1 } },
      { n: "007", t: "", b: "yes", j: "{" },
      { n: null, t: "NA", b: null, j: null },
    ]);
  });

  test("a missing cell has no key", () => {
    expect(JSON.parse(formatted("json", two, [["x", undefined]]))).toEqual([{ a: "x" }]);
  });

  test("a cell beyond the last column goes by its position, never by the name of a column", () => {
    const three = [column("3"), column("3_2")];
    expect(JSON.parse(formatted("json", three, [["x", "y", "z"]]))).toEqual([{ 3: "x", "3_2": "y", "3_3": "z" }]);
  });

  test("no rows are an empty array, cells cannot end a string", () => {
    expect(formatted("json", two, [])).toBe("[]\n");
    expect(JSON.parse(formatted("json", two, [['"}],"', "\u2028\n"]]))).toEqual([{ a: '"}],"', b: "\u2028\n" }]);
  });

  test("names that repeat are kept apart", () => {
    expect(distinct(["a", "a", "a_2", "a", "__proto__"])).toEqual(["a", "a_3", "a_2", "a_4", "__proto__"]);
  });
});

describe("Markdown", () => {
  test("numbers are aligned right and the header can be left empty", () => {
    const columns = [column("n", "float"), column("t")];
    expect(formatted("markdown", columns, [["1", "x"]])).toBe("| n | t |\n| ---: | --- |\n| 1 | x |\n");
    expect(formatted("markdown", columns, [["1", "x"]], false)).toBe("|  |  |\n| ---: | --- |\n| 1 | x |\n");
  });

  test("nothing in a cell is taken for markup", () => {
    expect(formatted("markdown", [column("a")], [["<b>|*x*\n[l](u)&amp;"]], false).split("\n")[2]).toBe(
      "| &lt;b&gt;\\|\\*x\\*<br>\\[l\\](u)&amp;amp; |",
    );
  });
});

describe("values of kinds", () => {
  const of = (kind: "number" | "null" | "object" | "array" | "boolean" | "invalid", text: string) => ({ kind, text });
  const columns = ["n", "s", "o", "x"].map((name) => ({ ...column(name, "integer"), path: [name] }));
  const row: CellValue[] = [of("number", "1.50"), "12", of("object", '{ "a": [1, 2.0] }'), of("invalid", "nul")];

  test("stay what they are in JSON: numbers with every digit, strings of digits as strings, nested values as they are", () => {
    expect(formatted("json", columns, [row])).toBe('[\n  { "n": 1.50, "s": "12", "o": {"a":[1,2.0]}, "x": "nul" }\n]\n');
    expect(formatted("json", columns, [[of("null", "null"), of("boolean", "true"), of("array", "[]")]])).toBe(
      '[\n  { "n": null, "s": true, "o": [] }\n]\n',
    );
  });

  test("are their text elsewhere, and null is nothing", () => {
    expect(formatted("csv", columns, [row], false)).toBe('1.50,12,"{ ""a"": [1, 2.0] }",nul\n');
    expect(formatted("tsv", columns, [[of("null", "null"), "x"]], false)).toBe("\tx\n");
    expect(formatted("markdown", columns.slice(0, 1), [[of("null", "null")]])).toContain("|  |");
  });
});
