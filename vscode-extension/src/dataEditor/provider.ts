/** Opens data files as grids. Read-only, and with no text document, so that the size of a file does not matter. */
import * as vscode from "vscode";
import { describe } from "../errors";
import type { FileMemories } from "../fileMemories";
import { DataGrid, type GridContext } from "./dataGrid";
import { editorPlace } from "./editorPlace";
import { showPage } from "./html";
import { localFile, type LocalFile } from "./localFile";
import { OPTIONAL_VIEW_TYPE, VIEW_TYPE } from "./viewTypes";

/** What editors need of the extension around them. */
export interface EditorContext extends GridContext {
  readonly extensionUri: vscode.Uri;
  readonly memories: FileMemories;
}

interface DataDocument extends vscode.CustomDocument {
  readonly local: LocalFile;
}

export class DataEditorProvider implements vscode.CustomReadonlyEditorProvider<DataDocument>, vscode.Disposable {
  readonly #context: EditorContext;
  readonly #storage: vscode.Uri;
  readonly #editors = new Set<DataGrid>();
  readonly #activeChanged = new vscode.EventEmitter<DataGrid | undefined>();
  readonly #registrations: readonly vscode.Disposable[];
  /** Plugins chosen for files that are about to be opened, by URI. */
  readonly #chosen = new Map<string, string>();
  #active: DataGrid | undefined;
  /** The active editor, or undefined when another kind of editor is; fired also when what it shows has changed. */
  readonly onDidChangeActive = this.#activeChanged.event;

  constructor(context: EditorContext, storage: vscode.Uri) {
    this.#context = context;
    this.#storage = storage;
    this.#registrations = [VIEW_TYPE, OPTIONAL_VIEW_TYPE].map((viewType) =>
      vscode.window.registerCustomEditorProvider(viewType, this, {
        supportsMultipleEditorsPerDocument: true,
        // A hidden grid keeps its selection, its widths, its place and the matches of a search. It draws one screen of
        // cells and keeps a few pages, so what is retained is small whatever the size of the file.
        webviewOptions: { retainContextWhenHidden: true },
      }),
    );
  }

  get active(): DataGrid | undefined {
    return this.#active;
  }

  get editors(): ReadonlySet<DataGrid> {
    return this.#editors;
  }

  /** Shows a file read by a plugin, in the editor that has it open already or in a new one. */
  async openWith(uri: vscode.Uri, pluginId: string): Promise<void> {
    const name = uri.toString();
    const open = this.#active?.uri.toString() === name ? this.#active : [...this.#editors].find((editor) => editor.uri.toString() === name);
    if (open !== undefined) {
      open.reveal();
      await open.session.readWith(pluginId);
      return;
    }
    this.#chosen.set(name, pluginId);
    try {
      await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE);
    } finally {
      this.#chosen.delete(name);
    }
  }

  async openCustomDocument(uri: vscode.Uri): Promise<DataDocument> {
    try {
      const local = await localFile(uri, this.#storage);
      return {
        uri,
        local,
        dispose: () => {
          local.dispose();
        },
      };
    } catch (error) {
      throw new Error(describe(error).message, { cause: error });
    }
  }

  resolveCustomEditor(document: DataDocument, panel: vscode.WebviewPanel): void {
    const { extensionUri, memories } = this.#context;
    const editor = new DataGrid(editorPlace(panel, document.uri, document.local.uri, memories), this.#context);
    showPage(panel.webview, extensionUri, "grid");
    const chosen = this.#chosen.get(document.uri.toString());
    if (chosen !== undefined) {
      void editor.session.readWith(chosen);
    }
    this.#editors.add(editor);
    const subscriptions = [
      editor.onDidChange(() => {
        if (editor === this.#active) {
          this.#activeChanged.fire(editor);
        }
      }),
      panel.onDidChangeViewState(() => this.#activate()),
    ];
    panel.onDidDispose(() => {
      this.#editors.delete(editor);
      editor.dispose();
      vscode.Disposable.from(...subscriptions).dispose();
      this.#activate();
    });
    this.#activate();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#registrations).dispose();
    for (const editor of this.#editors) {
      editor.dispose();
    }
    this.#activeChanged.dispose();
  }

  #activate(): void {
    const active = [...this.#editors].find((editor) => editor.isActive);
    if (active !== this.#active) {
      this.#active = active;
      this.#activeChanged.fire(active);
    }
  }
}
