/** How the language client talks with the server's process. */
import type * as vscode from "vscode";
import { CloseAction, ErrorAction, RevealOutputChannelOn, type LanguageClientOptions } from "vscode-languageclient/node";
import { quietTrace } from "./quietTrace";
import { forwardLog } from "./serverLog";
import { serverSettings, textSelector } from "./settings";

/** `closed` hears that the connection has come to its end; starting another server is left to whoever made it. */
export function clientOptions(log: vscode.LogOutputChannel, closed: () => void): LanguageClientOptions {
  return {
    documentSelector: textSelector(),
    diagnosticCollectionName: "thoth",
    outputChannel: log,
    traceOutputChannel: quietTrace(log),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: serverSettings(),
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        closed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    stdioOptions: {
      stdout: () => undefined,
      stderr: (input) => {
        forwardLog(input, log);
      },
    },
  };
}
