/** Controls whose last change the plugin has not dealt with yet: they show that, not what a tree from before it says. */
import type { Kind } from "./schema/kinds";

type Fields = Readonly<Record<string, unknown>>;

/** How each kind of control takes the value of its event `change`. */
const CHANGED: Partial<Readonly<Record<Kind, (value: string) => Fields>>> = {
  // Fields for text see to it themselves: `draft.ts`.
  select: (value) => ({ value }),
  radio: (value) => ({ value }),
  "button-group": (value) => ({ active: value }),
  checkbox: (value) => ({ checked: value === "true", indeterminate: false }),
  card: (value) => ({ enabled: value === "true" }),
  toggle: (value) => ({ enabled: value === "true" }),
  slider: (value) => ({ value: Number(value) }),
  "multi-select": (value) => ({ value: JSON.parse(value) as unknown }),
  "key-value-list": (value) => ({ entries: JSON.parse(value) as unknown }),
};

/** The fields of a node, with `value` in the place of what the plugin last knew. */
export function withChange<T extends object>(kind: Kind, fields: T, value: string): T {
  return { ...fields, ...CHANGED[kind]?.(value) };
}
