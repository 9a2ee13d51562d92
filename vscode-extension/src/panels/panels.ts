/** All panels of plugins, in tabs and in the side bar. */
import * as vscode from "vscode";
import type { Panel } from "./panel";
import { SideBar, type SideBarContext } from "./sideBar";
import { Signals, type SignalSource } from "./signals";
import { PanelTabs } from "./tabs";

export class Panels implements vscode.Disposable {
  readonly tabs: PanelTabs;
  readonly sideBar: SideBar;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #isBusyTold = false;

  constructor(context: SideBarContext) {
    this.tabs = new PanelTabs(context);
    this.sideBar = new SideBar(context);
    const changed = (): void => {
      this.#tellBusy();
      this.#changed.fire();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.tabs.onDidChange(changed),
      this.sideBar.onDidChange(changed),
      new Signals(context.server, this.#source()),
      this.#changed,
      this.tabs,
      this.sideBar,
    );
  }

  get all(): readonly Panel[] {
    return [...this.tabs.all.map(({ panel }) => panel), ...this.sideBar.panels];
  }

  /** The panel of the tab in front. */
  get active(): Panel | undefined {
    return this.tabs.active?.panel;
  }

  async reveal(panel: Panel): Promise<void> {
    const tab = this.tabs.all.find((each) => each.panel === panel);
    if (tab === undefined) {
      await this.sideBar.reveal(panel);
    } else {
      tab.reveal();
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #source(): SignalSource {
    const all = (): readonly Panel[] => this.all;
    const isNear = (panel: Panel): boolean => panel.place === "sidebar" || panel === this.active;
    return {
      get panels() {
        return all().map((panel) => ({ panelId: panel.panelId, title: panel.title, isNear: isNear(panel) }));
      },
      onDidChange: this.#changed.event,
    };
  }

  /** What a button of the editor's title depends on. */
  #tellBusy(): void {
    const isBusy = this.active?.status.work === "busy";
    if (isBusy !== this.#isBusyTold) {
      this.#isBusyTold = isBusy;
      void vscode.commands.executeCommand("setContext", "thoth.panelBusy", isBusy);
    }
  }
}
