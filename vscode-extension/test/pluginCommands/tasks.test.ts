import type * as vscode from "vscode";
import { expect, test, vi } from "vitest";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { readRef } from "../../src/pluginCommands/pluginCommands";
import { CommandTerminal } from "../../src/pluginCommands/tasks";

type Execute = (run: unknown, token: vscode.CancellationToken) => Promise<P.RunCommandResult>;
const TASK = { type: "thoth", pluginId: "a.b", name: "count", values: { to: "3" } };

/** Runs a task to its end; what it wrote, and its exit code. */
async function run(definition: unknown, execute: Execute, meanwhile?: (terminal: CommandTerminal) => void) {
  const terminal = new CommandTerminal({ execute, meant: readRef }, definition);
  const written: string[] = [];
  terminal.onDidWrite((text) => written.push(text));
  const code = await new Promise<number | void>((resolve) => {
    terminal.onDidClose(resolve);
    terminal.open();
    meanwhile?.(terminal);
  });
  return { written: written.join(""), code };
}

test("a task says what it runs and how many records there were", async () => {
  const execute = vi.fn(() => Promise.resolve({ records: 0, uri: null, text: null }));
  expect(await run(TASK, execute)).toEqual({ written: "a.b count 3\r\n0 records\r\n", code: 0 });
  expect(execute).toHaveBeenCalledWith({ pluginId: "a.b", name: "count", values: { to: "3" } }, expect.anything());
});

test("what fails is said in the terminal, and the task has failed", async () => {
  const failing = () => Promise.reject(new Failure("pluginRefused", "plugin a.b: too far\n\u001b[31m"));
  expect(await run(TASK, failing)).toEqual({ written: "a.b count 3\r\nplugin a.b: too far [31m\r\n", code: 1 });
  const { written, code } = await run({ type: "thoth", pluginId: 5 }, failing);
  expect([written.startsWith("thoth.runPluginCommand takes"), code]).toEqual([true, 1]);
});

test("a task from a workspace cannot write sequences of the terminal", async () => {
  const execute = () => Promise.resolve({ records: 1, uri: null, text: null });
  const { written } = await run({ ...TASK, pluginId: "a.b\u001b]0;x\u0007", name: "c\u001b[2J" }, execute);
  expect(written.replaceAll("\r\n", "")).not.toMatch(/\p{Cc}/u);
});

test("Ctrl+C and closing the terminal cancel the run", async () => {
  const waiting: Execute = (_run, token) =>
    new Promise((_resolve, reject) => token.onCancellationRequested(() => reject(new Failure("cancelled", "Cancelled."))));
  expect((await run(TASK, waiting, (terminal) => terminal.handleInput("\u0003"))).code).toBe(130);
  expect((await run(TASK, waiting, (terminal) => terminal.close())).code).toBe(130);
});
