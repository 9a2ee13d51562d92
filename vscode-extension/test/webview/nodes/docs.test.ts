import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { COLOR_NAMES } from "../../../src/webview/nodes/colors";
import type { Kind } from "../../../src/webview/nodes/schema/kinds";
import { KINDS } from "../../../src/webview/nodes/schema/kinds";

const TEXT = readFileSync(join(import.meta.dirname, "../../../../docs/ui-nodes.md"), "utf8");

/** The documentation names every kind with every field, and says what is required and what the defaults are. */
it.each(Object.keys(KINDS) as Kind[])("%s is documented as it is", (kind) => {
  const row = TEXT.split("\n").find((line) => line.startsWith(`| \`${kind}\` |`));
  const fields = Object.entries(KINDS[kind]).map(([name, { required, fallback }]) => {
    const given = fallback === undefined ? name : `${name} \`${JSON.stringify(fallback)}\``;
    return required ? `**${name}**` : given;
  });
  expect(row?.split(" | ").at(-1)).toBe(`${fields.join(", ")} |`);
});

it("every name of a colour is documented", () => {
  expect(COLOR_NAMES.filter((name) => !TEXT.includes(`\`${name}\``))).toEqual([]);
});
