/** Nodes that arrange others: their fields and what those are when absent. */
import { color, flag, listOf, named, node, number, oneOf, optional, pixels, record, required, text } from "../fields";

const nodes = listOf(node, "nodes");
const texts = listOf(text, "texts");
const BACKGROUNDS = ["none", "bg", "bg-panel", "bg-sunken", "surface", "surface-raised", "surface-active"] as const;
/** Names from before there were tokens. */
const OLD_BACKGROUNDS = ["base", "mantle", "crust", "surface0", "surface1", "surface2", "overlay1"] as const;
const ALIGN = ["start", "center", "end", "fill"] as const;
const ACTION = { id: optional(text, ""), icon: optional(text, ""), tooltip: optional(text, "") };
const action = named("action", record("an action", ACTION));

export const LAYOUT = {
  row: {
    children: optional(nodes, []),
    gap: optional(pixels, 0),
    padding: optional(pixels, 0),
    align: optional(oneOf(...ALIGN), "start"),
    "bg-color": optional(oneOf(...BACKGROUNDS, ...OLD_BACKGROUNDS), "none"),
    "max-width": optional(flag, false),
    height: optional(pixels),
  },
  column: {
    children: optional(nodes, []),
    gap: optional(pixels, 0),
    padding: optional(pixels, 0),
    framed: optional(flag, false),
  },
  scroll: {
    child: required(node),
    max_height: optional(pixels, undefined, "height"),
    both: optional(flag, false),
    id: optional(text, ""),
  },
  spacer: { size: required(pixels, "height") },
  split: {
    children: optional(nodes, []),
    gap: optional(pixels, 0),
    widths: optional(listOf(number(0, 1000), "numbers"), []),
    separator: optional(flag, false),
    align: optional(oneOf(...ALIGN), "start"),
    fill_height: optional(flag, false),
    framed: optional(flag, false),
    resizable: optional(flag, false),
    id: optional(text, ""),
    min_pane: optional(pixels, 120),
  },
  "v-split": {
    id: optional(text, ""),
    top: required(node),
    bottom: required(node),
    default_ratio: optional(number(0, 1), 0.5),
    min_pane: optional(pixels, 80),
  },
  group: { label: required(text), children: optional(nodes, []) },
  collapsible: { label: required(text), children: optional(nodes, []) },
  footer: { children: optional(nodes, []), gap: optional(pixels, 0), padding: optional(pixels, 0) },
  "key-value": { key: required(text), value: required(node) },
  colored: { color: required(color), child: required(node) },
  separator: {
    "margin-top": optional(pixels, 0),
    "margin-bottom": optional(pixels, 0),
    color: optional(color),
    thickness: optional(pixels),
    spacing: optional(pixels),
  },
  tabs: {
    id: required(text),
    headers: optional(texts, []),
    icons: optional(texts, []),
    "icon-only": optional(flag, false),
    size: optional(oneOf("Small", "Medium", "Large"), "Medium"),
    actions: optional(listOf(action, "actions"), []),
    children: optional(nodes, []),
    "content-gap": optional(pixels, 0),
  },
  modal: {
    id: required(text),
    title: required(text),
    eyebrow: optional(text),
    "eyebrow-color": optional(color),
    subtitle: optional(text),
    open: optional(flag, false),
    "close-id": optional(text),
    width: optional(pixels),
    "width-pct": optional(number(0, 100)),
    "height-pct": optional(number(0, 100)),
    glyph: optional(text),
    "glyph-color": optional(color),
    glyph_tile: optional(flag, false),
    dismissible: optional(flag, true),
    children: optional(nodes, []),
    footer: optional(nodes, []),
  },
  "sidebar-header": {
    title: required(text),
    trailing_text: optional(text),
    actions: optional(listOf(action, "actions"), []),
  },
  // Spellings of the contract's comments.
  bold: { child: optional(node), text: optional(text, undefined, "value") },
  italic: { child: optional(node), text: optional(text, undefined, "value") },
};
