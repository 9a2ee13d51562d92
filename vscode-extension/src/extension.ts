/** Makes the parts in order and hands them to each other. */
import * as vscode from "vscode";
import { Server } from "./client";
import { ActiveGrid } from "./activeGrid";
import { act, registerCommands } from "./commands";
import type { GridContext } from "./dataEditor/dataGrid";
import { dataFiles } from "./dataEditor/dataScheme";
import { DataEditorProvider } from "./dataEditor/provider";
import { DataMemories } from "./dataViews/memories";
import { contextKeys } from "./contextKeys";
import { Exporting } from "./exporting/exportCommand";
import { FileMemories } from "./fileMemories";
import { chooseInterpreter, offerInterpreterChoice } from "./interpreter";
import { offerForLargeFiles } from "./largeFiles";
import { languageStatus } from "./languageStatus";
import { ActivityPages } from "./network/activityPages";
import { ConsentPrompt } from "./network/consentPrompt";
import { NetworkStore } from "./network/store";
import { NetworkTree } from "./network/tree";
import { CommandIds } from "./pluginCommands/commandIds";
import { KnownCommands } from "./pluginCommands/knownCommands";
import { PluginCommands } from "./pluginCommands/pluginCommands";
import { taskProvider } from "./pluginCommands/tasks";
import { Panels } from "./panels/panels";
import { announcePluginChanges } from "./plugins/announcements";
import { FileDialog } from "./plugins/fileDialog";
import { PluginPages } from "./plugins/pages";
import { PermissionPrompt } from "./plugins/permissionPrompt";
import { SecretVault } from "./plugins/secretVault";
import { PluginStore } from "./plugins/store";
import { PluginTree } from "./plugins/tree";
import { Renderers } from "./renderers";
import { locateServer } from "./serverLocation";
import { showFile } from "./showFile";
import { StatusBar } from "./statusBar";
import { ThemeGallery } from "./themes/gallery";
import { ThemeInForce } from "./themes/themeInForce";
import { Turns } from "./turns";

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Thoth", { log: true });
  const pluginLog = vscode.window.createOutputChannel("Thoth Plugins", { log: true });
  const location = locateServer(context.extensionPath);
  const turns = new Turns();
  const permissionPrompt = new PermissionPrompt(turns);
  const consentPrompt = new ConsentPrompt(turns);
  const fileDialog = new FileDialog(turns);
  const server: Server = new Server({
    interpreter: () => chooseInterpreter(location, log),
    startScript: location?.startScript ?? "",
    workingFolder: context.extensionPath,
    log,
    pluginLog,
    answers: {
      askPermission: (question, token) => permissionPrompt.ask(question, token),
      askConsent: (question, token) => consentPrompt.ask(question, token),
      secrets: new SecretVault(context.secrets),
      askFile: (params, token) => fileDialog.ask(params, token),
      showFile: (params) => showFile(params, plugins.plugins),
      showPanel: (params) => panels.tabs.show(params),
    },
  });
  const plugins = new PluginStore(server);
  const pages = new PluginPages({ server, store: plugins, pluginLog }, context.extensionUri);
  const network = new NetworkStore(server);
  const activity = new ActivityPages({ server, network, plugins }, context.extensionUri);
  const known = new KnownCommands(context.globalState);
  const runs = new PluginCommands(server, context.workspaceState, known, pluginLog);
  const memories = new FileMemories(context.workspaceState);
  const renderers = new Renderers(server);
  const exporting = new Exporting(server, context.globalState);
  const grids: GridContext = { server, renderers, exporting, act: (name, grid) => act({ server, log }, name, grid) };
  const provider = new DataEditorProvider({ ...grids, extensionUri: context.extensionUri, memories }, context.globalStorageUri);
  const dataMemories = new DataMemories();
  const pluginTree = new PluginTree(server, plugins);
  const networkTree = new NetworkTree(network, plugins);
  const panels = new Panels({
    server,
    plugins,
    extensionUri: context.extensionUri,
    pluginLog,
    memory: context.globalState,
    states: context.workspaceState,
    neighbours: [pluginTree.view, networkTree.view],
    dataViews: { ...grids, dataMemories },
  });
  const active = new ActiveGrid(provider, panels.tabs);
  const theme = new ThemeInForce(server, context.globalState);
  const gallery = new ThemeGallery(server, theme, context.extensionUri);
  context.subscriptions.push(
    log,
    pluginLog,
    provider,
    memories,
    dataMemories,
    dataFiles(),
    renderers,
    server,
    plugins,
    pages,
    network,
    activity,
    pluginTree,
    networkTree,
    panels,
    active,
    theme,
    gallery,
    announcePluginChanges(plugins),
    new CommandIds(known, runs, plugins),
    taskProvider(runs),
    new StatusBar(active, server),
    languageStatus(server),
    offerForLargeFiles(),
    contextKeys(active, renderers),
    registerCommands({ server, provider, active, renderers, exporting, plugins, pages, network, activity, panels, theme, gallery, runs, log, extension: context.extension }),
    server.onDidChangeState((state) => {
      if (state === "stopped" && server.reason?.kind === "noInterpreter") {
        void offerInterpreterChoice(server.reason);
      }
    }),
    // What was not to be asked in Restricted Mode may have a Python that fits.
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (server.reason?.kind === "noInterpreter") {
        void server.start();
      }
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("thoth.interpreter") || event.affectsConfiguration("thoth.text.features")) {
        void server.restart();
      }
    }),
  );
  void server.start();
}
