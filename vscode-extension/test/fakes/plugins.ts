/** A plugin as the server tells of it, and what it asks for. */
import type * as P from "../../src/generated/protocol";

export function plugin(change: Partial<P.PluginInfo> = {}): P.PluginInfo {
  return {
    id: "org.example.words",
    name: "Words",
    version: "1.2.0",
    description: "Opens lists of words",
    author: "Ada",
    homepage: "https://example.org/words",
    license: "MIT",
    keywords: [],
    icon: null,
    extensions: ["words"],
    capabilities: ["file-loader"],
    origin: "development",
    folder: "/dev/words",
    state: "enabled",
    problem: null,
    warnings: [],
    permissions: [],
    hasSettings: false,
    hasReadme: false,
    ...change,
  };
}

export function permission(change: Partial<P.Permission> = {}): P.Permission {
  return { need: "opened-file", title: "The opened file", scope: [], reason: "To show it.", decision: "ask", ...change };
}

export function details(change: Partial<P.PluginDetails> = {}): P.PluginDetails {
  const usage: P.PluginUsage = {
    calls: 4,
    peakFuel: 1_500_000,
    peakMilliseconds: 12.34,
    peakMemoryBytes: 3_145_728,
    crashes: 0,
    lastCrash: null,
    instances: 1,
  };
  return { plugin: plugin(), readme: null, usage, storageBytes: 2048, log: [], ...change };
}

export function setting(change: Partial<P.PluginSetting> = {}): P.PluginSetting {
  return {
    key: "separator",
    type: "string",
    title: "Separator",
    description: "What stands between words",
    default: '" "',
    choices: [],
    minimum: null,
    maximum: null,
    user: null,
    workspace: null,
    ...change,
  };
}
