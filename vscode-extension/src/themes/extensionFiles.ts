/** A theme as an extension of VS Code: the files of a folder that `vsce package` packs. */
import type * as P from "../generated/protocol";
import { escaped } from "../plugins/untrusted";
import { textMateRule } from "./customizations";

export interface ExtensionFile {
  readonly path: string;
  readonly text: string;
}

/** The files, by their paths in the folder. `publisher` is who will publish it. */
export function extensionFiles(theme: P.ResolvedTheme, publisher: string, engine: string): ExtensionFile[] {
  const word = wordOf(theme.name);
  const name = escaped(theme.name); // pages on the marketplace are Markdown, and vsce refuses some of it
  const file = `themes/${word}-color-theme.json`;
  const manifest = {
    name: `${word}-theme`,
    displayName: theme.name,
    description: `${theme.name}, a color theme made with Thoth`,
    version: "1.0.0",
    publisher,
    license: "SEE LICENSE IN LICENSE.txt",
    engines: { vscode: engine },
    categories: ["Themes"],
    contributes: { themes: [{ label: theme.name, uiTheme: theme.dark ? "vs-dark" : "vs", path: `./${file}` }] },
  };
  const colors = {
    name: theme.name,
    type: theme.dark ? "dark" : "light",
    semanticHighlighting: true,
    colors: theme.workbench,
    tokenColors: theme.textMateRules.map(textMateRule),
    semanticTokenColors: theme.semanticRules,
  };
  return [
    { path: "package.json", text: json(manifest) },
    { path: file, text: json(colors) },
    { path: "README.md", text: `# ${name}\n\nA color theme for VS Code, made with Thoth out of the theme ${name}.\n` },
    { path: "CHANGELOG.md", text: "# Changelog\n\n## 1.0.0\n\nAs it was exported.\n" },
    { path: "LICENSE.txt", text: `The colors of ${theme.name} belong to whoever chose them. Say here under which terms you publish this extension.\n` },
    { path: ".vscodeignore", text: ".vscode/**\n*.vsix\n" },
  ];
}

/** Lower case letters, digits and hyphens, as names of extensions are. */
export function wordOf(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/[̀-ͯ]/g, "").toLowerCase();
  const word = plain.replaceAll(/[^a-z0-9]+/g, "-").replace(/^-/, "").slice(0, 60).replace(/-$/, "");
  return word === "" ? "theme" : word;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
