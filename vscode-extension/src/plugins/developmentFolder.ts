/** Adds a folder with plugins that somebody is working on to `thoth.plugins.devFolders`. */
import * as vscode from "vscode";

const MANIFEST = "plugin.toml";
const SETTING = "plugins.devFolders";

/** Asks for a folder, checks that there are plugins in it and adds it; a person who changes their mind adds nothing. */
export async function addDevelopmentFolder(): Promise<void> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    canSelectMany: false,
    title: t("Add Development Folder"),
    openLabel: t("Add Folder"),
  });
  const folder = chosen?.[0];
  if (folder === undefined) {
    return;
  }
  const names = await pluginsIn(folder);
  if (names.length === 0) {
    const text = t("There is no plugin in {0}: neither the folder nor a folder in it has a file plugin.toml.", folder.fsPath);
    void vscode.window.showWarningMessage(text);
    return;
  }
  const before = developmentFolders();
  if (before.includes(folder.fsPath)) {
    void vscode.window.showInformationMessage(t("{0} is a development folder already.", folder.fsPath));
  } else {
    await keep([...before, folder.fsPath]);
  }
  await vscode.commands.executeCommand("thoth.plugins.focus");
}

/** Takes a folder out of the setting; false when it is not named there itself. */
export async function removeDevelopmentFolder(folder: string): Promise<boolean> {
  const before = developmentFolders();
  const left = before.filter((named) => trimmed(named) !== trimmed(folder));
  if (left.length === before.length) {
    return false;
  }
  await keep(left);
  return true;
}

/** Writes the setting where it is in force already, or for the person everywhere. */
async function keep(folders: readonly string[]): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("thoth");
  const inWorkspace = configuration.inspect(SETTING)?.workspaceValue !== undefined;
  await configuration.update(SETTING, folders, inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}

export function developmentFolders(): readonly string[] {
  const value = vscode.workspace.getConfiguration("thoth").get<unknown>(SETTING, []);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The folders with a manifest: `folder` itself, or folders right in it. */
export async function pluginsIn(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  if (await exists(vscode.Uri.joinPath(folder, MANIFEST))) {
    return [folder];
  }
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const below = entries
    .filter(([, type]) => (type & vscode.FileType.Directory) !== 0)
    .map(([name]) => vscode.Uri.joinPath(folder, name));
  const found = await Promise.all(below.map(async (uri) => ((await exists(vscode.Uri.joinPath(uri, MANIFEST))) ? [uri] : [])));
  return found.flat();
}

function trimmed(folder: string): string {
  return folder.replace(/[\\/]+$/, "");
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
