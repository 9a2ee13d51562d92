/** The switch that takes the network from all plugins: the setting `thoth.network.enabled`. */
import * as vscode from "vscode";

const SETTING = "network.enabled";

/** What the person says; a folder that is not trusted switches it off as well. */
export function isSwitchedOn(): boolean {
  return vscode.workspace.getConfiguration("thoth").get(SETTING, true);
}

/** Writes the setting for the person: no folder has a say in it. */
export async function setNetworkEnabled(enabled: boolean): Promise<void> {
  const { t } = vscode.l10n;
  await vscode.workspace.getConfiguration("thoth").update(SETTING, enabled, vscode.ConfigurationTarget.Global);
  vscode.window.setStatusBarMessage(enabled ? t("Plugins may use the network again, as was decided.") : t("The network is switched off for all plugins."), 5000);
}
