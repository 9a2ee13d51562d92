/** The server process and the connection to it: started, watched, started again when it ends by itself. */
import type { ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import { LanguageClient, State, type RequestType } from "vscode-languageclient/node";
import { THOTH_CAPABILITIES } from "./clientCapabilities";
import { DocumentEvents } from "./documentEvents";
import { Failure, toFailure } from "./errors";
import type * as P from "./generated/protocol";
import * as requests from "./generated/requests";
import type { Interpreter } from "./python";
import { NetworkEvents } from "./network/events";
import { PanelEvents } from "./panels/panelEvents";
import { RestartPolicy } from "./restartPolicy";
import type { ServerApi, ServerState } from "./serverApi";
import { clientOptions } from "./serverClient";
import { forwardNotifications } from "./serverNotifications";
import { killProcess, startProcess, type ProcessOptions } from "./serverProcess";
import { answerQuestions, type Answers } from "./serverQuestions";
import { affectsServer, serverSettings } from "./settings";
import { PING_EVERY_MS, Watchdog } from "./watchdog";
import { WorkReports, type WorkReport } from "./workReports";

export interface ServerOptions extends ProcessOptions {
  /** Finds the Python to run; rejects with a Failure of kind `noInterpreter`. */
  readonly interpreter: () => Promise<Interpreter>;
  readonly pluginLog: vscode.LogOutputChannel;
  /** Who answers what the server asks. */
  readonly answers: Answers;
}

export class Server implements ServerApi, vscode.Disposable {
  readonly events = new DocumentEvents();
  readonly network = new NetworkEvents();
  readonly panels = new PanelEvents();
  readonly #themesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeThemes = this.#themesChanged.event;
  readonly #options: ServerOptions;
  readonly #policy = new RestartPolicy();
  readonly #work = new WorkReports();
  readonly #watchdog: Watchdog;
  readonly #stateChanged = new vscode.EventEmitter<ServerState>();
  readonly #subscriptions: vscode.Disposable[];
  readonly onDidChangeState = this.#stateChanged.event;
  readonly #pluginsChanged = new vscode.EventEmitter<P.DidChangePlugins>();
  readonly onDidChangePlugins = this.#pluginsChanged.event;
  #state: ServerState = "stopped";
  #reason: Failure | undefined;
  #client: LanguageClient | undefined;
  #interpreter: Interpreter | undefined;
  #process: ChildProcess | undefined;
  /** Settled when the start under way has ended, well or not. */
  #started: Promise<void> = Promise.resolve();
  /** Counts starts, so that what an earlier one still reports is not taken for the present one's. */
  #run = 0;
  /** Requests that have not been answered. */
  #pending = 0;
  #disposed = false;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#watchdog = new Watchdog({
      isNeeded: () => this.#pending > 0 || this.events.isListenedTo || this.panels.isListenedTo || this.#state === "starting",
      ping: () => (this.#state === "starting" ? this.#started : this.#send(requests.serverPing, {})),
      hangs: () => this.#hangs(),
    });
    const beat = setInterval(() => this.#watchdog.beat(), PING_EVERY_MS);
    this.#subscriptions = [
      this.#stateChanged,
      this.#pluginsChanged,
      this.network,
      this.panels,
      this.#themesChanged,
      new vscode.Disposable(() => clearInterval(beat)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsServer(event)) {
          this.#tellSettings();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#tellSettings()),
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

  /** Ends the server, also one that is starting or hangs, and starts a fresh one, because a person asked for it. */
  async restart(): Promise<void> {
    this.#policy.reset();
    await this.#end();
    await this.start();
  }

  async request<A, R>(type: RequestType<A, R, P.ErrorData>, params: A, token?: vscode.CancellationToken): Promise<R> {
    this.#pending++;
    try {
      while (this.#state === "starting") {
        await this.#started; // another one may have been started meanwhile
      }
      return await this.#send(type, params, token);
    } catch (error) {
      throw toFailure(error);
    } finally {
      this.#pending--;
    }
  }

  onWork(token: string, report: WorkReport): vscode.Disposable {
    return this.#work.on(token, report);
  }

  dispose(): void {
    this.#disposed = true;
    void this.#end();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #tellSettings(): void {
    if (this.#state === "running") {
      const settings = { settings: { thoth: serverSettings() } };
      // One that is being ended meanwhile does not take it: the next is started with the settings as they are then.
      this.#client?.sendNotification("workspace/didChangeConfiguration", settings).catch(() => undefined);
    }
  }

  async #send<A, R>(type: RequestType<A, R, P.ErrorData>, params: A, token?: vscode.CancellationToken): Promise<R> {
    const client = this.#client;
    if (client === undefined || this.#state !== "running") {
      throw this.#reason ?? this.#stopped(vscode.l10n.t("Thoth's server is not running."));
    }
    // `sendRequest` works its types out of the params'; ours are told by the request's type already.
    const send = client.sendRequest.bind(client) as (
      type: RequestType<A, R, P.ErrorData>,
      params: A,
      token?: vscode.CancellationToken,
    ) => Promise<R>;
    return send(type, params, token);
  }

  async #launch(): Promise<void> {
    const run = ++this.#run;
    this.#setState("starting");
    try {
      const interpreter = await this.#options.interpreter();
      if (run !== this.#run) {
        return; // ended while it looked for one
      }
      this.#interpreter = interpreter;
      const client = new LanguageClient("thoth", "Thoth", () => this.#spawn(run, interpreter), clientOptions(this.#options.log, () => this.#closed(run)));
      this.#client = client;
      client.registerFeature(THOTH_CAPABILITIES);
      const { pluginLog, answers } = this.#options;
      forwardNotifications(client, { events: this.events, plugins: this.#pluginsChanged, network: this.network, panels: this.panels, themes: this.#themesChanged, pluginLog });
      answerQuestions(client, answers);
      this.#work.attach(client);
      await client.start();
      if (run === this.#run) {
        if (client.state !== State.Running) {
          throw this.#stopped(vscode.l10n.t("It ended at once."));
        }
        this.#setState("running");
      }
    } catch (error) {
      if (run === this.#run) {
        await this.#end();
        const failure = toFailure(error);
        this.#options.log.error(`The server could not be started: ${failure.message}`);
        const text = vscode.l10n.t("Thoth's server could not be started: {0} The log says more.", failure.message);
        this.#setState("stopped", failure.kind === "noInterpreter" ? failure : this.#stopped(text));
      }
    }
  }

  async #spawn(run: number, interpreter: Interpreter): Promise<ChildProcess> {
    const child = await startProcess(interpreter, this.#options);
    if (run === this.#run) {
      this.#process = child;
    } else {
      killProcess(child); // nobody waits for it any more
    }
    return child;
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

  #hangs(): void {
    this.#options.log.warn("The server does not answer.");
    void this.#offerRestart(vscode.l10n.t("Thoth's server has not answered for a minute."));
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
    killProcess(child);
  }

  #stopped(message: string): Failure {
    return new Failure("serverStopped", message);
  }

  #setState(state: ServerState, reason?: Failure): void {
    this.#state = state;
    this.#reason = reason;
    this.#watchdog.reset();
    if (state === "stopped") {
      this.#work.attach(undefined);
      this.events.clear();
      this.panels.clear();
    }
    if (!this.#disposed) {
      this.#stateChanged.fire(state);
    }
  }
}
