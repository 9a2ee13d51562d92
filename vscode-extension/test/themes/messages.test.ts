/** What is said of themes: words of plugins' authors are among it, and nothing in them acts. */
import { beforeEach, expect, test } from "vitest";
import { applyTheme } from "../../src/themes/applyTheme";
import { exportTheme } from "../../src/themes/exportTheme";
import { ThemeGallery } from "../../src/themes/gallery";
import { importTheme } from "../../src/themes/importTheme";
import { ThemeInForce } from "../../src/themes/themeInForce";
import { Memento } from "../fakes/memento";
import { Person } from "../fakes/person";
import { FakeServer, settled } from "../fakes/server";
import { files, settings, Uri, window, workspace } from "../fakes/vscode";
import { forgetWebviews, opened } from "../fakes/webviews";

const LINK = "[press](command:evil)";
const NAME = `Night ${LINK} ${"x".repeat(200)}`;
const THEME = { themeId: "p/night", name: NAME, dark: true, css: {}, workbench: {}, textMateRules: [], semanticRules: {} };

let server: FakeServer;
let person: Person;

beforeEach(() => {
  server = new FakeServer();
  person = new Person();
  person.sitAt(window);
  files.clear();
  forgetWebviews();
  Object.assign(window, { showOpenDialog: () => Promise.resolve([Uri.file("/data/night.json")]) });
  const get = (name: string, otherwise?: unknown): unknown => settings[name] ?? otherwise;
  Object.assign(workspace, { getConfiguration: () => ({ get, inspect: () => undefined, update: () => Promise.resolve() }) });
  Object.assign(settings, { colorTheme: `Mine ${LINK}`, theme: "" });
});

/** Answers the next requests of that method. */
async function answer(method: string, result: unknown): Promise<void> {
  await settled();
  await server.last(method).answer(result);
  await settled();
}

/** The last message, which holds what was to be made harmless. */
function said(): string {
  const message = person.shown.at(-1) ?? "";
  expect(message).toContain("[press] (command:evil)");
  expect(message).not.toContain("](");
  return message;
}

test("that one was applied", async () => {
  const done = applyTheme(server, "p/night");
  await answer("thoth/theme/resolve", THEME);
  await done;
  const message = said();
  expect(message).toMatch(/wears Night .* over Mine \[press\] \(/);
  expect(message.length).toBeLessThan(200);
});

test("that one was exported", async () => {
  Object.assign(window, { showOpenDialog: () => Promise.resolve([Uri.file(`/data/${LINK}`)]) });
  person.texts = ["local"];
  const done = exportTheme(server, "p/night");
  await answer("thoth/theme/resolve", THEME);
  await done;
  const message = said();
  expect(message.match(/\[press\] \(command:evil\)/g)).toHaveLength(2);
  expect(message).not.toContain("x".repeat(80));
});

test("that one was imported", async () => {
  files.set("file:///data/night.json", new TextEncoder().encode("{}"));
  person.lists = ["From a File"];
  person.texts = [NAME.slice(0, 90)];
  const done = importTheme(server, { choose: () => Promise.resolve() } as unknown as ThemeInForce);
  await answer("thoth/theme/readVsCode", { name: "Night", dark: true, colors: {}, remarks: [] });
  await answer("thoth/theme/install", { themeId: "p/night" });
  await done;
  expect(said()).toContain("was imported");
});

test("that the one that is set cannot be shown", async () => {
  settings["theme"] = `${LINK}${"y".repeat(200)}`;
  const inForce = new ThemeInForce(server, new Memento());
  await server.last("thoth/theme/resolve").fail(new Error(`no theme ${LINK}`) as never);
  await settled();
  const message = said();
  expect(message.match(/\[press\] \(command:evil\)/g)).toHaveLength(2);
  expect(message).not.toContain("y".repeat(80));
  inForce.dispose();
});

test("that something in the gallery failed", async () => {
  const gallery = new ThemeGallery(server, { chosen: "" } as ThemeInForce, Uri.file("/extension") as never);
  gallery.show();
  const page = opened.at(-1)!;
  page.webview.received.fire({ id: 1, request: "act", params: { name: "apply", themeId: "p/night" } });
  await settled();
  await server.last("thoth/theme/resolve").fail(new Error(`no theme ${LINK}`) as never);
  await settled();
  expect(said()).toContain("no theme");
  gallery.dispose();
});
