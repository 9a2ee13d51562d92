/** Opens addresses that are in a file: those of the web only, and only after VS Code has asked. */
import * as vscode from "vscode";
import { Failure } from "./errors";

/** Rejects with a Failure where `url` is no address of the web. */
export async function openLink(url: string): Promise<void> {
  let scheme = "";
  try {
    scheme = new URL(url).protocol;
  } catch {
    // not an address at all, which is said below
  }
  if (scheme !== "http:" && scheme !== "https:") {
    throw new Failure("invalidRequest", vscode.l10n.t("Only addresses that begin with http:// or https:// are opened."));
  }
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
