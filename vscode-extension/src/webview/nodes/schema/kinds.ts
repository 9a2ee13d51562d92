/** Every kind of node by name: the one table that reading, drawing, tests and documentation go by. */
import { isObject, readFields, Unexpected } from "../fields";
import type { FieldsOf } from "../fields";
import { DISPLAY } from "./display";
import { INPUTS } from "./inputs";
import { LAYOUT } from "./layout";

export const KINDS = { ...LAYOUT, ...DISPLAY, ...INPUTS };
export type Kind = keyof typeof KINDS;
export type Node<K extends Kind> = FieldsOf<(typeof KINDS)[K]>;

/** Kinds whose field `key` has been something else from the beginning; it tells them from their siblings all the same. */
export const HAS_OWN_KEY: ReadonlySet<Kind> = new Set(["key-value"]);

/** Names that the contract's comments have for kinds that are called otherwise. */
export const ALIASES: Readonly<Record<string, { readonly kind: Kind; readonly fields: Readonly<Record<string, unknown>> }>> = {
  heading: { kind: "text", fields: { variant: "heading" } },
  "text-input": { kind: "input", fields: {} },
  "password-input": { kind: "input", fields: { password: true } },
  textarea: { kind: "input", fields: { multiline: true } },
};

/** What a value of unknown origin is: a node that can be drawn, one of an unknown kind, or one that is wrong. */
export type Read =
  | { readonly kind: Kind; readonly fields: never }
  | { readonly kind: "?unknown"; readonly name: string }
  | { readonly kind: "?wrong"; readonly name: string; readonly message: string };

export function readNode(value: unknown): Read {
  if (!isObject(value)) {
    return { kind: "?wrong", name: "", message: "" };
  }
  const name = Object.hasOwn(value, "type") ? value["type"] : undefined;
  if (typeof name !== "string") {
    return { kind: "?wrong", name: "", message: "" };
  }
  const alias = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
  const kind = alias?.kind ?? name;
  if (!Object.hasOwn(KINDS, kind)) {
    return { kind: "?unknown", name };
  }
  try {
    const fields = readFields(alias ? { ...alias.fields, ...value } : value, KINDS[kind as Kind]);
    return { kind: kind as Kind, fields: fields as never };
  } catch (error) {
    if (error instanceof Unexpected) {
      return { kind: "?wrong", name, message: error.message };
    }
    throw error;
  }
}
