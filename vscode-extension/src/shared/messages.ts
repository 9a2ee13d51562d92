/** What the extension host and the grid's webview say to each other: one map each way, errors included. */
import type * as P from "../generated/protocol";
import type { FileMemory, ViewName } from "./fileMemory";
import type { Path, PathSyntax } from "./paths/path";

/** A rectangle of cells, inclusive on both ends; a whole row or column spans all columns or rows. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export type CopyFormat = "tsv" | "csv" | "json" | "markdown";

/**
 * How a value is written when it is copied: as it stands in the file, what a string says, or laid out on lines or without
 * any spaces, with every number and string as the file has it.
 */
export type ValueForm = "source" | "decoded" | "pretty" | "compact";

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
  readonly memory: FileMemory;
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

/** What of a document is exported. */
export type ExportPart = "all" | "selection" | "search";

export type ActionName =
  | "retry"
  | "reopenAsText"
  | "restartServer"
  | "showLogs"
  | "selectInterpreter"
  | "chooseEncoding"
  | "enablePlugin"
  | "openWith"
  | "reviewPermissions"
  | "showPlugin";

export interface Action {
  readonly name: ActionName;
  readonly title: string;
}

/** A plugin that draws tables in another way. */
export interface Renderer extends P.RendererInfo {
  /** Another one when what it draws may be another, for instance because the plugin was built anew. */
  readonly revision: number;
}

/** What is asked of the server about the open document; the host puts the document's id in. */
export type Asked<Params> = {
  readonly [K in Exclude<keyof Params, "documentId" | "workDoneToken">]: Frozen<Params[K]>;
};
type Frozen<T> = T extends (infer Item)[] ? readonly Item[] : T;

/** Requests the webview makes: `[params, result]`. Every one is answered, with a result or an error. */
export interface FromWebview {
  /** The webview can draw. `opening`, then `opened` or `openFailed`, follow as events. */
  ready: [void, { readonly settings: GridSettings; readonly strings: Readonly<Record<string, string>> }];
  page: [Asked<P.PageParams>, P.Page];
  /** Rows of single records, in the order asked for. */
  pick: [Asked<P.PickParams>, P.PickResult];
  cell: [Asked<P.CellParams>, P.CellText];
  problems: [Asked<P.ProblemsParams>, P.ProblemsResult];
  find: [Asked<P.FindParams>, P.FindResult];
  /** Ends a search; its `find` request is then answered with an error of kind `cancelled`. */
  cancelFind: [{ readonly searchId: string }, void];
  /** Children of a value, or records. */
  children: [Asked<P.ChildrenParams>, P.ChildrenResult];
  value: [Asked<P.ValueParams>, P.ValueResult];
  valueText: [Asked<P.ValueTextParams>, P.CellText];
  locate: [Asked<P.LocateParams>, P.LocateResult];
  /** Searches names and values; what is found comes as `searched` events before the answer does. */
  search: [Asked<P.SearchParams>, P.SearchResult];
  /** Ends a search; its `search` request is then answered with an error of kind `cancelled`. */
  cancelSearch: [{ readonly searchId: string }, void];
  /** Has the plugin draw records. */
  render: [Asked<P.RenderParams>, P.RenderResult];
  fileText: [Asked<P.FileTextParams>, P.FileText];
  /** Has a renderer draw records as one table. */
  renderTable: [Asked<P.RenderTableParams>, P.RenderTableResult];
  /** Shows VS Code's own picker for all renderers; a `command` to show one follows when one is chosen. */
  pickRenderer: [void, void];
  /** Keeps something about the file for the next time it is opened; what is not given stays as it is. */
  remember: [Partial<FileMemory>, void];
  /**
   * Puts a value on the clipboard, however long it is; shows progress and can be cancelled there. Answers with the number
   * of characters.
   */
  copyValue: [
    { readonly generation: number; readonly record: number; readonly path: Path; readonly form: ValueForm },
    { readonly characters: number },
  ];
  /** Opens a web address outside of the editor, after VS Code has asked; other kinds of addresses are refused. */
  openLink: [{ readonly url: string }, void];
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
  /** Exports records: the host asks for the format and the place, and says by itself how it went. */
  exportRecords: [{ readonly generation: number; readonly part: ExportPart; readonly scope: P.ExportScope }, void];
  /** Reads the file again with the same options, returning rows from `firstRow` on in the `opened` event that follows. */
  reload: [{ readonly firstRow: number }, void];
  act: [{ readonly name: ActionName }, void];
  /** Opens the document in an editor of its own. */
  openInEditor: [void, void];
  /** Shows VS Code's own picker for an option (`delimiter`, `encoding`, `header` …). */
  pickOption: [{ readonly key: string }, void];
  /** Whether there are places to go back to and forward to. */
  history: [{ readonly back: boolean; readonly forward: boolean }, void];
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
  searched: P.DidSearch;
  changed: P.DidChange;
  failed: P.DidFail;
  /** The server went away or came back; after `running` an `opened` with reason `recovered` follows. */
  server: { readonly state: "starting" | "running" | "stopped"; readonly message: string };
  settings: GridSettings;
  /** The renderers there are now: some came, went, or have changed. Sent once before the first `opened`. */
  renderers: readonly Renderer[];
  command: GridCommand;
  /** What is kept about the file has been changed elsewhere, for instance in the list of bookmarks. */
  remembered: FileMemory;
}

/** Commands of the palette and of keybindings that the webview carries out. */
export type GridCommand =
  | { readonly name: "find" | "findNext" | "findPrevious" | "search" | "searchNext" | "searchPrevious" | "searchOnly" | "showProblems" | "showCell" | "selectAll" | "autoFitColumns" | "goToEnd" | "goToStart" }
  | { readonly name: "goToRow"; readonly row: number; readonly column?: number }
  /** Shows a byte of the file's text. */
  | { readonly name: "goToByte"; readonly byte: number }
  | { readonly name: "copy"; readonly format: CopyFormat; readonly header: boolean }
  | { readonly name: "showView"; readonly view: ViewName }
  /** Exports everything, what is selected, or what the search that is shown finds; an `exportRecords` request follows. */
  | { readonly name: "export"; readonly part: ExportPart }
  /** Copies the whole document: a single value as it stands in the file, records as JSON. */
  | { readonly name: "copyAll" }
  /** Selects a value wherever it is shown; the empty path is the record. */
  | { readonly name: "reveal"; readonly record: number; readonly path: Path }
  | { readonly name: "copyPath"; readonly syntax: PathSyntax }
  | { readonly name: "copyValue"; readonly form: ValueForm }
  | { readonly name: "copyKey" | "toggleBookmark" | "goBack" | "goForward" | "editPath" }
  | { readonly name: "expandLevel" | "expandAll" | "collapseAll" };

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
