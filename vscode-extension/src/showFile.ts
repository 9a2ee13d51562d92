/** Shows a file that the server wrote, such as the body of a response a plugin received. */
import * as vscode from "vscode";
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import { VIEW_TYPE } from "./dataEditor/viewTypes";
import type * as P from "./generated/protocol";
import { plain } from "./plugins/untrusted";

/** In Thoth's viewer where one of `plugins` opens such files, else in whichever editor VS Code has for them. */
export async function showFile({ uri, title }: P.ShowFileParams, plugins: readonly P.PluginInfo[]): Promise<P.Empty> {
  const file = vscode.Uri.parse(uri, true);
  if (file.scheme !== "file") {
    throw new ResponseError(LSPErrorCodes.RequestFailed, vscode.l10n.t("{0} is not a file on disk.", plain(title, 100)));
  }
  const options: vscode.TextDocumentShowOptions = { preview: false };
  if (isViewed(file, plugins)) {
    await vscode.commands.executeCommand("vscode.openWith", file, VIEW_TYPE, options);
  } else {
    await vscode.commands.executeCommand("vscode.open", file, options);
  }
  return {};
}

function isViewed({ path }: vscode.Uri, plugins: readonly P.PluginInfo[]): boolean {
  const name = path.toLowerCase();
  return plugins.some(({ state, extensions }) => state === "enabled" && extensions.some((extension) => name.endsWith(`.${extension}`)));
}
