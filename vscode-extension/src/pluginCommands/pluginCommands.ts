/** Runs commands of plugins as a person sees it: chosen, asked for, in progress, and what came of it. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { VIEW_TYPE } from "../dataEditor/viewTypes";
import { Failure, toFailure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { askArguments, stepsOf } from "./askArguments";
import { pickCommand, pickRun } from "./commandPicker";
import type { KnownCommands } from "./knownCommands";
import { type Run, RunHistory } from "./runHistory";
import { plain, shortText, type Values } from "./words";

/** What a keybinding, a task or another extension names. */
export interface CommandRef {
  readonly pluginId: string;
  readonly name: string;
  /** Asked for where it is absent and the command takes something. */
  readonly values?: Values;
}

export class PluginCommands {
  readonly #server: ServerApi;
  readonly #history: RunHistory;
  readonly #known: KnownCommands;
  readonly #log: Pick<vscode.LogOutputChannel, "show">;

  constructor(server: ServerApi, store: vscode.Memento, known: KnownCommands, log: Pick<vscode.LogOutputChannel, "show">) {
    this.#server = server;
    this.#history = new RunHistory(store);
    this.#known = known;
    this.#log = log;
  }

  /** Runs the command that is named, or one the person picks; rejects with a Failure where that cannot be done. */
  async run(target?: unknown): Promise<void> {
    if (target !== undefined && target !== null) {
      const ref = readRef(target);
      const command = await this.#find(ref);
      return this.#runAsked(command, ref.values ?? (stepsOf(command).length === 0 ? {} : undefined), {});
    }
    const picked = await pickCommand(this.list(null), this.#history.runs);
    if (picked === undefined) {
      return;
    }
    const command = "command" in picked ? picked.command : await this.#find(picked.run);
    await this.#runAsked(command, "run" in picked ? picked.run.values : undefined, {});
  }

  /** The commands of a plugin, or of all; rejects with a Failure. What is said is kept, so that each has an id. */
  async list(pluginId: string | null): Promise<P.CommandList> {
    const list = await this.#server.request(requests.commandList, { pluginId });
    await this.#known.learn(list.commands);
    return list;
  }

  /** What a task is to run, named by plugin and command or by its id; throws a Failure that says how it has to look. */
  meant(definition: unknown): CommandRef {
    if (typeof definition === "object" && definition !== null && "commandId" in definition && typeof definition.commandId === "string") {
      const { commandId } = definition;
      return { ...this.#known.named(commandId), ...readValues(commandId, "values" in definition ? definition.values : undefined) };
    }
    return readRef(definition);
  }

  /** Runs again what was run last in this workspace. */
  async repeat(): Promise<void> {
    const [last] = this.#history.runs;
    if (last === undefined) {
      return this.#sayNothingToRepeat();
    }
    await this.#runAsked(await this.#find(last), last.values, last.values);
  }

  /** Lets the person pick from what was run in this workspace. */
  async repeatEarlier(): Promise<void> {
    if (this.#history.runs.length === 0) {
      return this.#sayNothingToRepeat();
    }
    const picked = await pickRun(this.#history.runs);
    if (picked !== undefined) {
      const { run, change } = picked;
      await this.#runAsked(await this.#find(run), change ? undefined : run.values, run.values);
    }
  }

  /** What a command returned, without asking or telling anybody; rejects with a Failure. */
  async execute({ pluginId, name, values }: Run, token: vscode.CancellationToken): Promise<P.RunCommandResult> {
    try {
      return await this.#server.request(requests.commandRun, { pluginId, name, values, show: true }, token);
    } catch (error) {
      // However a run that was cancelled ends: it was the person who wanted it to.
      throw token.isCancellationRequested ? new Failure("cancelled", vscode.l10n.t("Cancelled.")) : toFailure(error);
    }
  }

  /** Runs with the values that are known, or with those the person gives, beginning with `begin`. */
  async #runAsked(command: P.PluginCommand, known: Values | undefined, begin: Values): Promise<void> {
    let values = known ?? (await askArguments(command, begin));
    while (values !== undefined) {
      const run = { pluginId: command.pluginId, name: command.name, values };
      await this.#history.keep(run);
      try {
        await this.#sayResult(command, await this.#withProgress(command, run));
        return;
      } catch (error) {
        const again = await this.#sayFailure(command, toFailure(error));
        values = again ? await askArguments(command, values) : undefined;
      }
    }
  }

  #withProgress(command: P.PluginCommand, run: Run): Thenable<P.RunCommandResult> {
    const options = { location: vscode.ProgressLocation.Notification, title: titleOf(command), cancellable: true };
    return vscode.window.withProgress(options, (_progress, token) => this.execute(run, token));
  }

  async #sayResult(command: P.PluginCommand, result: P.RunCommandResult): Promise<void> {
    const { t } = vscode.l10n;
    const text = shortText(result);
    if (result.uri === null) {
      void vscode.window.showInformationMessage(t("{0}: no results.", titleOf(command)));
    } else if (text === undefined) {
      await showRecords(result.uri);
    } else {
      const show = t("Show as Table");
      const { uri } = result;
      void vscode.window.showInformationMessage(`${titleOf(command)}: ${text}`, show).then((chosen) => (chosen === show ? showRecords(uri) : undefined));
    }
  }

