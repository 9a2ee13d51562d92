/** Values within fields that more than one kind of node has. */
import { color, flag, isObject, listOf, named, number, optional, record, required, text, Unexpected } from "../fields";
import type { Define, FieldsOf, JsonSchema, Reader, Schema } from "../fields";

/** Bytes `start` to `end` of a text in UTF-8. */
export const span = named("range", record("a range", { start: required(number(0)), end: required(number(0)) }));

const image = named(
  "image",
  record("an image", { uri: optional(text, ""), bytes: required(listOf(number(0, 255), "bytes")) }),
);
export type ImageOf = ReturnType<(typeof image)["read"]>;

/** The icon of a card: a glyph or an image. */
export const pictured: Reader<{ readonly glyph: string } | { readonly image: ImageOf }> = {
  expects: "a glyph or an image",
  json: (define) => ({ anyOf: [only("glyph", text.json(define)), only("image", image.json(define))] }),
  read: (value) => {
    if (isObject(value) && typeof value["glyph"] === "string") {
      return { glyph: value["glyph"] };
    }
    const given = isObject(value) ? (value["image"] ?? value["Image"]) : undefined;
    if (given === undefined) {
      throw new Unexpected("a glyph or an image is expected");
    }
    return { image: image.read(given) };
  },
};

/** The schema of an object that is told by its only member. */
function only(name: string, value: JsonSchema): JsonSchema {
  return { type: "object", properties: { [name]: value }, required: [name] };
}

/** One of several things, each told by the name of the only member: `{"Badge": {…}}`. */
function tagged<T extends Readonly<Record<string, Reader<unknown>>>>(expects: string, kinds: T) {
  type Value = { [K in keyof T & string]: { readonly kind: K; readonly value: T[K] extends Reader<infer V> ? V : never } }[keyof T & string];
  const read = (value: unknown): Value => {
    for (const [kind, reader] of Object.entries(kinds)) {
      if (isObject(value) && Object.hasOwn(value, kind)) {
        return { kind, value: reader.read(value[kind]) } as Value;
      }
    }
    throw new Unexpected(`${expects} is expected`);
  };
  const json = (define: Define): JsonSchema => ({
    anyOf: Object.entries(kinds).map(([kind, reader]) => only(kind, reader.json(define))),
  });
  return { expects, json, read };
}

/** A record that may also be given as the one text that matters in it. */
function textOr<S extends Schema>(expects: string, name: keyof S & string, schema: S): Reader<FieldsOf<S>> {
  const whole = record(expects, schema);
  return {
    expects,
    json: (define) => ({ anyOf: [text.json(define), whole.json(define)] }),
    read: (value) => whole.read(typeof value === "string" ? { [name]: value } : value),
  };
}

const glyph = textOr("an icon", "glyph", { glyph: required(text), color: optional(color) });
const badge = record("a badge", { text: required(text, "label"), color: optional(color) });
const share = number(0, 1);
const progressOf = record("a progress", { value: required(share), color: optional(color) });
const progress: typeof progressOf = {
  expects: "a progress",
  json: (define) => ({ anyOf: [share.json(define), progressOf.json(define)] }),
  read: (value) => progressOf.read(isObject(value) ? value : { value }),
};
const button = textOr("a button", "label", { label: required(text), icon: optional(text), enabled: optional(flag, true) });
const iconButton = textOr("an icon button", "icon", {
  icon: required(text, "glyph"),
  tooltip: optional(text, ""),
  enabled: optional(flag, true),
});

export const prefix = named("prefix", tagged("Icon, IconTile or Image", { Icon: glyph, IconTile: glyph, Image: image }));
const POSTFIXES = {
  Badge: badge,
  Text: textOr("a text", "text", { text: required(text, "label", "value") }),
  Button: button,
  IconButton: iconButton,
  Progress: progress,
};
export const postfix = named("postfix", tagged("Badge, Text, Button, IconButton or Progress", POSTFIXES));

const ITEM = {
  key: optional(text),
  title: required(text),
  description: optional(text),
  meta: optional(text),
  prefix: optional(prefix),
  badge: optional(badge),
  postfix: optional(postfix),
  actions: optional(
    listOf(record("an action", { icon: optional(text, ""), tooltip: optional(text, "") }), "actions"),
    [],
  ),
  tags: optional(listOf(text, "texts"), []),
  accent: optional(color),
  "title-color": optional(color),
  selected: optional(flag, false),
};
export const listItem = named("item", record("an item", ITEM));
export type ListItem = ReturnType<(typeof listItem)["read"]>;

export const option = named("option", record("an option", { value: required(text), label: optional(text) }));
const CHOICE = { value: required(text), label: required(text), icon: optional(text) };
export const choiceItem = named("choice", record("an item", CHOICE));
const ENTRY = { key: optional(text, ""), value: optional(text, ""), enabled: optional(flag, true) };
export const entry = named("entry", record("an entry", ENTRY));
