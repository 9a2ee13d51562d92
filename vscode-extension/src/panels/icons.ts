/** Icons of tabs: the codicon for a glyph of Phosphor's font, as files that esbuild.mjs writes; else a plugin's. */
import * as vscode from "vscode";
import { CODICONS } from "../shared/phosphor";

export interface TabIcon {
  readonly light: vscode.Uri;
  readonly dark: vscode.Uri;
}

/** The codicon that stands for a glyph, where there is one. */
export function codiconOf(glyph: string | null): string | undefined {
  return glyph === null ? undefined : CODICONS[glyph.codePointAt(0) ?? 0];
}

export function tabIcon(extensionUri: vscode.Uri, glyph: string | null): TabIcon {
  const name = codiconOf(glyph);
  const of = (theme: "light" | "dark"): vscode.Uri =>
    name === undefined
      ? vscode.Uri.joinPath(extensionUri, "media", `plugin-${theme}.svg`)
      : vscode.Uri.joinPath(extensionUri, "dist", "icons", theme, `${name}.svg`);
  return { light: of("light"), dark: of("dark") };
}
