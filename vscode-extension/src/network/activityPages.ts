/** The one tab with the page "Network Activity". */
import * as vscode from "vscode";
import { showPage } from "../dataEditor/html";
import { NO_FILTER, VERDICTS, type ActivityFilter } from "../shared/networkActivity";
import { ActivityPage, type ActivityContext } from "./activityPage";

export const ACTIVITY_VIEW_TYPE = "thoth.networkActivity";

export class ActivityPages implements vscode.Disposable {
  readonly #context: ActivityContext;
  readonly #extensionUri: vscode.Uri;
  readonly #registration: vscode.Disposable;
  #open: { readonly panel: vscode.WebviewPanel; readonly page: ActivityPage } | undefined;

  constructor(context: ActivityContext, extensionUri: vscode.Uri) {
    this.#context = context;
    this.#extensionUri = extensionUri;
    this.#registration = vscode.window.registerWebviewPanelSerializer(ACTIVITY_VIEW_TYPE, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        if (this.#open === undefined) {
          this.#fill(panel, activityFilter(state));
        } else {
          panel.dispose();
        }
        return Promise.resolve();
      },
    });
  }

  /** Shows the page, of one plugin alone where one is named. */
  show(pluginId?: string): void {
    if (this.#open !== undefined) {
      this.#open.panel.reveal();
      if (pluginId !== undefined) {
        this.#open.page.show({ ...NO_FILTER, pluginId });
      }
      return;
    }
    const title = vscode.l10n.t("Network Activity");
    const panel = vscode.window.createWebviewPanel(ACTIVITY_VIEW_TYPE, title, vscode.ViewColumn.Active, { retainContextWhenHidden: true });
    this.#fill(panel, { ...NO_FILTER, pluginId: pluginId ?? null });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#open?.panel.dispose();
  }

  #fill(panel: vscode.WebviewPanel, filter: ActivityFilter): void {
    const page = new ActivityPage(panel, filter, this.#context);
    this.#open = { panel, page };
    panel.onDidDispose(() => {
      this.#open = undefined;
      page.dispose();
    });
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(this.#extensionUri, "media", `network-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    showPage(panel.webview, this.#extensionUri, "networkActivity");
  }
}

/** What a page kept of itself; what makes no sense filters nothing. */
export function activityFilter(state: unknown): ActivityFilter {
  if (typeof state !== "object" || state === null) {
    return NO_FILTER;
  }
  const { text, verdict, pluginId } = state as Readonly<Record<string, unknown>>;
  return {
    text: typeof text === "string" ? text : "",
    verdict: VERDICTS.find((known) => known === verdict) ?? null,
    pluginId: typeof pluginId === "string" ? pluginId : null,
  };
}
