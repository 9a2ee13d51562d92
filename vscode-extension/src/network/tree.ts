/** The view "Network Access" of the side bar. */
import * as vscode from "vscode";
import type { PluginStore } from "../plugins/store";
import { treeItem } from "./items";
import { ofPlugin, plugins, type NetworkNode } from "./nodes";
import type { NetworkStore } from "./store";
import { isSwitchedOn } from "./switch";

export const NETWORK_VIEW_ID = "thoth.network";

export class NetworkTree implements vscode.TreeDataProvider<NetworkNode>, vscode.Disposable {
  readonly #store: NetworkStore;
  readonly #plugins: PluginStore;
  readonly #changed = new vscode.EventEmitter<undefined>();
  /** The view itself. */
  readonly view: vscode.TreeView<NetworkNode>;
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: NetworkStore, pluginStore: PluginStore) {
    this.#store = store;
    this.#plugins = pluginStore;
    this.view = vscode.window.createTreeView(NETWORK_VIEW_ID, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.view,
      store.onDidChange(() => this.#update()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("thoth.network.enabled")) {
          void store.refresh();
        }
      }),
      pluginStore.onDidChange(() => this.#update()),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) {
          void store.refresh(); // the command line decides, too
        }
      }),
    );
    this.#update();
  }

  getTreeItem(node: NetworkNode): vscode.TreeItem {
    return treeItem(node);
  }

  getChildren(node?: NetworkNode): NetworkNode[] {
    if (node === undefined) {
      return this.#store.known === undefined ? [] : [...plugins(this.#store, this.#plugins)];
    }
    return node.kind === "plugin" ? [...ofPlugin(node)] : [];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #update(): void {
    const { known, failure } = this.#store;
    const { t } = vscode.l10n;
    const isOff = known !== undefined && !known.enabled;
    this.view.message = known === undefined ? (failure?.message ?? t("Asking for decisions …")) : isOff ? (known.whyNot ?? t("The network is switched off for all plugins.")) : "";
    this.view.description = isOff ? t("off") : "";
    const state = known === undefined ? (failure === undefined ? "loading" : "failed") : plugins(this.#store, this.#plugins).length === 0 ? "empty" : "ready";
    void vscode.commands.executeCommand("setContext", "thoth.networkState", state);
    void vscode.commands.executeCommand("setContext", "thoth.networkSwitch", isSwitchedOn() ? "on" : "off");
    this.#changed.fire(undefined);
  }
}
