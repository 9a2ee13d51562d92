// Generated from thoth_ls/wire by scripts/generate_protocol.py. Do not edit.

/** Asks for the text of one cell, from byte `start` of its UTF-8 form on. */
export interface CellParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  row: number;
  column: number;
  start?: number;
  /** At most so many bytes; whole characters are returned. */
  count?: number;
}

/** The text of a cell, or a part of it. */
export interface CellText {
  text: string;
  /** Length of the whole text in bytes of UTF-8. */
  sizeBytes: number;
  /** Where to go on reading, null at the end. */
  next: number | null;
}

/** Asks for the children of a value, or (without a record) for records, from position `start` on. */
export interface ChildrenParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  record: number | null;
  /** @maxItems 200000 */
  path?: (number | string)[];
  start: number;
  count: number;
}

/** A window of children. */
export interface ChildrenResult {
  kind: "records" | "object" | "array";
  /** How many there are; of records, how many have been found so far. Null where counting would take too long. */
  count: number | null;
  start: number;
  /** JSON text: an array of `Summary`; fewer than asked for at the end, or where the answer would be too long. */
  children: string;
}

/** One value an option can take. */
export interface Choice {
  value: string;
  label: string;
}

/** Asks for a document to be closed; closing what is not open is no error. */
export interface CloseParams {
  documentId: string;
}

/** One column of a tabular document. */
export interface Column {
  /** As the header row gives it, or a made-up name where there is no header; two columns may share a name. */
  name: string;
  /** A hint from a sample of the values. */
  type: "text" | "integer" | "float" | "boolean" | "date" | "time" | "timestamp" | "uuid" | "json";
  /** Cell texts that stand for "no value" in this column, for instance `NA`. */
  nulls: string[];
  /** Names and positions that lead from a record to the value its cells show; null where that is not known. */
  path: (string | number)[] | null;
}

/** One argument of a command. */
export interface CommandArgument {
  id: string;
  help: string;
  required: boolean;
  /** Given by its place, as `--long VALUE`, or as `--long` alone. */
  kind: "positional" | "option" | "flag";
  long: string | null;
  short: string | null;
  valueName: string | null;
}

/** Commands of enabled plugins, by plugin and in the plugins' own order. */
export interface CommandList {
  commands: PluginCommand[];
  problems: CommandProblem[];
}

/** One command of one plugin. */
export interface PluginCommand {
  pluginId: string;
  pluginName: string;
  /** Unique within the plugin. */
  name: string;
  about: string;
  arguments: CommandArgument[];
  examples: string[];
}

/** Why a plugin's commands cannot be told. */
export interface CommandProblem {
  pluginId: string;
  message: string;
}

/** What the person decided; the result null (or no answer) means `deny`. */
export interface ConsentAnswer {
  choice: "once" | "untilClosed" | "always" | "deny" | "denyAlways";
}

/** Asks whether a plugin may reach a host. Sent one at a time, and only for what its manifest declares. */
export interface ConsentQuestion {
  pluginId: string;
  /** Made harmless, as are all texts of plugins here. */
  pluginName: string;
  version: string;
  /** As in `PluginInfo.origin`. */
  origin: string;
  kind: "http" | "websocket" | "tcp";
  /** Of HTTP, for instance GET; empty for others. */
  method: string;
  /** `scheme://host:port`, the scheme one of http, https and tcp: what would be granted. */
  target: string;
  host: string;
  port: number;
  /** What the host's name was resolved to just now: these alone would be connected to. Empty with a proxy. */
  addresses: string[];
  /** Whether the addresses are those of this machine or a private network: a grant of its own kind. */
  local: boolean;
  /** Why the plugin needs the network, in its author's words. */
  reason: string;
  /** The target that redirected here, null where the plugin itself asked for this one. */
  redirectedFrom: string | null;
  /** How many attempts that differ in nothing shown here wait for the answer: `once` is for all of them. */
  waiting: number;
}

/** A table, or a panel that would make one. */
export interface DatasetInfo {
  panelId: string;
  pluginId: string;
  pluginName: string;
  /** Published through `dataset-bus`, or made by `data-producer.provide-dataset` when it is asked for. */
  kind: "published" | "producer";
  /** Of a published one; empty for a producer. */
  handle: string;
  /** Of a published one; of a producer the title of its panel. */
  name: string;
  rows: number;
  columns: number;
  revision: number;
}

/** Everything there is, of all open panels. */
export interface DatasetList {
  datasets: DatasetInfo[];
}

/**
 * The file changed on disk: rows of this generation are no longer served, `reopenWith` reads it anew.
 *
 * `reloaded`: not the file but the plugin that reads it is another by now, or was switched on again; or the document
 * is a data set that has other rows now, whose old ones are served until it is read anew.
 */
export interface DidChange {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  change: "replaced" | "truncated" | "appended" | "modified" | "deleted" | "restored" | "reloaded";
  /** The same as a sentence. */
  message: string;
}

/** There are others, or other rows in them: the list may be asked for again. */
export interface DidChangeDatasets {}

/** Decisions have changed, or the switch. */
export interface DidChangeNetworkGrants {
  pluginIds: string[];
}

/** Plugins came, went, or changed their state; whoever shows them asks for the list again. */
export interface DidChangePlugins {
  pluginIds: string[];
  reason:
    "installed" | "removed" | "enabled" | "disabled" | "reloaded" | "permissions" | "settings" | "crashed" | "warnings";
  /** What to tell a person, for instance why a rebuilt plugin cannot be used. */
  message: string | null;
}

