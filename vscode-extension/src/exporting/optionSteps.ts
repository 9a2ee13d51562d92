/** Lets a person change the options of an export, each in a step of its own, until they are as wanted. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import { translatedLabel } from "../optionNames";
import { shownValue } from "./exporterPicker";
import { changedOptions, defaultValues, type OptionValues } from "./options";

/** "Back" goes to the list of formats. */
export type OptionsAnswer = { readonly values: OptionValues } | "back" | undefined;

export interface OptionItem extends vscode.QuickPickItem {
  /** Absent for the item that goes on. */
  readonly option?: P.ExportOption;
}

/** First the way on, then every option with its value. */
export function optionItems(options: readonly P.ExportOption[], values: OptionValues): readonly OptionItem[] {
  const { t } = vscode.l10n;
  return [
    { label: `$(arrow-right) ${t("Go On")}`, description: t("and choose where to write the file"), alwaysShow: true },
    { label: t("Options"), kind: vscode.QuickPickItemKind.Separator },
    ...options.map((option) => {
      const value = values[option.key] ?? option.default;
      return { label: `$(${icon(option, value)}) ${translatedLabel(option.label)}`, description: shownValue(option, value), option };
    }),
  ];
}

function icon({ kind }: P.ExportOption, value: string): string {
  if (kind === "bool") {
    return value === "true" ? "check" : "circle-large-outline";
  }
  return kind === "select" ? "list-selection" : "edit";
}

/** Asks until the person goes on, back, or withdraws. */
export async function askOptions(title: string, options: readonly P.ExportOption[], begin: OptionValues): Promise<OptionsAnswer> {
  let values = begin;
  let active: string | undefined;
  for (;;) {
    const answer = await showList(title, options, values, active);
    if (answer === undefined || answer === "back") {
      return answer;
    }
    if (answer === "reset") {
      values = defaultValues(options);
      active = undefined;
    } else if (answer.option === undefined) {
      return { values };
    } else {
      const { option } = answer;
      active = option.key;
      const value = await changed(title, option, values[option.key] ?? option.default);
      values = value === undefined ? values : { ...values, [option.key]: value };
    }
  }
}

function showList(
  title: string,
  options: readonly P.ExportOption[],
  values: OptionValues,
  active: string | undefined,
): Promise<OptionItem | "back" | "reset" | undefined> {
  const list = vscode.window.createQuickPick<OptionItem>();
  const reset = { iconPath: new vscode.ThemeIcon("discard"), tooltip: vscode.l10n.t("Restore Defaults") };
  list.title = title;
  list.placeholder = vscode.l10n.t("Change an option, or go on");
  list.matchOnDescription = true;
  list.items = optionItems(options, values);
  list.buttons = [vscode.QuickInputButtons.Back, ...(changedOptions(options, values).length > 0 ? [reset] : [])];
  list.activeItems = list.items.filter(({ option }) => option !== undefined && option.key === active);
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]);
      list.hide();
    });
    list.onDidTriggerButton((button) => {
      resolve(button === reset ? "reset" : "back");
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

/** Another value of one option; undefined when it stays as it is. */
async function changed(title: string, option: P.ExportOption, value: string): Promise<string | undefined> {
  const label = translatedLabel(option.label);
  switch (option.kind) {
    case "bool":
      return value === "true" ? "false" : "true";
    case "select": {
      const items = option.choices.map((choice) => ({
        label: choice === value ? `$(check) ${translatedLabel(choice)}` : translatedLabel(choice),
        choice,
      }));
      const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: label });
      return chosen?.choice;
    }
    case "text":
      return vscode.window.showInputBox({ title, prompt: label, value });
  }
}
