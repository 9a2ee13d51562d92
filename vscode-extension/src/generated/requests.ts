// Generated from thoth_ls/wire by scripts/generate_protocol.py. Do not edit.
import { NotificationType, RequestType } from "vscode-languageclient/node";
import type * as P from "./protocol";

/** Raised when an existing message changes its meaning. */
export const PROTOCOL_VERSION = 1;

/** Request to the server: Asks for a file to be opened. */
export const documentOpen = new RequestType<P.OpenDocumentParams, P.OpenDocumentResult, P.ErrorData>("thoth/document/open");

/** Request to the server: Asks for the document to be read again: after a change on disk, with other options or by another plugin. */
export const documentReopenWith = new RequestType<P.ReopenParams, P.OpenDocumentResult, P.ErrorData>("thoth/document/reopenWith");

/** Request to the server: Asks for records `start` to `start + count`. */
export const documentPage = new RequestType<P.PageParams, P.Page, P.ErrorData>("thoth/document/page");

/** Request to the server: Asks for the rows of records that need not follow each other. */
export const documentPick = new RequestType<P.PickParams, P.PickResult, P.ErrorData>("thoth/document/pick");

/** Request to the server: Asks for the text of one cell, from byte `start` of its UTF-8 form on. */
export const documentCell = new RequestType<P.CellParams, P.CellText, P.ErrorData>("thoth/document/cell");

/** Request to the server: Asks for the malformed records found so far. */
export const documentProblems = new RequestType<P.ProblemsParams, P.ProblemsResult, P.ErrorData>("thoth/document/problems");

/** Request to the server: Asks what is known of a document so far. */
export const documentInfo = new RequestType<P.InfoParams, P.InfoResult, P.ErrorData>("thoth/document/info");

/** Request to the server: Asks for the cells that hold a text: they stream in as `thoth/document/didFind`, the answer closes the search. */
export const documentFind = new RequestType<P.FindParams, P.FindResult, P.ErrorData>("thoth/document/find");

/** Request to the server: Asks for a document to be closed; closing what is not open is no error. */
export const documentClose = new RequestType<P.CloseParams, P.Empty, P.ErrorData>("thoth/document/close");

/** Request to the server: No parameters, or no result beyond "it worked". */
export const serverInfo = new RequestType<P.Empty, P.ServerInfo, P.ErrorData>("thoth/server/info");

/** Request to the server: No parameters, or no result beyond "it worked". */
export const serverPing = new RequestType<P.Empty, P.Empty, P.ErrorData>("thoth/server/ping");

/** Request to the server: No parameters, or no result beyond "it worked". */
export const pluginList = new RequestType<P.Empty, P.PluginList, P.ErrorData>("thoth/plugin/list");

/** Request to the server: Asks for the children of a value, or (without a record) for records, from position `start` on. */
export const documentChildren = new RequestType<P.ChildrenParams, P.ChildrenResult, P.ErrorData>("thoth/document/children");

/** Request to the server: Asks what is known of one value. */
export const documentValue = new RequestType<P.ValueParams, P.ValueResult, P.ErrorData>("thoth/document/value");

/** Request to the server: Asks for the text of a value from byte `start` of it on. */
export const documentValueText = new RequestType<P.ValueTextParams, P.CellText, P.ErrorData>("thoth/document/valueText");

/** Request to the server: Asks which value stands at a byte of the file. */
export const documentLocate = new RequestType<P.LocateParams, P.LocateResult, P.ErrorData>("thoth/document/locate");

/** Request to the server: Asks for records `start` to `start + count` as JSON text. */
export const documentRecords = new RequestType<P.RecordsParams, P.RecordsResult, P.ErrorData>("thoth/document/records");

/** Request to the server: Asks for values: they stream in as `thoth/document/didSearch`, the answer closes the search. */
export const documentSearch = new RequestType<P.SearchParams, P.SearchResult, P.ErrorData>("thoth/document/search");

/** Request to the server: Asks the plugin to draw records `start` to `start + count`. */
export const documentRender = new RequestType<P.RenderParams, P.RenderResult, P.ErrorData>("thoth/document/render");

