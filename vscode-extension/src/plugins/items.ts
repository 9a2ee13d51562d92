/** How each node of the view "Plugins" looks, and what it says to screen readers. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import { nodeId, type PluginNode } from "./nodes";
import { escaped, plain } from "./untrusted";
import { capabilityTitle, count, decisionTitle, duration, needTitle, originHint, originTitle, stateTitle } from "./words";

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export function treeItem(node: PluginNode): vscode.TreeItem {
  const item = itemOf(node);
  item.id = nodeId(node);
  return item;
}

function itemOf(node: PluginNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  switch (node.kind) {
    case "group": {
      const item = new vscode.TreeItem(originTitle(node.origin), Expanded);
      item.contextValue = "group";
      return item;
    }
    case "plugin":
      return pluginItem(node.plugin, node.isShadowed);
    case "problem":
    case "warning": {
      const item = line(node.text, "", node.kind === "problem" ? "error" : "warning", None);
      item.tooltip = words(escaped(node.text, 2000));
      item.accessibilityInformation = { label: (node.kind === "problem" ? t("Problem: {0}", plain(node.text)) : t("Warning: {0}", plain(node.text))) };
      return item;
    }
    case "capabilities":
      return line(t("Capabilities"), count(node.plugin.capabilities.length), "symbol-interface", Collapsed);
    case "capability": {
      const title = capabilityTitle(node.name, node.plugin.extensions);
      return line(title, title === node.name ? "" : node.name, "symbol-property", None);
    }
    case "permissions":
      return line(t("Permissions"), permissionSummary(node.plugin.permissions), "shield", Collapsed);
    case "permission":
      return permissionItem(node.permission);
    case "limits":
      return line(t("Limits Used"), usageSummary(node.usage), "dashboard", Collapsed);
    case "fact": {
      const item = line(node.fact.label, node.fact.value, node.fact.icon, None);
      if (node.fact.hint !== undefined) {
        item.tooltip = words(escaped(node.fact.hint, 2000));
      }
      return item;
    }
    case "settings":
      return link(t("Settings"), "settings-gear", "thoth.plugins.settings", node);
    case "log":
      return link(t("Log"), "output", "thoth.plugins.showLog", node);
    case "readme":
      return link(t("Details"), node.plugin.hasReadme ? "book" : "info", "thoth.plugins.details", node);
  }
}

function pluginItem(plugin: P.PluginInfo, isShadowed: boolean): vscode.TreeItem {
  const { t } = vscode.l10n;
  const undecided = plugin.permissions.filter(({ decision }) => decision === "ask").length;
  const said = [
    ...(plugin.state === "enabled" && undecided > 0 ? [t("asks for permissions")] : []),
    ...(plugin.problem === null ? [] : [plain(plugin.problem, 120)]),
  ];
  const version = plugin.version === "" ? [] : [plain(plugin.version, 40)];
  const state = plugin.state === "enabled" ? [] : [stateTitle(plugin.state)];
  const item = line(plugin.name || plugin.id, [...version, ...state, ...said].join(" · "), "plug", Collapsed);
  item.iconPath = stateIcon(plugin);
  item.tooltip = pluginTooltip(plugin);
  item.contextValue = contextOf(plugin, isShadowed);
  item.accessibilityInformation = {
    label: [plain(plugin.name || plugin.id), ...version, stateTitle(plugin.state), ...said, ...warningNote(plugin)].join(", "),
  };
  return item;
}

function warningNote({ warnings }: P.PluginInfo): readonly string[] {
  const { t } = vscode.l10n;
  return warnings.length === 0 ? [] : [warnings.length === 1 ? t("1 warning") : t("{0} warnings", count(warnings.length))];
}

/** The state at a glance: in use, switched off, cannot be used, or usable with something to read. */
function stateIcon({ state, warnings }: P.PluginInfo): vscode.ThemeIcon {
  switch (state) {
    case "unusable":
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
    case "disabled":
      return new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("disabledForeground"));
    case "enabled":
      return warnings.length > 0
        ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
        : new vscode.ThemeIcon("plug");
  }
}

/** What menus depend on: `plugin;enabled;user;settings;`. */
export function contextOf(plugin: P.PluginInfo, isShadowed: boolean): string {
  if (isShadowed) {
    return "shadowed;";
  }
  const hasPanel = plugin.capabilities.some((name) => name === "new-ui-component" || name === "data-source");
  return `plugin;${plugin.state};${plugin.origin};${plugin.hasSettings ? "settings;" : ""}${hasPanel ? "panel;" : ""}`;
}

function pluginTooltip(plugin: P.PluginInfo): vscode.MarkdownString {
  const lines = [
    `**${escaped(plugin.name || plugin.id)}** ${escaped(plugin.version, 60)} — ${stateTitle(plugin.state)}`,
    ...(plugin.description === "" ? [] : [escaped(plugin.description, 500)]),
    ...(plugin.problem === null ? [] : [`$(error) ${escaped(plugin.problem, 1000)}`]),
    ...plugin.warnings.slice(0, 5).map((warning) => `$(warning) ${escaped(warning, 500)}`),
    `${originHint(plugin.origin)} · ${escaped(plugin.id)}`,
    ...(plugin.author === "" ? [] : [`$(person) ${escaped(plugin.author)}`]),
    `$(folder) ${escaped(plugin.folder, 1000)}`,
  ];
  return words(lines.join("\n\n"));
}

function permissionItem(permission: P.Permission): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { need, scope, reason, decision } = permission;
  const item = new vscode.TreeItem(needTitle(need), None);
  item.description = [...(scope.length === 0 ? [] : [scope.map((one) => plain(one, 80)).join(", ")]), decisionTitle(decision)].join(" · ");
  item.contextValue = `permission;${decision};`;
  const said = t("The author says: {0}", `“${escaped(reason, 500)}”`);
  item.tooltip = words(`**${needTitle(need)}** — ${decisionTitle(decision)}${scope.map((one) => `\n- ${escaped(one)}`).join("")}\n\n${said}`);
  item.checkboxState = {
    state: decision === "granted" ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: decision === "granted" ? t("Allowed: clear to deny") : t("Not allowed: check to allow"),
    accessibilityInformation: { label: t("{0}, {1}", needTitle(need), item.description), role: "checkbox" },
  };
  return item;
}

function permissionSummary(permissions: readonly P.Permission[]): string {
  const { t } = vscode.l10n;
  const granted = permissions.filter(({ decision }) => decision === "granted").length;
  return t("{0} of {1} allowed", count(granted), count(permissions.length));
}

function usageSummary({ calls, peakMilliseconds }: P.PluginUsage): string {
  const { t } = vscode.l10n;
  return calls === 0 ? t("not used yet") : t("longest call {0}", duration(peakMilliseconds));
}

function line(label: string, description: string, icon: string, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(label), state);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

function link(label: string, icon: string, command: string, node: PluginNode): vscode.TreeItem {
  const item = line(label, "", icon, None);
  item.command = { command, title: label, arguments: [node] };
  return item;
}

/** Text with icons and emphasis of our own; no HTML, no commands, and what is a plugin's is escaped. */
function words(markdown: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(markdown, true);
  text.isTrusted = false;
  text.supportHtml = false;
  return text;
}
