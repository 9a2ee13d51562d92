/** Every kind of node is drawn, with its fields, its defaults, and a word where it cannot be. */
import { describe, expect, it } from "vitest";
import { RENDERERS } from "../../../src/webview/nodes/registry";
import type { Kind } from "../../../src/webview/nodes/schema/kinds";
import { KINDS } from "../../../src/webview/nodes/schema/kinds";
import { Drawing, WORDS } from "./drawing";
import { SAMPLES } from "./samples";

const NAMES = Object.keys(KINDS) as Kind[];
/** Spellings of the contract's comments. */
const SPELLINGS = ["bold", "italic"];

/** A text each kind has to show when it has all of its fields. */
const SHOWS: Record<Kind, string> = {
  row: "left right",
  column: "above below",
  scroll: "line 4",
  spacer: "",
  split: "one two",
  "v-split": "upper lower",
  group: "Group inside",
  collapsible: "More",
  footer: "at the bottom",
  "key-value": "name Thoth",
  colored: "all is well",
  separator: "",
  tabs: "First Second first page",
  modal: "Careful Delete it? It cannot be undone. One file Delete",
  "sidebar-header": "Requests 12",
  bold: "bold strong",
  italic: "italic slanted",
  text: "Words",
  badge: "GET",
  icon: "",
  link: "Thoth",
  code: '{"a": [1, true, "x"]}',
  markdown: "Title Some words, more, code and a link . one two said a b 1 2 select 1 -- one a picture",
  progress: "40 of 100",
  spinner: "",
  table: "# id name state 1 1 Ankh new 2 22 null old",
  "json-tree": '{6} name: "Thoth" tags: [2] 0: "ibis" 1: "baboon" age: 5000 alive: true none: null empty: {0}',
  "data-view": "Rows of the query",
  picture: "An ibis A picture, which only a panel of the plugin shows.",
  "data-row": "name: Thoth new 12 B",
  card: "Card of something today on a b What there is to say Remove Open",
  breadcrumbs: "data items 3",
  button: "Send",
  "icon-button": "",
  toggle: "",
  checkbox: "Yes",
  input: "Token * It has run out.",
  "number-input": "Limit rows",
  slider: "Share 30",
  select: "Sort Alpha Beta",
  "multi-select": "Columns 1 column",
  radio: "Kind Alpha Beta",
  "button-group": "Alpha Beta",
  "key-value-list": "Headers Add header",
  list: "First one line and another x new now Go Second Third Fourth 4 Fifth five",
  "code-editor": "select 1; select 'x'; -- two",
};

/** What is another text, or in a field, where somebody listens. */
const LIVE: Partial<Record<Kind, string>> = { card: "today a b What there is to say", select: "Sort", "code-editor": "" };

/** What each kind has to have at least. */
function least(kind: Kind): Record<string, unknown> {
  const fields = Object.entries(KINDS[kind]).filter(([, field]) => field.required);
  return { type: kind, ...Object.fromEntries(fields.map(([name]) => [name, SAMPLES[kind][name]])) };
}

/** What stands in elements of their own has no space between it. */
function unspaced(text: string): string {
  return text.replaceAll(" ", "");
}

it("there are 43 kinds that were published, one of ours, and two spellings more", () => {
  expect(NAMES.filter((name) => !SPELLINGS.includes(name))).toHaveLength(44);
  expect(Object.keys(RENDERERS).sort()).toEqual([...NAMES].sort());
});

