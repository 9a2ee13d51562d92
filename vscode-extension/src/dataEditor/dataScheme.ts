/** Documents that are no files: what plugins published or received. Only the server that runs knows them, by their addresses. */
import * as vscode from "vscode";
import { VIEW_TYPE } from "./viewTypes";

export const DATA_SCHEME = "thoth-data";

/** Opens such a document in an editor of its own. */
export async function openData(uri: string): Promise<void> {
  await vscode.commands.executeCommand("vscode.openWith", shownUri(uri), VIEW_TYPE, { preview: false });
}

/** The same address with its token where VS Code does not show it to people, as it does the folders of a path. */
export function shownUri(uri: string): vscode.Uri {
  const { scheme, authority, path } = vscode.Uri.parse(uri, true);
  const [, token = "", ...name] = path.split("/");
  return vscode.Uri.from(authority === "" ? { scheme, authority: token, path: `/${name.join("/")}` } : { scheme, authority, path });
}

/**
 * Has VS Code take the addresses for something that is there, though it cannot read them: whether they lead to anything any
 * more the server says when the document is opened, in an editor that can show why not.
 */
export function dataFiles(): vscode.Disposable {
  return vscode.workspace.registerFileSystemProvider(DATA_SCHEME, new DataFiles(), { isReadonly: true, isCaseSensitive: true });
}

class DataFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]> = () => new vscode.Disposable(() => undefined);

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: 0, permissions: vscode.FilePermission.Readonly };
  }

  readFile(): Uint8Array {
    throw vscode.FileSystemError.Unavailable(vscode.l10n.t("The data of a plugin is no file. Open it with Thoth, and export it from there."));
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
