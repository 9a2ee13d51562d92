/** One open editor's conversation with the server: open, read, reload, and open again when the server comes back. */
import { basename } from "node:path";
import * as vscode from "vscode";
import type { RequestType } from "vscode-languageclient/node";
import type { ServerApi } from "../client";
import type { DocumentListener } from "../documentEvents";
import { Failure, toFailure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import type { EventName, FromWebview, Opened, ToWebview } from "../shared/messages";
import { failureActions } from "./failureActions";

export type Send = <K extends EventName>(event: K, body: ToWebview[K]) => void;

/** What is known of an open document besides what the server answered when it was opened. */
export interface SessionStatus {
  readonly document: P.OpenDocumentResult;
  readonly progress: P.Progress;
  readonly problems: number;
}

/** How many rows come with the answer to opening; enough for the first screen. */
const FIRST_ROWS = 200;

type Options = Readonly<Record<string, string>>;

/** What one attempt to open asks for. */
interface Wanted {
  readonly reason: Opened["reason"];
  readonly options: Options;
  readonly firstRow: number;
}

export class Session implements vscode.Disposable {
  readonly #uri: vscode.Uri;
  readonly #server: ServerApi;
  readonly #send: Send;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #searches = new Map<string, vscode.CancellationTokenSource>();
  readonly fileName: string;
  /** Whenever `status` or `failure` is another. */
  readonly onDidChange = this.#changed.event;
  #status: SessionStatus | undefined;
  #failure: Failure | undefined;
  /** Overrides the person chose, kept over reloads and restarts of the server. */
  #options: Options = {};
  #opening: vscode.CancellationTokenSource | undefined;
  #stopListening: () => void = () => undefined;
  /** Whether the webview can draw; it asks again when VS Code has made it anew. */
  #ready = false;
  #wasOpen = false;
  #disposed = false;

  /** `uri` is a file the server can read; `shownAs` is the one the editor was opened for. */
  constructor(uri: vscode.Uri, shownAs: vscode.Uri, server: ServerApi, send: Send) {
    this.#uri = uri;
    this.fileName = basename(shownAs.path);
    this.#server = server;
    this.#send = send;
    this.#subscriptions = [this.#changed, server.onDidChangeState(() => this.#serverChanged())];
  }

  get status(): SessionStatus | undefined {
    return this.#status;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** The webview can draw: opens the file, or tells again what is open already. */
  ready(): void {
    this.#ready = true;
    if (this.#status !== undefined) {
      const { document, progress } = this.#status;
      this.#send("opened", { fileName: this.fileName, document: { ...document, progress }, reason: "opened" });
    } else if (this.#opening === undefined) {
      void this.#open({ reason: "opened", options: this.#options, firstRow: 0 });
    }
  }

  /** Reads the file again, the same way; `firstRow` is where the rows that come with it begin. */
  async reload(firstRow: number): Promise<void> {
    await this.#again({ reason: this.#status === undefined ? "opened" : "reloaded", options: this.#options, firstRow });
  }

  /** Reads the file again with `key` set to `value` over what would be detected. */
  async setOption(key: string, value: string): Promise<void> {
    await this.#again({ reason: "options", options: { ...this.#options, [key]: value }, firstRow: 0 });
  }

  page(params: FromWebview["page"][0], token?: vscode.CancellationToken): Promise<P.Page> {
    return this.#ask(requests.documentPage, params, token);
  }

  cell(params: FromWebview["cell"][0], token?: vscode.CancellationToken): Promise<P.CellText> {
    return this.#ask(requests.documentCell, params, token);
  }

  problems(params: FromWebview["problems"][0]): Promise<P.ProblemsResult> {
    return this.#ask(requests.documentProblems, params);
  }

  async find(params: FromWebview["find"][0]): Promise<P.FindResult> {
    this.cancelFind(params.searchId);
    const source = new vscode.CancellationTokenSource();
    this.#searches.set(params.searchId, source);
    try {
      return await this.#ask(requests.documentFind, params, source.token);
    } catch (error) {
      throw source.token.isCancellationRequested ? new Failure("cancelled", vscode.l10n.t("Cancelled.")) : error;
    } finally {
      if (this.#searches.get(params.searchId) === source) {
        this.#searches.delete(params.searchId);
      }
      source.dispose();
    }
  }

  /** Ends a search; nothing happens when there is none of that id. */
  cancelFind(searchId: string): void {
    this.#searches.get(searchId)?.cancel();
  }

  dispose(): void {
    this.#disposed = true;
    this.#opening?.cancel();
    this.#cancelSearches();
    this.#close();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** Sends a request about the present generation; what belongs to an older one is refused, never shown. */
  async #ask<A extends P.PageParams | P.CellParams | P.ProblemsParams | P.FindParams, R>(
    type: RequestType<A, R, P.ErrorData>,
    params: Omit<A, "documentId">,
    token?: vscode.CancellationToken,
  ): Promise<R> {
    const document = this.#current(params.generation);
    const answer = await this.#server.request(type, { ...params, documentId: document.documentId } as A, token);
    this.#current(params.generation, document.documentId);
    return answer;
  }

  #current(generation: number, documentId?: string): P.OpenDocumentResult {
    const document = this.#status?.document;
    if (document === undefined) {
      throw this.#failure ?? this.#server.reason ?? new Failure("notOpen", vscode.l10n.t("The file is not open."));
    }
    if (document.generation !== generation || (documentId !== undefined && document.documentId !== documentId)) {
      throw new Failure("unknownDocument", vscode.l10n.t("The file has been read again since."));
    }
    return document;
  }

  #again(wanted: Wanted): Promise<void> {
    return this.#status === undefined ? this.#open(wanted) : this.#reopen(wanted);
  }

  async #open(wanted: Wanted): Promise<void> {
    await this.#attempt(wanted, (workDoneToken, token) =>
      this.#server.request(
        requests.documentOpen,
        { uri: this.#uri.toString(), options: wanted.options, firstRows: FIRST_ROWS, workDoneToken },
        token,
      ),
    );
  }

  async #reopen(wanted: Wanted): Promise<void> {
    const documentId = this.#status?.document.documentId ?? "";
    const { options, firstRow } = wanted;
    await this.#attempt(wanted, (workDoneToken, token) =>
      this.#server.request(
        requests.documentReopenWith,
        { documentId, options, firstRow, firstRows: FIRST_ROWS, workDoneToken },
        token,
      ),
    );
  }

  /** Runs one opening to its end; a later one, or closing the editor, takes the place of one under way. */
  async #attempt(
    wanted: Wanted,
    ask: (workDoneToken: string, token: vscode.CancellationToken) => Promise<P.OpenDocumentResult>,
  ): Promise<void> {
    this.#opening?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#opening = source;
    this.#cancelSearches();
    this.#send("opening", { fileName: this.fileName, message: "", percent: null });
    const workDoneToken = `thoth-open-${crypto.randomUUID()}`;
    const work = this.#server.onWork(workDoneToken, (percent, message) => {
      if (this.#opening === source) {
        this.#send("opening", { fileName: this.fileName, message, percent });
      }
    });
    try {
      const document = await ask(workDoneToken, source.token);
      this.#settle(source, wanted, document);
    } catch (error) {
      this.#fail(source, wanted, toFailure(error));
    } finally {
      work.dispose();
      source.dispose();
    }
  }

  #settle(source: vscode.CancellationTokenSource, wanted: Wanted, document: P.OpenDocumentResult): void {
    if (this.#opening !== source || this.#disposed) {
      if (this.#disposed || this.#status?.document.documentId !== document.documentId) {
        // Opened although nobody waits any more: it must not stay open on the server.
        this.#closeOnServer(document.documentId);
      }
      return;
    }
    this.#opening = undefined;
    this.#options = wanted.options;
    this.#failure = undefined;
    this.#wasOpen = true;
    this.#status = { document, progress: document.progress, problems: 0 };
    this.#send("opened", { fileName: this.fileName, document, reason: wanted.reason });
    this.#stopListening();
    this.#stopListening = this.#server.events.listen(document.documentId, this.#listener(document));
    this.#changed.fire();
  }

  #fail(source: vscode.CancellationTokenSource, wanted: Wanted, failure: Failure): void {
    if (this.#opening !== source || this.#disposed) {
      return;
    }
    this.#opening = undefined;
    if (failure.kind === "unknownDocument" && wanted.reason !== "opened") {
      // The server has forgotten it, as after a restart: a fresh open has all that is needed.
      this.#forget();
      void this.#open({ ...wanted, reason: "recovered" });
      return;
    }
    if (failure.kind === "serverStopped" && this.#server.state !== "stopped") {
      void this.#open(wanted); // it went away in the middle and is back already
      return;
    }
    this.#close(); // a reading that failed is worth nothing to keep; trying again opens the file afresh
    this.#failure = failure;
    const actions = failureActions(failure);
    this.#send("openFailed", { fileName: this.fileName, kind: failure.kind, message: failure.message, actions });
    this.#changed.fire();
  }

  #listener(document: P.OpenDocumentResult): DocumentListener {
    const { documentId, generation } = document;
    const isCurrent = (event: { readonly generation: number }): boolean =>
      event.generation === generation && this.#status?.document === document;
    return {
      progress: (event) => {
        if (isCurrent(event)) {
          this.#status = { document, progress: event.progress, problems: event.problems };
          this.#send("progress", event);
          this.#changed.fire();
        }
      },
      found: (event) => {
        if (event.documentId === documentId && this.#searches.has(event.searchId)) {
          this.#send("found", event);
        }
      },
      changed: (event) => {
        if (isCurrent(event)) {
          this.#send("changed", event);
        }
      },
      failed: (event) => {
        if (isCurrent(event)) {
          this.#send("failed", event);
        }
      },
    };
  }

  #serverChanged(): void {
    const { state, reason } = this.#server;
    this.#send("server", { state, message: reason?.message ?? "" });
    if (state === "stopped") {
      const isOpen = this.#status !== undefined;
      this.#opening?.cancel();
      this.#opening = undefined;
      this.#cancelSearches();
      this.#forget();
      this.#failure = reason;
      if (!isOpen && reason !== undefined) {
        const { kind, message } = reason;
        this.#send("openFailed", { fileName: this.fileName, kind, message, actions: failureActions(reason) });
      }
      this.#changed.fire();
    } else if (state === "running" && this.#ready && this.#status === undefined && this.#opening === undefined) {
      void this.#open({ reason: this.#wasOpen ? "recovered" : "opened", options: this.#options, firstRow: 0 });
    }
  }

  #close(): void {
    const open = this.#status;
    this.#forget();
    if (open !== undefined) {
      this.#closeOnServer(open.document.documentId);
    }
  }

  #closeOnServer(documentId: string): void {
    if (this.#server.state === "running") {
      // A server that is gone has closed it.
      this.#server.request(requests.documentClose, { documentId }).catch(() => undefined);
    }
  }

  #forget(): void {
    this.#stopListening();
    this.#stopListening = () => undefined;
    this.#status = undefined;
  }

  #cancelSearches(): void {
    for (const source of this.#searches.values()) {
      source.cancel();
    }
  }
}
