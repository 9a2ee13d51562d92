/** The server process and the connection to it: started, watched, started again when it ends by itself. */
import { spawn, type ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  WorkDoneProgress,
  type LanguageClientOptions,
  type RequestType,
} from "vscode-languageclient/node";
import { DocumentEvents } from "./documentEvents";
import { Failure, toFailure } from "./errors";
import type * as P from "./generated/protocol";
import * as requests from "./generated/requests";
import type { Interpreter } from "./python";
import { RestartPolicy } from "./restartPolicy";
import { forwardLog } from "./serverLog";
import { affectsServer, serverSettings } from "./settings";

export type ServerState = "starting" | "running" | "stopped";

/** What the rest of the extension needs of the server. */
export interface ServerApi {
  readonly state: ServerState;
  /** Why it is not running, in a sentence; empty while it is. */
  readonly reason: Failure | undefined;
  readonly onDidChangeState: vscode.Event<ServerState>;
  readonly events: DocumentEvents;
  /** The answer, waiting for a server that is starting; rejects with a Failure and never stays pending for ever. */
  request<A, R>(type: RequestType<A, R, P.ErrorData>, params: A, token?: vscode.CancellationToken): Promise<R>;
  /** Reports of the work done under `token`; the result ends that. */
  onWork(token: string, report: (percent: number | null, message: string) => void): vscode.Disposable;
}

export interface ServerOptions {
  /** Finds the Python to run; rejects with a Failure of kind `noInterpreter`. */
  readonly interpreter: () => Promise<Interpreter>;
  readonly startScript: string;
  /** A folder that is nobody's workspace. */
  readonly workingFolder: string;
  readonly log: vscode.LogOutputChannel;
  readonly pluginLog: vscode.LogOutputChannel;
}

