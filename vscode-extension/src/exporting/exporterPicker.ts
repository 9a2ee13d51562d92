/** Asks in which format to export. */
import * as vscode from "vscode";
import { toFailure } from "../errors";
import type * as P from "../generated/protocol";
import { translatedLabel } from "../optionNames";
import { unlinked } from "../plugins/untrusted";
import { changedOptions, initialValues, type ExportMemory, type OptionValues } from "./options";

export interface ExporterItem extends vscode.QuickPickItem {
  /** Absent for what only separates. */
  readonly exporter?: P.ExporterInfo;
  /** Whether its options are those used last, so that they are not asked for. */
  readonly withLast?: boolean;
}

export interface ChosenExporter {
  readonly exporter: P.ExporterInfo;
  readonly withLast: boolean;
}

/** The exporters by name; before them the one used last, with the options it was used with. */
export function exporterItems(exporters: readonly P.ExporterInfo[], memory: Pick<ExportMemory, "last" | "valuesOf">): readonly ExporterItem[] {
  const { t } = vscode.l10n;
  const last = exporters.find(({ pluginId, problem }) => pluginId === memory.last && problem === null);
  const items = exporters.map((exporter) => exporterItem(exporter));
  if (last === undefined || last.options.length === 0) {
    return items;
  }
  const again: ExporterItem = {
    label: `$(history) ${t("{0} with the options used last", last.name)}`,
    description: `.${last.extension}`,
    detail: summary(last.options, initialValues(last.options, memory.valuesOf(last.pluginId))),
    exporter: last,
    withLast: true,
  };
  return [again, { label: t("Formats"), kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function exporterItem(exporter: P.ExporterInfo): ExporterItem {
  const { t } = vscode.l10n;
  const { name, extension, problem, undecided } = exporter;
  const detail = problem !== null ? t("Cannot be used: {0}", problem) : undecided ? t("Asks first what it may do") : undefined;
  return {
    label: `$(${problem === null ? "export" : "warning"}) ${name}`,
    description: extension === "" ? exporter.pluginId : `.${extension}`,
    ...(detail !== undefined && { detail }),
    exporter,
    withLast: !undecided && exporter.options.length === 0,
  };
}

export function sayUnusable(name: string, problem: string): void {
  void vscode.window.showErrorMessage(unlinked(vscode.l10n.t("{0} cannot be used: {1}", name, problem)));
}

/** What differs from the defaults, in a line. */
export function summary(options: readonly P.ExportOption[], values: OptionValues): string {
  const changed = changedOptions(options, values);
  const said = changed.map((option) => `${translatedLabel(option.label)}: ${shownValue(option, values[option.key] ?? option.default)}`);
  return said.length === 0 ? vscode.l10n.t("As it comes") : said.join(", ");
}

/** A value as people read it. */
export function shownValue(option: P.ExportOption, value: string): string {
  const { t } = vscode.l10n;
  switch (option.kind) {
    case "bool":
      return value === "true" ? t("yes") : t("no");
    case "select":
      return translatedLabel(value);
    case "text":
      return value === "" ? t("(nothing)") : JSON.stringify(value).slice(1, -1);
  }
}

/** Shows the list while `loading` goes on; undefined when the person withdrew. */
export function pickExporter(
  title: string,
  loading: Promise<readonly P.ExporterInfo[]>,
  memory: ExportMemory,
): Promise<ChosenExporter | undefined> {
  const list = vscode.window.createQuickPick<ExporterItem>();
  list.title = title;
  list.placeholder = vscode.l10n.t("Choose the format");
  list.matchOnDescription = true;
  list.busy = true;
  return new Promise((resolve, reject) => {
    list.onDidAccept(() => {
      const [item] = list.selectedItems;
      if (item?.exporter === undefined) {
        return;
      }
      const { exporter, withLast = false } = item;
      if (exporter.problem === null) {
        resolve({ exporter, withLast });
      } else {
        sayUnusable(exporter.name, exporter.problem);
        resolve(undefined);
      }
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
    loading.then(
      (exporters) => {
        list.busy = false;
        list.items = exporterItems(exporters, memory);
        if (exporters.length === 0) {
          list.placeholder = vscode.l10n.t("No plugin that exports is enabled.");
        }
      },
      (error: unknown) => {
        reject(toFailure(error));
        list.hide();
      },
    );
  });
}
