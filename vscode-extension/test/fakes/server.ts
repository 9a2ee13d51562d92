/** A server that answers when the test says so. */
import { EventEmitter, Disposable } from "vscode";
import type * as vscode from "vscode";
import type { ServerApi, ServerState } from "../../src/serverApi";
import { DocumentEvents } from "../../src/documentEvents";
import type { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { NetworkEvents } from "../../src/network/events";
import { PanelEvents } from "../../src/panels/panelEvents";

/** A request that was sent and has not been answered. */
export interface Pending {
  readonly method: string;
  readonly params: Record<string, unknown>;
  readonly token: vscode.CancellationToken | undefined;
  answer(result: unknown): Promise<void>;
  fail(error: Failure): Promise<void>;
}

export class FakeServer implements ServerApi {
  readonly #changed = new EventEmitter<ServerState>();
  readonly onDidChangeState = this.#changed.event;
  readonly events = new DocumentEvents();
  readonly sent: Pending[] = [];
  readonly work = new Map<string, (percent: number | null, message: string) => void>();
  readonly pluginChanges = new EventEmitter<P.DidChangePlugins>();
  readonly onDidChangePlugins = this.pluginChanges.event;
  readonly network = new NetworkEvents();
  readonly panels = new PanelEvents();
  readonly themeChanges = new EventEmitter<void>();
  readonly onDidChangeThemes = this.themeChanges.event;
  state: ServerState = "running";
  reason: Failure | undefined;

  request<R>(type: { readonly method: string }, params: unknown, token?: vscode.CancellationToken): Promise<R> {
    return new Promise((resolve, reject) => {
      this.sent.push({
        method: type.method.replace("thoth/document/", ""),
        params: params as Record<string, unknown>,
        token,
        answer: (result) => {
          resolve(result as R);
          return settled();
        },
        fail: (error) => {
          reject(error);
          return settled();
        },
      });
    });
  }

  onWork(token: string, report: (percent: number | null, message: string) => void): vscode.Disposable {
    this.work.set(token, report);
    return new Disposable(() => this.work.delete(token));
  }

  setState(state: ServerState, reason?: Failure): void {
    this.state = state;
    this.reason = reason;
    if (state === "stopped") {
      this.events.clear();
      this.panels.clear();
    }
    this.#changed.fire(state);
  }

  /** The last request of that method. */
  last(method: string): Pending {
    const found = this.sent.findLast((request) => request.method === method);
    if (found === undefined) {
      throw new Error(`no ${method} was sent, only ${this.sent.map((request) => request.method).join(", ")}`);
    }
    return found;
  }
}

/** Lets everything that waits for a promise settled by now go on. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function opened(change: Partial<P.OpenDocumentResult> = {}): P.OpenDocumentResult {
  return {
    documentId: "d1",
    generation: 1,
    uri: "file:///data/a.csv",
    pluginId: "csv",
    pluginName: "CSV",
    columns: [{ name: "a", type: "text", nulls: [], path: null }],
    options: [],
    notes: [],
    progress: { records: 3, bytesDone: 6, bytesTotal: 12, done: false },
    firstPage: { start: 0, count: 1, rows: '[["1"]]' },
    sizeBytes: 12,
    sandbox: "file",
    display: "table",
    nested: false,
    hasText: true,
    ...change,
  };
}
