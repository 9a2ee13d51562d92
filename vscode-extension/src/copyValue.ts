/** Puts one value on the clipboard, whole, with progress that can be cancelled. */
import * as vscode from "vscode";
import { cancelled, MOST_CHARACTERS } from "./copy";
import type { DocumentRequests } from "./dataEditor/documentRequests";
import { Failure } from "./errors";
import type * as P from "./generated/protocol";
import { layOutJson } from "./shared/format/jsonText";
import type { FromWebview, ValueForm } from "./shared/messages";

type Request = FromWebview["copyValue"][0];
export type ReadText = (start: number, count: number) => Promise<P.CellText>;

const PIECE_BYTES = 4_194_304;

/** The whole text, piece by piece; rejects with a Failure of kind `tooLarge`, and `cancelled` where `isCancelled` says so. */
export async function wholeText(
  read: ReadText,
  isCancelled: () => boolean,
  progress: (part: number) => void,
): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for (let next: number | null = 0; next !== null; ) {
    if (isCancelled()) {
      throw cancelled();
    }
    const piece: P.CellText = await read(next, PIECE_BYTES);
    parts.push(piece.text);
    length += piece.text.length;
    refuseTooLarge(Math.max(length, piece.next === null ? 0 : piece.sizeBytes / 4));
    progress(piece.sizeBytes === 0 ? 1 : (piece.next ?? piece.sizeBytes) / piece.sizeBytes);
    next = piece.next !== null && piece.next > next ? piece.next : null;
  }
  return parts.join("");
}

/** `text` in the form that was asked for. */
export function inForm(text: string, form: ValueForm): string {
  if (form === "source" || form === "decoded") {
    return text;
  }
  const laidOut = layOutJson(text, form === "pretty" ? 2 : 0, MOST_CHARACTERS);
  return laidOut ?? refuse();
}

/** Copies a value and answers with its length in characters; rejects with a Failure of kind `cancelled` or `tooLarge`. */
export function copyValue(ask: DocumentRequests, { form, ...place }: Request): Promise<{ readonly characters: number }> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t("Copying"),
    cancellable: true,
  };
  const work = vscode.window.withProgress(options, async (progress, token) => {
    let reported = 0;
    const read: ReadText = (start, count) =>
      ask.valueText({ ...place, form: form === "decoded" ? "decoded" : "source", start, count }, token);
    const reading = wholeText(read, () => token.isCancellationRequested, (part) => {
      progress.report({ increment: 100 * part - reported });
      reported = 100 * part;
    });
    const text = inForm(
      await reading.catch((error: unknown) => {
        // However a read that was cancelled ends: it was the person who wanted it to.
        throw token.isCancellationRequested ? cancelled() : error;
      }),
      form,
    );
    await vscode.env.clipboard.writeText(text);
    return { characters: text.length };
  });
  return Promise.resolve(work);
}

function refuseTooLarge(characters: number): void {
  if (characters > MOST_CHARACTERS) {
    refuse();
  }
}

function refuse(): never {
  const most = MOST_CHARACTERS / 1_000_000;
  throw new Failure("tooLarge", vscode.l10n.t("The value is more than {0} million characters, too many for the clipboard.", most));
}
