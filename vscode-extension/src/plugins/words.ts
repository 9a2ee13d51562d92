/** What the things of plugins are called, in the editor's language. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";

export type Need = P.Permission["need"];
export type Origin = P.PluginInfo["origin"];

export const ORIGINS: readonly Origin[] = ["development", "workspace", "user", "bundled"];

/** The heading that plugins of one origin stand under. */
export function originTitle(origin: Origin): string {
  const { t } = vscode.l10n;
  switch (origin) {
    case "bundled":
      return t("Bundled");
    case "user":
      return t("Installed");
    case "development":
      return t("Development");
    case "workspace":
      return t("Workspace");
  }
}

/** Where a plugin comes from, as a sentence. */
export function originHint(origin: string): string {
  const { t } = vscode.l10n;
  switch (origin) {
    case "bundled":
      return t("Came with Thoth");
    case "development":
      return t("From a development folder");
    case "workspace":
      return t("From this workspace");
    default:
      return t("Installed by you");
  }
}

/** What is allowed where a need is granted. */
export function needTitle(need: Need): string {
  const { t } = vscode.l10n;
  switch (need) {
    case "network":
      return t("Reach hosts on the network");
    case "tcp":
      return t("Open connections to hosts (TCP)");
    case "secure-storage":
      return t("Keep secrets in the key store");
    case "file-dialog":
      return t("Ask you for a file");
    case "open-tabs":
      return t("Open tabs");
    case "read-datasets":
      return t("Read data of other plugins");
    case "opened-file":
      return t("Read the file you open with it");
    case "headless":
      return t("Run commands without an editor");
  }
}

/** The title with what it is limited to; the scope is the author's text. */
export function needWithScope({ need, scope }: P.Permission, clean: (text: string) => string): string {
  const title = needTitle(need);
  return scope.length === 0 ? title : `${title}: ${scope.map(clean).join(", ")}`;
}

export function decisionTitle(decision: P.Permission["decision"]): string {
  const { t } = vscode.l10n;
  switch (decision) {
    case "granted":
      return t("allowed");
    case "denied":
      return t("denied");
    case "ask":
      return t("not decided");
  }
}

/** What a capability lets a plugin be; one we do not know stands as it is in the manifest. */
export function capabilityTitle(capability: string, extensions: readonly string[]): string {
  const { t } = vscode.l10n;
  switch (capability) {
    case "file-loader":
      return extensions.length === 0 ? t("Opens files") : t("Opens files: {0}", extensions.map((name) => `.${name}`).join(", "));
    case "file-viewer":
      return t("Draws records");
    case "data-source":
      return t("Connects to a source of data");
    case "data-producer":
      return t("Provides data to other plugins");
    case "data-renderer":
    case "renderer":
      return t("Shows tables in another way");
    case "exporter":
      return t("Exports tables");
    case "search-provider":
      return t("Searches");
    case "new-ui-component":
      return t("Has a panel");
    case "cli":
      return t("Has commands");
    default:
      return capability;
  }
}

export function stateTitle(state: P.PluginInfo["state"]): string {
  const { t } = vscode.l10n;
  switch (state) {
    case "enabled":
      return t("enabled");
    case "disabled":
      return t("disabled");
    case "unusable":
      return t("cannot be used");
  }
}

/** A number as the editor's language writes it. */
export function count(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

export function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? vscode.l10n.t("{0} ms", count(Math.round(milliseconds * 10) / 10))
    : vscode.l10n.t("{0} s", count(Math.round(milliseconds / 100) / 10));
}

export function bytes(size: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  let unit = 0;
  let value = size;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${count(Math.round(value * 10) / 10)} ${units[unit] ?? ""}`;
}
