/** The JSON Schema of trees of nodes, made of the table that they are read by. */
import type { JsonSchema } from "../fields";
import { objectSchema, optional, text } from "../fields";
import { ABOUT } from "./about";
import { ENCODINGS, EVENTS } from "./events";
import { fieldWords } from "./fieldWords";
import type { Kind } from "./kinds";
import { ALIASES, HAS_OWN_KEY, KINDS } from "./kinds";

const ABOUT_KEY = "Tells a node from its siblings, so that it keeps focus, caret and scrolling when others come and go. Without one its id does.";

/** Everything a plugin may say, one definition a kind under its name. */
export function nodesSchema(): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};
  const define = (name: string, make: () => JsonSchema): JsonSchema => {
    definitions[name] ??= make();
    return { $ref: `#/$defs/${name}` };
  };
  const kinds = Object.keys(KINDS) as Kind[];
  const defined = Object.fromEntries(kinds.map((kind) => [kind, kindSchema(kind, kind, {}, define)]));
  const spelled = Object.entries(ALIASES).map(([name, { kind, fields }]) => [name, kindSchema(name, kind, fields, define)] as const);
  const names = [...kinds, ...Object.keys(ALIASES)];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Nodes of Thoth",
    description: "What a plugin describes its output with (docs/ui-nodes.md). Words in enumerations are read in any capitals.",
    $ref: "#/$defs/node",
    $defs: {
      node: { description: "One node: an object of one of the kinds.", anyOf: names.map((name) => ({ $ref: `#/$defs/${name}` })) },
      color: { description: "The name of a colour of the theme, or #rrggbb or #rrggbbaa. Anything else changes nothing.", type: "string" },
      ...Object.fromEntries(Object.entries(definitions).sort(([one], [other]) => (one < other ? -1 : 1))),
      ...defined,
      ...Object.fromEntries(spelled),
    },
    "x-encodings": ENCODINGS,
  };
}

/** One kind; under another spelling it is `deprecated` and says which kind it is, with which fields. */
function kindSchema(name: string, kind: Kind, given: Readonly<Record<string, unknown>>, define: Parameters<typeof objectSchema>[1]): JsonSchema {
  const { properties, required, ...rest } = objectSchema(KINDS[kind], define) as {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
  };
  const key = HAS_OWN_KEY.has(kind) ? {} : { key: { ...keySchema(define), description: ABOUT_KEY } };
  return {
    description: ABOUT[kind],
    ...(name === kind ? {} : { deprecated: true, "x-kind": kind, "x-fields": given }),
    properties: { type: { const: name }, ...described(kind, properties), ...key },
    required: ["type", ...required],
    ...rest,
    ...(EVENTS[kind] === undefined ? {} : { "x-events": EVENTS[kind] }),
  };
}

/** Fields by their own names say what they mean. */
function described(kind: Kind, properties: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const words = schema["deprecated"] === true ? undefined : fieldWords(kind, name);
      return [name, words === undefined ? schema : { ...schema, description: words }];
    }),
  );
}

function keySchema(define: Parameters<typeof objectSchema>[1]): JsonSchema {
  const { properties } = objectSchema({ key: optional(text) }, define);
  return (properties as { readonly key: JsonSchema }).key;
}
