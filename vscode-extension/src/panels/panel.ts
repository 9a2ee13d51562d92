/** One panel of a plugin: an instance at the server from open to close, and another when that was lost. */
import * as vscode from "vscode";
import { Failure, toFailure } from "../errors";
import type * as P from "../generated/protocol";
import type { PluginStore } from "../plugins/store";
import type { ServerApi } from "../serverApi";
import type { PanelBanner, PanelEvent, PanelState, PanelStatus, PanelTree } from "../shared/panelPage";
import { bannersOf, failureNote } from "./banners";
import { Instance, isUnknown } from "./instance";
import { Kept } from "./kept";
import { Opener } from "./opener";
import { lostWithServer, type Phase } from "./phases";
import { Shown } from "./shown";

export interface PanelContext {
  readonly server: ServerApi;
  readonly plugins: PluginStore;
}

export class Panel implements vscode.Disposable {
  readonly place: P.OpenPanelParams["place"];
  readonly #context: PanelContext;
  readonly #drawn = new vscode.EventEmitter<PanelTree>();
  readonly #turned = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly #disposed = new vscode.CancellationTokenSource();
  readonly #kept: Kept;
  readonly #opener: Opener;
  readonly #shown = new Shown();
  /** It has another tree. */
  readonly onDidDraw = this.#drawn.event;
  /** Its title, icon or status may be others. */
  readonly onDidTurn = this.#turned.event;
  /** There is something else to begin with another time. */
  readonly onDidKeep: vscode.Event<PanelState>;
  #phase: Phase = { name: "idle" };
  #instance: Instance | undefined;
  /** Settled when the last attempt to have one has come to an end. */
  #opening: Promise<void> = Promise.resolve();
  #work: PanelStatus["work"] = "none";
  #note: PanelBanner | undefined;
  #isSeen = false;
  #isFocused = false;
  /** Whether the plugin can be used, as far as is known. */
  #isPluginOn: boolean;

  constructor(context: PanelContext, place: P.OpenPanelParams["place"], state: PanelState) {
    this.#context = context;
    this.place = place;
    this.#kept = new Kept(state, () => this.#askState());
    this.onDidKeep = this.#kept.onDidChange;
    this.#opener = new Opener(context.server, this.#disposed.token);
    this.#isPluginOn = this.plugin?.state === "enabled";
    this.#subscriptions = vscode.Disposable.from(
      this.#drawn,
      this.#turned,
      this.#kept,
      context.server.onDidChangeState(() => this.#serverTurned()),
      context.plugins.onDidChange(() => this.#pluginsChanged()),
    );
  }

  get pluginId(): string {
    return this.state.pluginId;
  }

  /** As far as is known. */
  get plugin(): P.PluginInfo | undefined {
    return this.#context.plugins.find(this.state.pluginId);
  }

  /** The plugin's name, for sentences about it. */
  get pluginName(): string {
    return this.plugin?.name ?? this.pluginId;
  }

  /** Of the instance, while there is one. */
  get panelId(): string | undefined {
    return this.#instance?.panelId;
  }

  get title(): string {
    return this.state.title === "" ? this.pluginName : this.state.title;
  }

  get icon(): string | null {
    return this.state.icon ?? this.plugin?.icon ?? null;
  }

  get state(): PanelState {
    return this.#kept.now;
  }

  get phase(): Phase["name"] {
    return this.#phase.name;
  }

  get tree(): PanelTree | undefined {
    return this.#shown.tree;
  }

  get status(): PanelStatus {
    const { name } = this.#phase;
    const note = this.#note === undefined ? [] : [this.#note];
    const banners = [...bannersOf(this.#phase, this.pluginName, this.#context.server), ...note];
    return { isLive: name === "live", isOpening: name === "opening", work: this.#work, banners };
  }

  /** Whether anybody can see it: what was lost meanwhile is opened again when somebody can. */
  setSeen(isSeen: boolean): void {
    this.#isSeen = isSeen;
    if (isSeen && this.#phase.name === "idle") {
      void this.open();
    }
  }

  setFocused(isFocused: boolean): void {
    if (isFocused !== this.#isFocused) {
      this.#isFocused = isFocused;
      this.#instance?.tellFocus(isFocused);
    }
  }

  /** Has an instance made, from what was kept; never rejects, the phase tells how it went. */
  open(): Promise<void> {
    const { name } = this.#phase;
    if (!this.#isDisposed && name !== "opening" && name !== "live") {
      this.#opening = this.#tryToOpen();
    }
    return this.#opening;
  }

  #tryToOpen(): Promise<void> {
    this.#turn({ name: "opening" });
    return this.#opener.open({ pluginId: this.pluginId, place: this.place, state: this.state.state }, (outcome) => {
      if (outcome instanceof Failure) {
        const isOffline = this.#context.server.state === "stopped";
        this.#turn(isOffline ? { name: "offline", failure: outcome } : { name: "ended", message: outcome.message });
      } else {
        this.#begin(outcome);
      }
    });
  }

  /** Settled when the plugin has dealt with it; rejects with a Failure that says why it has not. */
  async send(event: PanelEvent): Promise<void> {
    const instance = this.#instance;
    if (instance === undefined) {
      throw new Failure("cancelled", vscode.l10n.t("The panel is not open."));
    }
    try {
      await instance.send(event);
      this.#kept.soon();
    } catch (error) {
      if (!isUnknown(error)) {
        throw error;
      }
      if (instance === this.#instance) {
        this.#lose({ name: "idle" });
      }
      throw new Failure("cancelled", vscode.l10n.t("The panel was lost and is opened again."));
    }
  }

  /** Ends the call that runs; what comes next begins where the state was kept last. Rejects with a Failure. */
  async stop(): Promise<void> {
    const instance = this.#instance;
    if (instance === undefined || this.#work !== "busy") {
      return;
    }
    this.#setWork("stopping");
    try {
      await instance.stop();
    } finally {
      if (instance === this.#instance) {
        this.#setWork("none");
      }
    }
  }

  /** Has another instance, from the last state; never rejects. */
  async restart(): Promise<void> {
    const instance = this.#instance;
    if (instance === undefined) {
      return this.open();
    }
    this.#note = undefined;
    this.#turn({ name: "opening" });
    try {
      const view = await instance.restart();
      if (instance === this.#instance) {
        this.#live(this.#shown.newest(view));
      }
    } catch (error) {
      if (instance !== this.#instance) {
        return;
      }
      if (isUnknown(error)) {
        this.#lose({ name: "idle" });
        return this.open();
      }
      this.#turn({ name: "crashed", message: toFailure(error).message });
    }
  }

  /** Takes away the sentence that can be taken away. */
  dismiss(): void {
    this.#note = undefined;
    this.#turned.fire();
  }

  dispose(): void {
    this.#opener.forget();
    this.#disposed.cancel();
    this.#instance?.dispose();
    this.#instance = undefined;
    this.#subscriptions.dispose();
  }

  get #isDisposed(): boolean {
    return this.#disposed.token.isCancellationRequested;
  }

