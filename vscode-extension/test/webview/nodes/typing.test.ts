/** What is typed is never lost, however late trees come and whatever they say. */
import { describe, expect, it } from "vitest";
import { Draft } from "../../../src/webview/nodes/draft";
import { Drawing } from "./drawing";

const input = (value: string, more: object = {}) => ({ type: "input", id: "f", value, ...more });
const field = (drawing: Drawing) => drawing.find("input, textarea") as HTMLInputElement;

describe.each([["a field", {}], ["an area", { multiline: true }]])("%s", (_, more) => {
  it("keeps what was typed while trees come back late", () => {
    const drawing = new Drawing(input("", more), true);
    for (const text of ["a", "ab", "abc"]) {
      drawing.type("input, textarea", text);
    }
    for (const late of ["", "a", "ab"]) {
      drawing.draw(input(late, more));
      expect(field(drawing).value).toBe("abc");
    }
    drawing.draw(input("abc", more));
    expect(field(drawing).value).toBe("abc");
    expect(drawing.events.map(({ value }) => value)).toEqual(["a", "ab", "abc"]);
  });

  it("keeps it with a plugin that never says what it was told", () => {
    const drawing = new Drawing(input("", more), true);
    drawing.type("input, textarea", "typed");
    drawing.draw({ ...input("", more), placeholder: "other" });
    expect(field(drawing).value).toBe("typed");
  });

  it("takes what the plugin makes of it, once that has dealt with all of it", () => {
    const drawing = new Drawing(input("", more), true);
    drawing.type("input, textarea", "ab");
    drawing.pending.set("f", "ab");
    drawing.draw(input("A", more));
    expect(field(drawing).value).toBe("ab");
    drawing.draw(input("AB", more));
    drawing.pending.clear();
    drawing.draw();
    expect(field(drawing).value).toBe("AB");
    drawing.draw(input("", more));
    expect(field(drawing).value).toBe("");
  });

  it("is left alone while something is composed, and tells it once", () => {
    const drawing = new Drawing(input("", more), true);
    const element = field(drawing);
    element.dispatchEvent(new Event("compositionstart"));
    for (const text of ["k", "か"]) {
      drawing.type("input, textarea", text);
    }
    drawing.draw(input("new", more));
    expect([element.value, drawing.events]).toEqual(["か", []]);
    element.dispatchEvent(new Event("compositionend"));
    expect(drawing.events).toEqual([{ widgetId: "f", kind: "change", value: "か" }]);
  });

  it("has it again when its element was gone", () => {
    const drawing = new Drawing(input("", more), true);
    drawing.type("input, textarea", "typed");
    drawing.draw({ type: "text", text: "nothing" });
    drawing.draw(input("", more));
    expect(field(drawing).value).toBe("typed");
  });
});

it("a number is not written anew while it is typed", () => {
  const number = (value: number) => ({ type: "number-input", id: "f", value });
  const drawing = new Drawing(number(1), true);
  drawing.type("input", "1.50");
  drawing.draw(number(1.5));
  expect(field(drawing).value).toBe("1.50");
  drawing.draw(number(2));
  expect(field(drawing).value).toBe("2");
});

it("names and values typed one after the other are told together", () => {
  const drawing = new Drawing({ type: "key-value-list", id: "l", entries: [{ key: "", value: "" }] }, true);
  const [key, value] = drawing.all(".n-entry-field") as HTMLInputElement[];
  for (const [element, text] of [[key!, "k"], [value!, "v"]] as const) {
    element.value = text;
    element.dispatchEvent(new Event("input"));
  }
  expect(JSON.parse(drawing.events.at(-1)!.value)).toEqual([{ key: "k", value: "v", enabled: true }]);
});

it("a control shows what it was changed to until the plugin has dealt with it", () => {
  const drawing = new Drawing({ type: "toggle", id: "t", enabled: false }, true);
  drawing.pending.set("t", "true");
  drawing.click("[role=switch]");
  expect(drawing.find("[role=switch]").getAttribute("aria-checked")).toBe("true");
  drawing.click("[role=switch]");
  expect(drawing.events.map(({ value }) => value)).toEqual(["true", "false"]);
  drawing.pending.clear();
  drawing.draw();
  expect(drawing.find("[role=switch]").getAttribute("aria-checked")).toBe("false");
});

it("where what was told never reached the plugin, its word counts also when it is not new", () => {
  const draft = new Draft();
  draft.take("old", undefined);
  draft.typed("older");
  draft.told("older");
  draft.take("old", "older"); // under way
  expect(draft.text).toBe("older");
  draft.lost(1);
  draft.take("old", undefined);
  expect(draft.text).toBe("old");
  draft.typed("oldest");
  draft.lost(1);
  draft.take("old", undefined);
  expect(draft.text).toBe("oldest");
});

it("the plugin's word counts when it is new, also when it repeats something long past", () => {
  const draft = new Draft();
  draft.take("", undefined);
  for (const text of ["x", "xy"]) {
    draft.typed(text);
    draft.told(text);
  }
  draft.take("x", undefined);
  expect(draft.text).toBe("xy");
  draft.take("xy", undefined);
  draft.take("x", undefined);
  expect(draft.text).toBe("x");
});
