/** A grid that is shown somewhere: its conversation with its page, its session with the server, what the palette can ask of it. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { copyWithProgress } from "../copyCommand";
import { copyValue } from "../copyValue";
import { describe, Failure } from "../errors";
import type { Exporting } from "../exporting/exportCommand";
import { openLink } from "../openLink";
import { pickOption } from "../optionPicker";
import { unlinked } from "../plugins/untrusted";
import { chooseRenderer, type Renderers } from "../renderers";
import { affectsGrid, gridSettings } from "../settings";
import type { Bookmark, FileMemory } from "../shared/fileMemory";
import type { ActionName, GridCommand } from "../shared/messages";
import { webviewStrings } from "../webviewStrings";
import { Messenger, type Channel, type Handlers } from "./messenger";
import { Session, type DocumentSource } from "./session";

/** What a grid needs of the extension around it. */
export interface GridContext {
  readonly server: ServerApi;
  readonly renderers: Renderers;
  readonly exporting: Exporting;
  /** Carries out what a person chose where a document could not be shown. */
  readonly act: (name: Exclude<ActionName, "chooseEncoding">, grid: DataGrid) => Promise<void>;
}

/** What is kept about a document between one time it is open and the next. */
export interface GridMemory {
  current(): FileMemory;
  remember(change: Partial<FileMemory>): Promise<void> | void;
  /** It was changed elsewhere. */
  readonly onDidChange: vscode.Event<FileMemory>;
}

/** Where a grid is shown, and what. */
export interface GridPlace {
  readonly channel: Channel;
  readonly source: DocumentSource;
  readonly memory: GridMemory;
  /** The document as VS Code names it. */
  readonly uri: vscode.Uri;
  readonly viewColumn: vscode.ViewColumn | undefined;
  readonly isActive: boolean;
  /** Brings the grid to the front, with the focus. */
  reveal(): void;
  /** Takes the grid away. */
  close(): void;
  /** Shows the document in an editor of its own; rejects with a Failure. */
  openInEditor(): Promise<void>;
}

export class DataGrid implements vscode.Disposable {
  readonly session: Session;
  readonly #place: GridPlace;
  readonly #context: GridContext;
  readonly #messenger: Messenger;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** Whenever what the status bar says of it is another. */
  readonly onDidChange = this.#changed.event;
  #selection = "";
  #history = { back: false, forward: false };

  constructor(place: GridPlace, context: GridContext) {
    const { channel, source, memory } = place;
    this.#place = place;
    this.#context = context;
    this.#messenger = new Messenger(channel, this.#handlers());
    this.session = new Session(
      source,
      context.server,
      () => memory.current(),
      (event, body) => this.#messenger.send(event, body),
    );
    this.#subscriptions = [
      this.session,
      this.#messenger,
      this.#changed,
      this.session.onDidChange(() => this.#changed.fire()),
      memory.onDidChange((changed) => this.#messenger.send("remembered", changed)),
      context.renderers.onDidChange((renderers) => this.#messenger.send("renderers", renderers)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsGrid(event)) {
          this.#messenger.send("settings", gridSettings());
        }
      }),
    ];
  }

  get uri(): vscode.Uri {
    return this.#place.uri;
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
    return this.#place.isActive;
  }

  get viewColumn(): vscode.ViewColumn | undefined {
    return this.#place.viewColumn;
  }

  reveal(): void {
    this.#place.reveal();
  }

  /** Has the grid carry out a command. */
  command(command: GridCommand): void {
    this.reveal();
    this.#messenger.send("command", command);
  }

  get bookmarks(): readonly Bookmark[] {
    return this.#place.memory.current().bookmarks;
  }

  /** Keeps other bookmarks of what it shows. */
  async changeBookmarks(bookmarks: readonly Bookmark[]): Promise<void> {
    const { memory } = this.#place;
    await memory.remember({ bookmarks });
    this.#messenger.send("remembered", memory.current());
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
    this.#place.close();
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
      remember: (change) => this.#place.memory.remember(change),
      openInEditor: () => shown(this.#place.openInEditor()),
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