describe.each(NAMES)("%s", (kind) => {
  it("has a sample with all of its fields", () => {
    const { type, ...fields } = SAMPLES[kind];
    expect(type).toBe(kind);
    expect(Object.keys(fields).sort()).toEqual(Object.keys(KINDS[kind]).sort());
  });

  it.each([true, false])("shows them (live: %s)", (live) => {
    const drawing = new Drawing(SAMPLES[kind], live);
    expect(drawing.placeholders).toEqual([]);
    expect(unspaced(drawing.text)).toContain(unspaced((live ? LIVE[kind] : undefined) ?? SHOWS[kind]));
    expect(drawing.element.querySelector(".n-tree")?.childElementCount).toBeGreaterThan(0);
  });

  it("takes defaults for what is absent or null", () => {
    const nulls = Object.entries(KINDS[kind]).filter(([, field]) => !field.required);
    const drawing = new Drawing(least(kind));
    expect(drawing.placeholders).toEqual([]);
    drawing.draw({ ...least(kind), ...Object.fromEntries(nulls.map(([name]) => [name, null])) });
    expect(drawing.placeholders).toEqual([]);
  });

  it("names a field that is missing or wrong, and nothing else of it is drawn", () => {
    for (const [name, field] of Object.entries(KINDS[kind])) {
      const without = Object.fromEntries(Object.entries(SAMPLES[kind]).filter(([key]) => key !== name));
      if (field.required) {
        expect(new Drawing(without).placeholders[0], name).toBe(`A “${kind}” cannot be drawn: ${name} is missing.`);
      }
      if (!["a node", "any JSON value"].includes(field.reader.expects)) {
        const [message] = new Drawing({ ...SAMPLES[kind], [name]: field.reader.expects.startsWith("a list") ? "such" : [7] }).placeholders;
        expect(message, name).toContain(`A “${kind}” cannot be drawn: ${name}: `);
      }
    }
  });
});

describe("what is not a known node", () => {
  it.each(["teleporter", "constructor", "__proto__", "toString", ""])("of the type %j is named", (type) => {
    expect(new Drawing({ type }).placeholders).toEqual([WORDS.nodeUnknown.replace("{0}", type)]);
  });

  it.each([undefined, null, 7, "text", [], {}, { type: 7 }, JSON.parse('{"__proto__": {"type": "text", "text": "x"}}')])("%j is said to be none", (node) => {
    expect(new Drawing(node).placeholders).toEqual([WORDS.nodeNone]);
  });

  it("leaves its siblings alone", () => {
    const drawing = new Drawing({ type: "row", children: [{ type: "text", text: "before" }, { type: "nope" }, { type: "text", text: "after" }] });
    expect(drawing.placeholders).toHaveLength(1);
    expect(drawing.text).toMatch(/^before .* after$/);
  });
});

describe("a choice", () => {
  const NAMES: readonly [object, string][] = [
    [{ label: "Folder", prefix_label: "In" }, "Folder"],
    [{ prefix_label: "In" }, "In"],
    [{ label: "" }, WORDS.nodeChoice],
  ];

  it.each(NAMES.flatMap(([more, name]) => [false, true].map((searchable) => [{ ...more, searchable }, name] as const)))("of %j is called %s", (more, name) => {
    const drawing = new Drawing({ type: "select", id: "s", value: "a", options: [{ value: "a", label: "A" }], ...more }, true);
    expect(drawing.find("[aria-label]").getAttribute("aria-label")).toBe(name);
  });
});

describe("spellings of the contract's comments", () => {
  it.each([
    [{ type: "heading", value: "Hello" }, ".n-heading", "Hello"],
    [{ type: "text", value: "Hello" }, ".n-body", "Hello"],
    [{ type: "bold", child: { type: "text", text: "Hello" } }, ".n-strong .n-text", "Hello"],
    [{ type: "italic", value: "Hello" }, ".n-slanted", "Hello"],
    [{ type: "scroll", height: 40, child: { type: "text", text: "Hello" } }, ".n-scroll", "Hello"],
    [{ type: "spacer", height: 4 }, ".n-spacer", ""],
    [{ type: "text-input", id: "a", value: "x" }, "input[type=text]", ""],
    [{ type: "password-input", id: "a", value: "x" }, "input[type=password]", ""],
    [{ type: "textarea", id: "a", value: "x" }, "textarea", ""],
    [{ type: "button", id: "a", label: "Hello", variant: "primary" }, ".n-primary", "Hello"],
    [{ type: "row", bg_color: "mantle", children: [] }, ".n-fill-bg-panel", ""],
  ])("%j", (node, selector, words) => {
    const drawing = new Drawing(node);
    expect(drawing.placeholders).toEqual([]);
    expect(drawing.find(selector).textContent.trim()).toBe(words);
  });
});
