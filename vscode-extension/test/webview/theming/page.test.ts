/** A page is painted in the theme that is chosen; with none, our tokens follow the editor's own theme. */
import { beforeEach, expect, it } from "vitest";
import { THEME_ATTRIBUTE, THEME_EVENT, type PageTheme } from "../../../src/shared/pageTheme";
import { followTheme } from "../../../src/webview/theme";
import { FROM_EDITOR } from "../../../src/generated/themeTokens";
import { THEMES, type ThemeName } from "../harness/themes";

const OURS: PageTheme = { css: { "--vscode-editor-background": "#102030", "--thoth-bg": "#102030", "--thoth-fg": "#ffeedd" }, dark: true };

let page: Document;
let host: EventTarget;

beforeEach(() => {
  page = document.implementation.createHTMLDocument();
  host = new EventTarget();
});

/** As VS Code does it: classes first, then the variables anew, in one go. */
async function editorWears(name: ThemeName): Promise<void> {
  const { kind, colors } = THEMES[name];
  page.body.className = kind;
  page.body.dataset["vscodeThemeKind"] = kind.split(" ").at(-1);
  page.documentElement.style.cssText = "";
  for (const [variable, color] of Object.entries(colors)) {
    page.documentElement.style.setProperty(`--vscode-${variable}`, color);
  }
  await new Promise((resolve) => setTimeout(resolve)); // those who watch are told
}

function choose(theme: PageTheme | null): void {
  host.dispatchEvent(new MessageEvent("message", { data: { event: THEME_EVENT, body: theme } }));
}

const token = (name: string): string => page.body.style.getPropertyValue(`--thoth-${name}`);

it("has all tokens from the beginning, and others as soon as the editor has", async () => {
  await editorWears("dark");
  followTheme(page, host);
  for (const name of Object.keys(FROM_EDITOR)) {
    expect(token(name.replaceAll("_", "-")), name).toMatch(/^#[0-9a-f]{6,8}$/);
  }
  expect([token("bg"), token("syntax-string")]).toEqual(["#1f1f1f", "#ce9178"]);
  for (const name of ["light", "hc-black", "hc-light", "dark"] as const) {
    await editorWears(name);
    expect(token("bg"), name).toBe(THEMES[name].colors["editor-background"]);
  }
  expect(page.body.style.getPropertyValue("--vscode-editor-background")).toBe("");
});

it("has the tokens of a theme while one is chosen, whatever the editor wears, and the editor's again", async () => {
  await editorWears("light");
  followTheme(page, host);
  choose(OURS);
  expect([token("bg"), token("fg"), token("syntax-key")]).toEqual(["#102030", "#ffeedd", ""]);
  expect(page.body.classList.contains("vscode-dark")).toBe(true);
  await editorWears("dark");
  expect(token("bg")).toBe("#102030");
  await editorWears("light");
  expect([token("bg"), page.body.classList.contains("vscode-dark")]).toEqual(["#102030", true]);
  choose(null);
  expect(token("bg")).toBe("#ffffff");
  expect(page.body.style.getPropertyValue("--vscode-editor-background")).toBe("");
  expect([page.body.classList.contains("vscode-light"), page.body.classList.contains("thoth-themed")]).toEqual([true, false]);
});

it("begins with the theme that its host has written into it", async () => {
  await editorWears("dark");
  page.documentElement.setAttribute(THEME_ATTRIBUTE, JSON.stringify(OURS));
  followTheme(page, host);
  expect(token("bg")).toBe("#102030");
  expect(page.body.classList.contains("thoth-themed")).toBe(true);
});
