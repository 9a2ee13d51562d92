/** What a person can do about a file that cannot be shown. */
import * as vscode from "vscode";
import type { Failure } from "../errors";
import type { Action, ActionName } from "../shared/messages";

/** The buttons to offer, the most promising first. */
export function failureActions(failure: Failure): readonly Action[] {
  return names(failure).map((name) => ({ name, title: title(name) }));
}

function names(failure: Failure): readonly ActionName[] {
  switch (failure.kind) {
    case "noInterpreter":
      return ["selectInterpreter", "retry", "reopenAsText", "showLogs"];
    case "serverStopped":
      return ["restartServer", "showLogs", "reopenAsText"];
    case "unknownEncoding":
    case "pluginRefused":
      return ["chooseEncoding", "retry", "reopenAsText", "showLogs"];
    case "pluginDisabled":
    case "pluginNotFound":
    case "pluginInvalid":
    case "permissionDenied":
    case "noLoader":
      return ["openWith", "retry", "reopenAsText", "showLogs"];
    case "fileUnreadable":
      return ["retry", "reopenAsText"];
    default:
      return ["retry", "reopenAsText", "showLogs"];
  }
}

function title(name: ActionName): string {
  switch (name) {
    case "retry":
      return vscode.l10n.t("Try Again");
    case "reopenAsText":
      return vscode.l10n.t("Reopen as Text");
    case "restartServer":
      return vscode.l10n.t("Restart Server");
    case "showLogs":
      return vscode.l10n.t("Show Logs");
    case "selectInterpreter":
      return vscode.l10n.t("Select Interpreter");
    case "chooseEncoding":
      return vscode.l10n.t("Choose Encoding");
    case "openWith":
      return vscode.l10n.t("Open With Plugin…");
  }
}