/** Themes came, went or have other colours; all of them may have. */
export interface DidChangeThemes {}

/** The panel has ended without being asked to: its plugin was switched off, removed or changed. */
export interface DidClosePanel {
  panelId: string;
  message: string;
  /** Where it can be opened again with this state at once, because the plugin was only built anew. */
  state: string | null;
  again: boolean;
}

/** Reading on in the background ended with an error; the rows read so far stay available where possible. */
export interface DidFail {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  /** An error kind, as in the `data` of an error response. */
  kind: string;
  message: string;
}

/** A call of the plugin failed. What it looked like last stays; what was done to it may have been lost. */
export interface DidFailPanel {
  panelId: string;
  /** As in errors: `pluginTrapped`, `pluginLimitHit`, `pluginRefused` … */
  kind: string;
  message: string;
  /** Whether it takes no more events until `thoth/panel/restart`. */
  ended: boolean;
}

/** Some cells that match, in file order. */
export interface DidFind {
  documentId: string;
  searchId: string;
  /** Pairs of record and column, both counted from 0. */
  matches: [number, number][];
  /** Records searched so far. */
  scannedRows: number;
}

/** Something a plugin wrote to its standard error stream. */
export interface DidLog {
  pluginId: string;
  level: "info" | "warning" | "error";
  text: string;
}

/** Something went on; sent at most five times a second. */
export interface DidNetworkActivity {
  last: number;
}

/** More of the file has been read; sent at most ten times a second, and once when done. */
export interface DidProgress {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  progress: Progress;
  /** Malformed records found so far. */
  problems: number;
  /** All columns, where some have turned up since they were told last; they only grow at the end. */
  columns: Column[] | null;
}

/** How far the file has been read. */
export interface Progress {
  /** Records found so far; exact once `done`. */
  records: number;
  bytesDone: number;
  bytesTotal: number;
  done: boolean;
}

/** The panel has another tree, title or icon. */
export interface DidRenderPanel {
  panelId: string;
  view: PanelView;
}

/** What a panel looks like now. */
export interface PanelView {
  /** Grows by at least one each time; a view that is older than one already drawn is to be thrown away. */
  revision: number;
  /** One node as JSON text (docs/ui-nodes.md); null where the plugin shows nothing at this place. */
  node: string | null;
  /** Logical pixels, 0 for whatever there is. */
  heightHint: number;
  /** Made harmless, at most 200 bytes. */
  title: string;
  icon: string | null;
}

/** More of a search, in file order; sent at most ten times a second. */
export interface DidSearch {
  documentId: string;
  searchId: string;
  records: RecordHits[];
  /** Records searched so far. */
  scannedRecords: number;
}

/** What was found in one record, in the record's order; of one with very many hits the next message tells more. */
export interface RecordHits {
  record: number;
  hits: SearchHit[];
}

/** One name or value that was found. */
export interface SearchHit {
  /** From the record to the value, by positions. */
  path: number[];
  /** The same path with names where it goes through objects. */
  keys: (string | number)[];
  part: "key" | "value";
  /** Of the value. */
  kind: "object" | "array" | "string" | "number" | "boolean" | "null" | "invalid";
  /** What to show: the text around the first place found, at most 200 characters. */
  preview: string;
  /** What to highlight in the preview, in UTF-16 code units from and to. */
  ranges: [number, number][];
  /** The column of the table that shows it, null where there is none. */
  column: number | null;
}

/** All signals of a panel that hold now; those that ran out are not among them. */
export interface DidSignal {
  panelId: string;
  pluginName: string;
  signals: Signal[];
}

/** A short fact for the status bar. */
export interface Signal {
  key: string;
  value: string;
  status: "ready" | "loading" | "error";
  /** How long it still holds when it is told; null for as long as the guest that gave it. */
  endsInMs: number | null;
}

/** A call has been running for a moment, or no longer runs. */
export interface DidWorkPanel {
  panelId: string;
  busy: boolean;
}

/** No parameters, or no result beyond "it worked". */
export interface Empty {}

/** Switches a plugin on or off, at once and in every open view. */
export interface EnablePluginParams {
  pluginId: string;
  enabled: boolean;
  /** Where the choice is kept: for every window, or for this workspace alone. */
  scope?: "user" | "workspace";
}

/** One choice a person has before exporting. */
export interface ExportOption {
  key: string;
  label: string;
  kind: "text" | "bool" | "select";
  /** `true` or `false` for a bool. */
  default: string;
  /** Of a select; else empty. */
  choices: string[];
}

/** Exports, once the file has been read as far as is wanted. Cancelling the request removes what was written. */
export interface ExportParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  pluginId: string;
  /** By key; one that is absent has its default. */
  options?: {
    [k: string]: string;
  };
  scope?: ExportScope;
  /** A `file:` URI; the file appears there when it is complete. */
  target: string;
  /** Whether a file that is there may be replaced; else the answer is the error `fileExists`. */
  overwrite?: boolean;
  workDoneToken?: number | string | null;
}

/** Which records and columns; all of them where nothing is said. At most one of rows, records and search. */
export interface ExportScope {
  rows?: [number, number] | null;
  /** Single records, ascending. */
  records?: number[] | null;
  search?: SearchScope | null;
  columns?: number[] | null;
}

