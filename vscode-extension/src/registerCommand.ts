/** Registers a command whose failures are messages. */
import * as vscode from "vscode";
import { describe } from "./errors";
import { unlinked } from "./plugins/untrusted";

export type Run = (...args: readonly unknown[]) => void | Promise<void> | undefined;

export function registerCommand(id: string, run: Run): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      await run(...args);
    } catch (error) {
      const { kind, message } = describe(error);
      if (kind !== "cancelled") {
        void vscode.window.showErrorMessage(unlinked(message));
      }
    }
  });
}
