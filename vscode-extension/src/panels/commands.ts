/** The commands about panels. From a menu they get what is meant; from the palette they ask. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import type { PluginNode } from "../plugins/nodes";
import { plain } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";
import { codiconOf } from "./icons";
import type { Panel } from "./panel";
import type { Panels } from "./panels";

export interface PanelCommandContext {
  readonly server: ServerApi;
  readonly panels: Panels;
}

type Anywhere = (context: PanelCommandContext, target?: unknown) => void | Promise<void>;

export const PANEL_COMMANDS: Readonly<Record<string, Anywhere>> = {
  "thoth.panel.open": openPanel,
  "thoth.panel.show": async ({ panels }, target) => {
    const panel = await panelMeant(panels.all, target, vscode.l10n.t("No panel of a plugin is open."));
    await (panel === undefined ? undefined : panels.reveal(panel));
  },
  "thoth.panel.stop": async ({ panels }, target) => {
    const busy = panels.all.filter(({ status }) => status.work === "busy");
    const active = panels.active !== undefined && busy.includes(panels.active) ? panels.active : undefined;
    const panel = active ?? (await panelMeant(busy, target, vscode.l10n.t("No panel is working on anything.")));
    await panel?.stop();
  },
  "thoth.panel.restart": async ({ panels }, target) => {
    const panel = panels.active ?? (await panelMeant(panels.all, target, vscode.l10n.t("No panel of a plugin is open.")));
    await panel?.restart();
  },
};

async function openPanel({ server, panels }: PanelCommandContext, target?: unknown): Promise<void> {
  const pluginId = typeof target === "string" ? target : pluginOf(target);
  if (pluginId !== undefined) {
    panels.tabs.open(pluginId);
    return;
  }
  const { t } = vscode.l10n;
  const list = (await server.request(requests.panelList, {})).panels;
  if (list.length === 0) {
    await tellThereAreNone();
    return;
  }
  const items = list.map((info) => ({
    label: `$(${codiconOf(info.icon) ?? "plug"}) ${plain(info.name, 80)}`,
    description: plain(info.description, 120),
    pluginId: info.pluginId,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: t("Choose a plugin to open a panel of"), matchOnDescription: true });
  if (picked !== undefined) {
    panels.tabs.open(picked.pluginId);
  }
}

async function tellThereAreNone(): Promise<void> {
  const { t } = vscode.l10n;
  const show = t("Show Plugins");
  const text = t("No plugin that has a panel is installed and switched on.");
  if ((await vscode.window.showInformationMessage(text, show)) === show) {
    await vscode.commands.executeCommand("thoth.plugins.focus");
  }
}

/** The panel of that id, the only one there is, or the one the person picks. */
async function panelMeant(panels: readonly Panel[], target: unknown, none: string): Promise<Panel | undefined> {
  if (typeof target === "string") {
    return panels.find(({ panelId }) => panelId === target);
  }
  if (panels.length <= 1) {
    if (panels.length === 0) {
      void vscode.window.showInformationMessage(none);
    }
    return panels[0];
  }
  const items = panels.map((panel) => ({
    label: `$(${codiconOf(panel.icon) ?? "plug"}) ${plain(panel.title, 80)}`,
    description: panel.title === panel.pluginName ? "" : plain(panel.pluginName, 80),
    detail: panel.place === "sidebar" ? vscode.l10n.t("In the side bar") : "",
    panel,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Choose a panel"), matchOnDescription: true }))?.panel;
}

/** Of a line in the view "Plugins". */
function pluginOf(target: unknown): P.PluginInfo["id"] | undefined {
  const node = typeof target === "object" && target !== null && "kind" in target ? (target as PluginNode) : undefined;
  return node !== undefined && "plugin" in node ? node.plugin.id : undefined;
}
