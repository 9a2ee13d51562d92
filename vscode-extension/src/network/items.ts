/** How each node of the view "Network Access" looks, and what it says to screen readers. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import { escaped, plain } from "../plugins/untrusted";
import { count, decisionTitle, needTitle } from "../plugins/words";
import { nodeId, type Declared, type Decision, type NetworkNode, type PluginAccess } from "./nodes";
import { durationTitle, verificationTitle } from "./words";

const { Expanded, None } = vscode.TreeItemCollapsibleState;
const SHOWN_HOSTS = 3;

export function treeItem(node: NetworkNode): vscode.TreeItem {
  const item = itemOf(node);
  item.id = nodeId(node);
  return item;
}

function itemOf(node: NetworkNode): vscode.TreeItem {
  switch (node.kind) {
    case "plugin":
      return pluginItem(node);
    case "declared":
      return declaredItem(node);
    case "undecided": {
      const item = new vscode.TreeItem(vscode.l10n.t("No host decided yet"), None);
      item.description = vscode.l10n.t("you are asked when it needs one");
      item.iconPath = new vscode.ThemeIcon("question");
      return item;
    }
    case "decision":
      return decisionItem(node);
  }
}

function pluginItem({ name, pluginId, plugin, grants }: PluginAccess): vscode.TreeItem {
  const { t } = vscode.l10n;
  const allowed = grants.filter(({ decision }) => decision === "allowed").length;
  const denied = grants.length - allowed;
  const said = [
    ...(plugin === undefined ? [t("not installed")] : plugin.state === "enabled" ? [] : [t("not in use")]),
    ...(allowed > 0 ? [t("{0} allowed", count(allowed))] : []),
    ...(denied > 0 ? [t("{0} denied", count(denied))] : []),
  ];
  const item = new vscode.TreeItem(plain(name), Expanded);
  item.description = said.join(" · ");
  item.iconPath = new vscode.ThemeIcon("plug");
  item.tooltip = words(`**${escaped(name)}**\n\n${escaped(pluginId)}`);
  item.contextValue = `plugin;${plugin === undefined ? "gone" : "installed"};`;
  item.accessibilityInformation = { label: [plain(name), ...said].join(", ") };
  return item;
}

function declaredItem({ permission: { need, scope, decision, reason } }: Declared): vscode.TreeItem {
  const { t } = vscode.l10n;
  const hosts = scope.slice(0, SHOWN_HOSTS).map((host) => plain(host));
  const more = scope.length > SHOWN_HOSTS ? ` (+${count(scope.length - SHOWN_HOSTS)})` : "";
  const kind = need === "tcp" ? "TCP" : "HTTP";
  const item = new vscode.TreeItem(t("Declares {0}: {1}", kind, hosts.join(", ") + more), None);
  item.description = decisionTitle(decision);
  item.iconPath = new vscode.ThemeIcon(decision === "granted" ? "shield" : decision === "denied" ? "circle-slash" : "question");
  item.contextValue = "declared;";
  const meaning =
    decision === "granted"
      ? t("It may ask for these hosts and no others. One that is named here exactly and is public was allowed with it.")
      : t("It reaches nothing until this is allowed.");
  const list = scope.map((host) => `\n- ${escaped(host)}`).join("");
  item.tooltip = words(`**${needTitle(need)}** — ${decisionTitle(decision)}${list}\n\n${meaning}\n\n${t("The author says: {0}", `“${escaped(reason, 500)}”`)}`);
  item.accessibilityInformation = { label: [t("Declares {0}: {1}", kind, hosts.join(", ") + more), decisionTitle(decision)].join(", ") };
  return item;
}

function decisionItem({ grant }: Decision): vscode.TreeItem {
  const { t } = vscode.l10n;
  const isAllowed = grant.decision === "allowed";
  const isUnverified = isAllowed && grant.verification === "insecure";
  const said = [
    ...(grant.local ? [t("local")] : []), // first: it is never cut off
    durationTitle(grant.duration),
    ...(isAllowed && grant.verification !== "verify" ? [verificationTitle(grant.verification)] : []),
  ];
  const item = new vscode.TreeItem(plain(grant.pattern), None);
  item.description = said.join(" · ");
  item.iconPath = isAllowed
    ? isUnverified
      ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
      : new vscode.ThemeIcon("check", new vscode.ThemeColor("testing.iconPassed"))
    : new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("list.errorForeground"));
  item.contextValue = contextOf(grant);
  item.tooltip = tooltip(grant, said);
  item.accessibilityInformation = { label: [plain(grant.pattern), isAllowed ? t("allowed") : t("denied"), ...said].join(", ") };
  return item;
}

/** What menus depend on: `decision;allowed;tls;`. Plain HTTP has no certificates to choose about. */
export function contextOf({ decision, pattern }: P.NetworkGrant): string {
  return `decision;${decision};${pattern.startsWith("http://") ? "" : "tls;"}`;
}

function tooltip(grant: P.NetworkGrant, said: readonly string[]): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const decided = new Date(grant.since);
  const lines = [
    `**${escaped(grant.pattern)}** — ${[grant.decision === "allowed" ? t("allowed") : t("denied"), ...said].join(", ")}`,
    ...(grant.addresses.length > 0 ? [t("Only at {0}", escaped(grant.addresses.join(", "), 500))] : []),
    ...(grant.caFile === null ? [] : [`$(file) ${escaped(grant.caFile, 500)}`]),
    ...(Number.isNaN(decided.getTime()) ? [] : [t("Since {0}", decided.toLocaleString(vscode.env.language, { dateStyle: "medium", timeStyle: "short" }))]),
  ];
  return words(lines.join("\n\n"));
}

/** Text with icons and emphasis of our own; no HTML, no commands, and what is a plugin's is escaped. */
function words(markdown: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(markdown, true);
  text.isTrusted = false;
  text.supportHtml = false;
  return text;
}
