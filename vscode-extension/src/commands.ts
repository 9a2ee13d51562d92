/** The commands of the palette, of menus and of keybindings, as one table. */
import * as vscode from "vscode";
import type { ActiveGrid } from "./activeGrid";
import { showBookmarks } from "./bookmarks";
import type { Server } from "./client";
import type { DataGrid } from "./dataEditor/dataGrid";
import type { DataEditorProvider } from "./dataEditor/provider";
import { VIEW_TYPE } from "./dataEditor/viewTypes";
import { openDataSet } from "./dataViews/openDataSet";
import { showDebugInformation } from "./debugInformation";
import type { Exporting } from "./exporting/exportCommand";
import { askForPlace } from "./goToRow";
import { selectInterpreter } from "./interpreter";
import { openWithPlugin } from "./loaderPicker";
import { chooseRenderer, type Renderers } from "./renderers";
import { NETWORK_COMMANDS, type NetworkCommandContext } from "./network/commands";
import { PANEL_COMMANDS, type PanelCommandContext } from "./panels/commands";
import { PLUGIN_RUNS, type PluginCommands } from "./pluginCommands/pluginCommands";
import { PLUGIN_COMMANDS, type PluginCommandContext } from "./plugins/commands";
import { THEME_COMMANDS, type ThemeCommandContext } from "./themes/commands";
import { REST_COMMANDS } from "./restExplorer/commands";
import { registerCommand } from "./registerCommand";
import type { ActionName, CopyFormat, GridCommand } from "./shared/messages";

/** What commands work on. */
export interface CommandContext extends PluginCommandContext, NetworkCommandContext, PanelCommandContext, ThemeCommandContext {
  readonly runs: PluginCommands;
  readonly server: Server;
  readonly provider: DataEditorProvider;
  readonly active: ActiveGrid;
  readonly renderers: Renderers;
  readonly exporting: Exporting;
  readonly log: vscode.LogOutputChannel;
  readonly extension: vscode.Extension<unknown>;
}

type OnGrid = (grid: DataGrid, context: CommandContext, ...args: readonly unknown[]) => void | Promise<void>;
type Anywhere = (context: CommandContext, ...args: readonly unknown[]) => void | Promise<void>;

/** Commands about the active grid; without one they do nothing, and their keybindings do not apply. */
const ON_GRID: Readonly<Record<string, OnGrid>> = {
  "thoth.document.reload": (editor) => editor.session.reload(0),
  "thoth.document.goToRow": goToRow,
  "thoth.document.find": (editor) => editor.command({ name: "find" }),
  "thoth.document.findNext": (editor) => editor.command({ name: "findNext" }),
  "thoth.document.findPrevious": (editor) => editor.command({ name: "findPrevious" }),
  "thoth.search": (editor) => editor.command({ name: "search" }),
  "thoth.searchNext": (editor) => editor.command({ name: "searchNext" }),
  "thoth.searchPrevious": (editor) => editor.command({ name: "searchPrevious" }),
  "thoth.searchOnlyMatching": (editor) => editor.command({ name: "searchOnly" }),
  "thoth.document.copyAs": copyAs,
  "thoth.export": (editor, { exporting }) => exporting.all(editor),
  "thoth.exportAgain": (editor, { exporting }) => exporting.all(editor, true),
  "thoth.view.renderer": (editor, { renderers }, named) => chooseRenderer(renderers, editor, named),
  "thoth.document.showProblems": (editor) => editor.command({ name: "showProblems" }),
  "thoth.document.changeDelimiter": (editor) => editor.changeOption("delimiter"),
  "thoth.document.changeEncoding": (editor) => editor.changeOption("encoding"),
  "thoth.document.changeHeader": (editor) => editor.changeOption("header"),
  "thoth.bookmarks.show": (editor) => showBookmarks(editor),
};

/** Commands that the webview carries out as they are. */
const IN_WEBVIEW: Readonly<Record<string, GridCommand>> = {
  "thoth.view.table": { name: "showView", view: "table" },
  "thoth.view.tree": { name: "showView", view: "tree" },
  "thoth.view.drawn": { name: "showView", view: "drawn" },
  "thoth.view.raw": { name: "showView", view: "raw" },
  "thoth.exportSelection": { name: "export", part: "selection" },
  "thoth.exportSearchResult": { name: "export", part: "search" },
  "thoth.tree.expandAll": { name: "expandAll" },
  "thoth.tree.expandLevel": { name: "expandLevel" },
  "thoth.tree.collapseAll": { name: "collapseAll" },
  "thoth.value.goToPath": { name: "editPath" },
  "thoth.value.copyKey": { name: "copyKey" },
  "thoth.value.copyPretty": { name: "copyValue", form: "pretty" },
  "thoth.value.copyCompact": { name: "copyValue", form: "compact" },
  "thoth.value.copyJsonPath": { name: "copyPath", syntax: "jsonPath" },
  "thoth.value.copyJavaScript": { name: "copyPath", syntax: "javascript" },
  "thoth.value.copyJq": { name: "copyPath", syntax: "jq" },
  "thoth.value.copyJsonPointer": { name: "copyPath", syntax: "jsonPointer" },
  "thoth.bookmarks.toggle": { name: "toggleBookmark" },
  "thoth.goBack": { name: "goBack" },
  "thoth.goForward": { name: "goForward" },
};

