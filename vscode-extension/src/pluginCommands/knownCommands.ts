/** The commands that plugins were heard to have, kept for all windows: so they have ids before any plugin is run. */
import * as vscode from "vscode";
import { Failure } from "../errors";
import type * as P from "../generated/protocol";

/** A command of a plugin. */
export interface Known {
  readonly pluginId: string;
  readonly name: string;
}

const KNOWN = "thoth.pluginCommands";
const MOST_PLUGINS = 200;
const PREFIX = "thoth.command.";

/** The id of a command for keybindings and tasks. */
export function commandId({ pluginId, name }: Known): string {
  return `${PREFIX}${pluginId}.${name}`;
}

/** Names of commands by plugin, the plugin that was heard last at the end. */
type Names = Readonly<Record<string, readonly string[]>>;

export class KnownCommands {
  readonly #store: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #names: Names;

  constructor(store: vscode.Memento) {
    this.#store = store;
    this.#names = store.get<Names>(KNOWN, {});
  }

  /** By id; two commands of one id can be told apart by nobody, so none of them is meant. */
  get ids(): ReadonlyMap<string, readonly Known[]> {
    const ids = new Map<string, Known[]>();
    for (const [pluginId, names] of Object.entries(this.#names)) {
      for (const name of names) {
        const known = { pluginId, name };
        const id = commandId(known);
        ids.set(id, [...(ids.get(id) ?? []), known]);
      }
    }
    return ids;
  }

  /** The command of that id; throws a Failure where there is none, or more than one. */
  named(id: string): Known {
    const { t } = vscode.l10n;
    const [known, other] = this.ids.get(id) ?? [];
    if (known === undefined) {
      throw new Failure("inputInvalid", t("No command of a plugin is known as {0}. Run “Thoth: Run Plugin Command…” once, so that the plugins are asked.", id.slice(0, 300)));
    }
    if (other !== undefined) {
      const said = t("{0} may be a command of {1} or of {2}. Name the plugin and the command apart (pluginId, name).", id, known.pluginId, other.pluginId);
      throw new Failure("inputInvalid", said);
    }
    return known;
  }

  /** Takes over what plugins said. */
  async learn(commands: readonly P.PluginCommand[]): Promise<void> {
    const said = new Map<string, string[]>();
    for (const { pluginId, name } of commands) {
      said.set(pluginId, [...(said.get(pluginId) ?? []), name]);
    }
    const others = Object.entries(this.#names).filter(([pluginId]) => !said.has(pluginId));
    await this.#keep(Object.fromEntries([...others, ...said].slice(-MOST_PLUGINS)));
  }

  /** The plugin is gone. */
  async forget(pluginId: string): Promise<void> {
    await this.#keep(Object.fromEntries(Object.entries(this.#names).filter(([id]) => id !== pluginId)));
  }

  async #keep(names: Names): Promise<void> {
    if (text(names) === text(this.#names)) {
      return;
    }
    this.#names = names;
    this.#changed.fire();
    await this.#store.update(KNOWN, names);
  }
}

function text(names: Names): string {
  return JSON.stringify(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
}
