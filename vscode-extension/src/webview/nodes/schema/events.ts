/** What each kind of node tells its plugin: the one place that says how values of events are written. */
import type { Kind } from "./kinds";

/**
 * How the text of an event's value is to be read: `none` is the empty text, `text` is the text itself, the others are JSON.
 */
export type Encoding = "none" | "text" | "number" | "boolean" | "texts" | "entries" | "position" | "object";

export interface Told {
  readonly kind: string;
  readonly value: Encoding;
  /** When it is told, and what the value is. */
  readonly when: string;
  /** Which widget id it carries, where that is not the node's `id`. */
  readonly widget?: string;
}

export const ENCODINGS: Readonly<Record<Encoding, string>> = {
  none: "the empty text",
  text: "the text as it is, not as JSON",
  number: "JSON: a number",
  boolean: "JSON: `true` or `false`",
  texts: "JSON: a list of texts",
  entries: "JSON: a list of `{\"key\", \"value\", \"enabled\"}`",
  position: "JSON: a position, counted from 0",
  object: "JSON: an object",
};

const click = (when: string, widget?: string): Told => ({ kind: "click", value: "none", when, ...(widget ? { widget } : {}) });
const ROW = "`id`, or `row_id` without one";

export const EVENTS: Partial<Readonly<Record<Kind, readonly Told[]>>> = {
  tabs: [
    { kind: "change", value: "text", when: "Another tab is chosen: its header." },
    click("An action beside the tabs is pressed.", "the action's `id`"),
  ],
  modal: [click("Escape, the button in the corner or a click beside it, where `dismissible`.", "`close-id`, or `id` without one")],
  "sidebar-header": [click("An action is pressed.", "the action's `id`")],
  "data-row": [
    { kind: "click", value: "text", when: "The row is pressed: its `row_id`.", widget: ROW },
    { kind: "toggle", value: "text", when: "Its triangle is pressed, or an arrow key opens or closes it: its `row_id`.", widget: ROW },
    { kind: "action", value: "text", when: "Its action is pressed: its `row_id`.", widget: ROW },
  ],
  card: [
    { kind: "change", value: "boolean", when: "The switch is flipped: the new state.", widget: "`id`" },
    { kind: "action", value: "position", when: "An action is pressed: its position.", widget: "`id`" },
  ],
  breadcrumbs: [{ kind: "click", value: "text", when: "A step is pressed: the path up to it.", widget: "`id`" }],
  button: [click("It is pressed. The text of `copy` is on the clipboard by then.")],
  "icon-button": [click("It is pressed.")],
  toggle: [{ kind: "change", value: "boolean", when: "It is switched: the new state." }],
  checkbox: [{ kind: "change", value: "boolean", when: "It is ticked or not: the new state." }],
  input: [
    { kind: "change", value: "text", when: "After each key, and once when a composition ends: the whole text." },
    { kind: "submit", value: "text", when: "Enter in a field of one line: the whole text. The field keeps the focus." },
  ],
  "number-input": [{ kind: "change", value: "number", when: "The field holds another number. Nothing is told while it holds none." }],
  slider: [{ kind: "change", value: "number", when: "While it is moved." }],
  select: [
    { kind: "change", value: "text", when: "Another option is chosen: its `value`." },
    { kind: "search", value: "text", when: "Something is typed to search for, where `searchable`." },
  ],
  "multi-select": [{ kind: "change", value: "texts", when: "An option is ticked or not: the values of all that are." }],
  radio: [{ kind: "change", value: "text", when: "Another option is chosen: its `value`." }],
  "button-group": [{ kind: "change", value: "text", when: "A button is pressed: its `value`." }],
  "key-value-list": [{ kind: "change", value: "entries", when: "Anything in it changes: the whole list." }],
  list: [
    { kind: "click", value: "position", when: "An item is pressed: its position." },
    { kind: "postfix", value: "position", when: "The button at its end is pressed: the item's position." },
    { kind: "action", value: "object", when: "An action is pressed: `{\"item\": 0, \"action\": 0}`, positions of both." },
  ],
  "code-editor": [
    { kind: "change", value: "text", when: "After each change, and once when a composition ends: the whole text." },
    { kind: "run", value: "object", when: "Ctrl+Enter (Cmd+Enter), with Shift for all of it: `{\"all\": false, \"caret\": 3, \"selection\": [2, 5]}`; offsets in characters (code points); `selection` is null where nothing is marked." },
    { kind: "run-marker", value: "position", when: "A triangle beside the text is pressed: its offset of `run_markers`." },
    { kind: "format-editor", value: "none", when: "Shift+Alt+F: the text is to be laid out anew." },
  ],
};
