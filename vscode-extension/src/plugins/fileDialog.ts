/** Asks the person for a file on behalf of a plugin. */
import { homedir } from "node:os";
import * as vscode from "vscode";
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import type * as P from "../generated/protocol";
import type { Turns } from "../turns";
import { plain, quoted } from "./untrusted";

const CANCELLED: P.FileDialogResult = { uri: null };
/** Of the kinds of files that are named in the dialog. */
const SHOWN_EXTENSIONS = 5;

export class FileDialog {
  readonly #turns: Turns;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** What was picked; nothing where the person cancelled or the question was taken back before it was shown. */
  ask(params: P.FileDialogParams, token: vscode.CancellationToken): Promise<P.FileDialogResult> {
    return this.#turns.take(token, () => show(params), CANCELLED);
  }
}

async function show(params: P.FileDialogParams): Promise<P.FileDialogResult> {
  const picked = params.mode === "open" ? await askOpen(params) : await askSave(params);
  if (picked !== undefined && picked.scheme !== "file") {
    throw new ResponseError(LSPErrorCodes.RequestFailed, vscode.l10n.t("Plugins can be given files on disk only."));
  }
  return { uri: picked?.toString() ?? null };
}

// Who asks stands in the button, too: some systems show no title.

async function askOpen(params: P.FileDialogParams): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const picked = await vscode.window.showOpenDialog({
    title: withTitle(t("The plugin {0} asks for a file to read", quoted(params.pluginName, 80)), params.title),
    openLabel: t("Open for {0}", plain(params.pluginName, 30)),
    defaultUri: startFolder(),
    canSelectMany: false,
    ...filters(params.extensions),
  });
  return picked?.[0];
}

async function askSave(params: P.FileDialogParams): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const name = params.defaultName;
  return vscode.window.showSaveDialog({
    title: withTitle(t("The plugin {0} asks where to write a file", quoted(params.pluginName, 80)), params.title),
    saveLabel: t("Save for {0}", plain(params.pluginName, 30)),
    defaultUri: name === "" ? startFolder() : vscode.Uri.joinPath(startFolder(), name),
    ...filters(params.extensions),
  });
}

function withTitle(asks: string, title: string): string {
  return title === "" ? asks : `${asks}: ${quoted(title, 200)}`;
}

function filters(extensions: readonly string[]): Pick<vscode.OpenDialogOptions, "filters"> {
  if (extensions.length === 0) {
    return {};
  }
  const shown = extensions.slice(0, SHOWN_EXTENSIONS).map((extension) => `*.${extension}`);
  return { filters: { [shown.join(", ") + (extensions.length > SHOWN_EXTENSIONS ? ", …" : "")]: [...extensions] } };
}

function startFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri ?? vscode.Uri.file(homedir());
}
