/** One open editor's conversation with the server: open, read, reload, and open again when the server comes back. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { Failure, toFailure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import type { FileMemory } from "../shared/fileMemory";
import type { Action, Opened, ToWebview } from "../shared/messages";
import { DocumentRequests } from "./documentRequests";
import { mayBeCured } from "./failureActions";
import { OpenDocument, type Send, type SessionStatus } from "./openDocument";

/** How many rows come with the answer to opening; enough for the first screen. */
const FIRST_ROWS = 200;

/** What is opened. */
export interface DocumentSource {
  /** What people call it. */
  readonly name: string;
  /** Where the server finds it, asked before each opening; throws or rejects with a Failure. */
  locate(): string | Promise<string>;
  /** What a person can do where it cannot be shown. */
  actions(failure: Failure): readonly Action[];
}

type Options = Readonly<Record<string, string>>;

/** What one attempt to open asks for. */
interface Wanted {
  readonly reason: Opened["reason"];
  readonly options: Options;
  /** Null for the one that suits the file, or (where it is open) that reads it already. */
  readonly pluginId: string | null;
  readonly firstRow: number;
  /** Asked a second time because the server went away the first time. */
  readonly isSecond?: boolean;
}

export class Session implements vscode.Disposable {
  readonly #source: DocumentSource;
  readonly #server: ServerApi;
  readonly #memory: () => FileMemory;
  readonly #send: Send;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** What can be asked about the document that is open. */
  readonly ask: DocumentRequests;
  /** Whenever `status` or `failure` is another. */
  readonly onDidChange = this.#changed.event;
  #document: OpenDocument | undefined;
  #failure: Failure | undefined;
  /** Overrides the person chose, kept over reloads and restarts of the server. */
  #options: Options = {};
  /** The plugin the person chose, kept likewise. */
  #pluginId: string | null = null;
  #opening: vscode.CancellationTokenSource | undefined;
  /** What was said last of the opening under way. */
  #work: ToWebview["opening"] | undefined;
  /** Whether the webview can draw; it asks again when VS Code has made it anew. */
  #ready = false;
  #wasOpen = false;
  #disposed = false;

  constructor(source: DocumentSource, server: ServerApi, memory: () => FileMemory, send: Send) {
    this.#source = source;
    this.#server = server;
    this.#memory = memory;
    this.#send = send;
    this.ask = new DocumentRequests(server, () => this.#opened());
    this.#subscriptions = [
      this.#changed,
      server.onDidChangeState(() => this.#serverChanged()),
      server.onDidChangePlugins((event) => this.#pluginsChanged(event)),
    ];
  }

  get fileName(): string {
    return this.#source.name;
  }

  get status(): SessionStatus | undefined {
    return this.#document?.status;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** The webview can draw: opens the file, or tells again what is open already and what has become of it. */
  ready(): void {
    if (this.#disposed) {
      return;
    }
    this.#ready = true;
    this.ask.searches.cancelAll(); // of a webview there was before
    this.#document?.tellAgain(this.fileName, this.#memory(), this.#send);
    if (this.#work !== undefined) {
      this.#send("opening", this.#work);
    } else if (this.#document === undefined) {
      void this.#open({ reason: "opened", ...this.#choices, firstRow: 0 });
    }
  }

  /** Reads the file again, the same way; `firstRow` is where the rows that come with it begin. */
  async reload(firstRow: number): Promise<void> {
    await this.#again({ reason: this.#document === undefined ? "opened" : "reloaded", ...this.#choices, firstRow });
  }

  /** Reads the file again with `key` set to `value` over what would be detected. */
  async setOption(key: string, value: string): Promise<void> {
    const options = { ...this.#options, [key]: value };
    await this.#again({ reason: "options", ...this.#choices, options, firstRow: 0 });
  }

  /** Reads the file with another plugin; what was chosen for the one before means nothing to it. */
  async readWith(pluginId: string): Promise<void> {
    if (this.#ready) {
      await this.#again({ reason: "options", options: {}, pluginId, firstRow: 0 });
    } else {
      this.#pluginId = pluginId;
    }
  }

  get #choices(): Pick<Wanted, "options" | "pluginId"> {
    return { options: this.#options, pluginId: this.#pluginId };
  }

  dispose(): void {
    this.#disposed = true;
    this.#opening?.cancel();
    this.ask.searches.cancelAll();
    this.#close();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #opened(): P.OpenDocumentResult {
    if (this.status === undefined) {
      throw this.#failure ?? this.#server.reason ?? new Failure("notOpen", vscode.l10n.t("The file is not open."));
    }
    return this.status.document;
  }

  #again(wanted: Wanted): Promise<void> {
    return this.#document === undefined ? this.#open(wanted) : this.#reopen(wanted);
  }

  async #open(wanted: Wanted): Promise<void> {
    const { options, pluginId } = wanted;
    await this.#attempt(wanted, (workDoneToken, token) => {
      const ask = (uri: string): Promise<P.OpenDocumentResult> =>
        this.#server.request(requests.documentOpen, { uri, options, pluginId, firstRows: FIRST_ROWS, workDoneToken }, token);
      const found = this.#source.locate();
      return typeof found === "string" ? ask(found) : found.then(ask);
    });
  }

