/** Panels of plugins in the side bar: a view for each plugin that shows something there. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { plain } from "../plugins/untrusted";
import type { PanelState } from "../shared/panelPage";
import { PanelPage, type PageServices } from "./page";
import { Panel, type PanelContext } from "./panel";
import { Slots, SLOTS } from "./slots";

/** `slot` counts from 0, as in package.json from 1. */
export const viewId = (slot: number): string => `thoth.panelView${slot + 1}`;
const shownKey = (slot: number): string => `thoth.panelView${slot + 1}Shown`;
const stateKey = (pluginId: string): string => `thoth.panelViewState:${pluginId}`;

/** A view that VS Code has made, with whatever fills it. */
interface View {
  readonly view: vscode.WebviewView;
  filled?: { readonly panel: Panel; readonly page: PanelPage; readonly turning: vscode.Disposable } | undefined;
}

export interface SideBarContext extends PanelContext, PageServices {
  /** Of which plugin is whose view. */
  readonly memory: vscode.Memento;
  /** Of what is kept for the panels of this workspace. */
  readonly states: vscode.Memento;
  /** The other views in the same container: while they are seen, so are ours. */
  readonly neighbours: readonly Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">[];
}

export class SideBar implements vscode.Disposable {
  readonly #context: SideBarContext;
  readonly #slots: Slots;
  readonly #views = new Map<number, View>();
  /** Panels that were opened to see whether there is something to show, until they are shown. */
  readonly #ready = new Map<string, Panel>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** Others are open, or one of them has turned. */
  readonly onDidChange = this.#changed.event;
  /** Plugins that can have panels now; what is remembered until it is known. */
  #usable: readonly P.PanelInfo[] | undefined;
  #isLooking = false;
  /** Those that could not tell; not asked again until they change. */
  readonly #failed = new Set<string>();

