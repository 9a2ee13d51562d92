/** Commands about themes. */
import * as vscode from "vscode";
import * as requests from "../generated/requests";
import type { ServerApi } from "../serverApi";
import { applyTheme, removeTheme } from "./applyTheme";
import { exportTheme } from "./exportTheme";
import type { ThemeGallery } from "./gallery";
import { importTheme } from "./importTheme";
import { selectTheme } from "./selectTheme";
import { editorKind, type ThemeInForce } from "./themeInForce";

export interface ThemeCommandContext {
  readonly server: ServerApi;
  readonly theme: ThemeInForce;
  readonly gallery: ThemeGallery;
}

type Run = (context: ThemeCommandContext, ...args: readonly unknown[]) => void | Promise<void>;

export const THEME_COMMANDS: Readonly<Record<string, Run>> = {
  "thoth.theme.select": ({ server, theme }) => selectTheme(server, theme),
  "thoth.theme.gallery": ({ gallery }) => gallery.show(),
  "thoth.theme.apply": (context, named) => withTheme(context, named, vscode.l10n.t("Apply Theme to Editor"), (id) => applyTheme(context.server, id)),
  "thoth.theme.remove": () => removeTheme(),
  "thoth.theme.export": (context, named) =>
    withTheme(context, named, vscode.l10n.t("Export Theme as VS Code Extension"), (id) => exportTheme(context.server, id)),
  "thoth.theme.import": ({ server, theme }) => importTheme(server, theme),
};

/** The theme that is named, the one that is shown, or one the person chooses. */
async function withTheme({ server, theme }: ThemeCommandContext, named: unknown, title: string, act: (themeId: string) => Promise<void>): Promise<void> {
  const known = typeof named === "string" && named !== "" ? named : theme.chosen;
  const themeId = known === "" ? await choose(server, title) : known;
  if (themeId !== undefined) {
    await act(themeId);
  }
}

async function choose(server: ServerApi, title: string): Promise<string | undefined> {
  const { themes } = await server.request(requests.themeList, { editorKind: editorKind() });
  const items = themes.map(({ themeId, name, family }) => ({ label: name, description: family, themeId }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.themeId;
}
