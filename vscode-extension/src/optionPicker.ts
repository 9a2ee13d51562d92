/** Asks for the value of an option of the open file: its delimiter, its encoding … */
import * as vscode from "vscode";
import type * as P from "./generated/protocol";
import { translatedLabel } from "./optionNames";

interface Item extends vscode.QuickPickItem {
  /** Undefined for "another one". */
  readonly value: string | undefined;
}

/**
 * Lists the choices of `key` and takes any other value too. Undefined when the person withdrew, or when the file has
 * no such option. An encoding can be asked for even when the file could not be opened and so has told no options.
 */
export async function pickOption(key: string, options: readonly P.OpenOption[]): Promise<string | undefined> {
  const option = options.find((candidate) => candidate.key === key) ?? (key === "encoding" ? ENCODING : undefined);
  if (option === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("This file is read without that option."));
    return undefined;
  }
  if (option.choices.length === 0) {
    return inputValue(option);
  }
  const items = [
    ...option.choices.map((choice) => item(choice, option)),
    ...(TAKES_ANY.has(key) ? [{ label: vscode.l10n.t("Other…"), value: undefined }] : []),
  ];
  const placeHolder = vscode.l10n.t("{0} of this file", translatedLabel(option.label));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  if (chosen === undefined) {
    return undefined;
  }
  return chosen.value ?? (await inputValue(option));
}

/** Options that a person may know a better value of than the list has. */
const TAKES_ANY = new Set(["delimiter", "encoding", "quote", "escape", "comment"]);

const ENCODING: P.OpenOption = {
  key: "encoding",
  label: "Encoding",
  value: "",
  choices: ["utf-8", "utf-16", "windows-1252", "iso-8859-1", "shift_jis", "gb18030", "big5", "euc-kr"].map((value) => ({
    value,
    label: value,
  })),
};

function item(choice: P.Choice, option: P.OpenOption): Item {
  const inForce = choice.value === option.value;
  return {
    label: inForce ? `$(check) ${translatedLabel(choice.label)}` : translatedLabel(choice.label),
    value: choice.value,
    ...(inForce ? { description: vscode.l10n.t("in force") } : {}),
  };
}

async function inputValue(option: P.OpenOption): Promise<string | undefined> {
  const value = await vscode.window.showInputBox({
    title: translatedLabel(option.label),
    value: option.value,
    prompt: option.key === "delimiter" ? vscode.l10n.t("One ASCII character; \\t is a tab.") : "",
    validateInput: (text) => complaint(option.key, text),
  });
  return value === undefined ? undefined : meant(option.key, value);
}

/** Why `text` can be no value of the option; undefined when it can. */
export function complaint(key: string, text: string): string | undefined {
  if (text === "") {
    return vscode.l10n.t("Type a value.");
  }
  return key === "delimiter" && !/^[ -~\t]$/.test(meant(key, text)) ? vscode.l10n.t("One ASCII character; \\t is a tab.") : undefined;
}

/** A tab can hardly be typed into a field. */
function meant(key: string, text: string): string {
  return key === "delimiter" && text === "\\t" ? "\t" : text;
}