/** The records in which something is found; see `SearchParams`. */
export interface SearchScope {
  query: string;
  mode?: "text" | "regex" | "jsonpath";
  matchCase?: boolean;
  wholeWord?: boolean;
  scope?: "both" | "keys" | "values";
}

/** A file that was written. */
export interface ExportResult {
  records: number;
  bytes: number;
  /** Sentences a person should read, for instance about columns that turned up late. */
  notes: string[];
}

/** Which records and columns; all of them where nothing is said. At most one of rows, records and search. */
export interface ExportScope1 {
  rows?: [number, number] | null;
  /** Single records, ascending. */
  records?: number[] | null;
  search?: SearchScope | null;
  columns?: number[] | null;
}

/** One plugin that writes files. */
export interface ExporterInfo {
  pluginId: string;
  /** The format as people call it. */
  name: string;
  /** Without the dot. */
  extension: string;
  /** Whether it writes record by record, so that files of any size can be exported. */
  streaming: boolean;
  options: ExportOption[];
  /** Why it cannot be used; options are empty then. */
  problem: string | null;
  /**
   * Nobody has decided yet what it may do, so it was not run: name and extension are those of its manifest, options
   * and `streaming` are not known. Asking for it by its id has a person decide first.
   */
  undecided: boolean;
}

/** Enabled exporters, by name. */
export interface ExporterList {
  exporters: ExporterInfo[];
}

/** Asks the person for a file of the machine the server runs on. */
export interface FileDialogParams {
  mode: "open" | "save";
  /** Who asks; made harmless, as is the title. */
  pluginName: string;
  title: string;
  /** A file name without folders; empty for none. */
  defaultName: string;
  /** Without the dot; empty for any. */
  extensions: string[];
}

/** What was picked. */
export interface FileDialogResult {
  /** A `file:` address; null where the person cancelled. */
  uri: string | null;
}

/** A line of the file, or a piece of a long one. */
export interface FileLine {
  /** Byte it begins at. */
  at: number;
  /** Its length, the line break included. */
  bytes: number;
  /** Without the line break; at most 16 KiB of the file, a longer line comes in pieces. */
  text: string;
  /** Whether the line goes on in the next item. */
  continued: boolean;
}

/** A part of the file as text, in UTF-8 (after decompression and transcoding). */
export interface FileText {
  lines: FileLine[];
  /** Length of the whole text in bytes. */
  size: number;
}

/** Asks for the text of the file around a byte of it, whole lines where they are not too long. */
export interface FileTextParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  offset: number;
  /** About so many bytes in front of `offset`. */
  before?: number;
  /** About so many bytes from `offset` on. */
  after?: number;
}

/** Asks for the cells that hold a text: they stream in as `thoth/document/didFind`, the answer closes the search. */
export interface FindParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  /** Chosen by the client, repeated in the notifications. */
  searchId: string;
  text: string;
  matchCase?: boolean;
  wholeCell?: boolean;
  /** Where to begin. */
  fromRow?: number;
  /** Stop after so many cells. */
  limit?: number;
  workDoneToken?: number | string | null;
}

/** How a search ended. */
export interface FindResult {
  /** Cells found. */
  total: number;
  /** Where to go on when the limit was reached, null when the whole file has been searched. */
  nextRow: number | null;
}

/** The panel came to the front, or is no longer there. */
export interface FocusPanelParams {
  panelId: string;
  focused: boolean;
}

/** Asks what is known of a document so far. */
export interface InfoParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
}

/** How far a document has been read, and what that took. */
export interface InfoResult {
  progress: Progress;
  /** Malformed records found so far. */
  problems: number;
  /** Memory that is taken by what is kept of where the records are; null where the plugin does not say. */
  indexBytes: number | null;
  /** From the beginning of opening the file to its end, or up to now while it is being read. */
  seconds: number;
}

/** Keeps a theme among the user's plugins, as a plugin of its own. */
export interface InstallThemeParams {
  name: string;
  dark: boolean;
  /** By token; what is left out is the default of the same darkness. */
  colors: {
    [k: string]: string;
  };
}

/** It can be chosen now. */
export interface InstallThemeResult {
  themeId: string;
  /** The plugin's folder, as an address (`file:`). */
  folder: string;
}

/** Asks for the commands of every enabled plugin, or of one. */
export interface ListCommandsParams {
  /** Null for all plugins. */
  pluginId?: string | null;
}

/** Asks for all exporters, or for one. */
export interface ListExportersParams {
  /** Null for all that are enabled. */
  pluginId?: string | null;
}

/** A plugin that can open a file. */
export interface LoaderChoice {
  pluginId: string;
  name: string;
  description: string;
  /**
   * Why it is offered: a setting names it for this ending, the ending of the name, the content, or only because a
   * person may know better.
   */
  match: "setting" | "name" | "content" | "other";
  /** The same as a sentence. */
  reason: string;
  /** Whether it would be taken without being asked for. */
  default: boolean;
}

/** Asks which plugins can open a file. */
export interface LoadersParams {
  uri: string;
}

/** Plugins that can open a file, the best first. */
export interface LoadersResult {
  loaders: LoaderChoice[];
  /** The ending that decided, lower case and without the dot, empty where there is none. */
  extension: string;
}

/** Asks which value stands at a byte of the file. */
export interface LocateParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  offset: number;
}

