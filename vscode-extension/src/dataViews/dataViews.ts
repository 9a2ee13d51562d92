/** The data views on one page: a grid each, over channels of the page, for as long as their nodes are there. */
import * as vscode from "vscode";
import type { Channel } from "../dataEditor/messenger";
import { DataGrid, type GridContext } from "../dataEditor/dataGrid";
import type { DataPresence, DataRef, FromHost, ToHost } from "../shared/dataChannels";
import { type DataPanel, dataPlace } from "./dataPlace";
import type { DataMemories } from "./memories";

/** What data views need of the extension around them. */
export interface DataViewContext extends GridContext {
  readonly dataMemories: DataMemories;
}

interface OpenView {
  readonly grid: DataGrid;
  readonly messages: vscode.EventEmitter<unknown>;
  readonly changing: vscode.Disposable;
  presence: DataPresence;
  /** When it had the focus last: a number that grows, and 0 for never. */
  focused: number;
}

/** More than a person can look at; a page that opens channels without end is refused the rest. */
const MOST_VIEWS = 64;

export class DataViews implements vscode.Disposable {
  readonly #page: Channel;
  readonly #panel: DataPanel;
  readonly #context: DataViewContext;
  /** The id that is known to have been asked with. */
  #panelId: string | undefined;
  readonly #views = new Map<string, OpenView>();
  readonly #activeChanged = new vscode.EventEmitter<void>();
  /** Another view is the active one, it has got or lost the focus, or what it shows has changed. */
  readonly onDidChangeActive = this.#activeChanged.event;
  #active: OpenView | undefined;
  #focuses = 0;
  readonly #subscriptions: vscode.Disposable;

  /** `page` is the webview whose messages are carried; its other messages are left to whoever listens to them. */
  constructor(page: Channel, panel: DataPanel, context: DataViewContext) {
    this.#page = page;
    this.#panel = panel;
    this.#panelId = panel.panel.panelId;
    this.#context = context;
    this.#subscriptions = vscode.Disposable.from(
      page.onDidReceiveMessage((message: unknown) => {
        if (isOurs(message)) {
          this.#take(message);
        }
      }),
      panel.panel.onDidTurn(() => this.#turned()),
    );
  }

  /** How many are open. */
  get count(): number {
    return this.#views.size;
  }

  /** The view that commands are about: of those that are shown the one that had the focus last, or the only one. */
  get active(): DataGrid | undefined {
    return this.#active?.grid;
  }

  /** Whether a view has the focus, as far as the page has it. */
  get isFocused(): boolean {
    return this.#active?.presence === "focused";
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#closeAll();
    this.#activeChanged.dispose();
  }

  #take(message: ToHost): void {
    if ("dataChannels" in message) {
      this.#closeAll();
      return;
    }
    const { dataChannel } = message;
    const view = this.#views.get(dataChannel);
    if ("open" in message) {
      if (view === undefined && this.#views.size < MOST_VIEWS) {
        this.#open(dataChannel, message.open);
      }
    } else if (view !== undefined) {
      if ("close" in message) {
        this.#close(dataChannel);
      } else if ("presence" in message) {
        this.#turn(view, message.presence);
      } else {
        view.messages.fire(message.message);
      }
    }
  }

  #open(dataChannel: string, ref: DataRef): void {
    const messages = new vscode.EventEmitter<unknown>();
    const channel: Channel = {
      onDidReceiveMessage: messages.event,
      postMessage: (message) => this.#page.postMessage({ dataChannel, message } satisfies FromHost),
    };
    const place = dataPlace(channel, ref, this.#panel, this.#context);
    const grid = new DataGrid(place, this.#context);
    const changing = grid.onDidChange(() => {
      if (grid === this.active) {
        this.#activeChanged.fire();
      }
    });
    this.#views.set(dataChannel, { grid, messages, changing, presence: "hidden", focused: 0 });
  }

  #turn(view: OpenView, presence: DataPresence): void {
    view.presence = presence;
    if (presence === "focused") {
      view.focused = ++this.#focuses;
    }
    const shown = [...this.#views.values()].filter((other) => other.presence !== "hidden");
    const [last] = shown.sort((one, other) => other.focused - one.focused);
    this.#active = last !== undefined && (last.focused > 0 || shown.length === 1) ? last : undefined;
    this.#activeChanged.fire();
  }

  /** Where the panel runs again, with another id, what could not be shown or was lost is asked for once more. */
  #turned(): void {
    const { panelId } = this.#panel.panel;
    if (panelId === undefined || panelId === this.#panelId) {
      return;
    }
    this.#panelId = panelId;
    for (const { grid } of this.#views.values()) {
      void grid.session.reload(0);
    }
  }

  #close(dataChannel: string): void {
    const view = this.#views.get(dataChannel);
    if (view !== undefined) {
      this.#turn(view, "hidden");
      this.#views.delete(dataChannel);
      view.changing.dispose();
      view.grid.dispose();
      view.messages.dispose();
    }
  }

  #closeAll(): void {
    for (const dataChannel of [...this.#views.keys()]) {
      this.#close(dataChannel);
    }
  }
}

function isOurs(message: unknown): message is ToHost {
  if (typeof message !== "object" || message === null) {
    return false;
  }
  return "dataChannels" in message || ("dataChannel" in message && typeof message.dataChannel === "string");
}
