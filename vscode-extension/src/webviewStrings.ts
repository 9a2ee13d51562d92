/** The grid's sentences in the language of the editor. */
import * as vscode from "vscode";
import { GRID_STRINGS } from "./shared/gridStrings";

export function webviewStrings(): Readonly<Record<string, string>> {
  // l10n/collect.mjs puts these sentences into the bundle, since they are not written at a call of `l10n.t`.
  return Object.fromEntries(Object.entries(GRID_STRINGS).map(([key, text]) => [key, vscode.l10n.t(text)]));
}
