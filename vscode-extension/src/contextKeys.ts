/** What keybindings depend on, besides which editor is active. */
import * as vscode from "vscode";
import type { DataEditorProvider } from "./dataEditor/provider";
import type { Renderers } from "./renderers";

/** Keeps the keys up to date with the active data editor and with the plugins there are. */
export function contextKeys(provider: DataEditorProvider, renderers: Renderers): vscode.Disposable {
  const told = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (told.get(key) !== value) {
      told.set(key, value);
      void vscode.commands.executeCommand("setContext", key, value);
    }
  };
  return vscode.Disposable.from(
    provider.onDidChangeActive((editor) => {
      set("thoth.canGoBack", editor?.history.back ?? false);
      set("thoth.canGoForward", editor?.history.forward ?? false);
    }),
    renderers.onDidChange((list) => set("thoth.hasRenderers", list.length > 0)),
  );
}
