/** A theme is put among the person's own colours and taken out again, and nothing else of theirs is touched. */
import { describe, expect, it } from "vitest";
import type * as P from "../../src/generated/protocol";
import { blockName, putIn, takenOut, type Customizations } from "../../src/themes/customizations";

const theme: P.ResolvedTheme = {
  themeId: "a/Night",
  name: "Night",
  dark: true,
  css: {},
  workbench: { "editor.background": "#000000", "sideBar.background": "#111111" },
  textMateRules: [
    { name: "Thoth: Strings", scope: ["string"], settings: { foreground: "#00ff00", fontStyle: "" } },
    { name: "Thoth: Comments", scope: ["comment"], settings: { foreground: "#808080", fontStyle: "italic" } },
  ],
  semanticRules: { string: "#00ff00" },
};
const NAME = "Dark Modern";
const BLOCK = blockName(NAME);
const NONE: Customizations = { workbench: undefined, text: undefined, semantic: undefined };

const STARTS: Readonly<Record<string, Customizations>> = {
  nothing: NONE,
  "empty objects": { workbench: {}, text: {}, semantic: {} },
  "an empty block": { workbench: { [BLOCK]: {} }, text: { [BLOCK]: {} }, semantic: { [BLOCK]: {} } },
  "colours for all themes": {
    workbench: { "editor.background": "#222222" },
    text: { comments: "#123456", textMateRules: [{ scope: "x", settings: {} }] },
    semantic: { enabled: true, rules: { "*.static": "#ff0000" } },
  },
  "colours for this theme": {
    workbench: { "[Other]": { a: "#1" }, [BLOCK]: { "editor.background": "#333333", own: "#444444" }, z: "#5" },
    text: { [BLOCK]: { strings: "#abcdef", textMateRules: [{ name: "Mine", scope: "string", settings: { foreground: "#fff" } }] } },
    semantic: { [BLOCK]: { enabled: false, rules: { string: "#999999", own: "#888888" } } },
  },
};

describe("a theme in the person's settings", () => {
  it.each(Object.entries(STARTS))("is taken out of %s without a trace", (_, before) => {
    const { then, applied } = putIn(before, theme, NAME);
    expect(then.workbench?.[BLOCK]).toBeDefined();
    const after = takenOut(structuredClone(then), structuredClone(applied));
    expect(after).toEqual(before);
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
  });

  it("leaves to the person what they have set by themselves", () => {
    const { then } = putIn(STARTS["colours for this theme"]!, theme, NAME);
    expect(then.workbench?.[BLOCK]).toMatchObject({ "editor.background": "#333333", "sideBar.background": "#111111", own: "#444444" });
    expect(then.semantic?.[BLOCK]).toMatchObject({ rules: { string: "#999999" } });
    const rules = (then.text?.[BLOCK] as { textMateRules: { name: string }[] }).textMateRules;
    expect(rules.at(-1)?.name).toBe("Mine");
    expect(rules).toHaveLength(3);
  });

  it("leaves what was changed after it was put in", () => {
    const { then, applied } = putIn(NONE, theme, NAME);
    const changed: Customizations = {
      ...then,
      workbench: { [BLOCK]: { ...(then.workbench?.[BLOCK] as object), "editor.background": "#abcabc", mine: "#1" } },
    };
    expect(takenOut(changed, applied)).toEqual({ ...NONE, workbench: { [BLOCK]: { "editor.background": "#abcabc", mine: "#1" } } });
  });

  it("can be taken out of settings that somebody has emptied, or filled with something else", () => {
    const { applied } = putIn(NONE, theme, NAME);
    expect(takenOut(NONE, applied)).toEqual(NONE);
    const odd: Customizations = { workbench: { [BLOCK]: 7 }, text: { [BLOCK]: { textMateRules: "none" } }, semantic: { [BLOCK]: [] } };
    expect(() => takenOut(odd, applied)).not.toThrow();
  });

  it("writes font styles only where there is one", () => {
    const { then } = putIn(NONE, theme, NAME);
    expect((then.text?.[BLOCK] as { textMateRules: unknown[] }).textMateRules).toEqual([
      { name: "Thoth: Strings", scope: ["string"], settings: { foreground: "#00ff00" } },
      { name: "Thoth: Comments", scope: ["comment"], settings: { foreground: "#808080", fontStyle: "italic" } },
    ]);
  });
});
