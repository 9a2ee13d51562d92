/** Tasks of type `thoth`: a command of a plugin, run as any task is; what it returns opens as a table. */
import * as vscode from "vscode";
import { toFailure } from "../errors";
import type { Run } from "./runHistory";
import { type PluginCommands, showRecords } from "./pluginCommands";
import { plain, shownValues } from "./words";

export const TASK_TYPE = "thoth";
const FAILED = 1;
const CANCELLED = 130;

/** Offers no tasks by itself, which would run every plugin; those in tasks.json are carried out. */
export function taskProvider(commands: PluginCommands): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks: () => [],
    resolveTask: (task) => {
      const { definition, name, scope } = task;
      const open = (): Promise<vscode.Pseudoterminal> => Promise.resolve(new CommandTerminal(commands, definition));
      return new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, name, "Thoth", new vscode.CustomExecution(open));
    },
  });
}

/** Says in a terminal what is run and how it ended; closing it cancels the run. */
export class CommandTerminal implements vscode.Pseudoterminal {
  readonly #commands: Pick<PluginCommands, "execute" | "meant">;
  readonly #definition: unknown;
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly #cancellation = new vscode.CancellationTokenSource();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  constructor(commands: Pick<PluginCommands, "execute" | "meant">, definition: unknown) {
    this.#commands = commands;
    this.#definition = definition;
  }

  open(): void {
    void this.#run();
  }

  close(): void {
    this.#cancellation.cancel();
  }

  /** Ctrl+C is the one thing to type. */
  handleInput(data: string): void {
    if (data.includes("\u0003")) {
      this.close();
    }
  }

  async #run(): Promise<void> {
    const { t } = vscode.l10n;
    try {
      const { pluginId, name, values } = this.#commands.meant(this.#definition);
      const run: Run = { pluginId, name, values: values ?? {} };
      this.#say(plain(`${pluginId} ${name} ${shownValues(run.values)}`.trim(), 2_000));
      const { records, uri } = await this.#commands.execute(run, this.#cancellation.token);
      this.#say(records === 1 ? t("1 record") : t("{0} records", records.toLocaleString(vscode.env.language)));
      if (uri !== null) {
        await showRecords(uri);
      }
      this.#closed.fire(0);
    } catch (error) {
      const { kind, message } = toFailure(error);
      this.#say(plain(message, 2_000));
      this.#closed.fire(kind === "cancelled" ? CANCELLED : FAILED);
    }
  }

  #say(line: string): void {
    this.#written.fire(`${line}\r\n`);
  }
}
