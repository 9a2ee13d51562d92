/** The switch that takes the network from all plugins: the setting `thoth.network.enabled`. */
import * as vscode from "vscode";

const SETTING = "network.enabled";

/** What the person says; a folder that is not trusted switches it off as well. */
export function isSwitchedOn(): boolean {
  return vscode.workspace.getConfiguration("thoth").get(SETTING, true);
}

/** Writes the setting where it is in force already, or for the person everywhere. */
export async function setNetworkEnabled(enabled: boolean): Promise<void> {
  const { t } = vscode.l10n;
  const configuration = vscode.workspace.getConfiguration("thoth");
  const inWorkspace = configuration.inspect(SETTING)?.workspaceValue !== undefined && vscode.workspace.isTrusted;
  await configuration.update(SETTING, enabled, inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
  vscode.window.setStatusBarMessage(enabled ? t("Plugins may use the network again, as was decided.") : t("The network is switched off for all plugins."), 5000);
}
