/** Nodes that only show something: their fields and what those are when absent. */
import { anyValue, color, flag, listOf, named, node, number, oneOf, optional, pixels, record, required, text } from "../fields";
import type { Reader } from "../fields";
import { pictured, span } from "./shapes";

export const SIZES = ["Small", "Medium", "Large"] as const;
export const VARIANTS = [
  "panel-header",
  "section-header",
  "group-label",
  "title",
  "heading",
  "body-large",
  "body",
  "body-muted",
  "subtitle",
  "caption",
  "label",
  "mono",
] as const;
export const COLUMN_TYPES = [
  "text",
  "integer",
  "float",
  "boolean",
  "timestamp",
  "date",
  "time",
  "uuid",
  "json",
  "enum",
] as const;

/** What a node `data-view` may show its data as to begin with. */
export const DATA_VIEWS = ["table", "tree", "raw"] as const;

const texts = listOf(text, "texts");
const fontSize = number(6, 72);
const cell: Reader<unknown> = {
  expects: "a node or null",
  json: (define) => ({ anyOf: [node.json(define), { type: "null" }] }),
  read: (value) => value,
};

export const DISPLAY = {
  text: {
    text: required(text, "value"),
    variant: optional(oneOf(...VARIANTS), "body"),
    color: optional(color),
    size: optional(fontSize),
    bold: optional(flag, false),
    italic: optional(flag, false),
    underline: optional(flag, false),
  },
  badge: {
    label: required(text),
    color: optional(color),
    outlined: optional(flag, false),
    soft: optional(flag, false),
    size: optional(oneOf(...SIZES), "Small"),
    icon: optional(text),
    pill: optional(flag, false),
    mono: optional(flag, true),
    bold: optional(flag, false),
    "font-size": optional(fontSize),
  },
  icon: { glyph: required(text), color: optional(color), size: optional(fontSize, 13) },
  link: { label: required(text), url: required(text) },
  code: { value: required(text), language: optional(text) },
  markdown: { value: required(text) },
  progress: {
    value: required(number(0, 1)),
    color: optional(color),
    height: optional(pixels, 6),
    readout: optional(text),
  },
  spinner: { size: optional(fontSize, 16) },
  table: {
    headers: optional(texts, []),
    rows: optional(listOf(listOf(cell, "nodes"), "rows"), []),
    min_col_width: optional(pixels, 150),
    column_types: optional(listOf(oneOf(...COLUMN_TYPES), "column types"), []),
    framed: optional(flag, true),
  },
  "json-tree": { value: required(anyValue), id: optional(text, "json-tree"), framed: optional(flag, true) },
  "data-view": {
    id: optional(text, ""),
    handle: required(text),
    caption: optional(text),
    name: optional(text, ""),
    height: optional(pixels),
    view: optional(oneOf(...DATA_VIEWS)),
  },
  picture: {
    id: optional(text, ""),
    handle: required(text),
    alt: optional(text, ""),
    height: optional(pixels),
  },
  "data-row": {
    display_text: required(text),
    row_id: required(text),
    id: optional(text, ""),
    key_token: optional(oneOf("key", "str", "number", "boolean", "bracket")),
    value_token: optional(oneOf("key", "str", "number", "boolean", "bracket")),
    background: optional(color),
    highlights: optional(
      record("highlights", {
        key_ranges: optional(listOf(span, "ranges"), []),
        value_ranges: optional(listOf(span, "ranges"), []),
      }),
    ),
    syntax_highlighting: optional(flag, false),
    summary_value: optional(flag, false),
    indent: optional(number(0, 200), 0),
    caret: optional(flag),
    leading_icon: optional(
      record("an icon", { glyph: required(text), color: optional(color), size: optional(fontSize) }),
    ),
    trailing: optional(text),
    chip: optional(text),
    action_icon: optional(text),
    action_tooltip: optional(text),
    truncate: optional(flag, false),
    selected: optional(flag, false),
  },
  card: {
    id: optional(text, ""),
    title: required(text),
    subtitle: optional(text),
    meta: optional(text),
    tags: optional(texts, []),
    enabled: optional(flag),
    icon: optional(pictured),
    body: optional(node),
    actions: optional(
      listOf(named("card-action", record("an action", { label: required(text), danger: optional(flag, false) })), "actions"),
      [],
    ),
  },
  breadcrumbs: { id: optional(text, ""), path: optional(text, ""), separator: optional(text, ".") },
};
