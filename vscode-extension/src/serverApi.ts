/** What the rest of the extension needs of the server. */
import type * as vscode from "vscode";
import type { RequestType } from "vscode-languageclient/node";
import type { DocumentEvents } from "./documentEvents";
import type { Failure } from "./errors";
import type * as P from "./generated/protocol";
import type { NetworkEvents } from "./network/events";
import type { PanelEvents } from "./panels/panelEvents";
import type { WorkReport } from "./workReports";

export type ServerState = "starting" | "running" | "stopped";

export interface ServerApi {
  readonly state: ServerState;
  /** Why it is not running, in a sentence; empty while it is. */
  readonly reason: Failure | undefined;
  readonly onDidChangeState: vscode.Event<ServerState>;
  readonly events: DocumentEvents;
  /** Plugins came, went or changed. */
  readonly onDidChangePlugins: vscode.Event<P.DidChangePlugins>;
  /** What is decided and what goes on about the network. */
  readonly network: Pick<NetworkEvents, "onDidChangeGrants" | "onDidActivity">;
  /** What goes on in open panels. */
  readonly panels: PanelEvents;
  /** Themes came, went or have other colours. */
  readonly onDidChangeThemes: vscode.Event<void>;
  /** The answer, waiting for a server that is starting; rejects with a Failure and never stays pending for ever. */
  request<A, R>(type: RequestType<A, R, P.ErrorData>, params: A, token?: vscode.CancellationToken): Promise<R>;
  /** Reports of the work done under `token`; the result ends that. */
  onWork(token: string, report: WorkReport): vscode.Disposable;
}