/** A place in the tree; `record` is null where there is no value. */
export interface LocateResult {
  record: number | null;
  path: number[];
  part: "key" | "value";
}

/** The newest attempts that were asked for, in their order. */
export interface NetworkActivities {
  entries: NetworkActivity[];
  /** Number of the newest attempt of all. */
  last: number;
  /** How many earlier ones are no longer kept in memory; the log file has them. */
  dropped: number;
  /** Absolute path of the log: one JSON object a line. */
  logFile: string;
}

/**
 * One attempt: a request or one hop of its redirects, a WebSocket connection, a TCP stream.
 *
 * The last two are there twice: once they are `connected`, so that one sees what is open, and when they have ended.
 */
export interface NetworkActivity {
  /** From 1, in the order in which attempts ended, or were connected. */
  number: number;
  /** When it began: RFC 3339, UTC. */
  at: string;
  pluginId: string;
  kind: "http" | "websocket" | "tcp";
  method: string;
  /** Without what may be secret: user names and values of the query are left out. */
  url: string;
  /**
   * `connected`: allowed, and not over yet; `refused` by a rule or a person; `asked`: waiting for a person; `failed`
   * on the way.
   */
  verdict: "allowed" | "connected" | "refused" | "asked" | "failed" | "cancelled";
  /** The rule, grant or failure, as a sentence. */
  why: string;
  /** The address that was connected to. */
  address: string | null;
  /** Of HTTP, or the close code of a WebSocket. */
  status: number | null;
  /** For instance `HTTP/2`, `TLSv1.3`. */
  protocol: string | null;
  sentBytes: number;
  receivedBytes: number;
  timing: NetworkTiming;
  /** Values of headers that may hold secrets are replaced by `…`. */
  requestHeaders: [string, string][];
  responseHeaders: [string, string][];
  redirectedFrom: string | null;
}

/** Milliseconds of one attempt; null for what did not happen (a connection that was used again). */
export interface NetworkTiming {
  dns: number | null;
  connect: number | null;
  tls: number | null;
  firstByte: number | null;
  total: number;
}

/** Asks for attempts. */
export interface NetworkActivityParams {
  /** Those with a greater number. */
  after?: number;
  limit?: number;
  /** Of this plugin alone. */
  pluginId?: string | null;
}

/** One decision about what a plugin may reach. */
export interface NetworkGrant {
  pluginId: string;
  /** `scheme://host:port`, as `[permissions] network.hosts` writes them; `tcp://host:port` for TCP. */
  pattern: string;
  decision: "allowed" | "denied";
  duration: "untilClosed" | "user" | "workspace";
  /** Whether it is about addresses of this machine or a private network; others are never reached by it. */
  local: boolean;
  /** Of a local grant: the addresses it is for; empty for any local ones (`localhost`, or written by hand). */
  addresses: string[];
  verification: "verify" | "caFile" | "insecure";
  /** Absolute path of the certificates, for `caFile`. */
  caFile: string | null;
  /** When it was decided: RFC 3339, UTC. */
  since: string;
}

/** All decisions, those of one plugin together. */
export interface NetworkGrants {
  /** Whether plugins may use the network at all (`thoth.network.enabled`, and the workspace is trusted). */
  enabled: boolean;
  /** Why not, as a sentence. */
  whyNot: string | null;
  grants: NetworkGrant[];
}

/** Has a table made ready to be opened as a document. */
export interface OpenDatasetParams {
  panelId: string;
  /** Empty to ask the panel's plugin for one (`provide-dataset`). */
  handle: string;
}

/** Asks for a file to be opened. */
export interface OpenDocumentParams {
  /** A `file:` URI, or a `thoth-data:` one that `thoth/panel/data` or `thoth/dataset/open` gave. */
  uri: string;
  /** Overrides what would be detected, for instance `{"delimiter": ";"}`. */
  options?: {
    [k: string]: string;
  };
  /** The plugin to open it with; null means the one chosen for the file's name and content. */
  pluginId?: string | null;
  /** How many records to return with the answer. */
  firstRows?: number;
  /** Reports progress of decompression and transcoding, which come before the first row. */
  workDoneToken?: number | string | null;
}

/** An open document and its first rows; the rest is read in the background. */
export interface OpenDocumentResult {
  documentId: string;
  generation: number;
  uri: string;
  pluginId: string;
  pluginName: string;
  columns: Column[];
  options: OpenOption[];
  /** Sentences a person should read, for instance about a guess that may be wrong. */
  notes: string[];
  progress: Progress;
  firstPage: Page;
  /** Size of the file on disk, before decompression. */
  sizeBytes: number;
  /** What the plugin can see: this file alone, or (where no private link could be made) its folder, read-only. */
  sandbox: "file" | "folder";
  /** How the plugin would have the file shown: as a table, as a tree, or drawn by `thoth/document/render`. */
  display: "table" | "tree" | "custom";
  /** Whether values nest, so that a tree shows more than a table. */
  nested: boolean;
  /** Whether there is a file whose text `thoth/document/fileText` reads: not for a table that a plugin handed over. */
  hasText: boolean;
}

/** How the file is being read, and how else it could be. */
export interface OpenOption {
  /** For instance `delimiter`, `encoding`, `header`. */
  key: string;
  label: string;
  /** The value in force. */
  value: string;
  /** Other values a person may choose; empty when any text is accepted. */
  choices: Choice[];
}