const ANYWHERE: Readonly<Record<string, Anywhere>> = {
  "thoth.document.openWith": openWithThoth,
  "thoth.document.reopenAsText": ({ provider }) => (provider.active === undefined ? undefined : reopenAsText(provider.active)),
  "thoth.openWith": ({ server, provider }, target) => openWithPlugin(server, provider, fileMeant(target, provider)),
  "thoth.server.restart": ({ server }) => server.restart(),
  "thoth.server.showLogs": ({ log }) => log.show(),
  "thoth.server.debugInformation": ({ server, extension }) => showDebugInformation(server, extension),
  "thoth.interpreter.select": changeInterpreter,
  ...PLUGIN_COMMANDS,
  ...PLUGIN_RUNS,
  ...NETWORK_COMMANDS,
  ...PANEL_COMMANDS,
  ...REST_COMMANDS,
  "thoth.dataSet.open": ({ server }) => openDataSet(server),
  ...THEME_COMMANDS,
};

export function registerCommands(context: CommandContext): vscode.Disposable {
  const inWebview = Object.entries(IN_WEBVIEW).map(([id, command]) =>
    registerCommand(id, () => context.active.current?.command(command)),
  );
  const onGrid = Object.entries(ON_GRID).map(([id, run]) =>
    registerCommand(id, (...args) => {
      const { current } = context.active;
      return current === undefined ? undefined : run(current, context, ...args);
    }),
  );
  const anywhere = Object.entries(ANYWHERE).map(([id, run]) => registerCommand(id, (...args) => run(context, ...args)));
  return vscode.Disposable.from(...inWebview, ...onGrid, ...anywhere);
}

/** Every id this extension registers; a test holds package.json to it. */
export const COMMAND_IDS: readonly string[] = [
  ...Object.keys(IN_WEBVIEW),
  ...Object.keys(ON_GRID),
  ...Object.keys(ANYWHERE),
];

/** Carries out a button of the page that says why a file cannot be shown. */
export async function act(
  context: Pick<CommandContext, "server" | "log">,
  name: Exclude<ActionName, "chooseEncoding">,
  editor: DataGrid,
): Promise<void> {
  switch (name) {
    case "retry":
      // A server that starts has its documents opened by itself.
      return context.server.state === "stopped" ? context.server.start() : editor.session.reload(0);
    case "reopenAsText":
      return reopenAsText(editor);
    case "restartServer":
      return context.server.restart();
    case "showLogs":
      context.log.show();
      return;
    case "selectInterpreter":
      return changeInterpreter(context);
    case "openWith":
      await vscode.commands.executeCommand("thoth.openWith", editor.uri);
      return;
    case "enablePlugin":
      await vscode.commands.executeCommand("thoth.plugins.enable", pluginOf(editor));
      return;
    case "reviewPermissions":
      await vscode.commands.executeCommand("thoth.plugins.permissions", pluginOf(editor));
      return;
    case "showPlugin":
      await vscode.commands.executeCommand("thoth.plugins.details", pluginOf(editor));
      return;
  }
}

/** The plugin that could not show the file, or that shows it. */
function pluginOf({ session }: DataGrid): string | undefined {
  return session.failure?.pluginId ?? session.status?.document.pluginId;
}

async function changeInterpreter({ server }: Pick<CommandContext, "server">): Promise<void> {
  if (await selectInterpreter()) {
    await server.start(); // a change of the setting restarts it anyway; the same choice again is worth another try
  }
}

async function openWithThoth(_context: CommandContext, target: unknown): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : activeFile();
  if (uri === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a file or select one in the Explorer first."));
    return;
  }
  await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE);
}

function fileMeant(target: unknown, { active }: DataEditorProvider): vscode.Uri | undefined {
  return target instanceof vscode.Uri ? target : (active?.uri ?? activeFile());
}

/** The file in the active tab, in whatever editor that is. */
function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

async function reopenAsText(editor: DataGrid): Promise<void> {
  const options = { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active, preview: false };
  await vscode.commands.executeCommand("vscode.openWith", editor.uri, "default", options);
  editor.close();
}

async function goToRow(editor: DataGrid): Promise<void> {
  const place = await askForPlace(() => editor.session.status);
  if (place !== undefined) {
    editor.command("byte" in place ? { name: "goToByte", ...place } : { name: "goToRow", ...place });
  }
}

async function copyAs(editor: DataGrid): Promise<void> {
  const { t } = vscode.l10n;
  const item = (label: string, format: CopyFormat, header: boolean) => ({ label, format, header });
  const items = [
    item(t("Tab-separated"), "tsv", false),
    item(t("Tab-separated, with column names"), "tsv", true),
    item(t("CSV"), "csv", false),
    item(t("CSV, with column names"), "csv", true),
    item(t("JSON"), "json", true),
    item(t("Markdown table"), "markdown", true),
  ];
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: t("Copy the selected cells as") });
  if (chosen !== undefined) {
    editor.command({ name: "copy", format: chosen.format, header: chosen.header });
  }
}
