/** The host's end of the channel to one webview: every request is answered, with a result or an error. */
import type * as vscode from "vscode";
import { describe, Failure } from "../errors";
import type { FromWebview, ToWebview } from "../shared/messages";
import type { Messages } from "../shared/messenger";

/** One function a request; it may throw or reject, which the webview gets as an error. */
export type Handlers<From extends Messages<From> = FromWebview> = {
  readonly [K in keyof From]: (params: From[K][0]) => From[K][1] | Promise<From[K][1]>;
};

/** The part of `vscode.Webview` that carries messages. */
export type Channel = Pick<vscode.Webview, "postMessage" | "onDidReceiveMessage">;

/** `From` are the requests of the webview, `To` the events it is sent; those of the grid where nothing is said. */
export class Messenger<From extends Messages<From> = FromWebview, To = ToWebview> implements vscode.Disposable {
  readonly #channel: Channel;
  readonly #handlers: Handlers<From>;
  readonly #subscription: vscode.Disposable;
  #disposed = false;

  constructor(channel: Channel, handlers: Handlers<From>) {
    this.#channel = channel;
    this.#handlers = handlers;
    this.#subscription = channel.onDidReceiveMessage((message: unknown) => void this.#answer(message));
  }

  /** Sends an event; nothing happens when the webview is gone. */
  send<K extends keyof To>(event: K, body: To[K]): void {
    this.#post({ event, body });
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscription.dispose();
  }

  async #answer(message: unknown): Promise<void> {
    if (typeof message !== "object" || message === null || !("id" in message) || typeof message.id !== "number") {
      return; // not a request: there is nobody to answer
    }
    const { id } = message;
    try {
      const name = "request" in message ? message.request : undefined;
      if (typeof name !== "string" || !Object.hasOwn(this.#handlers, name)) {
        throw new Failure("invalidRequest", `There is no request ${String(name)}.`);
      }
      const handler = this.#handlers[name as keyof From];
      const ok = await handler("params" in message ? message.params : undefined);
      this.#post({ replyTo: id, ok });
    } catch (error) {
      this.#post({ replyTo: id, error: describe(error) });
    }
  }

  #post(message: unknown): void {
    if (!this.#disposed) {
      void this.#channel.postMessage(message);
    }
  }
}
