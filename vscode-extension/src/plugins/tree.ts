/** The view "Plugins" of the side bar. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { describe } from "../errors";
import * as requests from "../generated/requests";
import { treeItem } from "./items";
import { groups, inGroup, ofCapabilities, ofLimits, ofPermissions, ofPlugin, type PluginNode } from "./nodes";
import type { PluginStore } from "./store";
import { unlinked } from "./untrusted";

export const VIEW_ID = "thoth.plugins";

export class PluginTree implements vscode.TreeDataProvider<PluginNode>, vscode.Disposable {
  readonly #server: ServerApi;
  readonly #store: PluginStore;
  readonly #changed = new vscode.EventEmitter<undefined>();
  /** The view itself. */
  readonly view: vscode.TreeView<PluginNode>;
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: ServerApi, store: PluginStore) {
    this.#server = server;
    this.#store = store;
    // Boxes are for permissions alone and are set one by one: what is above them has none.
    this.view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this, manageCheckboxStateManually: true, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.view,
      store.onDidChange(() => this.#update()),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) {
          void store.refresh(); // what plugins have used up goes on while nobody looks
        }
      }),
      this.view.onDidChangeCheckboxState(({ items }) => {
        for (const [node, state] of items) {
          void this.#decide(node, state === vscode.TreeItemCheckboxState.Checked);
        }
      }),
    );
    this.#update();
  }

  getTreeItem(node: PluginNode): vscode.TreeItem {
    return treeItem(node);
  }

  async getChildren(node?: PluginNode): Promise<PluginNode[]> {
    return [...(await this.#below(node))];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #below(node: PluginNode | undefined): Promise<readonly PluginNode[]> {
    switch (node?.kind) {
      case undefined:
        return groups(this.#store);
      case "group":
        return inGroup(this.#store, node.origin);
      case "plugin":
        return ofPlugin(this.#store, node.plugin, node.isShadowed);
      case "capabilities":
        return ofCapabilities(node.plugin);
      case "permissions":
        return ofPermissions(node.plugin);
      case "limits":
        return ofLimits(node.plugin, node.usage);
      default:
        return [];
    }
  }

  async #decide(node: PluginNode, isGranted: boolean): Promise<void> {
    if (node.kind !== "permission") {
      return;
    }
    try {
      const decision = isGranted ? "granted" : "denied";
      await this.#server.request(requests.permissionSet, { pluginId: node.plugin.id, need: node.permission.need, decision });
    } catch (error) {
      void vscode.window.showErrorMessage(unlinked(describe(error).message));
      this.#update(); // the box goes back to what is in force
    }
  }

  #update(): void {
    const { plugins, state, failure } = this.#store;
    const unusable = plugins.filter((plugin) => plugin.state === "unusable").length;
    const tooltip = unusable === 1 ? vscode.l10n.t("1 plugin cannot be used") : vscode.l10n.t("{0} plugins cannot be used", unusable);
    this.view.badge = unusable === 0 ? undefined : { value: unusable, tooltip };
    this.view.message = state === "loading" ? vscode.l10n.t("Looking for plugins …") : (failure?.message ?? "");
    void vscode.commands.executeCommand("setContext", "thoth.pluginsState", state === "ready" && plugins.length === 0 ? "empty" : state);
    this.#changed.fire(undefined);
  }
}
