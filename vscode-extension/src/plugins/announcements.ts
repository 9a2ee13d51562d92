/** Tells a person what became of plugins where the server has something to say of it. */
import * as vscode from "vscode";
import type { PluginStore } from "./store";
import { plain } from "./untrusted";

/** A plugin that crashes over and over is told of where it is used and in the view, not by a message each time. */
export function announcePluginChanges(store: PluginStore): vscode.Disposable {
  const shown = new Set<string>();
  return store.onDidChange((change) => {
    if (change?.message === null || change?.message === undefined || change.reason === "crashed" || shown.has(change.message)) {
      return;
    }
    const { message, pluginIds } = change;
    shown.add(message);
    void tell(plain(message, 600), pluginIds[0]).finally(() => shown.delete(message));
  });
}

async function tell(message: string, pluginId: string | undefined): Promise<void> {
  const show = vscode.l10n.t("Show Plugin");
  if ((await vscode.window.showWarningMessage(message, show)) === show) {
    await vscode.commands.executeCommand("thoth.plugins.details", pluginId);
  }
}
