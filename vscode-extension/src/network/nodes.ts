/** What stands in the view "Network Access": plugins that want to go out, what they declare and what was decided. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import type { PluginStore } from "../plugins/store";
import type { NetworkStore } from "./store";

export type NetworkNode = PluginAccess | Declared | Undecided | Decision;

export interface PluginAccess {
  readonly kind: "plugin";
  readonly pluginId: string;
  readonly name: string;
  /** Undefined where it is not installed: what was decided about it is kept. */
  readonly plugin: P.PluginInfo | undefined;
  readonly grants: readonly P.NetworkGrant[];
}

/** What the manifest asks for, which is the most that can be allowed. */
export interface Declared {
  readonly kind: "declared";
  readonly plugin: P.PluginInfo;
  readonly permission: P.Permission;
}

export interface Undecided {
  readonly kind: "undecided";
  readonly pluginId: string;
}

export interface Decision {
  readonly kind: "decision";
  readonly name: string;
  readonly grant: P.NetworkGrant;
}

/** The plugins that declare a need of the network, and those about which something was decided, by name. */
export function plugins(store: NetworkStore, installed: PluginStore): readonly PluginAccess[] {
  const grants = store.known?.grants ?? [];
  const declaring = installed.plugins.filter((plugin) => !installed.isShadowed(plugin) && networkNeeds(plugin).length > 0);
  const names = new Map<string, string>();
  for (const id of [...declaring.map(({ id }) => id), ...grants.map(({ pluginId }) => pluginId)]) {
    names.set(id.toLowerCase(), id);
  }
  return [...names]
    .map(([lower, id]): PluginAccess => {
      const plugin = installed.find(id) ?? declaring.find((one) => one.id.toLowerCase() === lower);
      const name = plugin === undefined || plugin.name === "" ? id : plugin.name;
      return { kind: "plugin", pluginId: plugin?.id ?? id, name, plugin, grants: grants.filter(({ pluginId }) => pluginId.toLowerCase() === lower) };
    })
    .sort((a, b) => a.name.localeCompare(b.name, vscode.env.language) || a.pluginId.localeCompare(b.pluginId));
}

export function networkNeeds({ permissions }: P.PluginInfo): readonly P.Permission[] {
  return permissions.filter(({ need }) => need === "network" || need === "tcp");
}

/** What is declared comes first: it bounds what stands below it. */
export function ofPlugin({ pluginId, name, plugin, grants }: PluginAccess): readonly NetworkNode[] {
  return [
    ...(plugin === undefined ? [] : networkNeeds(plugin).map((permission): NetworkNode => ({ kind: "declared", plugin, permission }))),
    ...(grants.length === 0 ? [{ kind: "undecided" as const, pluginId }] : []),
    ...[...grants].sort(byPattern).map((grant): NetworkNode => ({ kind: "decision", name, grant })),
  ];
}

function byPattern(a: P.NetworkGrant, b: P.NetworkGrant): number {
  return a.pattern.localeCompare(b.pattern) || a.duration.localeCompare(b.duration);
}

/** One place in the tree, the same whenever it is drawn anew. */
export function nodeId(node: NetworkNode): string {
  switch (node.kind) {
    case "plugin":
      return node.pluginId.toLowerCase();
    case "declared":
      return `${node.plugin.id.toLowerCase()}|declared|${node.permission.need}`;
    case "undecided":
      return `${node.pluginId.toLowerCase()}|undecided`;
    case "decision":
      return `${node.grant.pluginId.toLowerCase()}|${node.grant.duration}|${node.grant.pattern}`;
  }
}
