/** Copying, as a person sees it: progress that can be cancelled, and a question before very much is copied. */
import * as vscode from "vscode";
import { cancelled, copyCells, type Copied, type CopyRequest } from "./copy";
import { PickedCells, type PickSource } from "./copyPicked";
import type { DocumentRequests } from "./dataEditor/documentRequests";
import type * as P from "./generated/protocol";

/** What to copy; where `records` are given, only those of the range. */
export type GridCopy = CopyRequest & { readonly records: readonly number[] | null };

/** Rejects with a Failure of kind `cancelled` when the person does not want to after all. */
export function copyWithProgress(
  ask: DocumentRequests,
  generation: number,
  columns: readonly P.Column[],
  { records, ...request }: GridCopy,
): Promise<Omit<Copied, "text">> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Copying"),
    cancellable: true,
  };
  const work = vscode.window.withProgress(options, async (progress, token) => {
    const source: PickSource = {
      columns,
      page: (start: number, count: number) => ask.page({ generation, start, count }, token),
      cell: (row: number, column: number, start: number, count: number) =>
        ask.cell({ generation, row, column, start, count }, token),
      pick: (picked: readonly number[]) => ask.pick({ generation, records: picked }, token),
    };
    let reported = 0;
    const shown = records === null ? source : new PickedCells(source, records);
    const range = records === null ? request.range : { ...request.range, top: 0, bottom: records.length - 1 };
    const copying = copyCells(shown, { ...request, range }, {
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
