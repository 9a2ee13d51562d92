/** What commands and keybindings depend on, besides which editor is active. */
import * as vscode from "vscode";
import type { ActiveGrid } from "./activeGrid";
import type { Renderers } from "./renderers";

/** Keeps the keys up to date with the grid that commands are about and with the plugins there are. */
export function contextKeys(grids: ActiveGrid, renderers: Pick<Renderers, "onDidChange">): vscode.Disposable {
  const told = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (told.get(key) !== value) {
      told.set(key, value);
      void vscode.commands.executeCommand("setContext", key, value);
    }
  };
  return vscode.Disposable.from(
    grids.onDidChange(() => {
      const { current, inPanel, isFocusedInPanel } = grids;
      set("thoth.canGoBack", current?.history.back ?? false);
      set("thoth.canGoForward", current?.history.forward ?? false);
      set("thoth.dataViewActive", inPanel !== undefined);
      set("thoth.dataViewFocused", isFocusedInPanel);
    }),
    renderers.onDidChange((list) => set("thoth.hasRenderers", list.length > 0)),
  );
}
