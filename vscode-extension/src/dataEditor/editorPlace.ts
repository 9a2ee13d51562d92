/** A grid that fills an editor of VS Code, and shows a file. */
import { basename } from "node:path";
import type * as vscode from "vscode";
import type { FileMemories } from "../fileMemories";
import type { GridMemory, GridPlace } from "./dataGrid";
import { DATA_SCHEME } from "./dataScheme";
import { dataActions, failureActions } from "./failureActions";
import type { DocumentSource } from "./session";

/** `uri` is what the editor was opened for, `local` is where the server finds it. */
export function editorPlace(panel: vscode.WebviewPanel, uri: vscode.Uri, local: vscode.Uri, memories: FileMemories): GridPlace {
  return {
    channel: panel.webview,
    source: fileSource(uri, local),
    memory: memoryOf(uri, memories),
    uri,
    get viewColumn(): vscode.ViewColumn | undefined {
      return panel.viewColumn;
    },
    get isActive(): boolean {
      return panel.active;
    },
    reveal: () => {
      panel.reveal(undefined, false);
    },
    close: () => {
      panel.dispose();
    },
    openInEditor: () => {
      panel.reveal(undefined, false);
      return Promise.resolve();
    },
  };
}

export function fileSource(uri: vscode.Uri, local: vscode.Uri): DocumentSource {
  const actions = uri.scheme === DATA_SCHEME ? dataActions : failureActions;
  return { name: basename(uri.path), locate: () => local.toString(), actions };
}

function memoryOf(uri: vscode.Uri, memories: FileMemories): GridMemory {
  const origin = {};
  return {
    current: () => memories.of(uri),
    remember: (change) => memories.remember(uri, change, origin),
    onDidChange: (listener) =>
      memories.onDidChange(({ uri: changed, memory, origin: changer }) => {
        if (changed === uri.toString() && changer !== origin) {
          listener(memory);
        }
      }),
  };
}
