import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../src/webview");
const SOURCES = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** The content security policy blocks style attributes and inline scripts; text of a file must never become markup. */
it.each([
  ["markup from text", /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|document\.write|DOMParser/],
  ["style attributes in templates", /\sstyle=["'$]/],
  ["inline handlers", /\son[a-z]+=["']/],
  ["code from text", /\beval\(|new Function\(/],
  ["the network", /(?<!#)\bfetch\(|XMLHttpRequest|WebSocket\(/],
])("no source uses %s", (_, pattern) => {
  expect(SOURCES.length).toBeGreaterThan(20);
  expect(SOURCES.filter((file) => pattern.test(readFileSync(join(ROOT, file), "utf8")))).toEqual([]);
});

it("uses no colour of its own", () => {
  const styles = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));
  expect(styles.length).toBeGreaterThan(5);
  for (const file of styles) {
    const css = readFileSync(join(ROOT, file), "utf8");
    expect(css.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi), file).toBeNull();
  }
});