  constructor(context: SideBarContext) {
    this.#context = context;
    this.#slots = new Slots(context.memory);
    const provider = (slot: number): vscode.WebviewViewProvider => ({ resolveWebviewView: (view) => this.#resolve(slot, view) });
    const options = { webviewOptions: { retainContextWhenHidden: true } };
    const all = Array.from({ length: SLOTS }, (_, slot) => slot);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      ...all.map((slot) => vscode.window.registerWebviewViewProvider(viewId(slot), provider(slot), options)),
      context.plugins.onDidChange((change) => void this.#pluginsChanged(change)),
      ...context.neighbours.map((view) => view.onDidChangeVisibility(() => void this.#lookIfSeen())),
    );
    this.#tellShown();
  }

  get panels(): readonly Panel[] {
    return [...[...this.#views.values()].flatMap(({ filled }) => filled?.panel ?? []), ...this.#ready.values()];
  }

  /** Shows the view of a panel, which may be closed or in another place. */
  async reveal(panel: Panel): Promise<void> {
    const slot = this.#slotOf(panel.pluginId);
    if (slot !== undefined) {
      await vscode.commands.executeCommand(`${viewId(slot)}.focus`);
    }
  }

  /** Runs the plugins of which it is not known whether they show something in the side bar, one after the other. */
  async #look(): Promise<void> {
    if (this.#isLooking || this.#usable === undefined) {
      return;
    }
    this.#isLooking = true;
    try {
      for (const { pluginId } of this.#usable) {
        const plugin = this.#context.plugins.find(pluginId);
        // For a look into the side bar nobody is to be asked for permissions.
        const isDecided = plugin?.permissions.every(({ decision }) => decision !== "ask") ?? false;
        if (plugin !== undefined && isDecided && !this.#failed.has(pluginId) && this.#slots.find(pluginId, plugin.version) === undefined) {
          await this.#lookAt(pluginId, plugin.version);
        }
      }
    } finally {
      this.#isLooking = false;
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const panel of this.panels) {
      panel.dispose();
    }
  }

  async #pluginsChanged(change: P.DidChangePlugins | undefined): Promise<void> {
    const { server, plugins } = this.#context;
    for (const pluginId of change?.pluginIds ?? []) {
      this.#failed.delete(pluginId);
      if (change?.reason === "reloaded") {
        this.#slots.forget(pluginId);
      }
    }
    if (plugins.state !== "ready") {
      return;
    }
    try {
      this.#usable = (await server.request(requests.panelList, {})).panels;
    } catch {
      return; // the server ended; it is asked again when there is one
    }
    this.#tellShown();
    await this.#lookIfSeen();
  }

  /** A plugin is not run for a side bar that nobody looks at. */
  async #lookIfSeen(): Promise<void> {
    const views = [...this.#context.neighbours, ...[...this.#views.values()].map(({ view }) => view)];
    if (views.some(({ visible }) => visible)) {
      await this.#look();
    }
  }

  async #lookAt(pluginId: string, version: string): Promise<void> {
    const slot = this.#slotOf(pluginId);
    const shown = slot === undefined ? undefined : this.#views.get(slot)?.filled?.panel;
    const panel = shown ?? this.#panelOf(pluginId);
    await panel.open();
    const { phase, tree } = panel;
    if (phase === "live" && tree !== undefined && tree.node !== null) {
      const installed = new Set(this.#context.plugins.plugins.map(({ id }) => id));
      const taken = this.#slots.take(pluginId, version, installed);
      if (taken !== undefined && panel !== shown) {
        this.#ready.set(pluginId, panel);
        this.#fill(taken);
      } else if (taken === undefined) {
        panel.dispose();
        this.#failed.add(pluginId);
        const { t } = vscode.l10n;
        void vscode.window.showInformationMessage(t("There is room for the views of {0} plugins in the side bar. {1} has none, but opens in a tab.", SLOTS, plain(panel.pluginName, 80)));
      }
    } else {
      if (phase === "live") {
        this.#slots.takeNone(pluginId, version);
      } else {
        this.#failed.add(pluginId);
      }
      if (panel !== shown) {
        panel.dispose();
      }
    }
    this.#tellShown();
  }

  #panelOf(pluginId: string): Panel {
    const ready = this.#ready.get(pluginId);
    if (ready !== undefined) {
      this.#ready.delete(pluginId);
      return ready;
    }
    const state = this.#context.states.get<PanelState>(stateKey(pluginId));
    const panel = new Panel(this.#context, "sidebar", { key: pluginId, pluginId, state: null, title: "", icon: null, ...state });
    panel.onDidKeep((kept) => void this.#context.states.update(stateKey(pluginId), kept));
    return panel;
  }

  #resolve(slot: number, view: vscode.WebviewView): void {
    this.#views.set(slot, { view });
    view.onDidDispose(() => {
      const { filled } = this.#views.get(slot) ?? {};
      this.#views.delete(slot);
      filled?.turning.dispose();
      filled?.page.dispose();
      filled?.panel.dispose();
      this.#changed.fire();
    });
    view.onDidChangeVisibility(() => {
      this.#seen(slot);
      void this.#lookIfSeen();
    });
    this.#fill(slot);
  }

  /** Puts the panel of the plugin whose view it is into a view that VS Code has made. */
  #fill(slot: number): void {
    const at = this.#views.get(slot);
    const owner = this.#slots.ownerOf(slot);
    if (at === undefined || owner === undefined || at.filled?.panel.pluginId === owner) {
      return;
    }
    at.filled?.turning.dispose();
    at.filled?.page.dispose();
    at.filled?.panel.dispose();
    const panel = this.#panelOf(owner);
    const page = new PanelPage(at.view.webview, panel, this.#context, () => at.view.show());
    const look = (): void => {
      at.view.title = panel.title;
      this.#changed.fire();
    };
    at.filled = { panel, page, turning: panel.onDidTurn(look) };
    look();
    this.#seen(slot);
  }

  #seen(slot: number): void {
    const { view, filled } = this.#views.get(slot) ?? {};
    if (view !== undefined && filled !== undefined) {
      filled.panel.setSeen(view.visible);
      filled.panel.setFocused(view.visible);
    }
  }

  #slotOf(pluginId: string): number | undefined {
    return Array.from({ length: SLOTS }, (_, slot) => slot).find((slot) => this.#slots.ownerOf(slot) === pluginId);
  }

  /** Has VS Code show the views that belong to somebody who can be used, as far as is known. */
  #tellShown(): void {
    for (let slot = 0; slot < SLOTS; slot++) {
      const owner = this.#slots.ownerOf(slot);
      const isShown = owner !== undefined && (this.#usable === undefined || this.#usable.some(({ pluginId }) => pluginId === owner));
      void vscode.commands.executeCommand("setContext", shownKey(slot), isShown);
    }
    this.#changed.fire();
  }
}
