/** The settings under `thoth.*`, as the server and the grid want them. */
import * as vscode from "vscode";
import type { GridSettings } from "./shared/messages";

/** The settings of the server: what `thoth_ls/settings.py` knows, and nothing else of the person's. */
const SERVER_SECTIONS = ["runtime", "files", "diagnostics", "plugins", "network", "logLevel"] as const;

/**
 * The object under `thoth` that the server is started with and told of every change to; `workspaceTrusted` is no setting
 * but what the person said of the folder: plugins in it are looked at only where it is trusted.
 */
export function serverSettings(): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration("thoth");
  const values = Object.fromEntries(SERVER_SECTIONS.map((section) => [section, configuration.get<unknown>(section)]));
  return { ...values, workspaceTrusted: vscode.workspace.isTrusted };
}

/** Whether `event` touches what the server is told. */
export function affectsServer(event: vscode.ConfigurationChangeEvent): boolean {
  return SERVER_SECTIONS.some((section) => event.affectsConfiguration(`thoth.${section}`));
}

/** Languages of texts the server answers about, in the editor's names. */
const TEXT_LANGUAGES = ["json", "jsonc", "jsonl", "geojson"] as const;

/** Manifests of plugins, whatever language the editor takes them for; the server leaves those of other programs alone. */
const MANIFESTS = { scheme: "file", pattern: "**/plugin.toml" };

/**
 * The texts that are sent to the server: manifests of plugins, and where the person wants its outline, hover and folding
 * beside those that the editor has itself, JSON. What Thoth's own editors show is far too large to be sent; the server
 * reads it from disk.
 */
export function textSelector(): ({ language: string } | typeof MANIFESTS)[] {
  const wanted = vscode.workspace.getConfiguration("thoth").get<boolean>("text.features", false);
  return [MANIFESTS, ...(wanted ? TEXT_LANGUAGES.map((language) => ({ language })) : [])];
}

export function gridSettings(): GridSettings {
  const configuration = vscode.workspace.getConfiguration("thoth");
  return {
    compact: configuration.get("grid.compact", false),
    maxColumnWidth: configuration.get("grid.maxColumnWidth", 60),
    autoReload: configuration.get("files.autoReload", true),
  };
}

export function affectsGrid(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration("thoth.grid") || event.affectsConfiguration("thoth.files.autoReload");
}
