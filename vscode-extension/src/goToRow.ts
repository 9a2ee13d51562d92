/** Asks for a row, and a column if wanted: `1200`, `1,200` or `1200:3`; or for a byte of the file's text: `@4096`. */
import * as vscode from "vscode";
import type { SessionStatus } from "./dataEditor/openDocument";

/** A place, counted from 0 as everywhere but on the screen. */
export type Place = { readonly row: number; readonly column?: number } | { readonly byte: number };

export async function askForPlace(status: () => SessionStatus | undefined): Promise<Place | undefined> {
  const now = status();
  if (now === undefined) {
    return undefined;
  }
  const rows = now.progress.records.toLocaleString(vscode.env.language);
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Go to Row"),
    prompt: now.progress.done
      ? vscode.l10n.t("A row from 1 to {0}, with :column if wanted, or @ and a byte of the file.", rows)
      : vscode.l10n.t("A row from 1 to {0} (more are being read), with :column if wanted, or @ and a byte of the file.", rows),
    validateInput: (typed) => {
      const place = typed.trim() === "" ? undefined : readPlace(typed, status() ?? now);
      return typeof place === "string" ? place : undefined;
    },
  });
  const place = text === undefined || text.trim() === "" ? undefined : readPlace(text, status() ?? now);
  return typeof place === "object" ? place : undefined;
}

/** The place that was typed, or why there is none. */
export function readPlace(typed: string, { document, progress }: SessionStatus): Place | string {
  const byte = /^\s*@\s*(?<byte>\d[\d.,'_\s]*)$/u.exec(typed)?.groups?.["byte"];
  if (byte !== undefined) {
    return { byte: Number(byte.replace(/\D/g, "")) };
  }
  const match = /^\s*(?<row>\d[\d.,'_\s]*?)\s*(?::\s*(?<column>\d+)\s*)?$/u.exec(typed);
  const rowText = match?.groups?.["row"];
  if (rowText === undefined) {
    return vscode.l10n.t("Type a number, row:column, or @byte.");
  }
  const row = Number(rowText.replace(/\D/g, ""));
  if (row < 1 || row > progress.records) {
    const rows = progress.records.toLocaleString(vscode.env.language);
    return progress.done
      ? vscode.l10n.t("The last row is {0}.", rows)
      : vscode.l10n.t("{0} rows have been read so far.", rows);
  }
  const columnText = match?.groups?.["column"];
  if (columnText === undefined) {
    return { row: row - 1 };
  }
  const column = Number(columnText);
  if (column < 1 || column > document.columns.length) {
    return vscode.l10n.t("The last column is {0}.", document.columns.length);
  }
  return { row: row - 1, column: column - 1 };
}
