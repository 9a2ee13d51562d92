/** Who wants to hear of the progress of which request, whether or not the server runs already. */
import * as vscode from "vscode";
import { WorkDoneProgress, type LanguageClient } from "vscode-languageclient/node";

type Client = Pick<LanguageClient, "onProgress">;
export type WorkReport = (percent: number | null, message: string) => void;

export class WorkReports {
  readonly #reports = new Map<string, WorkReport>();
  readonly #registrations = new Map<string, vscode.Disposable>();
  #client: Client | undefined;

  /** Takes the client of a server that is being started: what is waited for is asked of it; undefined when it is gone. */
  attach(client: Client | undefined): void {
    this.#registrations.clear(); // they ended with the client they were of
    this.#client = client;
    for (const token of this.#reports.keys()) {
      this.#register(token);
    }
  }

  /** Reports of the work done under `token`; the result ends that. */
  on(token: string, report: WorkReport): vscode.Disposable {
    this.#reports.set(token, report);
    this.#register(token);
    return new vscode.Disposable(() => {
      this.#reports.delete(token);
      this.#registrations.get(token)?.dispose();
      this.#registrations.delete(token);
    });
  }

  #register(token: string): void {
    const registration = this.#client?.onProgress(WorkDoneProgress.type, token, (value) => {
      if (value.kind !== "end") {
        this.#reports.get(token)?.(value.percentage ?? null, value.message ?? "");
      }
    });
    if (registration !== undefined) {
      this.#registrations.set(token, registration);
    }
  }
}
