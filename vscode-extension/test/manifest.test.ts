/** package.json says what the code does. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMMAND_IDS } from "../src/commands";
import { OPTIONAL_VIEW_TYPE, VIEW_TYPE } from "../src/dataEditor/viewTypes";
import { NETWORK_IN_VIEW_ONLY } from "../src/network/commands";
import { contextOf as decisionContext } from "../src/network/items";
import { IN_VIEW_ONLY } from "../src/plugins/commands";
import { contextOf } from "../src/plugins/items";
import { grant } from "./fakes/network";
import { plugin } from "./fakes/plugins";

interface Manifest {
  readonly contributes: {
    readonly commands: { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly customEditors: { readonly viewType: string; readonly priority: string; readonly selector: { readonly filenamePattern: string }[] }[];
    readonly keybindings: { readonly command: string; readonly when: string }[];
    readonly configuration: { readonly properties: Record<string, { readonly scope: string }> };
    readonly menus: Record<string, { readonly command: string; readonly when: string }[]>;
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: string[] } };
}
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as Manifest;
const { contributes } = manifest;
const declared = contributes.commands.map(({ command }) => command);

test("every command is declared and registered", () => {
  expect([...COMMAND_IDS].sort()).toEqual([...declared].sort());
});

test("menus and keys name commands that exist", () => {
  const used = [...contributes.keybindings, ...Object.values(contributes.menus).flat()].map(({ command }) => command);
  expect(used.filter((command) => !declared.includes(command))).toEqual([]);
});

test("keys work in the data editor, and within panels where data has the focus", () => {
  for (const { when } of contributes.keybindings) {
    expect(when).toMatch(/^\(activeCustomEditorId =~ \S+ \|\| thoth\.dataViewFocused\) && /u);
    const pattern = /activeCustomEditorId =~ \/(.*?)\/(?: |$)/.exec(when)?.[1];
    expect(pattern).toBeDefined();
    expect([VIEW_TYPE, OPTIONAL_VIEW_TYPE, "other.dataEditor"].map((id) => new RegExp(pattern!).test(id))).toEqual([true, true, false]);
  }
});

test("keys are left to what has the focus beside the editor: a terminal, a list, a field to type in", () => {
  for (const { when } of contributes.keybindings) {
    for (const elsewhere of ["inputFocus", "sideBarFocus", "panelFocus", "auxiliaryBarFocus"]) {
      expect(when).toContain(`!${elsewhere}`);
    }
  }
});

test("commands about data are offered for that in the panel in front, too; those about files for neither it nor data sets", () => {
  const inEditor = "activeCustomEditorId =~ /^thoth\\.dataEditor/";
  const about = contributes.commands.filter(({ enablement }) => enablement?.startsWith("activeCustomEditorId") ?? false);
  const others = about.filter(({ enablement }) => enablement !== `${inEditor} || thoth.dataViewActive`);
  expect(about.length).toBeGreaterThan(35);
  expect(others).toEqual([expect.objectContaining({ command: "thoth.document.reopenAsText", enablement: `${inEditor} && resourceScheme != thoth-data` })]);
});

test("the editors are those the code registers; what people write by hand stays with the text editor", () => {
  expect(contributes.customEditors.map(({ viewType, priority }) => [viewType, priority])).toEqual([
    [VIEW_TYPE, "default"],
    [OPTIONAL_VIEW_TYPE, "option"],
  ]);
  const [byDefault, onRequest] = contributes.customEditors.map(({ selector }) => selector.map((item) => item.filenamePattern));
  expect(onRequest).toContain("*.json");
  expect(byDefault!.filter((pattern) => onRequest!.includes(pattern))).toEqual([]);
});

test("what belongs to the machine is not taken from an untrusted workspace", () => {
  const machine = Object.entries(contributes.configuration.properties)
    .filter(([, { scope }]) => scope === "machine-overridable")
    .map(([name]) => name);
  expect([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(machine.sort());
});

test("no folder, trusted or not, has a say in what plugins may do on the network", () => {
  const network = Object.entries(contributes.configuration.properties).filter(([name]) => name.startsWith("thoth.network."));
  expect(network.length).toBeGreaterThan(10);
  expect(network.filter(([, { scope }]) => scope !== "machine")).toEqual([]);
});

test("what makes sense only on a line of the view is not offered in the palette", () => {
  const hidden = (contributes.menus["commandPalette"] ?? []).filter(({ when }) => when === "false").map(({ command }) => command);
  expect(hidden).toEqual(expect.arrayContaining([...IN_VIEW_ONLY, ...NETWORK_IN_VIEW_ONLY]));
});

test("menus of the view apply to what its lines say of themselves", () => {
  const matching = (contextValue: string): string[] =>
    (contributes.menus["view/item/context"] ?? [])
      .filter(({ when }) => new RegExp(/viewItem =~ \/(.*)\/$/.exec(when)![1]!).test(contextValue))
      .map(({ command }) => command.replace("thoth.plugins.", ""));
  const enabled = matching(contextOf(plugin({ hasSettings: true }), false));
  expect(enabled).toEqual(expect.arrayContaining(["disable", "reload", "settings", "details", "uninstall", "openFolder"]));
  expect(enabled).not.toContain("enable");
  expect(matching(contextOf(plugin({ state: "disabled", origin: "bundled" }), false))).not.toEqual(expect.arrayContaining(["uninstall"]));
  expect(matching(contextOf(plugin({ state: "disabled" }), false))).toContain("enable");
  expect(new Set(matching(contextOf(plugin(), true)))).toEqual(new Set(["openFolder"]));
  expect(new Set(matching("permission;granted;"))).toEqual(new Set(["denyPermission", "forgetPermission"]));
});

test("menus of the view of the network apply to what its lines say of themselves", () => {
  const matching = (contextValue: string): Set<string> =>
    new Set(
      (contributes.menus["view/item/context"] ?? [])
        .filter(({ when, command }) => command.startsWith("thoth.network.") && new RegExp(/viewItem =~ \/(.*)\/$/.exec(when)![1]!).test(contextValue))
        .map(({ command }) => command.replace("thoth.network.", "")),
    );
  expect(matching(decisionContext(grant()))).toEqual(new Set(["deny", "forget", "changeDuration", "changeCertificates", "copyHost"]));
  expect(matching(decisionContext(grant({ decision: "denied", pattern: "http://a.example" })))).toEqual(new Set(["allow", "forget", "changeDuration", "copyHost"]));
  expect(matching("plugin;installed;")).toEqual(new Set(["add", "showActivity"]));
  expect(matching("plugin;gone;")).toEqual(new Set(["showActivity"]));
  expect(matching("declared;")).toEqual(new Set());
});
