/** Which theme our pages are painted in: the one that is set, or for a moment the one that is looked at. */
import * as vscode from "vscode";
import { describe } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { plain, unlinked } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";
import { setPageTheme } from "./pageTheme";

const SETTING = "thoth.theme";
const KEPT = "thoth.pageTheme";

export class ThemeInForce implements vscode.Disposable {
  readonly #server: ServerApi;
  readonly #memory: vscode.Memento;
  readonly #subscriptions: vscode.Disposable;
  #preview: string | undefined;
  #asked = 0;
  /** The theme that could not be had and that the person was told of. */
  #missed = "";

  /** `memory` keeps the colours for the next start, so that the first page is painted before the server has answered. */
  constructor(server: ServerApi, memory: vscode.Memento) {
    this.#server = server;
    this.#memory = memory;
    const kept = memory.get<P.ResolvedTheme>(KEPT);
    if (kept?.themeId === this.chosen && !isHighContrast()) {
      setPageTheme({ css: kept.css, dark: kept.dark });
    }
    const follow = (): void => void this.#follow();
    this.#subscriptions = vscode.Disposable.from(
      server.onDidChangeState((state) => {
        if (state === "running") {
          follow();
        }
      }),
      server.onDidChangeThemes(follow),
      vscode.window.onDidChangeActiveColorTheme(follow),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTING)) {
          follow();
        }
      }),
    );
    follow();
  }

  /** The id of the theme that is set; empty for the editor's own colours. */
  get chosen(): string {
    return vscode.workspace.getConfiguration("thoth").get<string>("theme", "").trim();
  }

  /** Sets a theme for all windows; empty for the editor's own colours. */
  async choose(themeId: string): Promise<void> {
    this.#preview = undefined;
    const value = themeId === "" ? undefined : themeId;
    await vscode.workspace.getConfiguration("thoth").update("theme", value, vscode.ConfigurationTarget.Global);
    await this.#follow();
  }

  /** Paints pages in another theme for as long as it is looked at; undefined goes back to what is set. */
  async preview(themeId: string | undefined): Promise<void> {
    this.#preview = themeId;
    await this.#follow();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #follow(): Promise<void> {
    const asked = ++this.#asked;
    const themeId = this.#preview ?? this.chosen;
    if (themeId === "" || isHighContrast()) {
      setPageTheme(null);
      return;
    }
    if (this.#server.state !== "running") {
      return; // what was kept is shown until then
    }
    try {
      const theme = await this.#server.request(requests.themeResolve, { themeId, editorKind: editorKind() });
      if (asked !== this.#asked) {
        return;
      }
      this.#missed = "";
      setPageTheme({ css: theme.css, dark: theme.dark });
      if (this.#preview === undefined) {
        await this.#memory.update(KEPT, theme);
      }
    } catch (error) {
      const { kind, message } = describe(error);
      if (asked === this.#asked && kind !== "serverStopped" && kind !== "cancelled") {
        setPageTheme(null);
        this.#tell(themeId, message);
      }
    }
  }

  /** Once for each theme: it is asked for again whenever plugins change. */
  #tell(themeId: string, message: string): void {
    if (this.#preview !== undefined || this.#missed === themeId) {
      return;
    }
    this.#missed = themeId;
    const another = vscode.l10n.t("Select Another");
    const said = vscode.l10n.t("The theme {0} cannot be shown, the editor's own colors are used: {1}", plain(themeId, 80), unlinked(message));
    void vscode.window.showWarningMessage(said, another).then((pressed) => {
      if (pressed === another) {
        void vscode.commands.executeCommand("thoth.theme.select");
      }
    });
  }
}

/** What the editor's own colour theme is like, in the server's words. */
export function editorKind(): P.ThemesParams["editorKind"] {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Light:
      return "light";
    case vscode.ColorThemeKind.HighContrast:
      return "highContrastDark";
    case vscode.ColorThemeKind.HighContrastLight:
      return "highContrastLight";
    case vscode.ColorThemeKind.Dark:
      return "dark";
  }
}

function isHighContrast(): boolean {
  return editorKind().startsWith("highContrast");
}