/** A window of consecutive records. */
export interface Page {
  /** Index of the first record, counted from 0. */
  start: number;
  /** How many records `rows` holds. */
  count: number;
  /**
   * JSON text: an array of records, each an array of cells. A cell is a string; `{"text", "bytes"}` where `text` is
   * the beginning of a longer text of `bytes` bytes of UTF-8; null where the record has no such cell; or, where it is
   * no string, `{"text", "kind", "bytes"?, "count"?}` with `kind` number, boolean, null, object, array or invalid
   * and `count` the children of objects and arrays. A record may have fewer or more cells than columns.
   */
  rows: string;
}

/** Starts an instance for a tab or a view of the side bar. The person may be asked what the plugin may do. */
export interface OpenPanelParams {
  pluginId: string;
  place: "tab" | "sidebar";
  /** What it was when it was last seen, or what it is to begin with; null for a fresh one. */
  state: string | null;
}

/** Asks for records `start` to `start + count`. */
export interface PageParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  start: number;
  count: number;
}

/** A piece of a body: as much as was asked for, less only at its end. */
export interface PanelBytes {
  base64: string;
  /** Bytes of the whole body. */
  size: number;
}

/** Asks for a piece of a body that this plugin received, to be drawn by a node `image`. */
export interface PanelBytesParams {
  panelId: string;
  handle: string;
  offset: number;
  count: number;
}

/** A document that `thoth/document/open` opens, until the panel is closed or lets go of it. */
export interface PanelData {
  /** `thoth-data:/<token>/<name>`; nobody can guess one. */
  uri: string;
  name: string;
}

/** Asks for what a node `data-view` shows: a data set this plugin published, or a body it received. */
export interface PanelDataParams {
  panelId: string;
  handle: string;
  /** A file name for a body, whose ending says what it is; empty for none. */
  name: string;
}

/**
 * Something the person did. Events of a panel are handled one at a time, in order.
 *
 * Cancelling the request drops an event that waits, and leaves one that runs to its end (`thoth/panel/stop` ends it).
 */
export interface PanelEventParams {
  panelId: string;
  widgetId: string;
  kind: string;
  value: string;
}

/** The plugin has taken it in. Its tree came before, as `thoth/panel/didRender`. */
export interface PanelEventResult {
  revision: number;
}

/** A plugin that may have panels. Nothing of it is run to tell this. */
export interface PanelInfo {
  pluginId: string;
  /** Made harmless. */
  name: string;
  /** One character of the Phosphor font. */
  icon: string | null;
  description: string;
}

/** All of them, switched on and usable, by name. */
export interface PanelList {
  panels: PanelInfo[];
}

/** A panel that runs until it is closed. */
export interface PanelOpened {
  panelId: string;
  view: PanelView;
  /** A sentence for the person where not all went well, for instance a state that was refused. */
  note: string | null;
}

/** An open panel; an unknown one is an error `unknownPanel`. */
export interface PanelRef {
  panelId: string;
}

/** What to give to `thoth/panel/open` to continue from here. */
export interface PanelState {
  /** Null where the plugin keeps nothing or would not say. */
  state: string | null;
}

/** One need of a plugin. */
export interface Permission {
  need:
    "network" | "tcp" | "secure-storage" | "file-dialog" | "open-tabs" | "read-datasets" | "opened-file" | "headless";
  /** The need as people call it, for instance "Reach hosts on the network". */
  title: string;
  /** What it is limited to, for instance host patterns; empty where the need has no scope. */
  scope: string[];
  /** Why, in the author's words: untrusted text. */
  reason: string;
  decision: "granted" | "denied" | "ask";
}

/** What the person decided: needs that are named in neither list are asked for again next time. */
export interface PermissionAnswer {
  granted: (
    "network" | "tcp" | "secure-storage" | "file-dialog" | "open-tabs" | "read-datasets" | "opened-file" | "headless"
  )[];
  denied: (
    "network" | "tcp" | "secure-storage" | "file-dialog" | "open-tabs" | "read-datasets" | "opened-file" | "headless"
  )[];
}

/** Asks the person, once for all needs that are undecided; sent before the plugin runs for the first time. */
export interface PermissionQuestion {
  pluginId: string;
  pluginName: string;
  version: string;
  /** As in `PluginInfo.origin`. */
  origin: string;
  /** Those to be decided. */
  permissions: Permission[];
  /** Whether the plugin was granted needs before and now asks for more. */
  update: boolean;
}

/** Asks for the rows of records that need not follow each other. */
export interface PickParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  /**
   * In the order the rows are wanted in; read fastest where they ascend.
   *
   * @maxItems 500
   */
  records: number[];
}

/** Rows of single records. */
export interface PickResult {
  /**
   * How many rows there are, those of the first records asked for: fewer where the answer would be too long, or where
   * a record is not there.
   */
  count: number;
  /** JSON text, as in a `Page`. */
  rows: string;
}

/** All there is to know of one plugin. */
export interface PluginDetails {
  plugin: PluginInfo;
  /** README.md beside the manifest, at most 256 KiB; untrusted markdown. */
  readme: string | null;
  usage: PluginUsage;
  /** Size of what it keeps by `plugin-storage` and of its settings. */
  storageBytes: number;
  /** The last lines it wrote to its log, the oldest first. */
  log: string[];
}

