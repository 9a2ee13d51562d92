import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { COLOR_NAMES } from "../../../src/webview/nodes/colors";
import { DESCRIBED } from "../../../src/webview/nodes/schema/fieldWords";
import { EVENTS } from "../../../src/webview/nodes/schema/events";
import { nodesSchema } from "../../../src/webview/nodes/schema/jsonSchema";
import type { Kind } from "../../../src/webview/nodes/schema/kinds";
import { ALIASES, KINDS } from "../../../src/webview/nodes/schema/kinds";
import { SAMPLES } from "./samples";

const DOCS = join(import.meta.dirname, "../../../../docs");
const TEXT = readFileSync(join(DOCS, "ui-nodes.md"), "utf8");

interface Definition {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  readonly "x-required"?: readonly string[];
}
const SCHEMA = nodesSchema() as unknown as { readonly $defs: Readonly<Record<string, Definition>> };

it("every name of a colour is documented", () => {
  expect(COLOR_NAMES.filter((name) => !TEXT.includes(`\`${name}\``))).toEqual([]);
});

it("the schema that is written down is the one that is read by", () => {
  expect(JSON.parse(readFileSync(join(DOCS, "ui-nodes.schema.json"), "utf8"))).toEqual(JSON.parse(JSON.stringify(SCHEMA)));
});

it.each(Object.keys(KINDS) as Kind[])("%s has a section and a definition with all of its fields", (kind) => {
  expect(TEXT).toContain(`\n### \`${kind}\`\n`);
  const { properties, required } = SCHEMA.$defs[kind]!;
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(["type", "key", ...Object.keys(SAMPLES[kind])]));
  expect(required).toContain("type");
});

it("there is a small picture of every kind", () => {
  const pictures = join(DOCS, "images", "nodes");
  const files = readdirSync(pictures);
  expect(files.sort()).toEqual(Object.keys(KINDS).map((kind) => `${kind}.png`).sort());
  expect(files.reduce((sum, name) => sum + statSync(join(pictures, name)).size, 0)).toBeLessThan(1_500_000);
});

it("every reference of the schema leads somewhere", () => {
  const references = [...JSON.stringify(SCHEMA).matchAll(/"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name!);
  expect(references.filter((name) => !Object.hasOwn(SCHEMA.$defs, name))).toEqual([]);
  expect(Object.keys(ALIASES).every((name) => Object.hasOwn(SCHEMA.$defs, name))).toBe(true);
});

it("what has to be there may go by any of its names", () => {
  expect(SCHEMA.$defs["text"]).toMatchObject({ required: ["type"], "x-required": ["text"], allOf: [{ anyOf: [{ required: ["text"] }, { required: ["value"] }] }] });
});

it("only fields that there are have words", () => {
  expect(DESCRIBED.filter(([kind, field]) => !Object.hasOwn(KINDS[kind], field))).toEqual([]);
});

it("nodes with ids say what they tell", () => {
  const silent = ["scroll", "split", "v-split", "json-tree", "data-view", "picture"];
  const withId = (Object.keys(KINDS) as Kind[]).filter((kind) => Object.hasOwn(KINDS[kind], "id"));
  expect(withId.filter((kind) => EVENTS[kind] === undefined)).toEqual(silent);
});
