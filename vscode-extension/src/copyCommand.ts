/** Copying, as a person sees it: progress that can be cancelled, and a question before very much is copied. */
import * as vscode from "vscode";
import { cancelled, copyCells, type Copied, type CopyRequest } from "./copy";
import type { Session } from "./dataEditor/session";
import type * as P from "./generated/protocol";

/** Rejects with a Failure of kind `cancelled` when the person does not want to after all. */
export function copyWithProgress(
  session: Session,
  generation: number,
  columns: readonly P.Column[],
  request: CopyRequest,
): Promise<Omit<Copied, "text">> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Copying"),
    cancellable: true,
  };
  const work = vscode.window.withProgress(options, async (progress, token) => {
    const source = {
      columns,
      page: (start: number, count: number) => session.page({ generation, start, count }, token),
      cell: (row: number, column: number, start: number, count: number) =>
        session.cell({ generation, row, column, start, count }, token),
    };
    let reported = 0;
    const copying = copyCells(source, request, {
      isCancelled: () => token.isCancellationRequested,
      progress: (done, total) => {
        const percent = (100 * done) / total;
        progress.report({ increment: percent - reported });
        reported = percent;
      },
      confirmLarge,
    });
    const { text, ...copied } = await copying.catch((error: unknown) => {
      // However a read that was cancelled ends: it was the person who wanted it to.
      throw token.isCancellationRequested ? cancelled() : error;
    });
    await vscode.env.clipboard.writeText(text);
    return copied;
  });
  return Promise.resolve(work);
}

async function confirmLarge(characters: number): Promise<boolean> {
  const copy = vscode.l10n.t("Copy");
  const megabytes = Math.round(characters / 1_000_000);
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("This is about {0} MB of text.", megabytes),
    { modal: true, detail: vscode.l10n.t("The clipboard, and the program it is pasted into, may not bear that much.") },
    copy,
  );
  return chosen === copy;
}
