/** What is said of an export that has worked. */
import { basename } from "node:path";
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import { unlinked } from "../plugins/untrusted";

/** Says how much was written, with ways to the file; does not wait for the person. */
export function sayExported(result: P.ExportResult, target: vscode.Uri): void {
  const { t } = vscode.l10n;
  const open = t("Open");
  const reveal = revealCommand(target);
  const actions = [open, ...(reveal === undefined ? [] : [reveal.title])];
  const text = unlinked([exportedText(result, basename(target.path)), ...result.notes].join(" "));
  const shown =
    result.notes.length > 0
      ? vscode.window.showWarningMessage(text, ...actions)
      : vscode.window.showInformationMessage(text, ...actions);
  void shown.then((chosen) => {
    if (chosen === open) {
      return vscode.commands.executeCommand("vscode.open", target);
    }
    return chosen === undefined || reveal === undefined ? undefined : vscode.commands.executeCommand(reveal.command, target);
  });
}

export function exportedText({ records, bytes }: P.ExportResult, name: string): string {
  const { t } = vscode.l10n;
  const size = sizeText(bytes);
  return records === 1
    ? t("Exported 1 record to {0} ({1}).", name, size)
    : t("Exported {0} records to {1} ({2}).", number(records), name, size);
}

/** "512 bytes", "1.4 KB", "23 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1000) {
    return bytes === 1 ? vscode.l10n.t("1 byte") : vscode.l10n.t("{0} bytes", bytes);
  }
  const unit = bytes < 1e6 ? "KB" : bytes < 1e9 ? "MB" : "GB";
  const value = bytes / { KB: 1e3, MB: 1e6, GB: 1e9 }[unit];
  return `${new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`;
}

function number(value: number): string {
  return new Intl.NumberFormat(vscode.env.language).format(value);
}

/** The Explorer has what is in the workspace; the rest only the machine the window is on can show. */
function revealCommand(target: vscode.Uri): { readonly title: string; readonly command: string } | undefined {
  const { t } = vscode.l10n;
  if (vscode.workspace.getWorkspaceFolder(target) !== undefined) {
    return { title: t("Reveal in Explorer"), command: "revealInExplorer" };
  }
  const isHere = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  return isHere ? { title: t("Reveal in File Manager"), command: "revealFileInOS" } : undefined;
}