/** Request to the server: Asks for the text of the file around a byte of it, whole lines where they are not too long. */
export const documentFileText = new RequestType<P.FileTextParams, P.FileText, P.ErrorData>("thoth/document/fileText");

/** Request to the server: Asks which plugins can open a file. */
export const documentLoaders = new RequestType<P.LoadersParams, P.LoadersResult, P.ErrorData>("thoth/document/loaders");

/** Request to the server: Names one plugin. */
export const pluginDetails = new RequestType<P.PluginRef, P.PluginDetails, P.ErrorData>("thoth/plugin/details");

/** Request to the server: Switches a plugin on or off, at once and in every open view. */
export const pluginSetEnabled = new RequestType<P.EnablePluginParams, P.PluginInfo, P.ErrorData>("thoth/plugin/setEnabled");

/** Request to the server: Names one plugin. */
export const pluginReload = new RequestType<P.PluginRef, P.PluginInfo, P.ErrorData>("thoth/plugin/reload");

/** Request to the server: Deletes a plugin the user installed; others are refused. */
export const pluginUninstall = new RequestType<P.UninstallPluginParams, P.Empty, P.ErrorData>("thoth/plugin/uninstall");

/** Request to the server: Decides about one need of a plugin, or (`ask`) forgets what was decided. */
export const permissionSet = new RequestType<P.SetPermissionParams, P.PluginInfo, P.ErrorData>("thoth/permission/set");

/** Request to the client: Asks the person, once for all needs that are undecided; sent before the plugin runs for the first time. */
export const permissionRequest = new RequestType<P.PermissionQuestion, P.PermissionAnswer, P.ErrorData>("thoth/permission/request");

/** Request to the server: Names one plugin. */
export const pluginSettings = new RequestType<P.PluginRef, P.PluginSettingsResult, P.ErrorData>("thoth/plugin/settings");

/** Request to the server: Sets or resets one setting; the plugin's instances are told at once. */
export const pluginSetSetting = new RequestType<P.SetPluginSettingParams, P.PluginSettingsResult, P.ErrorData>("thoth/plugin/setSetting");

/** Request to the server: Something a person did on a page drawn by the plugin. */
export const pluginSettingsEvent = new RequestType<P.PluginSettingsEventParams, P.PluginSettingsEventResult, P.ErrorData>("thoth/plugin/settingsEvent");

/** Notification to the client: Plugins came, went, or changed their state; whoever shows them asks for the list again. */
export const pluginDidChange = new NotificationType<P.DidChangePlugins>("thoth/plugin/didChange");

/** Request to the server: Asks for the commands of every enabled plugin, or of one. */
export const commandList = new RequestType<P.ListCommandsParams, P.CommandList, P.ErrorData>("thoth/command/list");

/** Request to the server: Runs a command of a plugin; cancelling the request stops it. */
export const commandRun = new RequestType<P.RunCommandParams, P.RunCommandResult, P.ErrorData>("thoth/command/run");

/** Request to the server: Asks for all exporters, or for one. */
export const exporterList = new RequestType<P.ListExportersParams, P.ExporterList, P.ErrorData>("thoth/exporter/list");

/** Request to the server: Exports, once the file has been read as far as is wanted. Cancelling the request removes what was written. */
export const documentExport = new RequestType<P.ExportParams, P.ExportResult, P.ErrorData>("thoth/document/export");

/** Request to the server: No parameters, or no result beyond "it worked". */
export const rendererList = new RequestType<P.Empty, P.RendererList, P.ErrorData>("thoth/renderer/list");

/** Request to the server: Asks a renderer to draw records `start` to `start + count`, or single ones. */
export const documentRenderTable = new RequestType<P.RenderTableParams, P.RenderTableResult, P.ErrorData>("thoth/document/renderTable");

/** Request to the server: No parameters, or no result beyond "it worked". */
export const networkGrants = new RequestType<P.Empty, P.NetworkGrants, P.ErrorData>("thoth/network/grants");

/** Request to the server: Decides about one pattern of one plugin; a decision about the same pattern and duration is replaced. */
export const networkSetGrant = new RequestType<P.SetNetworkGrantParams, P.NetworkGrants, P.ErrorData>("thoth/network/setGrant");

