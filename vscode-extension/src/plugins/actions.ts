/** What a person can do with a plugin, wherever they do it: in the view, on its page, by the palette. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { developmentFolders, removeDevelopmentFolder } from "./developmentFolder";
import type { PluginStore } from "./store";
import { plain, quoted } from "./untrusted";
import { bytes } from "./words";

export type Scope = NonNullable<P.EnablePluginParams["scope"]>;

/** Switches a plugin on or off. */
export async function setEnabled(server: ServerApi, { id }: P.PluginInfo, enabled: boolean, scope: Scope): Promise<void> {
  await server.request(requests.pluginSetEnabled, { pluginId: id, enabled, scope });
}

/** Starts a plugin anew from its files, and says how that went. */
export async function reload(server: ServerApi, { id, name }: P.PluginInfo): Promise<void> {
  const { t } = vscode.l10n;
  const info = await server.request(requests.pluginReload, { pluginId: id });
  if (info.problem === null) {
    vscode.window.setStatusBarMessage(t("The plugin {0} was reloaded.", quoted(info.name, 80)), 5000);
  } else {
    void vscode.window.showErrorMessage(t("The plugin {0} was reloaded and cannot be used: {1}", quoted(name, 80), plain(info.problem, 600)));
  }
}

/** Deletes a plugin the user installed, after asking, or takes the folder of one in development out of the settings. */
export async function uninstall(server: ServerApi, store: PluginStore, plugin: P.PluginInfo): Promise<void> {
  const { t } = vscode.l10n;
  const name = quoted(plugin.name, 80);
  if (plugin.origin === "development") {
    await forgetFolder(plugin);
    return;
  }
  if (plugin.origin !== "user") {
    const text = plugin.origin === "bundled" ? t("The plugin {0} came with Thoth. It can be disabled.", name) : t("The plugin {0} belongs to this workspace. It can be disabled.", name);
    void vscode.window.showInformationMessage(text);
    return;
  }
  const details = await store.details(plugin.id).catch(() => undefined);
  const stored = details?.storageBytes ?? 0;
  const detail =
    stored === 0
      ? t("Its folder is deleted: {0}\n\nYou can delete its settings, secrets and permissions too.", plugin.folder)
      : t("Its folder is deleted: {0}\n\nIt keeps {1} of data. You can delete them too, with its settings, secrets and permissions.", plugin.folder, bytes(stored));
  const keep = t("Uninstall, Keep Data");
  const all = t("Uninstall and Delete Data");
  const chosen = await vscode.window.showWarningMessage(t("Uninstall the plugin {0}?", name), { modal: true, detail }, keep, all);
  if (chosen !== undefined) {
    await server.request(requests.pluginUninstall, { pluginId: plugin.id, deleteData: chosen === all });
    vscode.window.setStatusBarMessage(t("The plugin {0} was uninstalled.", name), 5000);
  }
}

/** Its files stay: they are somebody's work. */
async function forgetFolder({ folder, name }: P.PluginInfo): Promise<void> {
  const { t } = vscode.l10n;
  const parent = developmentFolders().find((named) => folder === named || folder.startsWith(`${named.replace(/[\\/]+$/, "")}/`) || folder.startsWith(`${named}\\`));
  if (parent === undefined) {
    void vscode.window.showInformationMessage(t("The folder of {0} is not named in the setting thoth.plugins.devFolders.", quoted(name, 80)));
    return;
  }
  const remove = t("Remove Folder");
  const detail = t("Its files stay where they are. Other plugins in the same folder go from the list too.");
  const chosen = await vscode.window.showWarningMessage(t("Remove {0} from the development folders?", parent), { modal: true, detail }, remove);
  if (chosen === remove) {
    await removeDevelopmentFolder(parent);
  }
}

/** Shows the folder of a plugin, where the system shows folders. */
export async function openFolder({ folder }: P.PluginInfo): Promise<void> {
  const uri = vscode.Uri.file(folder);
  if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
    await vscode.commands.executeCommand("revealFileInOS", vscode.Uri.joinPath(uri, "plugin.toml"));
  } else {
    await vscode.commands.executeCommand("vscode.openFolder", uri, { forceNewWindow: true });
  }
}

/** Shows the folder that the user's plugins are installed in, made where there is none. */
export async function openPluginsFolder(server: ServerApi): Promise<void> {
  const { pluginsFolder } = await server.request(requests.serverInfo, {});
  const uri = vscode.Uri.file(pluginsFolder);
  await vscode.workspace.fs.createDirectory(uri);
  if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
    await vscode.env.openExternal(uri);
  } else {
    await vscode.commands.executeCommand("vscode.openFolder", uri, { forceNewWindow: true });
  }
}
