/** Registers an id for each command a plugin is known to have, and keeps up with plugins that come, change and go. */
import type * as vscode from "vscode";
import type * as P from "../generated/protocol";
import type { PluginStore } from "../plugins/store";
import { registerCommand } from "../registerCommand";
import type { KnownCommands } from "./knownCommands";
import { type PluginCommands, readValues } from "./pluginCommands";

/** After these a plugin may have other commands. */
const NEWS: readonly P.DidChangePlugins["reason"][] = ["installed", "reloaded", "enabled", "permissions"];

export class CommandIds implements vscode.Disposable {
  readonly #known: KnownCommands;
  readonly #runs: Pick<PluginCommands, "run" | "list">;
  readonly #plugins: Pick<PluginStore, "find">;
  readonly #registered = new Map<string, vscode.Disposable>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(known: KnownCommands, runs: Pick<PluginCommands, "run" | "list">, plugins: Pick<PluginStore, "find" | "onDidChange">) {
    this.#known = known;
    this.#runs = runs;
    this.#plugins = plugins;
    this.#subscriptions = [
      known.onDidChange(() => this.#register()),
      plugins.onDidChange((change) => void (change && this.#follow(change))),
    ];
    this.#register();
  }

  dispose(): void {
    for (const part of [...this.#subscriptions, ...this.#registered.values()]) {
      part.dispose();
    }
    this.#registered.clear();
  }

  #register(): void {
    const { ids } = this.#known;
    for (const [id, registered] of this.#registered) {
      if (!ids.has(id)) {
        registered.dispose();
        this.#registered.delete(id);
      }
    }
    for (const id of ids.keys()) {
      if (!this.#registered.has(id)) {
        const run = (values: unknown): Promise<void> => this.#runs.run({ ...this.#known.named(id), ...readValues(id, values) });
        this.#registered.set(id, registerCommand(id, run));
      }
    }
  }

  async #follow({ pluginIds, reason }: P.DidChangePlugins): Promise<void> {
    for (const pluginId of pluginIds) {
      if (reason === "removed" && this.#plugins.find(pluginId) === undefined) {
        await this.#known.forget(pluginId);
      } else if (NEWS.includes(reason) && mayBeAsked(this.#plugins.find(pluginId))) {
        // What goes wrong is told to whoever runs a command.
        await this.#runs.list(pluginId).catch(() => undefined);
      }
    }
  }
}

/** Whether a plugin has commands and can be asked for them without asking a person anything. */
function mayBeAsked(plugin: P.PluginInfo | undefined): boolean {
  return (
    plugin?.state === "enabled" && plugin.capabilities.includes("cli") && plugin.permissions.every(({ decision }) => decision !== "ask")
  );
}