  /** Says what went wrong; true when the person wants other values. */
  async #sayFailure(command: P.PluginCommand, { kind, message }: Failure): Promise<boolean> {
    const { t } = vscode.l10n;
    if (kind === "cancelled") {
      vscode.window.setStatusBarMessage(t("{0} was cancelled.", titleOf(command)), 5_000);
      return false;
    }
    const change = t("Change Values…");
    const log = t("Show Log");
    const mayChange = stepsOf(command).length > 0 && (kind === "inputInvalid" || kind === "pluginRefused");
    const said = plain(message.replace(`plugin ${command.pluginId}: `, ""), 600);
    const chosen = await vscode.window.showErrorMessage(`${titleOf(command)}: ${said}`, ...(mayChange ? [change] : []), log);
    if (chosen === log) {
      this.#log.show();
    }
    return chosen === change;
  }

  async #sayNothingToRepeat(): Promise<void> {
    const { t } = vscode.l10n;
    const run = t("Run Plugin Command…");
    if ((await vscode.window.showInformationMessage(t("No plugin command has been run in this workspace yet."), run)) === run) {
      await this.run();
    }
  }

  /** The command that is meant; rejects with a Failure where its plugin has none of that name. */
  async #find({ pluginId, name }: CommandRef): Promise<P.PluginCommand> {
    const { commands } = await this.list(pluginId);
    const command = commands.find((other) => other.name === name);
    if (command === undefined) {
      const names = commands.map((other) => other.name).join(", ");
      throw new Failure("inputInvalid", vscode.l10n.t("The plugin {0} has no command “{1}”; it has {2}.", pluginId, plain(name, 60), names));
    }
    return command;
  }
}

/** The commands of the palette and of keybindings. */
export const PLUGIN_RUNS: Readonly<Record<string, (context: { readonly runs: PluginCommands }, target?: unknown) => Promise<void>>> = {
  "thoth.runPluginCommand": ({ runs }, target) => runs.run(target),
  "thoth.repeatPluginCommand": ({ runs }) => runs.repeat(),
  "thoth.repeatEarlierPluginCommand": ({ runs }) => runs.repeatEarlier(),
};

/** What was given by a keybinding or a task; throws a Failure that says how it has to look. */
export function readRef(target: unknown): CommandRef {
  if (typeof target === "object" && target !== null && "pluginId" in target && "name" in target) {
    const { pluginId, name } = target;
    const values = "values" in target ? target.values : undefined;
    if (typeof pluginId === "string" && typeof name === "string" && (values === undefined || areValues(values))) {
      return { pluginId, name, ...(values !== undefined && { values }) };
    }
  }
  const shape = '{"pluginId": "…", "name": "…", "values": {"…": "…"}}';
  throw new Failure("invalidRequest", vscode.l10n.t("thoth.runPluginCommand takes {0}; values are texts, or true and false for flags.", shape));
}

/** The values that come with the id of a command, where there are some; throws a Failure for what are none. */
export function readValues(id: string, values: unknown): Pick<CommandRef, "values"> {
  if (values === undefined || values === null) {
    return {};
  }
  if (areValues(values)) {
    return { values };
  }
  throw new Failure("invalidRequest", vscode.l10n.t("{0} takes an object of values: texts, or true and false for flags.", id));
}

function areValues(values: unknown): values is Values {
  return (
    typeof values === "object" && values !== null && !Array.isArray(values) && Object.values(values).every((value) => typeof value === "string" || typeof value === "boolean")
  );
}

function titleOf({ pluginName, name }: P.PluginCommand): string {
  return `${plain(pluginName, 60)} ${name}`;
}

export async function showRecords(uri: string): Promise<void> {
  await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.parse(uri, true), VIEW_TYPE, { preview: false });
}
