import { describe, expect, it } from "vitest";
import { hitIcon, pathText, previewRuns } from "../../../src/webview/grid/search/hitText";
import { QueryInput } from "../../../src/webview/grid/search/queryInput";
import { SearchHistory } from "../../../src/webview/grid/search/searchHistory";
import { hit, QUERY } from "./hits";

describe("what is in the search field", () => {
  it("is taken for a JSONPath where it begins like one, and for a text again where it does not any more", () => {
    const input = new QueryInput();
    input.type("$");
    expect([input.query.mode, input.isGuessed]).toEqual(["text", false]);
    input.type("$.items");
    expect([input.query.mode, input.isGuessed]).toEqual(["jsonpath", true]);
    input.type("items");
    expect([input.query.mode, input.isGuessed]).toEqual(["text", false]);
  });

  it.each(["$100", "$ 5", "US$.", ""])("%j stays a text", (text) => {
    const input = new QueryInput();
    input.type(text);
    expect(input.query.mode).toBe("text");
  });

  it("stays what a person chose", () => {
    const input = new QueryInput();
    input.type("$.items");
    input.choose("text");
    input.type("$.items.0");
    expect([input.query.mode, input.isGuessed]).toEqual(["text", false]);
    input.choose("regex");
    input.type("$.");
    expect(input.query.mode).toBe("regex");
    input.choose("jsonpath");
    input.type("a");
    expect(input.query.mode).toBe("jsonpath");
  });

  it("is guessed anew after the field was emptied", () => {
    const input = new QueryInput();
    input.type("$.a");
    input.choose("text");
    input.type("");
    input.type("$.b");
    expect(input.query.mode).toBe("jsonpath");
  });
});

describe("earlier searches", () => {
  const query = (text: string) => ({ ...QUERY, query: text });

  it("come back, the latest first, and lead back to what was being typed", () => {
    const history = new SearchHistory();
    ["one", "two", "three"].forEach((text) => history.add(query(text)));
    expect(history.older(query("typed"))?.query).toBe("three");
    expect(history.older(query("three"))?.query).toBe("two");
    expect(history.older(query("two"))?.query).toBe("one");
    expect(history.older(query("one"))).toBeNull();
    expect(history.newer()?.query).toBe("two");
    expect(history.newer()?.query).toBe("three");
    expect(history.newer()?.query).toBe("typed");
    expect(history.newer()).toBeNull();
  });

  it("leave out what is in the field already", () => {
    const history = new SearchHistory();
    ["one", "two"].forEach((text) => history.add(query(text)));
    expect(history.older(query("two"))?.query).toBe("one");
    expect(history.newer()?.query).toBe("two");
    expect(history.newer()).toBeNull();
  });

  it("are there once each, in the way used last, and no more than 50", () => {
    const history = new SearchHistory();
    expect(history.add(query("one"))).toBe(true);
    expect(history.add(query("one"))).toBe(false);
    history.add({ ...query("one"), matchCase: true });
    history.add({ ...query("one"), mode: "regex" });
    expect(history.entries.map(({ mode, matchCase }) => [mode, matchCase])).toEqual([["regex", false], ["text", true]]);
    expect(history.add(query(""))).toBe(false);
    Array.from({ length: 80 }, (_, at) => history.add(query(`q${at}`)));
    expect([history.entries.length, history.entries[0]?.query]).toEqual([50, "q79"]);
  });

  it("begin at the latest again once something was typed", () => {
    const history = new SearchHistory();
    history.restore([query("two"), query("one")]);
    history.older(query(""));
    history.edited();
    expect(history.older(query("x"))?.query).toBe("two");
  });
});

describe("a hit on one line", () => {
  it("says where it is", () => {
    expect(pathText([])).toBe("");
    expect(pathText(["first name"])).toBe("first name");
    expect(pathText(["features", 3, "properties", "first name"])).toBe('features[3].properties["first name"]');
    expect(pathText([4, "größe"])).toBe("[4].größe");
  });

  it("marks what was found and shows what is invisible", () => {
    expect(previewRuns(hit({ preview: "a\nThoth!", ranges: [[2, 7]] }))).toEqual([
      { kind: "text", text: "a" },
      { kind: "sign", text: "↵" },
      { kind: "found", text: "Thoth" },
      { kind: "text", text: "!" },
    ]);
  });

  it("bears ranges that overlap or lie outside", () => {
    const texts = previewRuns(hit({ preview: "abcdef", ranges: [[1, 3], [2, 4], [5, 99], [50, 60]] })).map((run) => run.text);
    expect(texts).toEqual(["a", "bc", "d", "e", "f"]);
  });

  it("has the icon of a name or of the kind of value", () => {
    expect([hitIcon(hit({ part: "key" })), hitIcon(hit({ kind: "number" }))]).toEqual(["symbol-key", "symbol-number"]);
  });
});
