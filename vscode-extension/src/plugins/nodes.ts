/** What stands in the view "Plugins": groups, plugins, and what there is to say of each. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import type { PluginStore } from "./store";
import { bytes, count, duration, ORIGINS, type Origin } from "./words";

export type PluginNode =
  | { readonly kind: "group"; readonly origin: Origin }
  | { readonly kind: "plugin"; readonly plugin: P.PluginInfo; readonly isShadowed: boolean }
  | { readonly kind: "problem" | "warning"; readonly plugin: P.PluginInfo; readonly text: string }
  | { readonly kind: "capabilities" | "permissions" | "settings" | "log" | "readme"; readonly plugin: P.PluginInfo }
  | { readonly kind: "capability"; readonly plugin: P.PluginInfo; readonly name: string }
  | { readonly kind: "permission"; readonly plugin: P.PluginInfo; readonly permission: P.Permission }
  | { readonly kind: "limits"; readonly plugin: P.PluginInfo; readonly usage: P.PluginUsage }
  | { readonly kind: "fact"; readonly plugin: P.PluginInfo; readonly fact: Fact };

/** A line with a name and a value. */
export interface Fact {
  readonly id: string;
  readonly icon: string;
  readonly label: string;
  readonly value: string;
  /** More about it, in words that may be a plugin's. */
  readonly hint?: string;
}

/** The groups that have plugins; the plugins of each by name. */
export function groups({ plugins }: PluginStore): readonly PluginNode[] {
  return ORIGINS.filter((origin) => plugins.some((plugin) => plugin.origin === origin)).map((origin) => ({ kind: "group", origin }));
}

export function inGroup(store: PluginStore, origin: Origin): readonly PluginNode[] {
  return store.plugins
    .filter((plugin) => plugin.origin === origin)
    .sort((a, b) => a.name.localeCompare(b.name, vscode.env.language) || a.folder.localeCompare(b.folder))
    .map((plugin) => ({ kind: "plugin", plugin, isShadowed: store.isShadowed(plugin) }));
}

/** What stands below a plugin; usage and sizes are asked for, and left out where that fails. */
export async function ofPlugin(store: PluginStore, plugin: P.PluginInfo, isShadowed: boolean): Promise<readonly PluginNode[]> {
  const said: PluginNode[] = [
    ...(plugin.problem === null ? [] : [{ kind: "problem" as const, plugin, text: plugin.problem }]),
    ...plugin.warnings.map((text) => ({ kind: "warning" as const, plugin, text })),
  ];
  if (isShadowed) {
    return said; // what can be asked by id is another's
  }
  const details = await store.details(plugin.id).catch(() => undefined);
  return [
    ...said,
    ...(plugin.capabilities.length > 0 ? [{ kind: "capabilities" as const, plugin }] : []),
    ...(plugin.permissions.length > 0 ? [{ kind: "permissions" as const, plugin }] : []),
    ...(details === undefined ? [] : used(plugin, details)),
    ...(plugin.hasSettings ? [{ kind: "settings" as const, plugin }] : []),
    { kind: "log", plugin },
    { kind: "readme", plugin },
  ];
}

function used(plugin: P.PluginInfo, { usage, storageBytes }: P.PluginDetails): readonly PluginNode[] {
  const { t } = vscode.l10n;
  const crashes: Fact = {
    id: "crashes",
    icon: usage.crashes > 0 ? "bug" : "pass",
    label: t("Crashes"),
    value: usage.crashes === 0 ? t("none") : count(usage.crashes),
    ...(usage.lastCrash === null ? {} : { hint: usage.lastCrash }),
  };
  const stored: Fact = {
    id: "storage",
    icon: "database",
    label: t("Stored Data"),
    value: bytes(storageBytes),
    hint: t("What the plugin keeps between runs, and its settings"),
  };
  return [{ kind: "limits", plugin, usage }, { kind: "fact", plugin, fact: crashes }, { kind: "fact", plugin, fact: stored }];
}

export function ofPermissions(plugin: P.PluginInfo): readonly PluginNode[] {
  return plugin.permissions.map((permission) => ({ kind: "permission", plugin, permission }));
}

export function ofCapabilities(plugin: P.PluginInfo): readonly PluginNode[] {
  return plugin.capabilities.map((name) => ({ kind: "capability", plugin, name }));
}

/** What the costliest calls took since the server started. */
export function ofLimits(plugin: P.PluginInfo, usage: P.PluginUsage): readonly PluginNode[] {
  return limitFacts(usage).map((fact) => ({ kind: "fact", plugin, fact }));
}

export function limitFacts(usage: P.PluginUsage): readonly Fact[] {
  const { t } = vscode.l10n;
  const peak = (id: string, icon: string, label: string, value: string, hint: string): Fact => ({ id, icon, label, value, hint });
  return [
    peak("calls", "symbol-method", t("Calls"), count(usage.calls), t("Calls into the plugin since the server started")),
    peak("fuel", "flame", t("Peak Fuel"), count(usage.peakFuel), t("Instructions of the costliest call, roughly")),
    peak("time", "watch", t("Longest Call"), duration(usage.peakMilliseconds), t("Time that the longest call took")),
    peak(
      "memory",
      "chip",
      t("Peak Memory"),
      usage.peakMemoryBytes === 0 ? t("not known") : bytes(usage.peakMemoryBytes),
      t("Most memory an instance had"),
    ),
    peak("instances", "server-process", t("Instances"), count(usage.instances), t("Instances that run now")),
  ];
}

/** One place in the tree, the same whenever it is drawn anew. */
export function nodeId(node: PluginNode): string {
  switch (node.kind) {
    case "group":
      return node.origin;
    case "plugin":
      return pluginPlace(node.plugin);
    case "problem":
    case "warning":
      return `${pluginPlace(node.plugin)}|${node.kind}|${node.text}`;
    case "capability":
      return `${pluginPlace(node.plugin)}|capability|${node.name}`;
    case "permission":
      return `${pluginPlace(node.plugin)}|permission|${node.permission.need}`;
    case "fact":
      return `${pluginPlace(node.plugin)}|fact|${node.fact.id}`;
    default:
      return `${pluginPlace(node.plugin)}|${node.kind}`;
  }
}

function pluginPlace({ origin, id, folder }: P.PluginInfo): string {
  return `${origin}|${id}|${folder}`;
}

