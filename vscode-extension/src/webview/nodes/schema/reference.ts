/** The reference of nodes for people, as Markdown, made of the table that they are read by. */
import type { Field } from "../fields";
import { ABOUT } from "./about";
import { DISPLAY } from "./display";
import { fieldWords } from "./fieldWords";
import { ENCODINGS, EVENTS } from "./events";
import type { Kind } from "./kinds";
import { KINDS } from "./kinds";
import { LAYOUT } from "./layout";

const SPELLINGS: readonly Kind[] = ["bold", "italic"];
const NODES_IN_RECORDS: Readonly<Record<string, string>> = {
  "a list of items": "a list of [items](#items-of-a-list)",
  "a list of options": "a list of `{value, label}`",
  "a list of entries": "a list of `{key, value, enabled}`",
  "a list of actions": "a list of actions",
  "a list of spans": "a list of `{start, end}`",
};

/** Sections of all kinds, by family; `pictured` are the kinds there is a picture of. */
export function nodesReference(pictured: ReadonlySet<string>): string {
  const kinds = Object.keys(KINDS) as Kind[];
  const isOf = (family: object) => (kind: Kind) => Object.hasOwn(family, kind) && !SPELLINGS.includes(kind);
  const families: readonly (readonly [string, readonly Kind[]])[] = [
    ["Layout", kinds.filter(isOf(LAYOUT))],
    ["Display", kinds.filter(isOf(DISPLAY))],
    ["Inputs", kinds.filter((kind) => !Object.hasOwn(LAYOUT, kind) && !Object.hasOwn(DISPLAY, kind))],
    ["Other spellings", SPELLINGS],
  ];
  return families.map(([title, members]) => `## ${title}\n\n${members.map((kind) => section(kind, pictured)).join("\n")}`).join("\n");
}

/** How the values of events are written. */
export function encodings(): string {
  const rows = Object.entries(ENCODINGS).map(([name, meaning]) => `| ${name} | ${meaning} |`);
  return ["| value | written as |", "| --- | --- |", ...rows, ""].join("\n");
}

function section(kind: Kind, pictured: ReadonlySet<string>): string {
  const fields = Object.entries(KINDS[kind] as Readonly<Record<string, Field<unknown>>>);
  const lines = [`### \`${kind}\``, "", ABOUT[kind], ""];
  if (pictured.has(kind)) {
    lines.push(`![${kind}](images/nodes/${kind}.png)`, "");
  }
  lines.push("| field | value | without it | meaning |", "| --- | --- | --- | --- |", ...fields.map(([name, field]) => fieldRow(kind, name, field)), "");
  const told = EVENTS[kind] ?? [];
  if (told.length > 0) {
    lines.push("| tells | value | when |", "| --- | --- | --- |");
    lines.push(...told.map((event) => `| \`${event.kind}\`${event.widget ? ` under ${event.widget}` : ""} | ${event.value} | ${event.when} |`), "");
  }
  return lines.join("\n");
}

function fieldRow(kind: Kind, name: string, { reader, required, fallback, also }: Field<unknown>): string {
  const others = also.length > 0 ? `, also \`${also.join("`, `")}\`` : "";
  const without = required ? "has to be there" : fallback === undefined ? "" : `\`${JSON.stringify(fallback)}\``;
  return `| ${required ? `**${name}**` : name}${others} | ${valueOf(reader)} | ${without} | ${fieldWords(kind, name) ?? ""} |`;
}

function valueOf({ expects, json }: Field<unknown>["reader"]): string {
  const schema = json((defined) => ({ $ref: defined }));
  const { minimum, maximum } = schema as { readonly minimum?: number; readonly maximum?: number };
  if (minimum !== undefined || maximum !== undefined) {
    const [low, high] = [minimum, maximum].map((bound) => (bound === undefined ? "" : String(bound)));
    return maximum === undefined ? `a number from ${low} on` : `a number from ${low} to ${high}`;
  }
  if (expects.startsWith("one of ")) {
    return expects.slice("one of ".length).split(", ").map((word) => `\`"${word}"\``).join(" ");
  }
  return NODES_IN_RECORDS[expects] ?? expects;
}
