/** One open data editor: its webview, its session with the server, and what the palette can ask of it. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { copyWithProgress } from "../copyCommand";
import { copyValue } from "../copyValue";
import { describe, Failure } from "../errors";
import type { Exporting } from "../exporting/exportCommand";
import type { FileMemories } from "../fileMemories";
import { openLink } from "../openLink";
import { pickOption } from "../optionPicker";
import { unlinked } from "../plugins/untrusted";
import { chooseRenderer, type Renderers } from "../renderers";
import { affectsGrid, gridSettings } from "../settings";
import { webviewStrings } from "../webviewStrings";
import type { ActionName, GridCommand } from "../shared/messages";
import { pageHtml, webviewFolder } from "./html";
import { Messenger, type Handlers } from "./messenger";
import { Session } from "./session";

/** What an editor needs of the extension around it. */
export interface EditorContext {
  readonly server: ServerApi;
  readonly extensionUri: vscode.Uri;
  readonly memories: FileMemories;
  readonly renderers: Renderers;
  readonly exporting: Exporting;
  /** Carries out what a person chose where a file could not be shown. */
  readonly act: (name: Exclude<ActionName, "chooseEncoding">, editor: DataEditor) => Promise<void>;
}

export class DataEditor implements vscode.Disposable {
  readonly session: Session;
  /** The file the editor shows, as VS Code names it. */
  readonly uri: vscode.Uri;
  readonly #panel: vscode.WebviewPanel;
  readonly #context: EditorContext;
  readonly #messenger: Messenger;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** Whenever what the status bar says of it is another. */
  readonly onDidChange = this.#changed.event;
  #selection = "";
  #history = { back: false, forward: false };

  constructor(panel: vscode.WebviewPanel, uri: vscode.Uri, local: vscode.Uri, context: EditorContext) {
    this.uri = uri;
    this.#panel = panel;
    this.#context = context;
    this.#messenger = new Messenger(panel.webview, this.#handlers());
    this.session = new Session(
      local,
      uri,
      context.server,
      () => context.memories.of(uri),
      (event, body) => this.#messenger.send(event, body),
    );
    this.#subscriptions = [
      this.session,
      this.#messenger,
      this.#changed,
      this.session.onDidChange(() => this.#changed.fire()),
      context.memories.onDidChange(({ uri: changed, memory, origin }) => {
        if (changed === uri.toString() && origin !== this) {
          this.#messenger.send("remembered", memory);
        }
      }),
      context.renderers.onDidChange((renderers) => this.#messenger.send("renderers", renderers)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsGrid(event)) {
          this.#messenger.send("settings", gridSettings());
        }
      }),
    ];
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(context.extensionUri)] };
    panel.webview.html = pageHtml(panel.webview, context.extensionUri, "grid");
  }

  /** What the grid says is selected, for the status bar; empty for nothing. */
  get selection(): string {
    return this.#selection;
  }

  /** Whether there are places in it to go back to and forward to. */
  get history(): { readonly back: boolean; readonly forward: boolean } {
    return this.#history;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  get viewColumn(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  reveal(): void {
    this.#panel.reveal(undefined, false);
  }

  /** Has the grid carry out a command. */
  command(command: GridCommand): void {
    this.reveal();
    this.#messenger.send("command", command);
  }

  /** Asks for another value of an option and reads the file anew with it. */
  async changeOption(key: string): Promise<void> {
    const options = this.session.status?.document.options ?? [];
    const value = await pickOption(key, options);
    if (value !== undefined) {
      await this.session.setOption(key, value);
    }
  }

  close(): void {
    this.#panel.dispose();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #handlers(): Handlers {
    return {
      ready: () => {
        // After the answer, so that the grid has its words before there is something to say.
        setImmediate(() => {
          this.#messenger.send("renderers", this.#context.renderers.list);
          this.session.ready();
        });
        return { settings: gridSettings(), strings: webviewStrings() };
      },
      ...this.#passedOn(),
      copy: ({ generation, ...request }) => {
        const columns = this.session.status?.document.columns;
        if (columns === undefined) {
          throw new Failure("notOpen", vscode.l10n.t("The file is not open."));
        }
        return copyWithProgress(this.session.ask, generation, columns, request);
      },
      copyValue: (params) => copyValue(this.session.ask, params),
      copyText: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
      },
      exportRecords: (request) => {
        // Not waited for: it takes as long as the person does, who is told how it went.
        void shown(this.#context.exporting.run(this, request)).catch(() => undefined);
      },
      reload: ({ firstRow }) => this.session.reload(firstRow),
      act: ({ name }) =>
        shown(name === "chooseEncoding" ? this.changeOption("encoding") : this.#context.act(name, this)),
      pickOption: ({ key }) => this.changeOption(key),
      pickRenderer: () => chooseRenderer(this.#context.renderers, this),
      history: (state) => {
        this.#history = state;
        this.#changed.fire();
      },
      selection: ({ text }) => {
        this.#selection = text;
        this.#changed.fire();
      },
      remember: (change) => this.#context.memories.remember(this.uri, change, this),
      openLink: ({ url }) => openLink(url),
    };
  }

  /** What the server answers. The session is not there yet when this is called. */
  #passedOn() {
    return {
      page: (params) => this.session.ask.page(params),
      pick: (params) => this.session.ask.pick(params),
      cell: (params) => this.session.ask.cell(params),
      problems: (params) => this.session.ask.problems(params),
      children: (params) => this.session.ask.children(params),
      value: (params) => this.session.ask.value(params),
      valueText: (params) => this.session.ask.valueText(params),
      locate: (params) => this.session.ask.locate(params),
      render: (params) => this.session.ask.render(params),
      fileText: (params) => this.session.ask.fileText(params),
      renderTable: (params) => this.session.ask.renderTable(params),
      find: (params) => this.session.ask.find(params),
      cancelFind: ({ searchId }) => this.session.ask.cancelSearch(searchId),
      search: (params) => this.session.ask.search(params),
      cancelSearch: ({ searchId }) => this.session.ask.cancelSearch(searchId),
    } satisfies Partial<Handlers>;
  }
}

/** The same, with a message for the person who pressed the button when it fails. */
async function shown(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    void vscode.window.showErrorMessage(unlinked(describe(error).message));
    throw error;
  }
}
