/** What a person can do about a file that cannot be shown. */
import * as vscode from "vscode";
import type { Failure } from "../errors";
import type * as P from "../generated/protocol";
import type { Action, ActionName } from "../shared/messages";

/** The buttons to offer, the most promising first. */
export function failureActions(failure: Failure): readonly Action[] {
  return names(failure).map((name) => ({ name, title: title(name) }));
}

/** The same for data that is no file: there is no text to reopen, and no other plugin that could read it. */
export function dataActions(failure: Failure): readonly Action[] {
  return failureActions(failure).filter(({ name }) => name !== "reopenAsText" && name !== "openWith");
}

/** Whether a change of plugins may be what a file that cannot be shown has waited for. */
export function mayBeCured({ kind, pluginId }: Failure, changed: readonly string[], reason: P.DidChangePlugins["reason"]): boolean {
  if (reason === "disabled" || reason === "removed" || reason === "crashed") {
    return false;
  }
  switch (kind) {
    case "pluginDisabled":
    case "permissionDenied":
    case "pluginNotFound":
    case "pluginInvalid":
    case "pluginTrapped":
    case "pluginLimitHit":
    case "pluginRefused":
      return pluginId === undefined || changed.includes(pluginId);
    case "noLoader":
      return true;
    default:
      return false;
  }
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
      return failure.pluginId === undefined ? ["openWith", "retry", "reopenAsText"] : ["enablePlugin", "openWith", "reopenAsText"];
    case "permissionDenied":
      return failure.pluginId === undefined ? ["openWith", "retry", "reopenAsText"] : ["reviewPermissions", "openWith", "reopenAsText"];
    case "pluginNotFound":
      return ["openWith", "retry", "reopenAsText"];
    case "pluginInvalid":
    case "pluginTrapped":
    case "pluginLimitHit":
      return failure.pluginId === undefined
        ? ["retry", "openWith", "reopenAsText", "showLogs"]
        : ["retry", "showPlugin", "openWith", "reopenAsText"];
    case "noLoader":
      return ["retry", "openWith", "reopenAsText"];
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
    case "enablePlugin":
      return vscode.l10n.t("Enable Plugin Again");
    case "openWith":
      return vscode.l10n.t("Open With Plugin…");
    case "reviewPermissions":
      return vscode.l10n.t("Review Permissions");
    case "showPlugin":
      return vscode.l10n.t("Show Plugin");
  }
}
