/** Themes as extensions of VS Code, and those of VS Code as one text. */
import { describe, expect, it } from "vitest";
import { extensionFiles, wordOf } from "../../src/themes/extensionFiles";
import { themeText } from "../../src/themes/vscodeThemeText";

const theme = {
  themeId: "a/Rosé Pine",
  name: "Rosé Pine",
  dark: true,
  css: {},
  workbench: { "editor.background": "#191724" },
  textMateRules: [{ name: "Thoth: Strings", scope: ["string"], settings: { foreground: "#f6c177", fontStyle: "" } }],
  semanticRules: { string: "#f6c177" },
};

describe("a theme as an extension", () => {
  const files = new Map(extensionFiles(theme, "somebody", "^1.70.0").map(({ path, text }) => [path, text]));

  it("has a manifest that leads to the file of the theme", () => {
    const manifest = JSON.parse(files.get("package.json") ?? "") as { name: string; contributes: { themes: { path: string; uiTheme: string }[] } };
    expect(manifest.name).toBe("rose-pine-theme");
    const [contributed] = manifest.contributes.themes;
    expect(contributed?.uiTheme).toBe("vs-dark");
    expect(files.has(contributed?.path.replace("./", "") ?? "")).toBe(true);
  });

  it("has all colours in it", () => {
    const found = JSON.parse(files.get("themes/rose-pine-color-theme.json") ?? "") as Record<string, unknown>;
    expect(found).toMatchObject({ type: "dark", colors: theme.workbench, semanticTokenColors: theme.semanticRules });
    expect(found["tokenColors"]).toEqual([{ name: "Thoth: Strings", scope: ["string"], settings: { foreground: "#f6c177" } }]);
  });

  it.each([["Nord", "nord"], ["  A  b ", "a-b"], ["日本", "theme"], ["Größe!", "gro-e"], ["x".repeat(99), "x".repeat(60)], ["very ".repeat(20), `${"very-".repeat(11)}very`]])(
    "is called by its name in plain letters: %s",
    (name, word) => {
      expect(wordOf(name)).toBe(word);
    },
  );
});

describe("a theme of VS Code as one text", () => {
  const read = (files: Record<string, string>) => (path: string) => {
    const text = files[path];
    return text === undefined ? Promise.reject(new Error(`no ${path}`)) : Promise.resolve(text);
  };

  it("has comments out and what it includes in, its own colours winning", async () => {
    const text = await themeText(
      "/x/themes/own.json",
      read({
        "/x/themes/own.json": '{ // mine\n "include": "./../base/dark.json", "name": "Own", "colors": {"a": "#1",}, "tokenColors": [{"scope": "b"}] }',
        "/x/base/dark.json": '{"type": "dark", "colors": {"a": "#0", "z": "#9"}, "tokenColors": [{"scope": "a"}]}',
      }),
    );
    expect(JSON.parse(text)).toMatchObject({
      name: "Own",
      type: "dark",
      colors: { a: "#1", z: "#9" },
      tokenColors: [{ scope: "a" }, { scope: "b" }],
    });
  });

  it("is refused where it is none, with the line", async () => {
    await expect(themeText("/a.json", read({ "/a.json": '{\n "a": \n}' }))).rejects.toThrow("/a.json:3");
    await expect(themeText("/a.json", read({ "/a.json": "[]" }))).rejects.toThrow("one JSON object");
  });

  it("ends where files include each other", async () => {
    await expect(themeText("/a.json", read({ "/a.json": '{"include": "./a.json"}' }))).rejects.toThrow("more than 10 deep");
  });
});
