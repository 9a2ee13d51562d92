/** The installed plugins as the server knows them: asked for when something has changed, and what is told of one. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { toFailure, type Failure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";

export type StoreState = "loading" | "ready" | "failed";

export class PluginStore implements vscode.Disposable {
  readonly #server: ServerApi;
  readonly #changed = new vscode.EventEmitter<P.DidChangePlugins | undefined>();
  readonly #details = new Map<string, Promise<P.PluginDetails>>();
  readonly #subscriptions: vscode.Disposable;
  /** After the list has been asked for anew, with what the server said where that was the reason. */
  readonly onDidChange = this.#changed.event;
  #plugins: readonly P.PluginInfo[] = [];
  #state: StoreState = "loading";
  #failure: Failure | undefined;
  /** The refresh under way, and whether another one is wanted after it. */
  #refreshing: Promise<void> | undefined;
  #isStale = false;
  #reasons: (P.DidChangePlugins | undefined)[] = [];

  constructor(server: ServerApi) {
    this.#server = server;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      server.onDidChangePlugins((event) => void this.#refresh(event)),
      server.onDidChangeState((state) => {
        if (state !== "stopped") {
          void this.#refresh(undefined);
        } else {
          this.#fail(server.reason);
        }
      }),
    );
    if (server.state !== "stopped") {
      void this.#refresh(undefined);
    }
  }

  get plugins(): readonly P.PluginInfo[] {
    return this.#plugins;
  }

  get state(): StoreState {
    return this.#state;
  }

  /** Why there is no list. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** The plugin of that id that is in force: of several with one id at most one can be used. */
  find(pluginId: string): P.PluginInfo | undefined {
    const named = this.#plugins.filter(({ id }) => id === pluginId);
    return named.find(({ state }) => state !== "unusable") ?? named[0];
  }

  /** Whether another plugin has taken the id of this one, so that what names the id does not mean it. */
  isShadowed(plugin: P.PluginInfo): boolean {
    return this.find(plugin.id) !== plugin;
  }

  /** All there is to know of one plugin, kept until something changes; rejects with a Failure. */
  details(pluginId: string): Promise<P.PluginDetails> {
    const kept = this.#details.get(pluginId);
    if (kept !== undefined) {
      return kept;
    }
    const asked = this.#server.request(requests.pluginDetails, { pluginId });
    this.#details.set(pluginId, asked);
    asked.catch(() => {
      if (this.#details.get(pluginId) === asked) {
        this.#details.delete(pluginId);
      }
    });
    return asked;
  }

  /** Asks the server anew; never rejects, `state` and `failure` tell how it went. */
  refresh(): Promise<void> {
    return this.#refresh(undefined);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #refresh(reason: P.DidChangePlugins | undefined): Promise<void> {
    this.#isStale = true;
    this.#reasons.push(reason);
    this.#refreshing ??= this.#ask().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #ask(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const reasons = this.#reasons;
      this.#reasons = [];
      this.#details.clear();
      try {
        const { plugins } = await this.#server.request(requests.pluginList, {});
        this.#plugins = plugins;
        this.#state = "ready";
        this.#failure = undefined;
      } catch (error) {
        this.#fail(toFailure(error));
        continue;
      }
      for (const reason of reasons) {
        this.#changed.fire(reason);
      }
    }
  }

  #fail(failure: Failure | undefined): void {
    this.#details.clear();
    this.#plugins = [];
    this.#state = "failed";
    this.#failure = failure;
    this.#changed.fire(undefined);
  }
}