/** One installed plugin. */
export interface PluginInfo {
  id: string;
  name: string;
  version: string;
  description: string;
  author: string;
  homepage: string | null;
  license: string | null;
  keywords: string[];
  /** A glyph of the Phosphor font, as in the manifest. */
  icon: string | null;
  /** File name extensions it opens, lower case, without the dot. */
  extensions: string[];
  /** As in the manifest, for instance `file-loader`. */
  capabilities: string[];
  origin: "bundled" | "user" | "development" | "workspace";
  /** Path of its folder. */
  folder: string;
  state: "enabled" | "disabled" | "unusable";
  /** Why it cannot be used, null when it can. */
  problem: string | null;
  /** Sentences a person should read, for instance about unknown keys of the manifest. */
  warnings: string[];
  /** What it declares it needs; empty where it needs nothing. */
  permissions: Permission[];
  /** Whether there is something to set: declared settings, or a page of its own. */
  hasSettings: boolean;
  hasReadme: boolean;
}

/** What one plugin has used up at most, over all its instances since the server started. */
export interface PluginUsage {
  calls: number;
  /** Instructions, roughly, of the costliest call. */
  peakFuel: number;
  /** Of the longest call. */
  peakMilliseconds: number;
  /** 0 where it cannot be told (only Linux tells). */
  peakMemoryBytes: number;
  crashes: number;
  /** What the last crash was, as a sentence. */
  lastCrash: string | null;
  /** Running now. */
  instances: number;
}

/** The installed plugins, by id; two of one id may be listed, of which at most one is usable. */
export interface PluginList {
  plugins: PluginInfo[];
}

/** Names one plugin. */
export interface PluginRef {
  pluginId: string;
}

/** One declared setting and its values. */
export interface PluginSetting {
  key: string;
  type: "string" | "number" | "integer" | "boolean" | "enum" | "secret";
  title: string;
  description: string;
  /** As JSON text; null for secrets and where there is none. */
  default: string;
  /** Of an `enum`; else empty. */
  choices: string[];
  minimum: number | null;
  maximum: number | null;
  /** The user's value as JSON text, null where none is set. Of a secret `true` or null: its text is never told. */
  user: string | null;
  /** The workspace's value as JSON text, which wins. */
  workspace: string | null;
}

/** Something a person did on a page drawn by the plugin. */
export interface PluginSettingsEventParams {
  pluginId: string;
  widgetId: string;
  /** For instance `click` or `change`. */
  kind: string;
  value: string;
}

/** The page as it is now. */
export interface PluginSettingsEventResult {
  node: string | null;
  height: number;
}

/** What there is to set. */
export interface PluginSettingsResult {
  settings: PluginSetting[];
  /** The page the plugin draws itself (`plugin-settings.render-settings`), a node as JSON text; null without one. */
  node: string | null;
  /** Height the page wants in logical pixels, 0 for no wish. */
  height: number;
  /** Why the page could not be drawn. */
  problem: string | null;
}

/** A record that is not well formed. It is kept and shown; this says what is odd about it. */
export interface Problem {
  /** Index of the record, counted from 0. */
  record: number;
  /** Line of the file the record begins on, counted from 0. */
  line: number;
  /** Byte of the file the problem is at (of the decompressed or transcoded text where there was one). */
  offset: number;
  kind: string;
  message: string;
}

/** Asks for the malformed records found so far. */
export interface ProblemsParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  start: number;
  count: number;
}

/** Malformed records in file order. */
export interface ProblemsResult {
  problems: Problem[];
  /** All that were found, which can be more than are kept (10,000). */
  total: number;
  /** Whether the whole file has been read. */
  complete: boolean;
}

/** Has a colour theme of VS Code made into one of ours. */
export interface ReadVsCodeThemeParams {
  /** Of its file, JSON with comments; what it includes has been put in already. */
  text: string;
  name: string;
  editorKind: "dark" | "light" | "highContrastDark" | "highContrastLight";
}

/** Asks for records `start` to `start + count` as JSON text. */
export interface RecordsParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  start: number;
  count: number;
}

/** Records as JSON text. */
export interface RecordsResult {
  /**
   * Each as it stands in the file, of a table an object of its columns. There are fewer at the end, where the rest
   * has not been read yet, and where the answer would become too long.
   */
  records: string[];
  /** Whether the record behind these is too long to be told at once; `thoth/document/valueText` tells it in parts. */
  tooLarge: boolean;
}

/** Asks the plugin to draw records `start` to `start + count`. */
export interface RenderParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  start: number;
  count: number;
}

/** Drawn records. */
export interface RenderResult {
  start: number;
  /** How many records `nodes` holds. */
  count: number;
  /**
   * JSON text: an array with one item a record, `{"node": {…}, "height": n}` (a node of the user-interface tree and
   * the height wanted in logical pixels, 0 for no wish) or `{"error": "…"}`, a sentence.
   */
  nodes: string;
}

/** Asks a renderer to draw records `start` to `start + count`, or single ones. */
export interface RenderTableParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  pluginId: string;
  start: number;
  count: number;
  /** Records to draw instead, ascending. */
  records?: number[] | null;
}

/** A drawn table. */
export interface RenderTableResult {
  /** A node of the user-interface tree as JSON text. */
  node: string;
  start: number;
  /** How many records it was given: fewer at the end, and where the rest would be too much for one call. */
  count: number;
}