/** Request to the server: Asks for attempts. */
export const networkActivity = new RequestType<P.NetworkActivityParams, P.NetworkActivities, P.ErrorData>("thoth/network/activity");

/** Request to the client: Asks whether a plugin may reach a host. Sent one at a time, and only for what its manifest declares. */
export const consentRequest = new RequestType<P.ConsentQuestion, P.ConsentAnswer, P.ErrorData>("thoth/consent/request");

/** Notification to the client: Something went on; sent at most five times a second. */
export const networkDidActivity = new NotificationType<P.DidNetworkActivity>("thoth/network/didActivity");

/** Notification to the client: Decisions have changed, or the switch. */
export const networkDidChangeGrants = new NotificationType<P.DidChangeNetworkGrants>("thoth/network/didChangeGrants");

/** Request to the client: Names one secret. */
export const secretRead = new RequestType<P.SecretRef, P.SecretValue, P.ErrorData>("thoth/secret/read");

/** Request to the client: Keeps a secret, or (null) forgets it. */
export const secretStore = new RequestType<P.StoreSecretParams, P.Empty, P.ErrorData>("thoth/secret/store");

/** Request to the client: Names all secrets of one plugin. */
export const secretForgetAll = new RequestType<P.SecretOwner, P.Empty, P.ErrorData>("thoth/secret/forgetAll");

/** Request to the client: Asks the person for a file of the machine the server runs on. */
export const dialogFile = new RequestType<P.FileDialogParams, P.FileDialogResult, P.ErrorData>("thoth/dialog/file");

/** Request to the client: Has the client open a file that the server wrote, with Thoth's own viewer where it has one. */
export const documentShow = new RequestType<P.ShowFileParams, P.Empty, P.ErrorData>("thoth/document/show");

/** Request to the server: No parameters, or no result beyond "it worked". */
export const panelList = new RequestType<P.Empty, P.PanelList, P.ErrorData>("thoth/panel/list");

/** Request to the server: Starts an instance for a tab or a view of the side bar. The person may be asked what the plugin may do. */
export const panelOpen = new RequestType<P.OpenPanelParams, P.PanelOpened, P.ErrorData>("thoth/panel/open");

/** Request to the server: Something the person did. Events of a panel are handled one at a time, in order. Cancelling the request drops an event that waits, and leaves one that runs to its end (`thoth/panel/stop` ends it). */
export const panelEvent = new RequestType<P.PanelEventParams, P.PanelEventResult, P.ErrorData>("thoth/panel/event");

/** Request to the server: An open panel; an unknown one is an error `unknownPanel`. */
export const panelState = new RequestType<P.PanelRef, P.PanelState, P.ErrorData>("thoth/panel/state");

/** Request to the server: The panel came to the front, or is no longer there. */
export const panelFocus = new RequestType<P.FocusPanelParams, P.Empty, P.ErrorData>("thoth/panel/focus");

/** Request to the server: An open panel; an unknown one is an error `unknownPanel`. */
export const panelStop = new RequestType<P.PanelRef, P.Empty, P.ErrorData>("thoth/panel/stop");

/** Request to the server: An open panel; an unknown one is an error `unknownPanel`. */
export const panelRestart = new RequestType<P.PanelRef, P.PanelView, P.ErrorData>("thoth/panel/restart");

/** Request to the server: An open panel; an unknown one is an error `unknownPanel`. */
export const panelClose = new RequestType<P.PanelRef, P.Empty, P.ErrorData>("thoth/panel/close");

/** Request to the server: Asks for what a node `data-view` shows: a data set this plugin published, or a body it received. */
export const panelData = new RequestType<P.PanelDataParams, P.PanelData, P.ErrorData>("thoth/panel/data");

/** Request to the server: Asks for a piece of a body that this plugin received, to be drawn by a node `image`. */
export const panelBytes = new RequestType<P.PanelBytesParams, P.PanelBytes, P.ErrorData>("thoth/panel/bytes");

