/** What the extension host and the grid's webview say to each other: one map each way, errors included. */
import type * as P from "../generated/protocol";

/** A rectangle of cells, inclusive on both ends; a whole row or column spans all columns or rows. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export type CopyFormat = "tsv" | "csv" | "json" | "markdown";

/** Settings the grid follows live. */
export interface GridSettings {
  /** Rows drawn closer together. */
  readonly compact: boolean;
  /** Longest text, in characters, a column is auto-fitted to. */
  readonly maxColumnWidth: number;
  /** Read the file again by itself when it changes on disk. */
  readonly autoReload: boolean;
}

/** An open document, as the webview gets it at the start and after each reload. */
export interface Opened {
  readonly fileName: string;
  readonly document: P.OpenDocumentResult;
  /** Where the rows of `document.firstPage` begin was asked for, so that a reload keeps its place. */
  readonly reason: "opened" | "reloaded" | "options" | "recovered";
}

/** Why there are no rows, in words a person can act on. */
export interface OpenFailed {
  readonly fileName: string;
  readonly kind: string;
  readonly message: string;
  /** Buttons to offer; each comes back as an `act` request. */
  readonly actions: readonly Action[];
}

export type ActionName = "retry" | "reopenAsText" | "restartServer" | "showLogs" | "selectInterpreter" | "chooseEncoding";

export interface Action {
  readonly name: ActionName;
  readonly title: string;
}

/** Requests the webview makes: `[params, result]`. Every one is answered, with a result or an error. */
export interface FromWebview {
  /** The webview can draw. `opening`, then `opened` or `openFailed`, follow as events. */
  ready: [void, { readonly settings: GridSettings; readonly strings: Readonly<Record<string, string>> }];
  page: [{ readonly generation: number; readonly start: number; readonly count: number }, P.Page];
  /** Rows of single records, in the order asked for. */
  pick: [{ readonly generation: number; readonly records: readonly number[] }, P.PickResult];
  cell: [
    { readonly generation: number; readonly row: number; readonly column: number; readonly start: number; readonly count: number },
    P.CellText,
  ];
  problems: [{ readonly generation: number; readonly start: number; readonly count: number }, P.ProblemsResult];
  find: [
    {
      readonly generation: number;
      readonly searchId: string;
      readonly text: string;
      readonly matchCase: boolean;
      readonly wholeCell: boolean;
      readonly fromRow: number;
      readonly limit: number;
    },
    P.FindResult,
  ];
  /** Ends a search; its `find` request is then answered with an error of kind `cancelled`. */
  cancelFind: [{ readonly searchId: string }, void];
  /**
   * Puts cells on the clipboard, fetching what is not drawn and the whole of truncated cells; shows progress and can be
   * cancelled there. With `wholeRows`, cells beyond the last column are copied too; `leftOut` are those of them that the
   * format has no place for. Where only some records are shown, `records` are those of the range that are.
   */
  copy: [
    {
      readonly generation: number;
      readonly range: CellRange;
      readonly records: readonly number[] | null;
      readonly wholeRows: boolean;
      readonly format: CopyFormat;
      readonly header: boolean;
    },
    { readonly rows: number; readonly cells: number; readonly leftOut: number },
  ];
  copyText: [{ readonly text: string }, void];
  /** Reads the file again with the same options, returning rows from `firstRow` on in the `opened` event that follows. */
  reload: [{ readonly firstRow: number }, void];
  act: [{ readonly name: ActionName }, void];
  /** Shows VS Code's own picker for an option (`delimiter`, `encoding`, `header` …). */
  pickOption: [{ readonly key: string }, void];
  /** What the status bar should say of the selection, for instance "R5 C2" or "3 rows × 2 columns"; empty for none. */
  selection: [{ readonly text: string }, void];
}

/** Events the host sends. */
export interface ToWebview {
  opening: { readonly fileName: string; readonly message: string; readonly percent: number | null };
  opened: Opened;
  openFailed: OpenFailed;
  progress: P.DidProgress;
  found: P.DidFind;
  changed: P.DidChange;
  failed: P.DidFail;
  /** The server went away or came back; after `running` an `opened` with reason `recovered` follows. */
  server: { readonly state: "starting" | "running" | "stopped"; readonly message: string };
  settings: GridSettings;
  command: GridCommand;
}

/** Commands of the palette and of keybindings that the grid carries out. */
export type GridCommand =
  | { readonly name: "find" | "findNext" | "findPrevious" | "showProblems" | "showCell" | "selectAll" | "autoFitColumns" | "goToEnd" | "goToStart" }
  | { readonly name: "goToRow"; readonly row: number; readonly column?: number }
  | { readonly name: "copy"; readonly format: CopyFormat; readonly header: boolean };

export type RequestName = keyof FromWebview;
export type EventName = keyof ToWebview;

/** The envelope of a request from the webview. */
export interface RequestEnvelope<K extends RequestName = RequestName> {
  readonly id: number;
  readonly request: K;
  readonly params: FromWebview[K][0];
}

/** An error as it crosses to the webview; `kind` is stable, the message is for people. */
export interface MessageError {
  readonly kind: string;
  readonly message: string;
}

/** The answer to one request. */
export type ReplyEnvelope<K extends RequestName = RequestName> =
  | { readonly replyTo: number; readonly ok: FromWebview[K][1] }
  | { readonly replyTo: number; readonly error: MessageError };

/** The envelope of an event from the host. */
export interface EventEnvelope<K extends EventName = EventName> {
  readonly event: K;
  readonly body: ToWebview[K];
}
