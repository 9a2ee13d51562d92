/** The one tab with the gallery of themes. */
import * as vscode from "vscode";
import { showPage } from "../dataEditor/html";
import { Messenger, type Handlers } from "../dataEditor/messenger";
import { describe } from "../errors";
import * as requests from "../generated/requests";
import { unlinked } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";
import { NO_THEME_FILTER, type FromThemeGallery, type ThemeFilter, type ToThemeGallery } from "../shared/themeGallery";
import { galleryPageStrings } from "../webviewStrings";
import { applyTheme } from "./applyTheme";
import { exportTheme } from "./exportTheme";
import { editorKind, type ThemeInForce } from "./themeInForce";

export const GALLERY_VIEW_TYPE = "thoth.themeGallery";

export class ThemeGallery implements vscode.Disposable {
  readonly #server: ServerApi;
  readonly #theme: ThemeInForce;
  readonly #extensionUri: vscode.Uri;
  readonly #registration: vscode.Disposable;
  #open: vscode.WebviewPanel | undefined;

  constructor(server: ServerApi, theme: ThemeInForce, extensionUri: vscode.Uri) {
    this.#server = server;
    this.#theme = theme;
    this.#extensionUri = extensionUri;
    this.#registration = vscode.window.registerWebviewPanelSerializer(GALLERY_VIEW_TYPE, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        if (this.#open === undefined) {
          this.#fill(panel, themeFilter(state));
        } else {
          panel.dispose();
        }
        return Promise.resolve();
      },
    });
  }

  show(): void {
    if (this.#open !== undefined) {
      this.#open.reveal();
      return;
    }
    const options = { retainContextWhenHidden: true };
    this.#fill(vscode.window.createWebviewPanel(GALLERY_VIEW_TYPE, vscode.l10n.t("Themes"), vscode.ViewColumn.Active, options), NO_THEME_FILTER);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#open?.dispose();
  }

  #fill(panel: vscode.WebviewPanel, filter: ThemeFilter): void {
    this.#open = panel;
    const messenger = new Messenger<FromThemeGallery, ToThemeGallery>(panel.webview, this.#handlers(filter));
    const changed = (): void => messenger.send("changed", null);
    const subscriptions = vscode.Disposable.from(
      messenger,
      this.#server.onDidChangeThemes(changed),
      this.#server.onDidChangeState((state) => (state === "running" ? changed() : undefined)),
      vscode.window.onDidChangeActiveColorTheme(changed),
      vscode.workspace.onDidChangeConfiguration((event) => (event.affectsConfiguration("thoth.theme") ? changed() : undefined)),
    );
    panel.onDidDispose(() => {
      this.#open = undefined;
      subscriptions.dispose();
    });
    const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(this.#extensionUri, "media", `theme-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    showPage(panel.webview, this.#extensionUri, "themeGallery");
  }

  #handlers(filter: ThemeFilter): Handlers<FromThemeGallery> {
    return {
      ready: () => ({ strings: galleryPageStrings(), filter }),
      themes: async () => ({ ...(await this.#server.request(requests.themeList, { editorKind: editorKind() })), chosen: this.#theme.chosen }),
      choose: ({ themeId }) => this.#theme.choose(themeId),
      act: async ({ name, themeId }) => {
        try {
          await (name === "apply" ? applyTheme(this.#server, themeId) : exportTheme(this.#server, themeId));
        } catch (error) {
          void vscode.window.showErrorMessage(unlinked(describe(error).message));
        }
      },
    };
  }
}

/** What a page kept of itself; what makes no sense filters nothing. */
export function themeFilter(state: unknown): ThemeFilter {
  if (typeof state !== "object" || state === null) {
    return NO_THEME_FILTER;
  }
  const { text, kind } = state as Readonly<Record<string, unknown>>;
  const known = (["all", "dark", "light", "contrast"] as const).find((each) => each === kind);
  return { text: typeof text === "string" ? text : "", kind: known ?? "all" };
}
