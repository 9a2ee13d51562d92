/** A file the server can read: the one that was asked for, or a copy where that is not on disk (a git revision …). */
import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import * as vscode from "vscode";
import { Failure } from "../errors";
import { DATA_SCHEME } from "./dataScheme";

export interface LocalFile {
  readonly uri: vscode.Uri;
  dispose(): void;
}

/** Files that are not on disk are read whole by VS Code, so there is an end to their size. */
const LARGEST_COPY_BYTES = 256 * 1024 * 1024;

/** `uri` itself when it is a file, or data that the server has; else a copy below `storage`, removed on disposal. Rejects with a Failure. */
export async function localFile(uri: vscode.Uri, storage: vscode.Uri): Promise<LocalFile> {
  if (uri.scheme === "file" || uri.scheme === DATA_SCHEME) {
    return { uri, dispose: () => undefined };
  }
  const folder = vscode.Uri.joinPath(storage, "copies", randomUUID());
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST_COPY_BYTES) {
      const most = LARGEST_COPY_BYTES / 1024 / 1024;
      throw new Failure("fileUnreadable", vscode.l10n.t("A file that is not on disk can have {0} MiB at most.", most));
    }
    const copy = vscode.Uri.joinPath(folder, basename(uri.path) || "file");
    await vscode.workspace.fs.writeFile(copy, await vscode.workspace.fs.readFile(uri));
    return { uri: copy, dispose: () => void remove(folder) };
  } catch (error) {
    await remove(folder);
    throw error instanceof Failure
      ? error
      : new Failure("fileUnreadable", error instanceof Error ? error.message : String(error));
  }
}

async function remove(folder: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(folder, { recursive: true });
  } catch {
    // It was never made, or is gone.
  }
}
