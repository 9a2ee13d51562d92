/** Opens data files as grids. Read-only, and with no text document, so that the size of a file does not matter. */
import * as vscode from "vscode";
import { describe } from "../errors";
import { DataEditor, type EditorContext } from "./editor";
import { localFile, type LocalFile } from "./localFile";

export const VIEW_TYPE = "thoth.dataEditor";

interface DataDocument extends vscode.CustomDocument {
  readonly local: LocalFile;
}

export class DataEditorProvider implements vscode.CustomReadonlyEditorProvider<DataDocument>, vscode.Disposable {
  readonly #context: EditorContext;
  readonly #storage: vscode.Uri;
  readonly #editors = new Set<DataEditor>();
  readonly #activeChanged = new vscode.EventEmitter<DataEditor | undefined>();
  readonly #registration: vscode.Disposable;
  #active: DataEditor | undefined;
  /** The active editor, or undefined when another kind of editor is; fired also when what it shows has changed. */
  readonly onDidChangeActive = this.#activeChanged.event;

  constructor(context: EditorContext, storage: vscode.Uri) {
    this.#context = context;
    this.#storage = storage;
    this.#registration = vscode.window.registerCustomEditorProvider(VIEW_TYPE, this, {
      supportsMultipleEditorsPerDocument: true,
      // A hidden grid keeps its selection, its widths, its place and the matches of a search. It draws one screen of
      // cells and keeps a few pages, so what is retained is small whatever the size of the file.
      webviewOptions: { retainContextWhenHidden: true },
    });
  }

  get active(): DataEditor | undefined {
    return this.#active;
  }

  get editors(): ReadonlySet<DataEditor> {
    return this.#editors;
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
    const editor = new DataEditor(panel, document.uri, document.local.uri, this.#context);
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
    this.#registration.dispose();
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
