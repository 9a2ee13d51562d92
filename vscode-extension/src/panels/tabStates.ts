/**
 * What tabs begin with in another window, kept beside what VS Code keeps of them: it writes its own down when a window is
 * left, and about once a minute, which is too late where a window is lost.
 */
import type * as vscode from "vscode";
import type { PanelState } from "../shared/panelPage";

const KEY = "thoth.panelTabs";
/** Tabs kept; those that changed longest ago go first. Of a tab that was closed nothing is kept. */
const MOST_TABS = 30;
/** Characters of one state; all of them are written down with each change. Of larger ones what VS Code keeps has to do. */
const LONGEST = 64 * 1024;

type Kept = Readonly<Record<string, PanelState>>;

export class TabStates {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** What the tab was last, where that was kept here; else what VS Code kept. */
  latest(kept: PanelState): PanelState {
    const all = this.#all;
    const own = Object.hasOwn(all, kept.key) ? all[kept.key] : undefined;
    return own?.pluginId === kept.pluginId ? own : kept;
  }

  keep(state: PanelState): void {
    const others = Object.entries(this.#all).filter(([key]) => key !== state.key);
    const isShort = (state.state?.length ?? 0) <= LONGEST;
    this.#update(Object.fromEntries([...others, ...(isShort ? [[state.key, state] as const] : [])].slice(-MOST_TABS)));
  }

  forget(key: string): void {
    this.#update(Object.fromEntries(Object.entries(this.#all).filter(([other]) => other !== key)));
  }

  get #all(): Kept {
    return this.#memory.get<Kept>(KEY) ?? {};
  }

  #update(kept: Kept): void {
    void this.#memory.update(KEY, kept);
  }
}
