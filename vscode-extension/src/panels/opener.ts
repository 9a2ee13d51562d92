/** Asks the server for an instance. Of several attempts only the last one counts. */
import type * as vscode from "vscode";
import { type Failure, toFailure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import type { ServerApi } from "../serverApi";
import { closeInstance } from "./instance";

export class Opener {
  readonly #server: ServerApi;
  readonly #token: vscode.CancellationToken;
  #attempt = 0;

  /** Gives up once `token` is cancelled. */
  constructor(server: ServerApi, token: vscode.CancellationToken) {
    this.#server = server;
    this.#token = token;
  }

  /** Nobody waits any more for what is under way: what is opened all the same is closed. */
  forget(): void {
    this.#attempt++;
  }

  /** Hands the instance to `done`, or why there is none, unless nobody waits for it any more; never rejects. */
  async open(params: P.OpenPanelParams, done: (outcome: P.PanelOpened | Failure) => void): Promise<void> {
    const attempt = ++this.#attempt;
    try {
      const opened = await this.#server.request(requests.panelOpen, params, this.#token);
      if (attempt === this.#attempt) {
        done(opened);
      } else {
        closeInstance(this.#server, opened.panelId);
      }
    } catch (error) {
      if (attempt === this.#attempt) {
        done(toFailure(error));
      }
    }
  }
}
