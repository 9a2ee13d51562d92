/** What people decided about the network, as the server knows it: asked for when something has changed. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { toFailure, type Failure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";

export class NetworkStore implements vscode.Disposable {
  readonly #server: ServerApi;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  #known: P.NetworkGrants | undefined;
  #failure: Failure | undefined;
  /** The refresh under way, and whether another one is wanted after it. */
  #refreshing: Promise<void> | undefined;
  #isStale = false;

  constructor(server: ServerApi) {
    this.#server = server;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      server.network.onDidChangeGrants(() => void this.refresh()),
      server.onDidChangeState((state) => {
        if (state !== "stopped") {
          void this.refresh();
        } else {
          this.#fail(server.reason);
        }
      }),
    );
    if (server.state !== "stopped") {
      void this.refresh();
    }
  }

  /** All decisions and the switch; undefined while they are not known. */
  get known(): P.NetworkGrants | undefined {
    return this.#known;
  }

  /** Why they are not known. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Asks the server anew; never rejects, `known` and `failure` tell how it went. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#refreshing ??= this.#ask().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** Decides; rejects with a Failure that says why it cannot be. */
  async decide(params: P.SetNetworkGrantParams): Promise<void> {
    await this.#server.request(requests.networkSetGrant, params);
    await this.refresh();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #ask(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#known = await this.#server.request(requests.networkGrants, {});
        this.#failure = undefined;
        this.#changed.fire();
      } catch (error) {
        this.#fail(toFailure(error));
      }
    }
  }

  #fail(failure: Failure | undefined): void {
    this.#known = undefined;
    this.#failure = failure;
    this.#changed.fire();
  }
}
