/** The sentences of webviews in the language of the editor. */
import * as vscode from "vscode";
import { ACTIVITY_STRINGS } from "./shared/activityStrings";
import { GRID_STRINGS } from "./shared/gridStrings";
import { PANEL_STRINGS } from "./shared/panelStrings";
import { PLUGIN_STRINGS } from "./shared/pluginStrings";
import { GALLERY_STRINGS } from "./shared/themeGallery";

export function webviewStrings(): Readonly<Record<string, string>> {
  return translated(GRID_STRINGS);
}

/** Those of a plugin's page, and of the nodes that the plugin draws on it. */
export function pluginPageStrings(): Readonly<Record<string, string>> {
  return translated({ ...GRID_STRINGS, ...PLUGIN_STRINGS });
}

/** Those of a plugin's panel, and of the nodes that the plugin draws on it. */
export function panelPageStrings(): Readonly<Record<string, string>> {
  return translated({ ...GRID_STRINGS, ...PANEL_STRINGS });
}

/** Those of the page "Network Activity". */
export function activityPageStrings(): Readonly<Record<string, string>> {
  return translated(ACTIVITY_STRINGS);
}

/** Those of the gallery of themes. */
export function galleryPageStrings(): Readonly<Record<string, string>> {
  return translated(GALLERY_STRINGS);
}

function translated(strings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  // l10n/collect.mjs puts these sentences into the bundle, since they are not written at a call of `l10n.t`.
  return Object.fromEntries(Object.entries(strings).map(([key, text]) => [key, vscode.l10n.t(text)]));
}