/** One plugin that draws tables in another way. */
export interface RendererInfo {
  pluginId: string;
  name: string;
}

/** All enabled renderers, by name. */
export interface RendererList {
  renderers: RendererInfo[];
}

/** Asks for the document to be read again: after a change on disk, with other options or by another plugin. */
export interface ReopenParams {
  documentId: string;
  /** Overrides, replacing those of the last open as a whole. */
  options?: {
    [k: string]: string;
  };
  /** Null keeps the plugin. */
  pluginId?: string | null;
  /** Where the rows of the answer begin, so that a reload can keep its place (as far as they are known yet). */
  firstRow?: number;
  firstRows?: number;
  workDoneToken?: number | string | null;
}

/**
 * Asks what a theme looks like everywhere; an unknown one is an error `unknownTheme`.
 *
 * So is an empty id: the server does not know the colours of the editor's own theme. A client that shows web views
 * without a theme makes the tokens of them by itself (docs/themes.md, “With no theme”).
 */
export interface ResolveThemeParams {
  themeId: string;
  editorKind: "dark" | "light" | "highContrastDark" | "highContrastLight";
}

/** What becomes of a theme (docs/themes.md). */
export interface ResolvedTheme {
  themeId: string;
  name: string;
  dark: boolean;
  /** Variable of our webviews → colour. */
  css: {
    [k: string]: string;
  };
  /** Workbench colour id → colour. */
  workbench: {
    [k: string]: string;
  };
  textMateRules: TextMateRule[];
  /** Selector of semantic tokens → colour. */
  semanticRules: {
    [k: string]: string;
  };
}

/** As in `editor.tokenColorCustomizations.textMateRules`. */
export interface TextMateRule {
  name: string;
  scope: string[];
  settings: TextMateSettings;
}

/** How a scope is written. */
export interface TextMateSettings {
  foreground: string;
  /** `italic`, `bold`, `underline`, or nothing. */
  fontStyle: string;
}

/** Runs a command of a plugin; cancelling the request stops it. */
export interface RunCommandParams {
  pluginId: string;
  name: string;
  /** By argument id; flags that are left out are false. */
  values: {
    [k: string]: string | boolean;
  };
  workDoneToken?: number | string | null;
  /** Whether the records are wanted as a file that can be opened; else as text. */
  show?: boolean;
  /** Most records wanted in `text`. */
  limit?: number | null;
}

/** What a command returned. */
export interface RunCommandResult {
  /** All the command returned, also where `text` holds fewer. */
  records: number;
  /**
   * A file of JSON records, one a line, for `thoth/document/open`; gone when the server ends. Null where there are no
   * records, or `show` was false.
   */
  uri: string | null;
  /**
   * Where `show` was false, or there is one short record: the records as JSON text, an object a line, their numbers
   * with all the digits they came with.
   */
  text: string | null;
}

/** Asks for values: they stream in as `thoth/document/didSearch`, the answer closes the search. */
export interface SearchParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  /** Chosen by the client, repeated in the notifications. */
  searchId: string;
  query: string;
  /**
   * A text to find; a regular expression, searched in each name and value; or a JSONPath (RFC 9535), applied to each
   * record.
   */
  mode?: "text" | "regex" | "jsonpath";
  matchCase?: boolean;
  wholeWord?: boolean;
  /** Where to look; a JSONPath knows by itself. In a table the keys are the column names, each a hit once. */
  scope?: "both" | "keys" | "values";
  fromRecord?: number;
  /** Stop after so many hits; those of one record are never torn, unless it alone has more than these. */
  limit?: number;
  workDoneToken?: number | string | null;
}

/** How a search ended. */
export interface SearchResult {
  hits: number;
  /** How many records have hits. */
  records: number;
  /** Where to go on when the limit was reached, null when the whole file has been searched. */
  nextRecord: number | null;
  /** Sentences a person should read, for instance about records that are too large for a JSONPath. */
  notes: string[];
}

/** Names all secrets of one plugin. */
export interface SecretOwner {
  owner: string;
}

/** Names one secret. */
export interface SecretRef {
  /** Whose it is: the plugin, by id and origin; never shared. */
  owner: string;
  key: string;
}

/** A secret, null where there is none. */
export interface SecretValue {
  value: string | null;
}

/** What to say in a bug report; holds no file names and no settings values. */
export interface ServerInfo {
  version: string;
  /** Raised when an existing message changes its meaning. */
  protocolVersion: number;
  python: string;
  platform: string;
  wasmtime: string;
  /** Where compiled plugins are kept. */
  cacheFolder: string;
  /** Where the plugins are that the user installed; it need not exist. */
  pluginsFolder: string;
  openDocuments: number;
}

/** Decides about one pattern of one plugin; a decision about the same pattern and duration is replaced. */
export interface SetNetworkGrantParams {
  pluginId: string;
  pattern: string;
  /** `ask` forgets it. */
  decision: "allowed" | "denied" | "ask";
  duration?: "untilClosed" | "user" | "workspace";
  local?: boolean;
  /**
   * As in `NetworkGrant.addresses`: a decision that is changed in something else keeps them.
   *
   * @maxItems 64
   */
  addresses?: string[];
  verification?: "verify" | "caFile" | "insecure";
  caFile?: string | null;
}

