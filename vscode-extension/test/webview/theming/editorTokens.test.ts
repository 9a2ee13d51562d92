/** With no theme of ours, tokens are made of the editor's colours: all of them, whatever its theme, and texts can be read. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DERIVED, FROM_EDITOR } from "../../../src/generated/themeTokens";
import { contrast, parseColor, type Color } from "../../../src/webview/theming/color";
import { editorTokens } from "../../../src/webview/theming/editorTokens";
import { THEMES } from "../harness/themes";

type Colors = Readonly<Record<string, string>>;

const COLLECTION = join(import.meta.dirname, "../../../node_modules/tm-themes/themes");
const COLLECTED = readdirSync(COLLECTION).filter((file) => file.endsWith(".json"));

/** The tokens by their names in the tables. */
function derive(colors: Colors, isDark = true): ReadonlyMap<string, Color> {
  const variables = new Map(Object.entries(colors).map(([name, color]) => [`--vscode-${name.replaceAll(".", "-")}`, color]));
  const made = editorTokens((name) => variables.get(name) ?? "", isDark);
  return new Map([...made].map(([name, color]) => [name.replace("--thoth-", "").replaceAll("-", "_"), parseColor(color)!]));
}

/** Every token is there, and every text has the contrast that is asked for. */
function expectUsable(tokens: ReadonlyMap<string, Color>): void {
  expect([...tokens.keys()].sort()).toEqual([...Object.keys(FROM_EDITOR), ...Object.keys(DERIVED)].sort());
  const of = (name: string): Color => tokens.get(name)!;
  const ratios = Object.entries(FROM_EDITOR).flatMap(([name, { upon, isText, isGround }]): [string, number][] => {
    const own: [string, number][] = isText === true ? [[name, contrast(of(name), of(upon!))]] : [];
    return isGround === true ? [...own, [`fg upon ${name}`, contrast(of("fg"), of(name))]] : own;
  });
  const texts = Object.keys(DERIVED).filter((name) => name.startsWith("text_") || name === "link");
  ratios.push(...texts.map((name): [string, number] => [name, contrast(of(name), of("bg"))]));
  expect(ratios).toHaveLength(17 + texts.length);
  expect(ratios.filter(([, ratio]) => ratio < 4.5)).toEqual([]);
}

describe("the editor's own themes", () => {
  it.each(Object.entries(THEMES))("give all tokens: %s", (_, { colors }) => {
    const tokens = derive(colors);
    expectUsable(tokens);
    expect(tokens.get("bg")).toEqual(parseColor(colors["editor-background"]!));
    // What makes things tell apart can be seen, in high contrast too, where fills are as black as the background.
    for (const name of ["accent", "accent_secondary"]) {
      expect(contrast(tokens.get(name)!, tokens.get("bg")!), name).toBeGreaterThanOrEqual(1.5);
    }
  });

  it("keep their borders and their focus in high contrast", () => {
    const { colors } = THEMES["hc-black"];
    const tokens = derive(colors);
    expect(tokens.get("edge")).toEqual(parseColor(colors["contrastBorder"]!));
    expect(tokens.get("focus")).toEqual(parseColor(colors["focusBorder"]!));
    expect(tokens.get("accent")).toEqual(parseColor(colors["progressBar-background"]!));
  });

  it("are taken as they are where they can be read", () => {
    const { colors } = THEMES.dark;
    const tokens = derive(colors);
    expect(tokens.get("syntax_string")).toEqual(parseColor(colors["debugTokenExpression-string"]!));
    expect(tokens.get("text_muted")).toEqual(parseColor(colors["descriptionForeground"]!));
  });
});

describe("themes of others", () => {
  it("are there to be tried", () => {
    expect(COLLECTED.length).toBeGreaterThanOrEqual(20);
  });

  it.each(COLLECTED)("give all tokens, alone and over what VS Code has by itself: %s", (file) => {
    const { colors, type } = JSON.parse(readFileSync(join(COLLECTION, file), "utf8")) as { colors: Colors; type: string };
    const own = Object.fromEntries(Object.entries(colors).map(([name, color]) => [name.replaceAll(".", "-"), color]));
    const alone = derive(own);
    expectUsable(alone);
    expect(alone.get("bg")?.slice(0, 3)).toEqual(parseColor(own["editor-background"]!)!.slice(0, 3));
    expectUsable(derive({ ...THEMES[type === "light" ? "light" : "dark"].colors, ...own }));
  });
});

describe("odd themes", () => {
  it.each([true, false])("have the usual colours where they have none (dark: %s)", (isDark) => {
    const tokens = derive({}, isDark);
    expectUsable(tokens);
    const [red] = tokens.get("bg")!;
    expect(red < 128).toBe(isDark);
  });

  it("are passed over where they make no sense", () => {
    const tokens = derive({ "editor.background": "var(--x)", "editor.foreground": "transparent", "list.errorForeground": "#f000", "errorForeground": "#ff8080" });
    expectUsable(tokens);
    expect(tokens.get("error")).toEqual(parseColor("#ff8080"));
  });

  it("have their text made readable, and grounds it cannot be read on", () => {
    const tokens = derive({ "editor.background": "#ffffff", "editor.foreground": "#cccccc", "sideBar.background": "#000000", "sideBarTitle.foreground": "#111111" });
    expectUsable(tokens);
    expect(contrast(tokens.get("fg")!, tokens.get("bg")!)).toBeLessThan(4.7);
  });

  it("of any colours give texts that can be read", () => {
    let state = 7;
    const byte = (): string => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor(state / 8_388_608).toString(16).padStart(2, "0");
    };
    const names = Object.values(FROM_EDITOR).flatMap(({ variables }) => variables.map((name) => name.replace("--vscode-", "")));
    for (let round = 0; round < 200; round++) {
      expectUsable(derive(Object.fromEntries(names.map((name) => [name, `#${byte()}${byte()}${byte()}${round % 2 === 0 ? byte() : ""}`]))));
    }
  });
});

