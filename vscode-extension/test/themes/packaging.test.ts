/** What is exported is packed by `vsce package`, whatever the theme is called; nothing of it is asked of the network. */
import { createVSIX } from "@vscode/vsce";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { extensionFiles } from "../../src/themes/extensionFiles";

let folder: string;

beforeAll(() => {
  vi.spyOn(console, "log").mockReturnValue(); // it lists what it packs
  folder = mkdtempSync(join(tmpdir(), "thoth-packaging-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["of letters nobody's names are made of", "日本 · Ночь"],
  ["with marks of Markdown, HTML and XML in it", '![a](http://example.com/a.svg) <svg/> <img src="http://example.com/b.png"> ]]> & "x" %y% ${z} `c`'],
  ["of a hundred letters", `${"very ".repeat(19)}dark `],
])("a theme %s", async (about, name) => {
  const theme = {
    themeId: `a/${name}`,
    name,
    dark: true,
    css: {},
    workbench: { "editor.background": "#191724" },
    textMateRules: [{ name: "Thoth: Strings", scope: ["string"], settings: { foreground: "#f6c177", fontStyle: "" } }],
    semanticRules: { string: "#f6c177" },
  };
  const cwd = join(folder, about.replaceAll(/\W+/g, "-"));
  for (const { path, text } of extensionFiles(theme, "local", "^1.70.0")) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const packagePath = join(cwd, "theme.vsix");
  await createVSIX({ cwd, packagePath, allowMissingRepository: true });
  expect(existsSync(packagePath)).toBe(true);
  expect(statSync(packagePath).size).toBeGreaterThan(1000);
});
