/** What widgets tell their plugin, and that they tell nothing where nobody listens or where they have no id. */
import { describe, expect, it } from "vitest";
import { characters, units } from "../../../src/webview/nodes/offsets";
import { Drawing } from "./drawing";
import { SAMPLES } from "./samples";

const live = (kind: keyof typeof SAMPLES, more: object = {}): Drawing => new Drawing({ ...SAMPLES[kind], ...more }, true);
const told = (drawing: Drawing): (readonly [string, string, string])[] =>
  drawing.events.map(({ widgetId, kind, value }) => [widgetId, kind, value]);

describe("a widget tells", () => {
  it.each<[string, keyof typeof SAMPLES, object, (drawing: Drawing) => void, (readonly [string, string, string])[]]>([
    ["a click on a button", "button", {}, (d) => d.click("button"), [["button", "click", ""]]],
    ["a click on an icon", "icon-button", {}, (d) => d.click("button"), [["icon-button", "click", ""]]],
    ["the state a switch is to have", "toggle", {}, (d) => d.click("[role=switch]"), [["toggle", "change", "false"]]],
    ["a tick", "checkbox", {}, (d) => d.click("input"), [["checkbox", "change", "true"]]],
    ["each change of a text", "input", {}, (d) => d.type("input", "new"), [["input", "change", "new"]]],
    ["that a text is complete", "input", {}, (d) => d.key("input", "Enter"), [["input", "submit", "secret"]]],
    ["the text of an area", "input", { multiline: true }, (d) => d.type("textarea", "a\nb"), [["input", "change", "a\nb"]]],
    ["a number as it was typed", "number-input", {}, (d) => d.type("input", "15"), [["number", "change", "15"]]],
    ["the place of a slider", "slider", {}, (d) => d.type("input", "70"), [["slider", "change", "70"]]],
    ["what is searched for in a choice", "select", {}, (d) => d.type("[role=combobox]", "al"), [["select", "search", "al"]]],
    ["all that is chosen", "multi-select", {}, (d) => d.all("input")[1]!.click(), [["multi", "change", '["a","b"]']]],
    ["all that is left", "multi-select", {}, (d) => d.all("input")[0]!.click(), [["multi", "change", "[]"]]],
    ["which of a group", "radio", {}, (d) => d.all("input")[1]!.click(), [["radio", "change", "b"]]],
    ["which button of a group", "button-group", {}, (d) => d.all("button")[1]!.click(), [["group", "change", "b"]]],
    ["an item by its position", "list", {}, (d) => d.all(".n-item-main")[1]!.click(), [["list", "click", "1"]]],
    ["an action of an item", "list", {}, (d) => d.click("[aria-label=Star]"), [["list", "action", '{"item":0,"action":0}']]],
    ["the button of an item", "list", {}, (d) => d.click(".n-item .n-button"), [["list", "postfix", "0"]]],
    ["the tab that is chosen", "tabs", {}, (d) => d.all("[role=tab]")[1]!.click(), [["tabs", "change", "Second"]]],
    ["an action beside tabs by its own id", "tabs", {}, (d) => d.click("[aria-label=Add]"), [["add-tab", "click", ""]]],
    ["that a dialog is to be closed", "modal", {}, (d) => d.click("[aria-label=Close]"), [["modal-close", "click", ""]]],
    ["the same of the Escape key", "modal", {}, (d) => d.key(".n-modal", "Escape"), [["modal-close", "click", ""]]],
    ["code", "code-editor", {}, (d) => d.type("textarea", "select 2"), [["editor", "change", "select 2"]]],
    ["a place to run from", "code-editor", {}, (d) => d.all(".n-run-markers button")[1]!.click(), [["editor", "run-marker", "10"]]],
    ["that code is to be laid out", "code-editor", {}, (d) => d.key("textarea", "F", { code: "KeyF", altKey: true, shiftKey: true }), [["editor", "format-editor", ""]]],
    ["a row of data", "data-row", {}, (d) => d.click(".n-data-row"), [["row-1", "click", "row-1"]]],
    ["the triangle of a row", "data-row", {}, (d) => d.click(".n-caret"), [["row-1", "toggle", "row-1"]]],
    ["a switch of a card", "card", {}, (d) => d.click("[role=switch]"), [["card", "change", "false"]]],
    ["an action of a card", "card", {}, (d) => d.all(".n-card-actions button")[1]!.click(), [["card", "action", "1"]]],
    ["a step of a path", "breadcrumbs", {}, (d) => d.all("li button")[1]!.click(), [["crumbs", "click", "data.items"]]],
    ["keys on a row", "data-row", {}, (d) => ["Enter", "ArrowLeft", "ArrowRight"].forEach((key) => d.key(".n-data-row", key)), [["row-1", "click", "row-1"], ["row-1", "toggle", "row-1"]]],
    ["the action of a row", "data-row", {}, (d) => d.click("[aria-label=Remember]"), [["row-1", "action", "row-1"]]],
  ])("%s", (_, kind, more, act, expected) => {
    const drawing = live(kind, more);
    act(drawing);
    expect(told(drawing)).toEqual(expected);
  });

  it("an option found by typing, by keys and by the pointer", () => {
    const drawing = live("select");
    drawing.type("[role=combobox]", "al");
    expect(drawing.all("[role=option]").map((option) => option.textContent.trim())).toEqual(["Alpha"]);
    drawing.key("[role=combobox]", "Enter");
    drawing.click("[role=combobox]");
    drawing.all("[role=option]")[1]!.click();
    drawing.key("[role=combobox]", "ArrowDown");
    drawing.key("[role=combobox]", "Escape");
    expect(drawing.all("[role=listbox]")).toEqual([]);
    expect(told(drawing)).toEqual([["select", "search", "al"], ["select", "change", "a"], ["select", "change", "b"]]);
  });

  it("the option that is chosen", () => {
    const drawing = live("select", { searchable: false });
    const field = drawing.find("select") as HTMLSelectElement;
    field.value = "a";
    field.dispatchEvent(new Event("change"));
    expect(told(drawing)).toEqual([["select", "change", "a"]]);
  });

  it("what is to be run: the caret, what is marked, or all", () => {
    const drawing = live("code-editor");
    const area = drawing.find("textarea") as HTMLTextAreaElement;
    area.setSelectionRange(3, 3);
    drawing.key("textarea", "Enter", { ctrlKey: true });
    area.setSelectionRange(2, 5);
    drawing.key("textarea", "Enter", { metaKey: true, shiftKey: true });
    expect(drawing.events.map(({ kind, value }) => [kind, JSON.parse(value) as unknown])).toEqual([
      ["run", { all: false, caret: 3, selection: null }],
      ["run", { all: true, caret: 5, selection: [2, 5] }],
    ]);
  });

  it("places in a text in characters, as plugins count them", () => {
    const drawing = live("code-editor", { value: "😀😀x", run_markers: [2] });
    const area = drawing.find("textarea") as HTMLTextAreaElement;
    area.setSelectionRange(2, 5);
    drawing.key("textarea", "Enter", { ctrlKey: true });
    drawing.click(".n-run-markers button");
    expect(drawing.events.map(({ value }) => JSON.parse(value) as unknown)).toEqual([{ all: false, caret: 3, selection: [1, 3] }, 2]);
    expect([0, 1, 2, 3, 9].map((at) => units("😀😀x", at))).toEqual([0, 2, 4, 5, 5]);
    expect([0, 2, 4, 5].map((at) => characters("😀😀x", at))).toEqual([0, 1, 2, 3]);
  });

  it("the whole list after each change of names and values", () => {
    const entries = SAMPLES["key-value-list"]["entries"] as { key: string; value: string; enabled: boolean }[];
    const drawing = live("key-value-list");
    drawing.all(".n-entry-field")[1]!.dispatchEvent(new Event("input"));
    drawing.all(".n-entry input[type=checkbox]")[1]!.click();
    drawing.all("[aria-label=Remove]")[0]!.click();
    drawing.click(".n-entries > .n-button");
    expect(drawing.events.map(({ value }) => JSON.parse(value) as unknown)).toEqual([
      entries,
      [entries[0], { ...entries[1], enabled: true }],
      [entries[1]],
      [...entries, { key: "", value: "", enabled: true }],
    ]);
  });
});

