/** The commands about plugins. From the view they get a node; from the palette they ask which plugin is meant. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { openFolder, openPluginsFolder, reload, setEnabled, uninstall } from "./actions";
import { addDevelopmentFolder } from "./developmentFolder";
import type { PluginNode } from "./nodes";
import type { PluginPages } from "./pages";
import type { PluginStore } from "./store";
import { unlinked } from "./untrusted";
import { originHint, stateTitle } from "./words";

export interface PluginCommandContext {
  readonly server: ServerApi;
  readonly plugins: PluginStore;
  readonly pages: PluginPages;
}

type Run = (context: PluginCommandContext, plugin: P.PluginInfo) => void | Promise<void>;
type Wanted = (plugin: P.PluginInfo) => boolean;

/** Commands about one plugin, with those of the palette's list that they make sense for. */
const ON_PLUGIN: Readonly<Record<string, { readonly run: Run; readonly wanted?: Wanted }>> = {
  "thoth.plugins.enable": {
    run: ({ server }, plugin) => setEnabled(server, plugin, true, "user"),
    wanted: ({ state }) => state === "disabled",
  },
  "thoth.plugins.disable": {
    run: ({ server }, plugin) => setEnabled(server, plugin, false, "user"),
    wanted: ({ state }) => state === "enabled",
  },
  "thoth.plugins.enableInWorkspace": {
    run: ({ server }, plugin) => setEnabled(server, plugin, true, "workspace"),
    wanted: ({ state }) => state === "disabled",
  },
  "thoth.plugins.disableInWorkspace": {
    run: ({ server }, plugin) => setEnabled(server, plugin, false, "workspace"),
    wanted: ({ state }) => state === "enabled",
  },
  "thoth.plugins.reload": { run: ({ server }, plugin) => reload(server, plugin), wanted: ({ state }) => state !== "disabled" },
  "thoth.plugins.uninstall": {
    run: ({ server, plugins }, plugin) => uninstall(server, plugins, plugin),
    wanted: ({ origin }) => origin === "user" || origin === "development",
  },
  "thoth.plugins.details": { run: ({ pages }, plugin) => pages.show(plugin.id, "details") },
  "thoth.plugins.permissions": {
    run: ({ pages }, plugin) => pages.show(plugin.id, "permissions"),
    wanted: ({ permissions }) => permissions.length > 0,
  },
  "thoth.plugins.settings": { run: ({ pages }, plugin) => pages.show(plugin.id, "settings"), wanted: ({ hasSettings }) => hasSettings },
  "thoth.plugins.showLog": { run: ({ pages }, plugin) => pages.show(plugin.id, "log") },
  "thoth.plugins.openFolder": { run: (_context, plugin) => openFolder(plugin) },
};

type Anywhere = (context: PluginCommandContext, ...args: readonly unknown[]) => void | Promise<void>;

export const PLUGIN_COMMANDS: Readonly<Record<string, Anywhere>> = {
  ...Object.fromEntries(
    Object.entries(ON_PLUGIN).map(([id, { run, wanted }]): [string, Anywhere] => [
      id,
      async (context, target) => {
        const plugin = await pluginMeant(context.plugins, target, wanted);
        if (plugin !== undefined) {
          await run(context, plugin);
        }
      },
    ]),
  ),
  "thoth.plugins.refresh": ({ plugins }) => plugins.refresh(),
  "thoth.plugins.addDevelopmentFolder": () => addDevelopmentFolder(),
  "thoth.plugins.openPluginsFolder": ({ server }) => openPluginsFolder(server),
  "thoth.plugins.allowPermission": (context, target) => decide(context, target, "granted"),
  "thoth.plugins.denyPermission": (context, target) => decide(context, target, "denied"),
  "thoth.plugins.forgetPermission": (context, target) => decide(context, target, "ask"),
};

/** Those that make sense only on a line of the view; a test keeps them out of the palette. */
export const IN_VIEW_ONLY = ["thoth.plugins.allowPermission", "thoth.plugins.denyPermission", "thoth.plugins.forgetPermission"] as const;

async function decide({ server }: PluginCommandContext, target: unknown, decision: P.Permission["decision"]): Promise<void> {
  if (isNode(target) && target.kind === "permission") {
    await server.request(requests.permissionSet, { pluginId: target.plugin.id, need: target.permission.need, decision });
  }
}

/** The plugin of a line of the view, the one with that id, or the one the person picks. */
async function pluginMeant(store: PluginStore, target: unknown, wanted: Wanted = () => true): Promise<P.PluginInfo | undefined> {
  if (isNode(target) && "plugin" in target) {
    return target.plugin;
  }
  if (typeof target === "string") {
    return store.find(target);
  }
  if (store.state !== "ready") {
    await store.refresh();
  }
  const items = store.plugins.filter((plugin) => !store.isShadowed(plugin) && wanted(plugin)).map((plugin) => ({
    label: plugin.name || plugin.id,
    description: [plugin.version, stateTitle(plugin.state)].join(" · "),
    detail: `${originHint(plugin.origin)} · ${plugin.id}`,
    plugin,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(unlinked(store.failure?.message ?? vscode.l10n.t("There is no plugin that this can be done with.")));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Choose a plugin"), matchOnDetail: true });
  return picked?.plugin;
}

function isNode(target: unknown): target is PluginNode {
  return typeof target === "object" && target !== null && "kind" in target;
}