/** Request to the server: No parameters, or no result beyond "it worked". */
export const datasetList = new RequestType<P.Empty, P.DatasetList, P.ErrorData>("thoth/dataset/list");

/** Request to the server: Has a table made ready to be opened as a document. */
export const datasetOpen = new RequestType<P.OpenDatasetParams, P.PanelData, P.ErrorData>("thoth/dataset/open");

/** Request to the client: Has the client open a tab of a plugin (`ui-tabs.open-tab`), by `thoth/panel/open` with this state. */
export const panelShow = new RequestType<P.ShowPanelParams, P.Empty, P.ErrorData>("thoth/panel/show");

/** Notification to the client: All signals of a panel that hold now; those that ran out are not among them. */
export const signalDidChange = new NotificationType<P.DidSignal>("thoth/signal/didChange");

/** Notification to the client: There are others, or other rows in them: the list may be asked for again. */
export const datasetDidChange = new NotificationType<P.DidChangeDatasets>("thoth/dataset/didChange");

/** Notification to the client: The panel has another tree, title or icon. */
export const panelDidRender = new NotificationType<P.DidRenderPanel>("thoth/panel/didRender");

/** Notification to the client: A call of the plugin failed. What it looked like last stays; what was done to it may have been lost. */
export const panelDidFail = new NotificationType<P.DidFailPanel>("thoth/panel/didFail");

/** Notification to the client: A call has been running for a moment, or no longer runs. */
export const panelDidWork = new NotificationType<P.DidWorkPanel>("thoth/panel/didWork");

/** Notification to the client: The panel has ended without being asked to: its plugin was switched off, removed or changed. */
export const panelDidClose = new NotificationType<P.DidClosePanel>("thoth/panel/didClose");

/** Request to the server: Asks for all themes as they are for an editor of this kind. */
export const themeList = new RequestType<P.ThemesParams, P.ThemeList, P.ErrorData>("thoth/theme/list");

/** Request to the server: Asks what a theme looks like everywhere; an unknown one is an error `unknownTheme`. So is an empty id: the server does not know the colours of the editor's own theme. A client that shows web views without a theme makes the tokens of them by itself (docs/themes.md, “With no theme”). */
export const themeResolve = new RequestType<P.ResolveThemeParams, P.ResolvedTheme, P.ErrorData>("thoth/theme/resolve");

/** Request to the server: Has a colour theme of VS Code made into one of ours. */
export const themeReadVsCode = new RequestType<P.ReadVsCodeThemeParams, P.VsCodeThemeRead, P.ErrorData>("thoth/theme/readVsCode");

/** Request to the server: Keeps a theme among the user's plugins, as a plugin of its own. */
export const themeInstall = new RequestType<P.InstallThemeParams, P.InstallThemeResult, P.ErrorData>("thoth/theme/install");

/** Notification to the client: Themes came, went or have other colours; all of them may have. */
export const themeDidChange = new NotificationType<P.DidChangeThemes>("thoth/theme/didChange");

/** Notification to the client: More of the file has been read; sent at most ten times a second, and once when done. */
export const documentDidProgress = new NotificationType<P.DidProgress>("thoth/document/didProgress");

/** Notification to the client: Some cells that match, in file order. */
export const documentDidFind = new NotificationType<P.DidFind>("thoth/document/didFind");

/** Notification to the client: More of a search, in file order; sent at most ten times a second. */
export const documentDidSearch = new NotificationType<P.DidSearch>("thoth/document/didSearch");

/** Notification to the client: The file changed on disk: rows of this generation are no longer served, `reopenWith` reads it anew. `reloaded`: not the file but the plugin that reads it is another by now, or was switched on again; or the document is a data set that has other rows now, whose old ones are served until it is read anew. */
export const documentDidChange = new NotificationType<P.DidChange>("thoth/document/didChange");

/** Notification to the client: Reading on in the background ended with an error; the rows read so far stay available where possible. */
export const documentDidFail = new NotificationType<P.DidFail>("thoth/document/didFail");

/** Notification to the client: Something a plugin wrote to its standard error stream. */
export const pluginDidLog = new NotificationType<P.DidLog>("thoth/plugin/didLog");
