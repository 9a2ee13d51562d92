/** Where an export is written. */
import { homedir } from "node:os";
import { basename, posix } from "node:path";
import * as vscode from "vscode";
import { Failure } from "../errors";
import type * as P from "../generated/protocol";
import type { ExportPart } from "../shared/messages";

const COMPRESSED = /\.(gz|zst)$/i;
const ENDING = /(?<=.)\.[^.]*$/;

/** A name beside the file's own: with the ending of the format, and never the file itself. */
export function suggestedName(fileName: string, extension: string, part: ExportPart): string {
  const base = fileName.replace(COMPRESSED, "").replace(ENDING, "");
  const added = { all: "", selection: "-selection", search: "-found" }[part];
  const ending = extension === "" ? "" : `.${extension}`;
  const name = `${base}${added}${ending}`;
  return name.toLowerCase() === fileName.toLowerCase() ? `${base}-export${ending}` : name;
}

/** Asks for a place, in the folder of the file at first. VS Code asks itself whether a file may be replaced. */
export async function askTarget(
  file: vscode.Uri,
  { name, extension }: P.ExporterInfo,
  part: ExportPart,
  title: string,
): Promise<vscode.Uri | undefined> {
  const suggested = suggestedName(basename(file.path), extension, part);
  const target = await vscode.window.showSaveDialog({
    title,
    saveLabel: vscode.l10n.t("Export"),
    defaultUri: vscode.Uri.joinPath(folderFor(file), suggested),
    filters: { ...(extension === "" ? {} : { [name]: [extension] }), [vscode.l10n.t("All Files")]: ["*"] },
  });
  if (target !== undefined && target.scheme !== "file") {
    throw new Failure("fileUnwritable", vscode.l10n.t("Thoth can write to files on disk only."));
  }
  return target;
}

function folderFor(file: vscode.Uri): vscode.Uri {
  if (file.scheme === "file") {
    return file.with({ path: posix.dirname(file.path) });
  }
  return vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri ?? vscode.Uri.file(homedir());
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
