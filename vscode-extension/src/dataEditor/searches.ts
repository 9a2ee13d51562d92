/** The searches of one editor that are under way, each under an id of its own on the way to the server. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";

interface Search {
  readonly wireId: string;
  readonly source: vscode.CancellationTokenSource;
}

/**
 * A webview counts its searches from 1 and does so again when it is made anew. The server is told ids that never come
 * twice, so that what an earlier search still finds is not taken for a later one's.
 */
export class Searches {
  readonly #running = new Map<string, Search>();

  /** Runs a search to its end in place of another of the same id; `ask` gets the id and the token for the server. */
  async run<R>(searchId: string, ask: (wireId: string, token: vscode.CancellationToken) => Promise<R>): Promise<R> {
    this.cancel(searchId);
    const search = { wireId: crypto.randomUUID(), source: new vscode.CancellationTokenSource() };
    this.#running.set(searchId, search);
    try {
      return await ask(search.wireId, search.source.token);
    } finally {
      if (this.#running.get(searchId) === search) {
        this.#running.delete(searchId);
      }
      search.source.dispose();
    }
  }

  /** The same event with the webview's own id; undefined when that search is not under way any more. */
  translate<E extends P.DidFind | P.DidSearch>(event: E): E | undefined {
    for (const [searchId, { wireId }] of this.#running) {
      if (wireId === event.searchId) {
        return { ...event, searchId };
      }
    }
    return undefined;
  }

  /** Ends a search; nothing happens when there is none of that id. */
  cancel(searchId: string): void {
    this.#running.get(searchId)?.source.cancel();
  }

  cancelAll(): void {
    for (const { source } of this.#running.values()) {
      source.cancel();
    }
  }
}