describe("nothing is told", () => {
  it.each(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[])("by %s without an id", (kind) => {
    const drawing = live(kind, { id: "", "close-id": "", actions: [], footer: [], row_id: "" });
    for (const element of drawing.all("button, input, select, textarea, [role=tab], .n-data-row")) {
      element.click();
      element.dispatchEvent(new Event("input", { bubbles: true }));
      element.dispatchEvent(new Event("change", { bubbles: true }));
    }
    expect(drawing.events).toEqual([]);
  });

  it.each(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[])("and nothing can be changed in %s where nobody listens", (kind) => {
    const drawing = new Drawing(SAMPLES[kind]);
    const changeable = drawing.all("input:not([disabled]):not([readonly]), select:not([disabled]), textarea:not([disabled]):not([readonly])");
    expect(changeable.filter((element) => element.closest("fieldset[disabled]") === null)).toEqual([]);
  });

  it("by a field that holds no number", () => {
    const drawing = live("number-input");
    drawing.type("input", "");
    expect(drawing.events).toEqual([]);
  });

  it("by a dialog that cannot be dismissed", () => {
    const drawing = live("modal", { dismissible: false });
    drawing.key(".n-modal", "Escape");
    drawing.find("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
    expect(drawing.events).toEqual([]);
  });
});

describe("a dialog", () => {
  const press = (drawing: Drawing, kind: string, selector: string): void => {
    drawing.find(selector).dispatchEvent(new MouseEvent(kind, { bubbles: true, clientX: 5, clientY: 5 }));
  };

  it("is to be closed by a click beside it, and not by one that began in it", () => {
    const drawing = live("modal");
    press(drawing, "pointerdown", "dialog button");
    press(drawing, "click", "dialog"); // let go beside it
    expect(drawing.events).toEqual([]);
    press(drawing, "pointerdown", "dialog");
    press(drawing, "click", "dialog");
    expect(drawing.events.map(({ widgetId }) => widgetId)).toEqual(["modal-close"]);
  });
});

describe("what widgets keep for themselves", () => {
  it("does not hold that a password is shown, which ends when its field goes", () => {
    const drawing = live("input", { password: true });
    const type = (): string | null => drawing.find("input").getAttribute("type");
    drawing.click("button");
    expect(type()).toBe("text");
    drawing.draw({ ...SAMPLES.input, password: true, label: "Other" });
    expect([type(), drawing.find("button").getAttribute("aria-pressed")]).toEqual(["text", "true"]);
    expect(drawing.state.values).toEqual({});
    drawing.draw({ type: "text", text: "gone" });
    drawing.draw({ ...SAMPLES.input, password: true });
    expect(type()).toBe("password");
  });

  it("is kept while the plugin draws the tree anew", () => {
    const drawing = live("tabs");
    drawing.key("[role=tablist]", "ArrowRight");
    expect(drawing.text).toContain("second page");
    drawing.draw({ ...SAMPLES.tabs, children: [{ type: "text", text: "one" }, { type: "text", text: "two" }] });
    expect(drawing.text).toContain("two");
    expect(drawing.find("[aria-selected=true]").textContent.trim()).toBe("Second");
  });

  it("is whether a part is open, drawn only then", () => {
    const drawing = new Drawing(SAMPLES.collapsible);
    expect(drawing.text).toBe("More");
    const details = drawing.find("details") as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    expect(drawing.text).toBe("More folded away");
  });

  it("is where a divider stands, also by keys", () => {
    const drawing = new Drawing(SAMPLES.split);
    const before = Number(drawing.find("[role=separator]").getAttribute("aria-valuenow"));
    drawing.key("[role=separator]", "ArrowRight");
    drawing.key("[role=separator]", "ArrowRight");
    expect(Number(drawing.find("[role=separator]").getAttribute("aria-valuenow"))).toBe(before + 4);
  });

  it("leaves the caret alone when a field gets its own text back", () => {
    const drawing = live("input", { password: false });
    const field = drawing.find("input") as HTMLInputElement;
    drawing.type("input", "secret2");
    drawing.draw({ ...SAMPLES.input, password: false, value: "secret2" });
    expect(drawing.find("input")).toBe(field);
    expect(field.value).toBe("secret2");
  });
});

it("a button copies, whether somebody listens or not", () => {
  const drawing = new Drawing(SAMPLES.button);
  drawing.click("button");
  expect([drawing.copied, drawing.events]).toEqual([["copied"], []]);
});