/** Decides about one need of a plugin, or (`ask`) forgets what was decided. */
export interface SetPermissionParams {
  pluginId: string;
  need:
    "network" | "tcp" | "secure-storage" | "file-dialog" | "open-tabs" | "read-datasets" | "opened-file" | "headless";
  decision: "granted" | "denied" | "ask";
}

/** Sets or resets one setting; the plugin's instances are told at once. */
export interface SetPluginSettingParams {
  pluginId: string;
  key: string;
  /** JSON text; null resets it. */
  value: string | null;
  scope?: "user" | "workspace";
}

/** Has the client open a file that the server wrote, with Thoth's own viewer where it has one. */
export interface ShowFileParams {
  uri: string;
  title: string;
}

/** Has the client open a tab of a plugin (`ui-tabs.open-tab`), by `thoth/panel/open` with this state. */
export interface ShowPanelParams {
  pluginId: string;
  title: string;
  icon: string | null;
  state: string | null;
}

/** Keeps a secret, or (null) forgets it. */
export interface StoreSecretParams {
  /** Whose it is: the plugin, by id and origin; never shared. */
  owner: string;
  key: string;
  value: string | null;
}

/** One value as a row of the tree shows it. */
export interface Summary {
  /** Its position among its siblings; of a record its number. */
  index: number;
  /** Its name in an object, null elsewhere. */
  key: string | null;
  kind: "object" | "array" | "string" | "number" | "boolean" | "null" | "invalid";
  /**
   * At most 120 characters: a string's text, a number as it stands in the file, some of what is in an object or
   * array. Ends with `…` where it was cut.
   */
  preview: string;
  /** How many children it has; null for a value without any, and where counting would take too long. */
  count: number | null;
  /** Length of its text in the file. */
  bytes: number;
  /** Where it begins and ends, in bytes of the file as the plugin reads it; null where the plugin does not say. */
  at: [number, number] | null;
  /** The same of its name. */
  keyAt: [number, number] | null;
  /** Whether an earlier sibling has the same name. */
  duplicate: boolean;
}

/** A plugin whose themes cannot be had. */
export interface ThemeFailure {
  pluginId: string;
  pluginName: string;
  message: string;
}

/** One theme that can be chosen. */
export interface ThemeInfo {
  /** `<plugin id>/<variant>`: variants of the same name of several plugins are kept apart. */
  themeId: string;
  /** Made harmless, as is the family. */
  name: string;
  family: string;
  dark: boolean;
  pluginId: string;
  pluginName: string;
  /** Whether a plugin makes it when it is asked, so that it may be another next time. */
  dynamic: boolean;
  /** Every token (docs/themes.md) as `#rrggbb` or `#rrggbbaa`, for previews. */
  colors: {
    [k: string]: string;
  };
  /** What its author should read: wrong colours, missing tokens. */
  remarks: string[];
}

/** By family and name; what fails of one plugin changes nothing about the others. */
export interface ThemeList {
  themes: ThemeInfo[];
  failures: ThemeFailure[];
}

/** Asks for all themes as they are for an editor of this kind. */
export interface ThemesParams {
  editorKind: "dark" | "light" | "highContrastDark" | "highContrastLight";
}

/** Deletes a plugin the user installed; others are refused. */
export interface UninstallPluginParams {
  pluginId: string;
  /** Whether its stored data, settings, grants and secrets go too. */
  deleteData: boolean;
}

/** Asks what is known of one value. */
export interface ValueParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  record: number;
  /** @maxItems 200000 */
  path: (number | string)[];
}

/** One value and where it is. */
export interface ValueResult {
  value: Summary;
  /** The path to it by positions. */
  positions: number[];
  /** The same path with names where it goes through objects. */
  keys: (string | number)[];
}

/** Asks for the text of a value from byte `start` of it on. */
export interface ValueTextParams {
  /** Given by `thoth/document/open`, never reused while the server runs. */
  documentId: string;
  /** Which state of the document the caller has seen. */
  generation: number;
  record: number;
  /** @maxItems 200000 */
  path: (number | string)[];
  /** As it stands in the file, or (of a string) what it says. */
  form?: "source" | "decoded";
  start?: number;
  count?: number;
}

/** A theme made of a colour theme of VS Code. */
export interface VsCodeThemeRead {
  name: string;
  dark: boolean;
  /** Every token. */
  colors: {
    [k: string]: string;
  };
  /** Which tokens had to be guessed, and from what. */
  remarks: string[];
}

/** Stable names of the errors; messages may change, these do not. */
export type ErrorKind = "internal" | "unknownDocument" | "documentChanged" | "fileUnreadable" | "unknownEncoding" | "noLoader" | "queryInvalid" | "fileExists" | "fileUnwritable" | "pluginNotFound" | "pluginInvalid" | "pluginRefused" | "pluginTrapped" | "pluginLimitHit" | "pluginDisabled" | "permissionDenied" | "inputInvalid" | "unknownPanel" | "panelBusy" | "buildFailed" | "unknownTheme" | "secretsUnavailable" | "cancelled";

/** What a plugin can run out of. */
export type Limit = "fuel" | "deadline" | "memory" | "tables" | "instances" | "stack" | "resultSize" | "hostCalls" | "log";

/** The `data` of an error response. */
export interface ErrorData {
  kind: ErrorKind;
  /** The plugin it is about, if it is about one. */
  pluginId?: string;
  /** The export the plugin was in. */
  export?: string;
  /** Which limit was hit, for `pluginLimitHit`. */
  limit?: Limit;
}
