/** One panel of a plugin: an instance at the server from open to close, and another when that was lost. */
import * as vscode from "vscode";
import { Failure, toFailure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import type { PluginStore } from "../plugins/store";
import type { ServerApi } from "../serverApi";
import type { PanelBanner, PanelEvent, PanelState, PanelStatus, PanelTree } from "../shared/panelPage";
import { bannersOf, failureNote } from "./banners";
import { closeInstance, Instance, isUnknown } from "./instance";
import { Keeping } from "./keeping";

export interface PanelContext {
  readonly server: ServerApi;
  readonly plugins: PluginStore;
}

/** What a panel is at. One that was not opened yet, or was lost, is opened when somebody looks. */
export type Phase =
  | { readonly name: "idle" | "opening" | "live" }
  /** The instance takes no more events until it is restarted. */
  | { readonly name: "crashed"; readonly message: string }
  /** There is no instance, for a reason of its plugin's. */
  | { readonly name: "ended"; readonly message: string }
  | { readonly name: "offline"; readonly failure: Failure | undefined };

export class Panel implements vscode.Disposable {
  readonly place: P.OpenPanelParams["place"];
  readonly #context: PanelContext;
  readonly #drawn = new vscode.EventEmitter<PanelTree>();
  readonly #turned = new vscode.EventEmitter<void>();
  readonly #kept = new vscode.EventEmitter<PanelState>();
  readonly #subscriptions: vscode.Disposable;
  readonly #keeping = new Keeping(() => this.#askState());
  readonly #disposed = new vscode.CancellationTokenSource();
  /** It has another tree. */
  readonly onDidDraw = this.#drawn.event;
  /** Its title, icon or status may be others. */
  readonly onDidTurn = this.#turned.event;
  /** There is something else to begin with another time. */
  readonly onDidKeep = this.#kept.event;
  #state: PanelState;
  #phase: Phase = { name: "idle" };
  #instance: Instance | undefined;
  #view: P.PanelView | undefined;
  /** Counts instances, for the page. */
  #session = 0;
  /** Counts attempts to have an instance: what is answered to an earlier one changes nothing. */
  #attempt = 0;
  /** Settled when the last of them has come to an end. */
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
    this.#state = state;
    this.#isPluginOn = this.plugin?.state === "enabled";
    this.#subscriptions = vscode.Disposable.from(
      this.#drawn,
      this.#turned,
      this.#kept,
      this.#keeping,
      context.server.onDidChangeState((now) => this.#serverTurned(now)),
      context.plugins.onDidChange(() => this.#pluginsChanged()),
    );
  }

  get pluginId(): string {
    return this.#state.pluginId;
  }

  /** As far as is known. */
  get plugin(): P.PluginInfo | undefined {
    return this.#context.plugins.find(this.#state.pluginId);
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
    return this.#state.title === "" ? this.pluginName : this.#state.title;
  }

  get icon(): string | null {
    return this.#state.icon ?? this.plugin?.icon ?? null;
  }

  get state(): PanelState {
    return this.#state;
  }

  get phase(): Phase["name"] {
    return this.#phase.name;
  }

  get tree(): PanelTree | undefined {
    return this.#view === undefined ? undefined : { session: this.#session, node: this.#view.node, heightHint: this.#view.heightHint };
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

  async #tryToOpen(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#turn({ name: "opening" });
    const { server } = this.#context;
    try {
      const params = { pluginId: this.pluginId, place: this.place, state: this.#state.state };
      const opened = await server.request(requests.panelOpen, params, this.#disposed.token);
      if (attempt === this.#attempt) {
        this.#begin(opened);
      } else {
        closeInstance(server, opened.panelId); // nobody waits for it any more
      }
    } catch (error) {
      if (attempt === this.#attempt) {
        const failure = toFailure(error);
        this.#turn(server.state === "stopped" ? { name: "offline", failure } : { name: "ended", message: failure.message });
      }
    }
  }

  /** Settled when the plugin has dealt with it; rejects with a Failure that says why it has not. */
  async send(event: PanelEvent): Promise<void> {
    const instance = this.#instance;
    if (instance === undefined) {
      throw new Failure("cancelled", vscode.l10n.t("The panel is not open."));
    }
    try {
      await instance.send(event);
      this.#keeping.soon();
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
        const isOlder = this.#view !== undefined && this.#view.revision > view.revision;
        this.#live(isOlder && this.#view !== undefined ? this.#view : view);
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
    this.#attempt++;
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
    this.#session++;
    this.#work = "none";
    this.#phase = { name: "live" };
    this.#view = undefined;
    this.#show(view);
  }

  #show(view: P.PanelView): void {
    if (this.#view !== undefined && view.revision <= this.#view.revision) {
      return;
    }
    this.#view = view;
    if (view.title !== this.#state.title || view.icon !== this.#state.icon) {
      this.#keep({ title: view.title, icon: view.icon });
    }
    this.#drawn.fire({ session: this.#session, node: view.node, heightHint: view.heightHint });
    this.#turned.fire();
    this.#keeping.soon();
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
      this.#keep({ state });
    }
    this.#lose(again ? { name: "idle" } : { name: "ended", message });
  }

  #serverTurned(now: ServerApi["state"]): void {
    const { name } = this.#phase;
    if (now === "stopped" && name !== "idle" && name !== "ended") {
      this.#lose({ name: "offline", failure: this.#context.server.reason });
    } else if (now === "running" && name === "offline") {
      this.#lose({ name: "idle" });
    } else {
      this.#turned.fire();
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

  async #askState(): Promise<void> {
    const instance = this.#instance;
    const state = this.#phase.name === "live" ? await instance?.state() : undefined;
    // A plugin that would not say is begun with what it said last.
    if (typeof state === "string" && instance === this.#instance && state !== this.#state.state) {
      this.#keep({ state });
    }
  }

  #keep(change: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...change };
    this.#kept.fire(this.#state);
  }

  #setWork(work: PanelStatus["work"]): void {
    this.#work = work;
    this.#turned.fire();
  }

  /** There is no instance any more; what it looked like stays, until there is another one. */
  #lose(phase: Phase): void {
    this.#attempt++;
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
