/** The whole editor wears a theme and takes it off again, whatever ends in between: the settings are as they were. */
import { beforeEach, describe, expect, it } from "vitest";
import type * as P from "../../src/generated/protocol";
import { appliedTheme, applyTheme, removeTheme } from "../../src/themes/applyTheme";
import { Person } from "../fakes/person";
import { FakeServer, settled } from "../fakes/server";
import { window, workspace } from "../fakes/vscode";

const EDITOR = "Dark Modern";
const STARTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  nothing: {},
  "colours of the person's own": {
    "workbench.colorCustomizations": { "editor.background": "#222222", [`[${EDITOR}]`]: { "sideBar.background": "#333333" } },
    "editor.tokenColorCustomizations": { comments: "#123456" },
    "editor.semanticTokenColorCustomizations": { enabled: true, [`[${EDITOR}]`]: { rules: { string: "#999999" } } },
    "editor.fontSize": 14,
  },
};
/** What is written when a theme is put in: what undoes it, and three settings. */
const WRITES = 4;

let server: FakeServer;
/** As in settings.json: names in their order. */
let file: Record<string, unknown>;
/** Writes that are left until the editor ends. */
let left: number;

beforeEach(() => {
  server = new FakeServer();
  new Person().sitAt(window);
  left = Infinity;
  Object.assign(workspace, {
    getConfiguration: () => ({
      get: () => EDITOR,
      inspect: (name: string) => ({ globalValue: structuredClone(file[name]) }),
      update: (name: string, value: unknown) => {
        if (left-- <= 0) {
          return Promise.reject(new Error("the editor has ended"));
        }
        if (value === undefined) {
          Reflect.deleteProperty(file, name);
        } else {
          file[name] = structuredClone(value);
        }
        return Promise.resolve();
      },
    }),
  });
});

async function apply(name: string, background: string): Promise<void> {
  const theme: P.ResolvedTheme = {
    themeId: `p/${name}`,
    name,
    dark: true,
    css: {},
    workbench: { "editor.background": background, "sideBar.background": background, "panel.background": background },
    textMateRules: [{ name: "Thoth: Strings", scope: ["string"], settings: { foreground: background, fontStyle: "" } }],
    semanticRules: { string: background, number: background },
  };
  applyTheme(server, theme.themeId).catch(() => undefined);
  await server.last("thoth/theme/resolve").answer(theme);
  await settled(); // it waits for the person's word on what was done
}

/** The editor ends after so many writes. */
async function endingAfter(writes: number, act: () => Promise<void>): Promise<void> {
  left = writes;
  await act().catch(() => undefined);
  left = Infinity;
}

describe.each(Object.entries(STARTS))("over %s", (_, start) => {
  const before = JSON.stringify(start);

  beforeEach(() => {
    file = structuredClone(start);
  });

  it("is put in beside what is there, and taken out", async () => {
    await apply("Night", "#000000");
    const workbench = file["workbench.colorCustomizations"] as Record<string, Record<string, string>>;
    const own = (start["workbench.colorCustomizations"] ?? {}) as Record<string, Record<string, string>>;
    expect(workbench).toMatchObject(own);
    expect(workbench[`[${EDITOR}]`]).toEqual({ "editor.background": "#000000", "sideBar.background": "#000000", "panel.background": "#000000", ...own[`[${EDITOR}]`] });
    expect(appliedTheme()?.themeId).toBe("p/Night");
    await removeTheme();
    expect(JSON.stringify(file)).toBe(before);
    expect(appliedTheme()).toBeUndefined();
  });

  it.each([...Array(WRITES).keys()])("is taken out where the editor ended after %d writes of putting it in", async (writes) => {
    await endingAfter(writes, () => apply("Night", "#000000"));
    await removeTheme();
    expect(JSON.stringify(file)).toBe(before);
  });

  it.each([...Array(WRITES).keys()])("is taken out where the editor ended after %d writes of taking it out", async (writes) => {
    await apply("Night", "#000000");
    await endingAfter(writes, removeTheme);
    await removeTheme();
    expect(JSON.stringify(file)).toBe(before);
  });

  it.each([...Array(2 * WRITES - 1).keys()])("makes way for another, where the editor ended after %d writes, too", async (writes) => {
    await apply("Night", "#000000");
    await endingAfter(writes, () => apply("Day", "#ffffff"));
    await removeTheme();
    expect(JSON.stringify(file)).toBe(before);
  });

  it("is taken out by whoever is installed anew: what undoes it is in the settings", async () => {
    await apply("Night", "#000000");
    await apply("Day", "#ffffff");
    const text = JSON.stringify(file);
    expect(text).not.toContain("#000000");
    file = JSON.parse(text) as Record<string, unknown>;
    await removeTheme();
    expect(JSON.stringify(file)).toBe(before);
  });
});
