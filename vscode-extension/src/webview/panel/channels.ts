/**
 * Channels beside the page's own, for parts of the page that talk to a part of the host of their own: each has what the
 * whole webview has, so that whatever works in a webview of its own works in an element of the panel.
 */
import { isChannelMessage } from "../../shared/panelPage";
import type { HostApi } from "../messenger";

/** One channel: what is posted on it arrives at the host's end of the same name. */
export interface PageChannel extends HostApi {
  readonly name: string;
  dispose(): void;
}

export class PageChannels {
  readonly #api: HostApi;
  readonly #open = new Map<string, (message: unknown) => void>();
  #last = 0;

  constructor(api: HostApi) {
    this.#api = api;
  }

  /** Listens to the messages of `target`, which is the window in a webview. */
  listen(target: Pick<EventTarget, "addEventListener">): void {
    target.addEventListener("message", (event) => {
      const { data } = event as MessageEvent<unknown>;
      if (isChannelMessage(data)) {
        this.#open.get(data.channel)?.(data.message);
      }
    });
  }

  /** A new channel, whose messages go to `receive` until it is disposed of. */
  open(receive: (message: unknown) => void): PageChannel {
    const name = `c${++this.#last}`;
    this.#open.set(name, receive);
    let state: unknown;
    return {
      name,
      postMessage: (message) => this.#api.postMessage({ channel: name, message }),
      getState: () => state,
      setState: (value) => (state = value),
      dispose: () => this.#open.delete(name),
    };
  }
}
