/** The grid that commands, keys and the status bar are about: of the data editor in front, or within the panel in front. */
import * as vscode from "vscode";
import type { DataGrid } from "./dataEditor/dataGrid";

/** The data editors. */
export interface Editors {
  readonly active: DataGrid | undefined;
  readonly onDidChangeActive: vscode.Event<unknown>;
}

/** The tabs of panels, with the data in the one in front. */
export interface DataTabs {
  readonly active: { readonly data: { readonly active: DataGrid | undefined; readonly isFocused: boolean } } | undefined;
  readonly onDidChangeData: vscode.Event<unknown>;
}

export class ActiveGrid implements vscode.Disposable {
  readonly #editors: Editors;
  readonly #tabs: DataTabs;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** It is another one, or what it shows has changed, or a data view has got or lost the focus. */
  readonly onDidChange = this.#changed.event;

  constructor(editors: Editors, tabs: DataTabs) {
    this.#editors = editors;
    this.#tabs = tabs;
    const changed = (): void => this.#changed.fire();
    this.#subscriptions = vscode.Disposable.from(editors.onDidChangeActive(changed), tabs.onDidChangeData(changed), this.#changed);
  }

  get current(): DataGrid | undefined {
    return this.#editors.active ?? this.inPanel;
  }

  /** The data view of the panel in front. */
  get inPanel(): DataGrid | undefined {
    return this.#tabs.active?.data.active;
  }

  /** Whether that has the focus: then keys are meant for it, and else for what else its panel shows. */
  get isFocusedInPanel(): boolean {
    return this.#tabs.active?.data.isFocused ?? false;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