export class Server implements ServerApi, vscode.Disposable {
  readonly events = new DocumentEvents();
  readonly #options: ServerOptions;
  readonly #policy = new RestartPolicy();
  readonly #stateChanged = new vscode.EventEmitter<ServerState>();
  readonly #subscriptions: vscode.Disposable[];
  readonly onDidChangeState = this.#stateChanged.event;
  #state: ServerState = "stopped";
  #reason: Failure | undefined;
  #client: LanguageClient | undefined;
  #interpreter: Interpreter | undefined;
  #process: ChildProcess | undefined;
  /** Settled when the start under way has ended, well or not. */
  #started: Promise<void> = Promise.resolve();
  /** Counts starts, so that what an earlier one still reports is not taken for the present one's. */
  #run = 0;
  #disposed = false;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#subscriptions = [
      this.#stateChanged,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsServer(event) && this.#state === "running") {
          const settings = { settings: { thoth: serverSettings() } };
          void this.#client?.sendNotification("workspace/didChangeConfiguration", settings);
        }
      }),
    ];
  }

  get state(): ServerState {
    return this.#state;
  }

  get reason(): Failure | undefined {
    return this.#reason;
  }

  /** The Python in use, for debug information. */
  get interpreter(): Interpreter | undefined {
    return this.#interpreter;
  }

  /** The id of the server process, for debug information and tests. */
  get processId(): number | undefined {
    return this.#client?.serverProcess?.pid ?? this.#process?.pid;
  }

  /** Starts the server unless it runs or is starting; never rejects, `state` and `reason` tell how it went. */
  start(): Promise<void> {
    if (this.#state === "stopped" && !this.#disposed) {
      this.#started = this.#launch();
    }
    return this.#started;
  }

  /** Waits for a start that is under way, however it ends. */
  settled(): Promise<void> {
    return this.#started;
  }

  /** Ends the server if it runs and starts a fresh one, because a person asked for it. */
  async restart(): Promise<void> {
    this.#policy.reset();
    await this.#started;
    await this.#end();
    await this.start();
  }

  async request<A, R>(type: RequestType<A, R, P.ErrorData>, params: A, token?: vscode.CancellationToken): Promise<R> {
    if (this.#state === "starting") {
      await this.#started;
    }
    const client = this.#client;
    if (client === undefined || this.#state !== "running") {
      throw this.#reason ?? new Failure("serverStopped", vscode.l10n.t("Thoth's server is not running."));
    }
    try {
      // `sendRequest` works its types out of the params'; ours are told by the request's type already.
      const send = client.sendRequest.bind(client) as (
        type: RequestType<A, R, P.ErrorData>,
        params: A,
        token?: vscode.CancellationToken,
      ) => Promise<R>;
      return await send(type, params, token);
    } catch (error) {
      throw toFailure(error);
    }
  }

  onWork(token: string, report: (percent: number | null, message: string) => void): vscode.Disposable {
    const client = this.#client;
    if (client === undefined) {
      return new vscode.Disposable(() => undefined);
    }
    return client.onProgress(WorkDoneProgress.type, token, (value) => {
      if (value.kind !== "end") {
        report(value.percentage ?? null, value.message ?? "");
      }
    });
  }

  dispose(): void {
    this.#disposed = true;
    void this.#end();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #launch(): Promise<void> {
    const run = ++this.#run;
    this.#setState("starting");
    try {
      this.#interpreter = await this.#options.interpreter();
      const client = new LanguageClient("thoth", "Thoth", () => this.#spawn(run), this.#clientOptions(run));
      this.#client = client;
      this.#listen(client);
      await client.start();
      if (run === this.#run && client.state === State.Running) {
        this.#setState("running");
      }
    } catch (error) {
      if (run === this.#run) {
        await this.#end();
        const failure = toFailure(error);
        this.#options.log.error(`The server could not be started: ${failure.message}`);
        this.#setState("stopped", failure.kind === "noInterpreter" ? failure : this.#stopped(failure.message));
      }
    }
  }

  #spawn(run: number): Promise<ChildProcess> {
    const interpreter = this.#interpreter;
    if (interpreter === undefined) {
      throw new Failure("noInterpreter", vscode.l10n.t("No Python was chosen."));
    }
    const args = ["-I", "-X", "utf8", this.#options.startScript, ...interpreter.folders, "--", "--stdio"];
    this.#options.log.info(`Starting ${[interpreter.command, ...args].join(" ")}`);
    const child = spawn(interpreter.command, args, {
      cwd: this.#options.workingFolder,
      stdio: "pipe",
      windowsHide: true,
    });
    this.#process = child;
    child.once("exit", (code, signal) => {
      this.#options.log.info(`Server process ${child.pid ?? "?"} ended: ${signal ?? `exit code ${code ?? "?"}`}`);
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("spawn", () => {
        child.removeListener("error", reject);
        child.on("error", (error) => {
          this.#options.log.error(`Server process (run ${run}): ${error.message}`);
        });
        resolve(child);
      });
    });
  }

  #clientOptions(run: number): LanguageClientOptions {
    return {
      // No text document is ours: the files are far too large to be sent, and the server reads them itself.
      documentSelector: [],
      diagnosticCollectionName: "thoth",
      outputChannel: this.#options.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: serverSettings(),
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.#closed(run);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      stdioOptions: {
        stdout: () => undefined,
        stderr: (input) => {
          forwardLog(input, this.#options.log);
        },
      },
    };
  }

  /** The connection closed although nobody asked for it. */
  #closed(run: number): void {
    if (run !== this.#run || this.#disposed || this.#state !== "running") {
      return; // a start that fails is dealt with where it was begun
    }
    const restart = this.#policy.mayRestart();
    this.#options.log.warn(`The server ended by itself; ${restart ? "starting it again" : "not starting it again"}.`);
    const failure = this.#stopped(
      restart
        ? vscode.l10n.t("Thoth's server ended unexpectedly and is being started again.")
        : vscode.l10n.t("Thoth's server ended unexpectedly several times within a minute."),
    );
    const client = this.#client;
    this.#client = undefined;
    this.#setState("stopped", failure);
    // Not before the client has dealt with the end itself: it is in the middle of that.
    setTimeout(() => {
      client?.dispose().catch(() => undefined);
      if (restart) {
        void this.start();
      } else {
        void this.#offerRestart(failure.message);
      }
    }, 0);
  }

  async #offerRestart(message: string): Promise<void> {
    const restart = vscode.l10n.t("Restart Server");
    const logs = vscode.l10n.t("Show Logs");
    const chosen = await vscode.window.showErrorMessage(message, restart, logs);
    if (chosen === restart) {
      await this.restart();
    } else if (chosen === logs) {
      this.#options.log.show();
    }
  }

  async #end(): Promise<void> {
    const [client, child] = [this.#client, this.#process];
    this.#client = undefined;
    this.#process = undefined;
    this.#run++;
    if (this.#state !== "stopped") {
      this.#setState("stopped", this.#stopped(vscode.l10n.t("Thoth's server was stopped.")));
    }
    await client?.dispose(3_000).catch(() => undefined);
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
    }
  }

  #stopped(message: string): Failure {
    return new Failure("serverStopped", message);
  }

  #setState(state: ServerState, reason?: Failure): void {
    this.#state = state;
    this.#reason = reason;
    if (state === "stopped") {
      this.events.clear();
    }
    if (!this.#disposed) {
      this.#stateChanged.fire(state);
    }
  }

  #listen(client: LanguageClient): void {
    const { events } = this;
    client.onNotification(requests.documentDidProgress.method, (event: P.DidProgress) =>
      events.tell(event.documentId, (listener) => listener.progress(event)),
    );
    client.onNotification(requests.documentDidFind.method, (event: P.DidFind) =>
      events.tell(event.documentId, (listener) => listener.found(event)),
    );
    client.onNotification(requests.documentDidChange.method, (event: P.DidChange) =>
      events.tell(event.documentId, (listener) => listener.changed(event)),
    );
    client.onNotification(requests.documentDidFail.method, (event: P.DidFail) =>
      events.tell(event.documentId, (listener) => listener.failed(event)),
    );
    client.onNotification(requests.pluginDidLog.method, ({ pluginId, level, text }: P.DidLog) => {
      const write = { info: "info", warning: "warn", error: "error" } as const;
      this.#options.pluginLog[write[level]](`[${pluginId}] ${text}`);
    });
  }
}
