/** Requests to the extension host and events from it, over the one message channel a webview has. */
import type { FromWebview, MessageError, ToWebview } from "../shared/messages";
import type { Messages } from "../shared/messenger";

/** What VS Code gives a webview once; the harness and the tests bring their own. */
export interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** A request the host answered with an error. */
export class HostError extends Error {
  readonly kind: string;

  constructor(error: MessageError) {
    super(error.message);
    this.kind = error.kind;
  }
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}
type Incoming =
  | { readonly replyTo: number; readonly ok?: unknown; readonly error?: MessageError }
  | { readonly event: string; readonly body: unknown };

/** Pairs answers with requests and hands events to their listener; the grid's where nothing is said. */
export class Messenger<From extends Messages<From> = FromWebview, To = ToWebview> {
  readonly #api: HostApi;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<keyof To, (body: never) => void>();
  #lastId = 0;

  constructor(api: HostApi) {
    this.#api = api;
  }

  /** Listens to the messages of `target`, which is the window in a webview. */
  listen(target: Pick<EventTarget, "addEventListener">): void {
    target.addEventListener("message", (event) => {
      this.receive((event as MessageEvent<unknown>).data);
    });
  }

  /** The answer of the host; rejects with `HostError` when that is an error. */
  request<K extends keyof From>(request: K, params: From[K][0]): Promise<From[K][1]> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#api.postMessage({ id, request, params });
    });
  }

  /** Calls `listener` for every event of that name; one listener a name. */
  on<K extends keyof To>(event: K, listener: (body: To[K]) => void): void {
    this.#listeners.set(event, listener);
  }

  /** Takes one message; anything that is not ours is ignored. */
  receive(message: unknown): void {
    if (typeof message !== "object" || message === null) {
      return;
    }
    const incoming = message as Incoming;
    if ("event" in incoming) {
      this.#listeners.get(incoming.event as keyof To)?.(incoming.body as never);
      return;
    }
    const pending = this.#pending.get(incoming.replyTo);
    if (!pending) {
      return;
    }
    this.#pending.delete(incoming.replyTo);
    if (incoming.error) {
      pending.reject(new HostError(incoming.error));
    } else {
      pending.resolve(incoming.ok as never);
    }
  }
}
