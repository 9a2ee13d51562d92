/** What fields mean whose names do not say it: by kind, or for every kind that has one of that name. */
import type { Kind } from "./kinds";

const EVERYWHERE: Readonly<Record<string, string>> = {
  id: "Under which events are told and the node keeps what is its own. Without one nothing is told.",
  gap: "Pixels between children.",
  padding: "Pixels around them.",
  framed: "A border with round corners.",
  glyph: "One character of Phosphor's font.",
  icon: "One character of Phosphor's font.",
  "glyph-color": "Of the glyph alone.",
  disabled: "Shown, and not to be changed.",
  tooltip: "Shown when the pointer rests, and its name to screen readers.",
  hover_text: "Shown when the pointer rests.",
  mono: "In the editor's font.",
  width: "Pixels; without it as wide as there is room, or as it needs.",
  min_pane: "So many pixels at least stay for each side.",
};

const WORDS: Partial<Readonly<Record<Kind, Readonly<Record<string, string>>>>> = {
  row: { align: "Where children stand; `fill` has them share the width.", "max-width": "Children share the width.", height: "Pixels." },
  scroll: { max_height: "Pixels from which on it scrolls.", both: "Sideways, too." },
  spacer: { size: "Pixels, in either direction." },
  split: {
    widths: "Shares of the areas, such as `[1, 2]`.",
    separator: "A line between areas.",
    fill_height: "As high as what it is in.",
    resizable: "A divider that moves, between two areas; where it stands is kept.",
  },
  "v-split": { default_ratio: "The upper one's share until the divider is moved." },
  separator: { color: "Of the line.", thickness: "Pixels of the line.", spacing: "Pixels above and below, together." },
  tabs: {
    headers: "One a child.",
    icons: "One a child, or the empty text.",
    "icon-only": "Headers are names of icons only, to screen readers and the pointer.",
    actions: "Buttons at the end of the line.",
    "content-gap": "Pixels between headers and content.",
  },
  modal: {
    eyebrow: "A small line above the title.",
    open: "Whether it is there.",
    "close-id": "What its closing is told under.",
    "width-pct": "Percent of the page's width.",
    "height-pct": "Percent of the page's height.",
    glyph_tile: "The glyph stands on a tile.",
    dismissible: "Escape and a click beside it ask for its closing.",
    footer: "At its lower edge, at the right.",
  },
  text: { variant: "Size and weight by purpose.", size: "Pixels of the letters." },
  badge: { outlined: "A border instead of a filled box.", soft: "A wash of the colour instead of all of it.", pill: "Round ends.", "font-size": "Pixels of the letters." },
  icon: { size: "Pixels." },
  link: { url: "http or https." },
  code: { language: "json, jsonc, sql, rust or shell; others are not coloured." },
  progress: { value: "From 0 to 1.", height: "Pixels of the bar.", readout: "Written behind it." },
  spinner: { size: "Pixels." },
  table: { rows: "Each a list of nodes, one a column; null is no value.", min_col_width: "Pixels; columns with long words begin wider.", column_types: "One a column: how it is aligned and coloured." },
  "json-tree": { value: "Any JSON." },
  "data-view": {
    handle: "Of a data set or a body.",
    caption: "Written above it.",
    name: "The file name of a body, whose ending says what it is.",
    height: "Pixels; without it as high as there is room.",
    view: "What it is shown as to begin with.",
  },
  "data-row": {
    display_text: "`name: value`.",
    row_id: "The value of its events, and their widget id where there is no `id`.",
    key_token: "What the name is, for its colour.",
    value_token: "What the value is; without it all of the text is one.",
    highlights: "Ranges of bytes in UTF-8 that are marked.",
    summary_value: "The value is of less importance.",
    indent: "Levels.",
    caret: "A triangle: open or not; without it there is none.",
    trailing: "At the right end.",
    chip: "A small label behind the text.",
    truncate: "One line, cut with dots.",
  },
  card: { enabled: "A switch in its corner: on or not; without it there is none.", icon: "`{\"glyph\"}` or `{\"image\": {uri, bytes}}`.", meta: "In its corner." },
  breadcrumbs: { path: "Steps with separators between them." },
  button: {
    "button-type": "How much it stands out.",
    color: "By purpose. `Secondary` is `Primary`.",
    size: "Pixels of the letters.",
    height: "Pixels; without it 22, 26 or 30 by `button_size`.",
    enabled: "Whether it can be pressed.",
    copy: "This text goes to the clipboard when it is pressed.",
    "full-width": "As wide as there is room.",
  },
  "icon-button": {
    frame: "A border.",
    badge_color: "A dot in the corner, of this colour.",
    "badge-size": "Pixels of the dot.",
    "badge-inset": "Pixels of the dot from the corner.",
    "badge-ring-color": "Of a ring around the dot.",
    size_px: "Pixels of the whole.",
    icon_size: "Pixels of the glyph.",
    "selected-style": "A filled button, or a wash.",
  },
  toggle: { enabled: "On or off.", hover_text: "Shown when the pointer rests, and its name to screen readers." },
  checkbox: { indeterminate: "Neither ticked nor not." },
  input: {
    grow: "Takes the room that is left in a row.",
    required: "A star behind the label.",
    password: "Hidden, with a button that shows it.",
    error: "What is wrong, written below.",
    multiline: "Enter makes a new line.",
    rows: "Lines that are shown of several.",
    desired_width: "Pixels.",
  },
  "number-input": { step: "What an arrow key changes it by; 0 takes any number.", unit: "Written behind it." },
  select: {
    label: "Its name to screen readers, where `prefix_label` is not enough or there is none.",
    prefix_label: "In front of the choice, and its name to screen readers.",
    searchable: "Options are found by typing.",
  },
  "multi-select": { item_noun: "What is counted: `2 columns`.", item_noun_plural: "Without it, the noun with an s." },
  "button-group": { active: "The `value` of the one that is chosen." },
  list: {
    empty_label: "Written where there are no items.",
    compact: "Lower rows.",
    style: "`card` has a box around each, `flush` none; `auto` is `flush` where `framed`.",
    shrink_to_fit: "As wide as it needs.",
    max_height: "Pixels from which on it scrolls.",
    "text-style": "A variant of `text`, for titles.",
  },
  "code-editor": {
    font_size: "Pixels.",
    rows: "Lines that are shown; without it as many as there are, from 3 to 30.",
    bordered: "A border around it.",
    custom_syntax: "Words and comments of a language of one's own, in the place of `syntax`.",
    run_markers: "Offsets in characters (code points); a triangle stands beside the line of each.",
  },
};

/** What a field means; undefined where its name says it. */
export function fieldWords(kind: Kind, field: string): string | undefined {
  return WORDS[kind]?.[field] ?? EVERYWHERE[field];
}

/** Fields there are words for, for a test that none is there no more. */
export const DESCRIBED: readonly (readonly [Kind, string])[] = Object.entries(WORDS).flatMap(([kind, fields]) =>
  Object.keys(fields).map((field) => [kind as Kind, field] as const),
);