  #begin({ panelId, view, note }: P.PanelOpened): void {
    this.#note = note === null ? undefined : { kind: "info", text: note, detail: "", actions: ["dismiss"] };
    this.#live(view);
    this.#instance = new Instance(this.#context.server, panelId, {
      rendered: (next) => this.#show(next),
      failed: (event) => this.#failed(event),
      worked: ({ busy }) => {
        if (this.#work !== "stopping" || !busy) {
          this.#setWork(busy ? "busy" : "none");
        }
      },
      closed: (event) => this.#closed(event),
    });
    if (this.#isFocused) {
      this.#instance.tellFocus(true);
    }
  }

  /** Shows the first tree of another instance. */
  #live(view: P.PanelView): void {
    this.#work = "none";
    this.#phase = { name: "live" };
    this.#draw(view, this.#shown.begin(view));
  }

  #show(view: P.PanelView): void {
    const tree = this.#shown.take(view);
    if (tree !== undefined) {
      this.#draw(view, tree);
    }
  }

  #draw(view: P.PanelView, tree: PanelTree): void {
    // First: what else is told keeps the window busy, and somebody waits for this.
    this.#drawn.fire(tree);
    if (view.title !== this.state.title || view.icon !== this.state.icon) {
      this.#kept.change({ title: view.title, icon: view.icon });
    }
    this.#turned.fire();
    this.#kept.soon();
  }

  /** Where it goes on by itself, from its last state, that is said too: what was done last may be lost. */
  #failed(event: P.DidFailPanel): void {
    this.#note = event.ended ? undefined : failureNote(event, this.pluginName);
    if (event.ended) {
      this.#work = "none";
      this.#turn({ name: "crashed", message: event.message });
    } else {
      this.#turned.fire();
    }
  }

  #closed({ message, state, again }: P.DidClosePanel): void {
    if (state !== null) {
      this.#kept.change({ state });
    }
    this.#lose(again ? { name: "idle" } : { name: "ended", message });
  }

  #serverTurned(): void {
    const lost = lostWithServer(this.#phase, this.#context.server);
    if (lost === undefined) {
      this.#turned.fire();
    } else {
      this.#lose(lost);
    }
  }

  /** A plugin that was switched on again has its panel back. */
  #pluginsChanged(): void {
    const wasOn = this.#isPluginOn;
    this.#isPluginOn = this.plugin?.state === "enabled";
    if (!wasOn && this.#isPluginOn && this.#phase.name === "ended") {
      this.#lose({ name: "idle" });
    } else {
      this.#turned.fire();
    }
  }

  /** A plugin that would not say is begun with what it said last. */
  async #askState(): Promise<string | null | undefined> {
    const instance = this.#instance;
    const state = this.#phase.name === "live" ? await instance?.state() : undefined;
    return instance === this.#instance ? state : undefined;
  }

  #setWork(work: PanelStatus["work"]): void {
    this.#work = work;
    this.#turned.fire();
  }

  /** There is no instance any more; what it looked like stays, until there is another one. */
  #lose(phase: Phase): void {
    this.#opener.forget();
    this.#instance?.forget();
    this.#instance = undefined;
    this.#work = "none";
    this.#turn(phase);
    this.setSeen(this.#isSeen);
  }

  #turn(phase: Phase): void {
    this.#phase = phase;
    this.#turned.fire();
  }
}
