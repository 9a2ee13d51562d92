/** Open With: asks which plugin is to read a file, now or always. */
import * as vscode from "vscode";
import type { ServerApi } from "./serverApi";
import type { DataEditorProvider } from "./dataEditor/provider";
import type * as P from "./generated/protocol";
import * as requests from "./generated/requests";

/** What a person can choose: a plugin, or the text editor for null. */
export interface LoaderItem extends vscode.QuickPickItem {
  readonly pluginId: string | null;
}

/** The plugins that can read a file, the best first, and the text editor; each plugin with a button for "always". */
export function loaderItems({ loaders, extension }: P.LoadersResult, inForce: string | undefined): readonly LoaderItem[] {
  const { t } = vscode.l10n;
  const always = { iconPath: new vscode.ThemeIcon("pin"), tooltip: t("Always for .{0} files", extension) };
  return [
    ...loaders.map((loader) => ({
      label: `$(plug) ${loader.name}`,
      description: notes(loader, inForce).join(", "),
      detail: `${loader.description} — ${reason(loader, extension)}`,
      pluginId: loader.pluginId,
      buttons: extension === "" ? [] : [always],
    })),
    { label: `$(go-to-file) ${t("As text")}`, description: t("In the text editor"), pluginId: null },
  ];
}

/** Why a plugin is offered, in the editor's language. */
function reason({ match }: P.LoaderChoice, extension: string): string {
  const { t } = vscode.l10n;
  switch (match) {
    case "setting":
      return t("your choice for .{0} files", extension);
    case "name":
      return t("opens .{0} files", extension);
    case "content":
      return t("recognises what is in the file");
    case "other":
      return t("meant for other files");
  }
}

function notes({ pluginId, default: isDefault }: P.LoaderChoice, inForce: string | undefined): readonly string[] {
  const { t } = vscode.l10n;
  return [...(pluginId === inForce ? [t("in force")] : []), ...(isDefault ? [t("default")] : [])];
}

/** Asks for a plugin and opens the file with it. */
export async function openWithPlugin(
  server: ServerApi,
  provider: DataEditorProvider,
  uri: vscode.Uri | undefined,
): Promise<void> {
  if (uri?.scheme !== "file") {
    const text =
      uri === undefined
        ? vscode.l10n.t("Open a file or select one in the Explorer first.")
        : vscode.l10n.t("Only a file on disk can be opened with another plugin.");
    void vscode.window.showInformationMessage(text);
    return;
  }
  const editor = [...provider.editors].find((open) => open.uri.toString() === uri.toString());
  const choices = await server.request(requests.documentLoaders, { uri: uri.toString() });
  const chosen = await pick(loaderItems(choices, editor?.session.status?.document.pluginId), choices.extension);
  if (chosen === undefined) {
    return;
  }
  if (chosen.pluginId !== null) {
    if (chosen.always) {
      await remember(choices.extension, chosen.pluginId);
    }
    await provider.openWith(uri, chosen.pluginId);
    return;
  }
  const viewColumn = editor?.viewColumn ?? vscode.ViewColumn.Active;
  await vscode.commands.executeCommand("vscode.openWith", uri, "default", { viewColumn, preview: false });
  editor?.close();
}

interface Choice {
  readonly pluginId: string | null;
  /** For all files of that ending from now on. */
  readonly always: boolean;
}

function pick(items: readonly LoaderItem[], extension: string): Promise<Choice | undefined> {
  const list = vscode.window.createQuickPick<LoaderItem>();
  list.title = vscode.l10n.t("Open With Plugin");
  list.placeholder =
    extension === ""
      ? vscode.l10n.t("Choose the plugin that reads this file")
      : vscode.l10n.t("Choose the plugin that reads this file; the pin makes it the default for .{0} files", extension);
  list.matchOnDetail = true;
  list.items = items;
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const [item] = list.selectedItems;
      resolve(item && { pluginId: item.pluginId, always: false });
      list.hide();
    });
    list.onDidTriggerItemButton(({ item }) => {
      resolve({ pluginId: item.pluginId, always: true });
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

/** Writes the setting where it is in force already, or for the person everywhere. */
async function remember(extension: string, pluginId: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("thoth");
  const kept = configuration.inspect<Record<string, string>>("files.loaders");
  const inWorkspace = kept?.workspaceValue !== undefined;
  const before = (inWorkspace ? kept.workspaceValue : kept?.globalValue) ?? {};
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update("files.loaders", { ...before, [extension]: pluginId }, target);
}
