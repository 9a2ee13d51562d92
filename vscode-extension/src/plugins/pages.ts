/** The pages of plugins, one tab a plugin. */
import * as vscode from "vscode";
import { showPage } from "../dataEditor/html";
import { PAGE_TABS, type PageState, type PageTab } from "../shared/pluginPage";
import { PluginPage, type PageContext } from "./page";

export const PAGE_VIEW_TYPE = "thoth.pluginPage";

export class PluginPages implements vscode.Disposable {
  readonly #context: PageContext;
  readonly #extensionUri: vscode.Uri;
  readonly #open = new Map<string, { readonly panel: vscode.WebviewPanel; readonly page: PluginPage }>();
  readonly #registration: vscode.Disposable;

  constructor(context: PageContext, extensionUri: vscode.Uri) {
    this.#context = context;
    this.#extensionUri = extensionUri;
    this.#registration = vscode.window.registerWebviewPanelSerializer(PAGE_VIEW_TYPE, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        const kept = pageState(state);
        if (kept === undefined || this.#open.has(kept.pluginId)) {
          panel.dispose();
        } else {
          this.#fill(panel, kept);
        }
        return Promise.resolve();
      },
    });
  }

  /** Shows a plugin's page, the one that is open or a new one. */
  show(pluginId: string, tab: PageTab): void {
    const open = this.#open.get(pluginId);
    if (open !== undefined) {
      open.panel.reveal();
      open.page.show(tab);
      return;
    }
    const title = this.#context.store.find(pluginId)?.name ?? pluginId;
    // A hidden page keeps what is being typed into it.
    const options = { retainContextWhenHidden: true, enableFindWidget: true };
    this.#fill(vscode.window.createWebviewPanel(PAGE_VIEW_TYPE, title, vscode.ViewColumn.Active, options), { pluginId, tab });
  }

  dispose(): void {
    this.#registration.dispose();
    for (const { panel } of [...this.#open.values()]) {
      panel.dispose();
    }
  }

  #fill(panel: vscode.WebviewPanel, state: PageState): void {
    const page = new PluginPage(panel, state, this.#context);
    this.#open.set(state.pluginId, { panel, page });
    panel.onDidDispose(() => {
      this.#open.delete(state.pluginId);
      page.dispose();
    });
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(this.#extensionUri, "media", `plugin-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    showPage(panel.webview, this.#extensionUri, "pluginPage");
  }
}

/** What a page kept of itself, if it is one of ours. */
export function pageState(state: unknown): PageState | undefined {
  if (typeof state !== "object" || state === null || !("pluginId" in state) || typeof state.pluginId !== "string") {
    return undefined;
  }
  const tab = "tab" in state ? PAGE_TABS.find((name) => name === state.tab) : undefined;
  return { pluginId: state.pluginId, tab: tab ?? "details" };
}
