/** What the server says about the network without being asked. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";

export class NetworkEvents implements vscode.Disposable {
  readonly #grantsChanged = new vscode.EventEmitter<P.DidChangeNetworkGrants>();
  readonly #activity = new vscode.EventEmitter<P.DidNetworkActivity>();
  /** Decisions have changed, or the switch. */
  readonly onDidChangeGrants = this.#grantsChanged.event;
  /** Something went on. */
  readonly onDidActivity = this.#activity.event;

  grantsChanged(event: P.DidChangeNetworkGrants): void {
    this.#grantsChanged.fire(event);
  }

  activity(event: P.DidNetworkActivity): void {
    this.#activity.fire(event);
  }

  dispose(): void {
    this.#grantsChanged.dispose();
    this.#activity.dispose();
  }
}
