/** Panels of plugins in tabs of the editor. */
import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { DataViews } from "../dataViews/dataViews";
import type * as P from "../generated/protocol";
import type { PanelState } from "../shared/panelPage";
import { keptState } from "../shared/panelState";
import { tabIcon } from "./icons";
import { PanelPage, type PageServices } from "./page";
import { Panel, type PanelContext } from "./panel";
import { TabStates } from "./tabStates";

export const PANEL_VIEW_TYPE = "thoth.panel";

export interface PanelTab {
  readonly panel: Panel;
  readonly data: Pick<DataViews, "active" | "isFocused">;
  reveal(): void;
}

export interface TabContext extends PanelContext, PageServices {
  /** Of what is kept for the tabs of this workspace. */
  readonly states: vscode.Memento;
}

export class PanelTabs implements vscode.Disposable {
  readonly #context: TabContext;
  readonly #states: TabStates;
  readonly #open = new Set<PanelTab>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #dataChanged = new vscode.EventEmitter<void>();
  readonly #registration: vscode.Disposable;
  /** Others are open, another is in front, or one of them has turned. */
  readonly onDidChange = this.#changed.event;
  /** The data that commands are about is another in the tab in front, or another tab is in front. */
  readonly onDidChangeData = this.#dataChanged.event;
  #active: PanelTab | undefined;

  constructor(context: TabContext) {
    this.#context = context;
    this.#states = new TabStates(context.states);
    this.#registration = vscode.window.registerWebviewPanelSerializer(PANEL_VIEW_TYPE, {
      deserializeWebviewPanel: (view, state: unknown) => {
        const kept = keptState(state);
        if (kept === undefined) {
          view.dispose();
        } else {
          this.#fill(view, this.#states.latest(kept));
        }
        return Promise.resolve();
      },
    });
  }

  get all(): readonly PanelTab[] {
    return [...this.#open];
  }

  /** The tab in front, where that is one of ours. */
  get active(): PanelTab | undefined {
    return this.#active;
  }

  /** Opens a tab of a plugin, which begins with `state`. */
  open(pluginId: string, begin: Partial<PanelState> = {}): void {
    const state = { key: randomUUID(), pluginId, state: null, title: "", icon: null, ...begin };
    const title = state.title === "" ? (this.#context.plugins.find(pluginId)?.name ?? pluginId) : state.title;
    // A hidden panel keeps what is being typed into it.
    const options = { retainContextWhenHidden: true, enableFindWidget: true };
    this.#fill(vscode.window.createWebviewPanel(PANEL_VIEW_TYPE, title, vscode.ViewColumn.Active, options), state);
  }

  /** What a plugin asked for. */
  show({ pluginId, title, icon, state }: P.ShowPanelParams): P.Empty {
    this.open(pluginId, { title, icon, state });
    return {};
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#dataChanged.dispose();
    for (const { panel } of this.#open) {
      panel.dispose();
    }
  }

  #fill(view: vscode.WebviewPanel, state: PanelState): void {
    const panel = new Panel(this.#context, "tab", state);
    const page = new PanelPage(view.webview, panel, this.#context, () => view.reveal());
    const tab: PanelTab = { panel, data: page.data, reveal: () => view.reveal() };
    this.#open.add(tab);
    let icon: string | null | undefined;
    const look = (): void => {
      if (view.title !== panel.title) {
        view.title = panel.title;
      }
      if (icon !== panel.icon) {
        icon = panel.icon;
        view.iconPath = tabIcon(this.#context.extensionUri, icon);
      }
      this.#changed.fire();
    };
    const turned = (): void => {
      this.#activate(view.active ? tab : this.#active === tab ? undefined : this.#active);
      panel.setSeen(view.visible);
      panel.setFocused(view.active);
      this.#changed.fire();
    };
    page.data.onDidChangeActive(() => {
      if (tab === this.#active) {
        this.#dataChanged.fire();
      }
    });
    panel.onDidTurn(look);
    panel.onDidKeep((kept) => this.#states.keep(kept));
    view.onDidChangeViewState(turned);
    view.onDidDispose(() => {
      this.#open.delete(tab);
      this.#states.forget(state.key);
      this.#activate(this.#active === tab ? undefined : this.#active);
      page.dispose();
      panel.dispose();
      this.#changed.fire();
    });
    look();
    turned();
  }
  #activate(tab: PanelTab | undefined): void {
    if (tab !== this.#active) {
      this.#active = tab;
      this.#dataChanged.fire();
    }
  }
}
