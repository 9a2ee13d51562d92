/** The host's ends of the channels within a panel's page: each is to its owner what a webview of its own would be. */
import * as vscode from "vscode";
import type { Channel } from "../dataEditor/messenger";
import { isChannelMessage } from "../shared/panelPage";

export class HostChannels implements vscode.Disposable {
  readonly #webview: Channel;
  readonly #open = new Map<string, vscode.EventEmitter<unknown>>();
  readonly #subscription: vscode.Disposable;

  constructor(webview: Channel) {
    this.#webview = webview;
    this.#subscription = webview.onDidReceiveMessage((message: unknown) => {
      if (isChannelMessage(message)) {
        this.#open.get(message.channel)?.fire(message.message);
      }
    });
  }

  /** The channel that the page calls `name`. */
  open(name: string): Channel & vscode.Disposable {
    this.#open.get(name)?.dispose();
    const received = new vscode.EventEmitter<unknown>();
    this.#open.set(name, received);
    return {
      postMessage: (message: unknown) => this.#webview.postMessage({ channel: name, message }),
      onDidReceiveMessage: received.event,
      dispose: () => {
        received.dispose();
        if (this.#open.get(name) === received) {
          this.#open.delete(name);
        }
      },
    };
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const received of this.#open.values()) {
      received.dispose();
    }
    this.#open.clear();
  }
}
