export * from "vscode-languageserver-protocol/node";

export enum State {
  Stopped = 1,
  Running = 2,
  Starting = 3,
}
export enum CloseAction {
  DoNotRestart = 1,
}
export enum ErrorAction {
  Continue = 1,
}
export enum RevealOutputChannelOn {
  Never = 4,
}

/** A client whose start ends when the test says so. */
export class LanguageClient {
  /** All that were made, the last one last. */
  static made: LanguageClient[] = [];
  state = State.Stopped;
  disposed = false;
  #resolve: () => void = () => undefined;
  readonly #start = new Promise<void>((resolve) => (this.#resolve = resolve));

  constructor(
    readonly id: string,
    readonly name: string,
    readonly server: unknown,
    readonly options: { readonly documentSelector: readonly { readonly language: string }[] },
  ) {
    LanguageClient.made.push(this);
  }

  start(): Promise<void> {
    this.state = State.Starting;
    return this.#start;
  }

  /** The server has answered to `initialize`; it may have ended right after that. */
  started(state = State.Running): void {
    this.state = state;
    this.#resolve();
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return this.state === State.Running ? Promise.resolve() : Promise.reject(new Error("not running"));
  }

  /** What was sent; refused once it has been disposed of, as the real one does. */
  readonly sent: string[] = [];
  sendNotification(method: string): Promise<void> {
    this.sent.push(method);
    return Promise.resolve().then(() => {
      if (this.disposed) throw new Error("Starting server failed");
    });
  }

  onNotification(): void {
    // Nothing is said in these tests.
  }

  onRequest(): void {
    // Nothing is asked in these tests.
  }

  registerFeature(): void {
    // What is said of the client is not looked at in these tests.
  }
}
