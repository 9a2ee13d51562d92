import { expect, test } from "vitest";
import type * as P from "../../../src/generated/protocol";
import { plugin, setting } from "../../fakes/plugins";
import { PageHost, settled } from "./host";

const result = (change: Partial<P.PluginSettingsResult>): P.PluginSettingsResult => ({ settings: [], node: null, height: 0, problem: null, ...change });

async function form(change: Partial<P.PluginSettingsResult>, hasWorkspace = true): Promise<PageHost> {
  const host = new PageHost({ pluginId: "org.example.words", tab: "settings" }, hasWorkspace);
  host.content({ plugin: plugin({ hasSettings: true }) });
  await host.answer("settings", result(change));
  return host;
}

function type(host: PageHost, key: string, text: string): void {
  const input = host.input(`#setting-${key}`);
  input.value = text;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

test("each type has its own control, named and described", async () => {
  const host = await form({
    settings: [
      setting(),
      setting({ key: "many", type: "integer", default: "3", minimum: 1, maximum: 9 }),
      setting({ key: "on", type: "boolean", default: "true" }),
      setting({ key: "kind", type: "enum", default: '"a"', choices: ["a", "b"] }),
      setting({ key: "token", type: "secret", default: "null", user: "true" }),
    ],
  });
  expect(host.input("#setting-separator").value).toBe(" ");
  expect(host.input("#setting-many").value).toBe("3");
  expect(host.find("#setting-many-about").textContent).toContain("From 1 to 9");
  expect(host.input("#setting-on").checked).toBe(true);
  expect(host.input("#setting-kind").value).toBe("a");
  expect(host.input("#setting-token").type).toBe("password");
  expect(host.input("#setting-token").value).toBe("");
  for (const { id } of host.root.querySelectorAll<HTMLElement>(".setting :is(input, select)")) {
    expect(host.root.querySelector(`label[for="${id}"]`), id).not.toBeNull();
  }
});

test("a value is sent for the scope in front, and the answer is what is shown", async () => {
  const host = await form({ settings: [setting()] });
  host.find("[data-scope=workspace]").click();
  type(host, "separator", "-");
  expect(host.last("setSetting").params).toEqual({ key: "separator", value: '"-"', scope: "workspace" });
  await host.answer("setSetting", result({ settings: [setting({ workspace: '"-"' })] }));
  expect(host.find(".setting-modified").textContent).toContain("Modified");
  expect(document.querySelector("[role=status]")?.textContent).toContain("Separator was saved.");
});

test("a value the server does not take says why at the field, and stays to be mended", async () => {
  const host = await form({ settings: [setting({ key: "many", type: "integer", default: "3" })] });
  type(host, "many", "lots");
  expect(host.last("setSetting").params).toMatchObject({ value: '"lots"' });
  await host.refuse("setSetting", "inputInvalid", "many: expected a whole number, got “lots”.");
  const field = host.input("#setting-many");
  expect(host.find("#setting-many-error").textContent).toContain("expected a whole number");
  expect([field.value, field.getAttribute("aria-invalid"), field.getAttribute("aria-describedby")]).toEqual(["lots", "true", "setting-many-about setting-many-error"]);
  type(host, "many", "4");
  await host.answer("setSetting", result({ settings: [setting({ key: "many", type: "integer", default: "3", user: "4" })] }));
  expect(host.root.querySelector(".setting-error")).toBeNull();
});

test("a modified setting can be reset, and tells its default", async () => {
  const host = await form({ settings: [setting({ default: '","', user: '"-"' })] });
  expect(host.find("#setting-separator-about").textContent).toContain("Default: ,");
  host.button("Reset").click();
  expect(host.last("setSetting").params).toEqual({ key: "separator", value: null, scope: "user" });
});

test("what the other scope has is said", async () => {
  const host = await form({ settings: [setting({ workspace: '"+"' })] });
  expect(host.find(".setting-head").textContent).toContain("Also modified in the workspace");
});

test("a secret is sent once, kept for the user, and never shown", async () => {
  const host = await form({ settings: [setting({ key: "token", type: "secret", default: "null" })] });
  host.find("[data-scope=workspace]").click();
  host.input("#setting-token").value = "s3cret";
  host.find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  expect(host.last("setSetting").params).toEqual({ key: "token", value: '"s3cret"', scope: "user" });
  await host.answer("setSetting", result({ settings: [setting({ key: "token", type: "secret", default: "null", user: "true" })] }));
  expect(host.input("#setting-token").value).toBe("");
  expect(host.root.textContent).not.toContain("s3cret");
  host.button("Forget").click();
  expect(host.last("setSetting").params).toMatchObject({ key: "token", value: null });
});

test("without a workspace there is one scope", async () => {
  const host = await form({ settings: [setting()] }, false);
  expect(host.root.querySelector("[role=radiogroup]")).toBeNull();
});

test("the plugin's own page is drawn, and what is done on it reaches the plugin in order", async () => {
  const node = (text: string): string => JSON.stringify({ type: "column", children: [{ type: "text", text }, { type: "button", id: "more", label: "More" }] });
  const host = await form({ node: node("first") });
  expect(host.find(".settings-own").textContent).toContain("first");
  host.button("More").click();
  host.button("More").click();
  await settled();
  expect(host.sent.filter(({ request }) => request === "settingsEvent")).toHaveLength(1);
  expect(host.last("settingsEvent").params).toMatchObject({ widgetId: "more", kind: "click" });
  await host.answer("settingsEvent", { node: node("second"), height: 0 });
  expect(host.find(".settings-own").textContent).toContain("first"); // the answer to the last one counts
  await host.answer("settingsEvent", { node: node("third"), height: 0 });
  expect(host.find(".settings-own").textContent).toContain("third");
});

test("a page that is no node, or could not be drawn, says so", async () => {
  const host = await form({ node: "{", problem: "It crashed." });
  expect(host.find(".settings-own [role=alert]").textContent).toContain("It crashed.");
  expect(host.find(".settings-node").textContent.trim()).not.toBe("");
});

test("settings that cannot be told say why, and are asked for again after a change", async () => {
  const host = new PageHost({ pluginId: "org.example.words", tab: "settings" });
  host.content({ plugin: plugin({ hasSettings: true }) });
  await host.refuse("settings", "pluginDisabled", "It is disabled.");
  expect(host.find("[role=alert]").textContent).toContain("It is disabled.");
  host.tell("settingsChanged", null);
  await host.answer("settings", result({ settings: [setting()] }));
  expect(host.find("#setting-separator")).toBeDefined();
});