  async #reopen(wanted: Wanted): Promise<void> {
    const documentId = this.status?.document.documentId ?? "";
    const { options, pluginId, firstRow } = wanted;
    await this.#attempt(wanted, (workDoneToken, token) =>
      this.#server.request(
        requests.documentReopenWith,
        { documentId, options, pluginId, firstRow, firstRows: FIRST_ROWS, workDoneToken },
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
    this.ask.searches.cancelAll();
    this.#tellWork("", null);
    const workDoneToken = `thoth-open-${crypto.randomUUID()}`;
    const work = this.#server.onWork(workDoneToken, (percent, message) => {
      if (this.#opening === source) {
        this.#tellWork(message, percent);
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

  #tellWork(message: string, percent: number | null): void {
    this.#work = { fileName: this.fileName, message, percent };
    this.#send("opening", this.#work);
  }

  #settle(source: vscode.CancellationTokenSource, wanted: Wanted, document: P.OpenDocumentResult): void {
    if (this.#opening !== source || this.#disposed) {
      if (this.#disposed || this.status?.document.documentId !== document.documentId) {
        // Opened although nobody waits any more: it must not stay open on the server.
        this.#closeOnServer(document.documentId);
      }
      return;
    }
    this.#endOpening();
    this.#options = wanted.options;
    this.#pluginId = wanted.pluginId;
    this.#failure = undefined;
    this.#wasOpen = true;
    this.#document?.stopListening();
    this.#document = new OpenDocument(document);
    this.#send("opened", { fileName: this.fileName, document, memory: this.#memory(), reason: wanted.reason });
    this.#document.listen(this.#server.events, this.ask.searches, this.#send, () => this.#changed.fire());
    this.#changed.fire();
  }

  #fail(source: vscode.CancellationTokenSource, wanted: Wanted, failure: Failure): void {
    if (this.#opening !== source || this.#disposed) {
      return;
    }
    this.#endOpening();
    if (failure.kind === "unknownDocument" && wanted.reason !== "opened") {
      // The server has forgotten it, as after a restart: a fresh open has all that is needed.
      this.#forget();
      void this.#open({ ...wanted, reason: "recovered" });
      return;
    }
    if (failure.kind === "serverStopped" && this.#server.state !== "stopped" && wanted.isSecond !== true) {
      void this.#open({ ...wanted, isSecond: true }); // it went away in the middle and is back already
      return;
    }
    this.#close(); // a reading that failed is worth nothing to keep; trying again opens the file afresh
    this.#failure = failure;
    const actions = this.#source.actions(failure);
    this.#send("openFailed", { fileName: this.fileName, kind: failure.kind, message: failure.message, actions });
    this.#changed.fire();
  }

  #serverChanged(): void {
    const { state, reason } = this.#server;
    this.#send("server", { state, message: reason?.message ?? "" });
    if (state === "stopped") {
      const isOpen = this.#document !== undefined;
      this.#opening?.cancel();
      this.#endOpening();
      this.ask.searches.cancelAll();
      this.#forget();
      this.#failure = reason;
      if (!isOpen && reason !== undefined) {
        const { kind, message } = reason;
        this.#send("openFailed", { fileName: this.fileName, kind, message, actions: this.#source.actions(reason) });
      }
      this.#changed.fire();
    } else if (state === "running" && this.#ready && this.#document === undefined && this.#opening === undefined) {
      void this.#open({ reason: this.#wasOpen ? "recovered" : "opened", ...this.#choices, firstRow: 0 });
    }
  }

  /**
   * A document whose plugin is set otherwise is read anew; one that could not be shown for want of a plugin is tried again
   * once there may be one. That the plugin of an open document is gone or another is told of the document itself.
   */
  #pluginsChanged({ pluginIds, reason }: P.DidChangePlugins): void {
    if (!this.#ready || this.#opening !== undefined) {
      return;
    }
    const reader = this.status?.document.pluginId;
    if (reader !== undefined) {
      if (pluginIds.includes(reader) && reason === "settings") {
        void this.reload(0);
      }
    } else if (this.#failure !== undefined && mayBeCured(this.#failure, pluginIds, reason)) {
      void this.#open({ reason: this.#wasOpen ? "recovered" : "opened", ...this.#choices, firstRow: 0 });
    }
  }

  #close(): void {
    const open = this.status;
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

  #endOpening(): void {
    this.#opening = undefined;
    this.#work = undefined;
  }

  #forget(): void {
    this.#document?.stopListening();
    this.#document = undefined;
  }
}
