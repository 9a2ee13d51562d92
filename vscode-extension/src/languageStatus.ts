/** The server's state in the language status of data files that are open as text. */
import * as vscode from "vscode";
import type { ServerApi } from "./serverApi";

const DATA_FILES: vscode.DocumentFilter = { pattern: "**/*.{csv,tsv,tab,psv}" };

export function languageStatus(server: ServerApi): vscode.Disposable {
  const state = vscode.languages.createLanguageStatusItem("thoth.server", DATA_FILES);
  const logs = vscode.languages.createLanguageStatusItem("thoth.logs", DATA_FILES);
  state.name = vscode.l10n.t("Thoth: Server");
  state.command = { command: "thoth.server.restart", title: vscode.l10n.t("Restart Server") };
  logs.name = vscode.l10n.t("Thoth: Logs");
  logs.text = vscode.l10n.t("Thoth");
  logs.command = { command: "thoth.server.showLogs", title: vscode.l10n.t("Show Logs") };
  const update = (): void => {
    state.busy = server.state === "starting";
    state.detail = server.reason?.message ?? "";
    state.severity =
      server.state === "stopped" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    state.text = {
      starting: vscode.l10n.t("Thoth is starting"),
      running: vscode.l10n.t("Thoth is ready"),
      stopped: vscode.l10n.t("Thoth has stopped"),
    }[server.state];
  };
  update();
  return vscode.Disposable.from(state, logs, server.onDidChangeState(update));
}
