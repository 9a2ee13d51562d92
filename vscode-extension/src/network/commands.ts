/** The commands about the network. From the view they get a node; from the palette they ask what is meant. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import type { PluginStore } from "../plugins/store";
import type { ActivityPages } from "./activityPages";
import { chooseCertificates } from "./certificates";
import { chooseDuration, choosePlugin, decideHost } from "./decide";
import type { NetworkNode } from "./nodes";
import type { NetworkStore } from "./store";
import { setNetworkEnabled } from "./switch";
import { isLocalHost } from "./words";

export interface NetworkCommandContext {
  readonly network: NetworkStore;
  readonly plugins: PluginStore;
  readonly activity: ActivityPages;
}

type Anywhere = (context: NetworkCommandContext, ...args: readonly unknown[]) => void | Promise<void>;
type OnDecision = (grant: P.NetworkGrant, context: NetworkCommandContext) => void | Promise<void>;

/** Commands about one decision of the view. */
const ON_DECISION: Readonly<Record<string, OnDecision>> = {
  // A denial is about any address; what is allowed has to say that it is for local ones.
  "thoth.network.allow": (grant, { network }) => network.decide({ ...kept(grant), local: grant.local || isLocalHost(grant.pattern), decision: "allowed" }),
  "thoth.network.deny": (grant, { network }) => network.decide({ ...kept(grant), decision: "denied" }),
  "thoth.network.forget": (grant, { network }) => network.decide({ ...kept(grant), decision: "ask" }),
  "thoth.network.changeDuration": changeDuration,
  "thoth.network.changeCertificates": changeCertificates,
  "thoth.network.copyHost": async ({ pattern }) => {
    await vscode.env.clipboard.writeText(pattern);
  },
};

export const NETWORK_COMMANDS: Readonly<Record<string, Anywhere>> = {
  ...Object.fromEntries(
    Object.entries(ON_DECISION).map(([id, run]): [string, Anywhere] => [
      id,
      (context, target) => (isNode(target) && target.kind === "decision" ? run(target.grant, context) : undefined),
    ]),
  ),
  "thoth.network.add": async ({ network, plugins }, target, host) => {
    if (plugins.state !== "ready") {
      await plugins.refresh();
    }
    const plugin = pluginOf(target, plugins) ?? (await choosePlugin(plugins));
    if (plugin !== undefined) {
      await decideHost(network, plugin, typeof host === "string" ? host : "");
    }
  },
  "thoth.network.showActivity": ({ activity, plugins }, target) => activity.show(pluginOf(target, plugins)?.id),
  "thoth.network.enable": () => setNetworkEnabled(true),
  "thoth.network.disable": () => setNetworkEnabled(false),
  "thoth.network.refresh": ({ network }) => network.refresh(),
  "thoth.network.settings": async () => {
    await vscode.commands.executeCommand("workbench.action.openSettings", "thoth.network");
  },
};

/** Those that make sense only on a line of the view; a test keeps them out of the palette. */
export const NETWORK_IN_VIEW_ONLY: readonly string[] = [...Object.keys(ON_DECISION), "thoth.network.refresh"];

/** Everything of a decision, so that what is not meant to change does not. */
function kept({ pluginId, pattern, duration, local, addresses, verification, caFile }: P.NetworkGrant): Omit<P.SetNetworkGrantParams, "decision"> {
  return { pluginId, pattern, duration, local, addresses, verification, caFile };
}

async function changeDuration(grant: P.NetworkGrant, { network }: NetworkCommandContext): Promise<void> {
  const duration = await chooseDuration(grant.duration);
  if (duration !== undefined && duration !== grant.duration) {
    // In this order: what is allowed is not asked about in between.
    await network.decide({ ...kept(grant), duration, decision: grant.decision });
    await network.decide({ ...kept(grant), decision: "ask" });
  }
}

async function changeCertificates(grant: P.NetworkGrant, { network }: NetworkCommandContext): Promise<void> {
  const chosen = await chooseCertificates(grant.pattern, grant);
  if (chosen !== undefined) {
    await network.decide({ ...kept(grant), ...chosen, decision: grant.decision });
  }
}

function pluginOf(target: unknown, plugins: PluginStore): P.PluginInfo | undefined {
  if (typeof target === "string") {
    return plugins.find(target);
  }
  return isNode(target) && target.kind === "plugin" ? target.plugin : undefined;
}

function isNode(target: unknown): target is NetworkNode {
  return typeof target === "object" && target !== null && "kind" in target;
}
