/** A node of every kind with every field it has, for tests and the gallery. */
import type { Kind } from "../../../src/webview/nodes/schema/kinds";

type Json = Record<string, unknown>;

const FOLDER = "\ue24a";
const STAR = "\ue46a";
const text = (words: string, more: Json = {}): Json => ({ type: "text", text: words, ...more });

/** A red square of 2 × 2 pixels. */
export const PNG = [
  137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0, 253, 212, 154, 115,
  0, 0, 0, 16, 73, 68, 65, 84, 120, 156, 99, 184, 160, 160, 0, 68, 12, 16, 10, 0, 32, 142, 4, 65, 81, 201, 170, 137, 0, 0,
  0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

const LAYOUT: Json[] = [
  { type: "row", children: [text("left"), text("right")], gap: 8, padding: 4, align: "center", "bg-color": "surface", "max-width": true, height: 40 },
  { type: "column", children: [text("above"), text("below")], gap: 4, padding: 8, framed: true },
  { type: "scroll", child: { type: "column", children: [text("line 1"), text("line 2"), text("line 3"), text("line 4")] }, max_height: 40, both: true, id: "scroll" },
  { type: "spacer", size: 12 },
  { type: "split", children: [text("one"), text("two")], gap: 8, widths: [1, 2], separator: true, align: "fill", fill_height: false, framed: true, resizable: true, id: "split", min_pane: 60 },
  { type: "v-split", id: "v-split", top: text("upper"), bottom: text("lower"), default_ratio: 0.4, min_pane: 20 },
  { type: "group", label: "Group", children: [text("inside")] },
  { type: "collapsible", label: "More", children: [text("folded away")] },
  { type: "footer", children: [text("at the bottom")], gap: 4, padding: 4 },
  { type: "key-value", key: "name", value: text("Thoth") },
  { type: "colored", color: "success", child: text("all is well") },
  { type: "separator", "margin-top": 4, "margin-bottom": 4, color: "accent", thickness: 2, spacing: 8 },
  { type: "tabs", id: "tabs", headers: ["First", "Second"], icons: [FOLDER, STAR], "icon-only": false, size: "Small", actions: [{ id: "add-tab", icon: "\ue3d4", tooltip: "Add" }], children: [text("first page"), text("second page")], "content-gap": 8 },
  { type: "modal", id: "modal", title: "Delete it?", eyebrow: "Careful", "eyebrow-color": "warning", subtitle: "It cannot be undone.", open: true, "close-id": "modal-close", width: 320, "width-pct": 50, "height-pct": 30, glyph: "\ue4a6", "glyph-color": "error", glyph_tile: true, dismissible: true, children: [text("One file")], footer: [{ type: "button", id: "ok", label: "Delete" }] },
  { type: "sidebar-header", title: "Requests", trailing_text: "12", actions: [{ id: "new", icon: "\ue3d4", tooltip: "New" }] },
  { type: "bold", child: text("strong"), text: "bold " },
  { type: "italic", child: text("slanted"), text: "italic " },
];

const DISPLAY: Json[] = [
  text("Words", { variant: "heading", color: "accent", size: 18, bold: true, italic: true, underline: true }),
  { type: "badge", label: "GET", color: "success", outlined: false, soft: true, size: "Medium", icon: STAR, pill: true, mono: true, bold: true, "font-size": 11 },
  { type: "icon", glyph: FOLDER, color: "warning", size: 20 },
  { type: "link", label: "Thoth", url: "https://example.org/thoth" },
  { type: "code", value: '{"a": [1, true, "x"]} ', language: "json" },
  { type: "markdown", value: "# Title\n\nSome *words*, **more**, `code` and [a link](https://example.org).\n\n- one\n- two\n\n> said\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```sql\nselect 1 -- one\n```\n\n![a picture](https://example.org/p.png)" },
  { type: "progress", value: 0.4, color: "info", height: 8, readout: "40 of 100" },
  { type: "spinner", size: 20 },
  { type: "table", headers: ["id", "name", "state"], rows: [[text("1"), text("Ankh"), text("new")], [text("22"), null, text("old")]], min_col_width: 100, column_types: ["integer", "text", "enum"], framed: true },
  { type: "json-tree", value: { name: "Thoth", tags: ["ibis", "baboon"], age: 5000, alive: true, none: null, empty: {} }, id: "json", framed: true },
  { type: "data-view", id: "data", handle: "dataset-1", caption: "Rows of the query", name: "rows.csv", height: 300, view: "table" },
  { type: "picture", id: "picture", handle: "body-1", alt: "An ibis", height: 200 },
  { type: "data-row", id: "", display_text: "name: Thoth", row_id: "row-1", key_token: "key", value_token: "str", background: "#00000000", highlights: { key_ranges: [{ start: 0, end: 2 }], value_ranges: [{ start: 1, end: 3 }] }, syntax_highlighting: true, summary_value: false, indent: 1, caret: true, leading_icon: { glyph: FOLDER, color: "info", size: 14 }, trailing: "12 B", chip: "new", action_icon: STAR, action_tooltip: "Remember", truncate: true, selected: true },
  { type: "card", id: "card", title: "Card", subtitle: "of something", meta: "today", tags: ["a", "b"], enabled: true, icon: { image: { uri: "x.png", bytes: PNG } }, body: text("What there is to say"), actions: [{ label: "Remove", danger: true }, { label: "Open" }] },
  { type: "breadcrumbs", id: "crumbs", path: "data.items.3", separator: "." },
];

const OPTIONS = [
  { value: "a", label: "Alpha" },
  { value: "b", label: "Beta" },
];

const INPUTS: Json[] = [
  { type: "button", id: "button", label: "Send", "button-type": "Elevated", color: "Primary", button_size: "Large", hover_text: "Send it", size: 14, width: 120, height: 32, enabled: true, icon: "\ue396", copy: "copied", "full-width": false },
  { type: "icon-button", id: "icon-button", icon: STAR, frame: true, tooltip: "Star", badge_color: "error", "badge-size": 8, "badge-inset": -3, "badge-ring-color": "fg", "glyph-color": "warning", size: "Medium", size_px: 28, icon_size: 16, disabled: false, selected: true, "selected-style": "wash" },
  { type: "toggle", id: "toggle", enabled: true, disabled: false, hover_text: "On or off" },
  { type: "checkbox", id: "checkbox", label: "Yes", checked: false, indeterminate: true, disabled: false },
  { type: "input", id: "input", value: "secret", label: "Token", "aria-label": "Token of the server", placeholder: "none", grow: true, required: true, icon: "\ue2d6", password: true, mono: true, error: "It has run out.", disabled: false, multiline: false, rows: 4, desired_width: 240, focus: false, size: "Medium" },
  { type: "number-input", id: "number", label: "Limit", value: 10, min: 0, max: 100, step: 5, unit: "rows", disabled: false },
  { type: "slider", id: "slider", label: "Share", value: 30, min: 0, max: 100, disabled: false },
  { type: "select", id: "select", value: "b", options: OPTIONS, label: "Order", prefix_label: "Sort", icon: STAR, "icon-color": "info", size: "Medium", width: 260, searchable: true },
  { type: "multi-select", id: "multi", label: "Columns", value: ["a"], options: OPTIONS, disabled: false, item_noun: "column", item_noun_plural: "columns", size: "Medium", width: 200 },
  { type: "radio", id: "radio", label: "Kind", value: "a", options: OPTIONS, disabled: false },
  { type: "button-group", id: "group", items: [{ value: "a", label: "Alpha", icon: STAR }, { value: "b", label: "Beta" }], active: "a", "aria-label": "Letter" },
  { type: "key-value-list", id: "pairs", label: "Headers", "aria-label": "Headers of the request", entries: [{ key: "Accept", value: "*/*", enabled: true }, { key: "X-Off", value: "1", enabled: false }], "add-label": "Add header", disabled: false },
  { type: "list", id: "list", items: [
    { title: "First", description: "one line\nand another", meta: "now", prefix: { Icon: { glyph: FOLDER, color: "info" } }, badge: { text: "new", color: "success" }, postfix: { Button: { label: "Go" } }, actions: [{ icon: STAR, tooltip: "Star" }], tags: ["x"], accent: "accent", "title-color": "key", selected: true },
    { title: "Second", prefix: { IconTile: { glyph: STAR, color: "warning" } }, postfix: { IconButton: { icon: STAR, tooltip: "Mark" } } },
    { title: "Third", prefix: { Image: { uri: "p.png", bytes: PNG } }, postfix: { Progress: { value: 0.5 } } },
    { title: "Fourth", postfix: { Badge: { text: "4", color: "error" } } },
    { title: "Fifth", postfix: { Text: "five" } },
  ], empty_label: "Nothing", compact: false, style: "card", show_separators: true, framed: true, shrink_to_fit: false, max_height: 260, "text-style": "body" },
  { type: "code-editor", id: "editor", "aria-label": "Statement", value: "select 1;\nselect 'x'; -- two", font_size: 12, syntax: "sql", rows: 4, disabled: false, bordered: true, custom_syntax: { language: "mine", case_sensitive: false, comment: "--", comment_multiline: ["/*", "*/"], keywords: ["select"], types: ["int"], special: ["now"] }, run_markers: [0, 10] },
];

/** By family, for the gallery. */
export const FAMILIES = { Layout: LAYOUT, Display: DISPLAY, Inputs: INPUTS };

export const SAMPLES = Object.fromEntries([...LAYOUT, ...DISPLAY, ...INPUTS].map((node) => [node["type"], node])) as Record<Kind, Json>;
