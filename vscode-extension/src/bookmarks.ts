/** The list of bookmarks of what is open: to jump to, to rename and to delete. */
import * as vscode from "vscode";
import type { DataGrid } from "./dataEditor/dataGrid";
import type { Bookmark } from "./shared/fileMemory";
import { toJsonPath } from "./shared/paths/jsonPath";

/** The part of a grid that matters here. */
type BookmarkedGrid = Pick<DataGrid, "bookmarks" | "changeBookmarks" | "command"> & { readonly session: Pick<DataGrid["session"], "fileName"> };

interface Item extends vscode.QuickPickItem {
  readonly bookmark: Bookmark;
}

/** Shows the bookmarks of what is open in `editor`; the one that is chosen is shown there. */
export function showBookmarks(editor: BookmarkedGrid): void {
  const { t } = vscode.l10n;
  if (editor.bookmarks.length === 0) {
    void vscode.window.showInformationMessage(t("This file has no bookmarks. Select a value and add one first."));
    return;
  }
  const rename: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("edit"), tooltip: t("Rename") };
  const remove: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("trash"), tooltip: t("Delete") };
  const items = (): Item[] => editor.bookmarks.map((bookmark) => itemOf(bookmark, [rename, remove]));
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = t("Bookmarks of {0}", editor.session.fileName);
  picker.placeholder = t("Choose a bookmark to go to");
  picker.matchOnDescription = true;
  picker.items = items();
  picker.onDidTriggerItemButton(async ({ button, item: { bookmark } }) => {
    if (button === remove) {
      await changeBookmark(editor, bookmark, null);
      picker.items = items();
      return;
    }
    const label = await askForLabel(bookmark);
    if (label !== undefined) {
      await changeBookmark(editor, bookmark, { ...bookmark, label });
    }
    showBookmarks(editor); // the list has closed while the name was asked for
  });
  picker.onDidAccept(() => {
    const chosen = picker.selectedItems[0]?.bookmark;
    picker.hide();
    if (chosen !== undefined) {
      editor.command({ name: "reveal", record: chosen.record, path: chosen.path });
    }
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

/** Puts `changed` in the place of a bookmark, or (null) takes it away. */
export async function changeBookmark(
  grid: Pick<DataGrid, "bookmarks" | "changeBookmarks">,
  bookmark: Bookmark,
  changed: Bookmark | null,
): Promise<void> {
  const key = keyOf(bookmark);
  const bookmarks = grid.bookmarks.flatMap((other) => {
    if (keyOf(other) !== key) {
      return [other];
    }
    return changed === null ? [] : [changed];
  });
  await grid.changeBookmarks(bookmarks);
}

function itemOf(bookmark: Bookmark, buttons: vscode.QuickInputButton[]): Item {
  const { record, path, label } = bookmark;
  const row = vscode.l10n.t("Row {0}", (record + 1).toLocaleString(vscode.env.language));
  const where = toJsonPath(path);
  const isNamed = ![row, `${row} ${where}`].includes(label); // else its name says where it is
  return { label, ...(isNamed ? { description: row, detail: where } : {}), buttons, bookmark };
}

function askForLabel({ label }: Bookmark): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Rename Bookmark"),
    value: label,
    validateInput: (typed) => (typed.trim() === "" ? vscode.l10n.t("Type a name.") : undefined),
  });
}

function keyOf({ record, path }: Bookmark): string {
  return JSON.stringify([record, ...path]);
}
