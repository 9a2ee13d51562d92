/** One instance of a plugin at the server, that runs until it is disposed of: what it can be asked. */
import type * as vscode from "vscode";
import { toFailure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import type { ServerApi } from "../serverApi";
import type { PanelEvent } from "../shared/panelPage";
import type { PanelListener } from "./panelEvents";

export class Instance implements vscode.Disposable {
  readonly panelId: string;
  readonly #server: ServerApi;
  readonly #endListening: () => void;

  constructor(server: ServerApi, panelId: string, listener: PanelListener) {
    this.#server = server;
    this.panelId = panelId;
    this.#endListening = server.panels.listen(panelId, listener);
  }

  /** Rejects with a Failure, as do those below. */
  async send(event: PanelEvent): Promise<void> {
    await this.#server.request(requests.panelEvent, { panelId: this.panelId, ...event });
  }

  async stop(): Promise<void> {
    await this.#server.request(requests.panelStop, { panelId: this.panelId });
  }

  restart(): Promise<P.PanelView> {
    return this.#server.request(requests.panelRestart, { panelId: this.panelId });
  }

  async state(): Promise<string | null> {
    return (await this.#server.request(requests.panelState, { panelId: this.panelId })).state;
  }

  /** That this one does not hear of it is of no consequence. */
  tellFocus(focused: boolean): void {
    this.#server.request(requests.panelFocus, { panelId: this.panelId, focused }).catch(() => undefined);
  }

  /** Hears of nothing any more, because the server has ended it. */
  forget(): void {
    this.#endListening();
  }

  /** Ends it. */
  dispose(): void {
    this.#endListening();
    closeInstance(this.#server, this.panelId);
  }
}

/** Ends an instance; of one that is gone nothing is left to be ended. */
export function closeInstance(server: ServerApi, panelId: string): void {
  if (server.state === "running") {
    server.request(requests.panelClose, { panelId }).catch(() => undefined);
  }
}

export function isUnknown(error: unknown): boolean {
  return toFailure(error).kind === "unknownPanel";
}
