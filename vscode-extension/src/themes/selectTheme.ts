/** The list of themes: what the pointer or the cursor is on is shown at once, and Escape brings back what was. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import type { ServerApi } from "../serverApi";
import { editorKind, type ThemeInForce } from "./themeInForce";

/** Milliseconds the cursor rests on a theme before it is shown: who runs through the list does not wait for each. */
const PREVIEW_MS = 80;

interface ThemeItem extends vscode.QuickPickItem {
  readonly themeId?: string;
}

/** Has the person choose a theme for our pages, and sets it. */
export async function selectTheme(server: ServerApi, inForce: ThemeInForce): Promise<void> {
  const { themes, failures } = await server.request(requests.themeList, { editorKind: editorKind() });
  const gallery = { iconPath: new vscode.ThemeIcon("preview"), tooltip: vscode.l10n.t("Show All Themes") };
  const items = themeItems(themes, failures, inForce.chosen);
  const list = vscode.window.createQuickPick<ThemeItem>();
  list.title = vscode.l10n.t("Theme of Thoth's Views");
  list.placeholder = vscode.l10n.t("Select a theme (it is shown while you move)");
  list.matchOnDescription = true;
  list.items = items;
  list.activeItems = items.filter(({ themeId }) => themeId === inForce.chosen);
  list.buttons = [gallery];
  let timer: NodeJS.Timeout | undefined;
  const show = (themeId: string | undefined): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void inForce.preview(themeId), PREVIEW_MS);
  };
  const chosen = await new Promise<string | undefined>((resolve) => {
    list.onDidChangeActive(([item]) => {
      if (item?.themeId !== undefined) {
        show(item.themeId);
      }
    });
    list.onDidAccept(() => resolve(list.selectedItems[0]?.themeId));
    list.onDidTriggerButton(() => {
      resolve(undefined);
      void vscode.commands.executeCommand("thoth.theme.gallery");
    });
    list.onDidHide(() => resolve(undefined));
    list.show();
  });
  clearTimeout(timer);
  list.dispose();
  if (chosen === undefined) {
    await inForce.preview(undefined);
  } else {
    await inForce.choose(chosen);
  }
}

/** The editor's own colours first, then all themes below the names of their families. */
export function themeItems(themes: readonly P.ThemeInfo[], failures: readonly P.ThemeFailure[], chosen: string): ThemeItem[] {
  const { t } = vscode.l10n;
  const mark = (themeId: string): string => (themeId === chosen ? "$(check) " : "");
  const items: ThemeItem[] = [
    { label: `${mark("")}${t("The Editor's Own Colors")}`, description: t("default"), themeId: "", alwaysShow: true },
  ];
  let family: string | undefined;
  for (const theme of themes) {
    if (theme.family !== family) {
      family = theme.family;
      items.push({ label: family, kind: vscode.QuickPickItemKind.Separator });
    }
    const kind = theme.dark ? t("dark") : t("light");
    const description = theme.dynamic ? t("{0}, follows the editor", kind) : kind;
    const [remark] = theme.remarks;
    items.push({
      label: `${mark(theme.themeId)}${theme.name}`,
      description: remark === undefined ? description : `${description} $(warning)`,
      ...(remark === undefined ? {} : { detail: remark }),
      themeId: theme.themeId,
    });
  }
  if (failures.length > 0) {
    items.push({ label: t("Cannot Be Shown"), kind: vscode.QuickPickItemKind.Separator });
    items.push(...failures.map(({ pluginName, message }) => ({ label: `$(error) ${pluginName}`, detail: message })));
  }
  return items;
}
