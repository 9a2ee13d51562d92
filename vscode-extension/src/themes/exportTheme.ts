/** Writes a theme as an extension of VS Code, into a folder of its own. */
import * as vscode from "vscode";
import { Failure } from "../errors";
import * as requests from "../generated/requests";
import { plain, unlinked } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";
import { extensionFiles, wordOf } from "./extensionFiles";
import { editorKind } from "./themeInForce";

/** The oldest VS Code that knows all that is written. */
const ENGINE = "^1.70.0";

export async function exportTheme(server: ServerApi, themeId: string): Promise<void> {
  const { t } = vscode.l10n;
  const theme = await server.request(requests.themeResolve, { themeId, editorKind: editorKind() });
  const publisher = await vscode.window.showInputBox({
    title: t("Export {0} as VS Code Extension", theme.name),
    prompt: t("Who publishes it? The name of a publisher, as the marketplace knows it"),
    value: "local",
    validateInput: (text) => (/^[a-z0-9][a-z0-9-]*$/i.test(text) ? undefined : t("Write letters, digits and hyphens")),
  });
  if (publisher === undefined) {
    return;
  }
  const [parent] = (await vscode.window.showOpenDialog({
    title: t("Folder to put the extension into"),
    openLabel: t("Export Here"),
    canSelectFiles: false,
    canSelectFolders: true,
  })) ?? [];
  if (parent === undefined) {
    return;
  }
  const folder = vscode.Uri.joinPath(parent, `${wordOf(theme.name)}-theme`);
  if (await exists(folder)) {
    throw new Failure("fileExists", t("{0} is there already. Move it away, or choose another folder.", folder.fsPath));
  }
  for (const { path, text } of extensionFiles(theme, publisher, ENGINE)) {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));
  }
  const show = t("Open package.json");
  const said = t("{0} was exported to {1}. Run “vsce package” there to make a package of it.", plain(theme.name, 80), unlinked(folder.fsPath));
  if ((await vscode.window.showInformationMessage(said, show)) === show) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, "package.json"));
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
