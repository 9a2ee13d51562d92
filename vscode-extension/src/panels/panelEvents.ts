/** What the server says of panels without being asked. */
import * as vscode from "vscode";
import { EventsById } from "../eventsById";
import type * as P from "../generated/protocol";

export interface PanelListener {
  rendered(view: P.PanelView): void;
  failed(event: P.DidFailPanel): void;
  worked(event: P.DidWorkPanel): void;
  closed(event: P.DidClosePanel): void;
}

export class PanelEvents extends EventsById<PanelListener> implements vscode.Disposable {
  readonly #signals = new vscode.EventEmitter<P.DidSignal>();
  readonly #datasets = new vscode.EventEmitter<void>();
  /** All signals of one panel that hold now. */
  readonly onDidSignal = this.#signals.event;
  /** There are other data sets, or other rows in them. */
  readonly onDidChangeDatasets = this.#datasets.event;

  signalled(event: P.DidSignal): void {
    this.#signals.fire(event);
  }

  datasetsChanged(): void {
    this.#datasets.fire();
  }

  dispose(): void {
    this.#signals.dispose();
    this.#datasets.dispose();
  }
}
