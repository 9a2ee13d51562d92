/** What a person can choose about an export, and what was chosen last. */
import type * as vscode from "vscode";
import type * as P from "../generated/protocol";

export type OptionValues = Readonly<Record<string, string>>;

/** Those of `kept` that the options still allow, and the defaults for the rest. */
export function initialValues(options: readonly P.ExportOption[], kept: OptionValues): OptionValues {
  return Object.fromEntries(options.map((option) => [option.key, fitting(option, kept[option.key])]));
}

export function defaultValues(options: readonly P.ExportOption[]): OptionValues {
  return initialValues(options, {});
}

/** The options whose value is not the default. */
export function changedOptions(options: readonly P.ExportOption[], values: OptionValues): readonly P.ExportOption[] {
  return options.filter(({ key, default: standard }) => (values[key] ?? standard) !== standard);
}

function fitting(option: P.ExportOption, value: string | undefined): string {
  if (value === undefined) {
    return option.default;
  }
  switch (option.kind) {
    case "bool":
      return value === "true" || value === "false" ? value : option.default;
    case "select":
      return option.choices.includes(value) ? value : option.default;
    case "text":
      return value;
  }
}

const key = (pluginId: string): string => `thoth.export:${pluginId}`;
const LAST = "thoth.export.last";

/** What was chosen last, for every window. */
export class ExportMemory {
  readonly #store: vscode.Memento;

  constructor(store: vscode.Memento) {
    this.#store = store;
  }

  /** The exporter used last. */
  get last(): string | undefined {
    return this.#store.get<string>(LAST);
  }

  /** The values chosen last for an exporter, whatever its options are by now. */
  valuesOf(pluginId: string): OptionValues {
    const kept = this.#store.get<unknown>(key(pluginId));
    const entries = typeof kept === "object" && kept !== null ? Object.entries(kept) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  }

  async keep(pluginId: string, values: OptionValues): Promise<void> {
    await Promise.all([this.#store.update(LAST, pluginId), this.#store.update(key(pluginId), values)]);
  }
}
