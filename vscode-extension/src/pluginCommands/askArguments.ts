/** Asks for what a command takes, one step after the other: Escape goes a step back, and from the first step away. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import { argumentName, plain, type Values } from "./words";

/** One step: an argument with a value, or all flags together. */
export type Step = { readonly argument: P.CommandArgument } | { readonly flags: readonly P.CommandArgument[] };

export function stepsOf({ arguments: given }: P.PluginCommand): readonly Step[] {
  const flags = given.filter(({ kind }) => kind === "flag");
  const steps = given.filter(({ kind }) => kind !== "flag").map((argument) => ({ argument }));
  return flags.length === 0 ? steps : [...steps, { flags }];
}

/** The values the person gives, beginning with `begin`; undefined when they would rather not. */
export async function askArguments(command: P.PluginCommand, begin: Values): Promise<Values | undefined> {
  const steps = stepsOf(command);
  let values = begin;
  let at = 0;
  for (let step = steps[at]; step !== undefined; step = steps[at]) {
    const place = { title: `${plain(command.pluginName, 60)}: ${command.name}`, step: at + 1, totalSteps: steps.length };
    const answer = "argument" in step ? await askValue(step.argument, values, place) : await askFlags(step.flags, values, place);
    if (answer !== undefined) {
      values = answer;
      at++;
    } else if (at > 0) {
      at--;
    } else {
      return undefined;
    }
  }
  return values;
}

interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Why a text cannot be the value of an argument. */
export function valueProblem(argument: P.CommandArgument, text: string): string | undefined {
  return argument.required && text === "" ? vscode.l10n.t("{0} is needed.", argumentName(argument)) : undefined;
}

/** `values` with the text for an argument; an optional one that is left empty is not given. */
export function withText(values: Values, { id }: P.CommandArgument, text: string): Values {
  const others = Object.fromEntries(Object.entries(values).filter(([name]) => name !== id));
  return text === "" ? others : { ...others, [id]: text };
}

function askValue(argument: P.CommandArgument, values: Values, { title, step, totalSteps }: StepPlace): Promise<Values | undefined> {
  const { t } = vscode.l10n;
  const box = vscode.window.createInputBox();
  const help = plain(argument.help);
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
  box.placeholder = argumentName(argument);
  box.prompt = argument.required ? help : t("{0} (may be left empty)", help);
  box.value = String(values[argument.id] ?? "");
  box.ignoreFocusOut = true;
  box.buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
  box.show();
  return new Promise((resolve) => {
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidAccept(() => {
      const problem = valueProblem(argument, box.value);
      box.validationMessage = problem;
      if (problem === undefined) {
        resolve(withText(values, argument, box.value));
        box.hide();
      }
    });
    box.onDidTriggerButton(() => box.hide());
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
  });
}

interface FlagItem extends vscode.QuickPickItem {
  readonly id: string;
  readonly on: boolean;
}

/** One flag is a question, several are a list to tick. */
function askFlags(flags: readonly P.CommandArgument[], values: Values, place: StepPlace): Promise<Values | undefined> {
  const { t } = vscode.l10n;
  const [only, ...more] = flags;
  const list = vscode.window.createQuickPick<FlagItem>();
  Object.assign(list, place);
  list.ignoreFocusOut = true;
  list.buttons = place.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  if (only !== undefined && more.length === 0) {
    const about = plain(only.help, 120);
    list.placeholder = `${argumentName(only)}: ${about}`;
    const no = { label: t("No"), description: t("without {0}", argumentName(only)), id: only.id, on: false };
    const yes = { label: t("Yes"), description: `${argumentName(only)} — ${about}`, id: only.id, on: true };
    list.items = only.required ? [yes] : [no, yes];
    list.activeItems = list.items.filter(({ on }) => on === (values[only.id] === true));
  } else {
    list.placeholder = t("Choose any of these, or none");
    list.canSelectMany = true;
    list.items = flags.map((flag) => ({
      label: argumentName(flag),
      description: flag.required ? t("{0} (needed)", plain(flag.help, 120)) : plain(flag.help, 120),
      id: flag.id,
      on: true,
    }));
    list.selectedItems = list.items.filter(({ id }) => values[id] === true);
  }
  list.show();
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const chosen = new Set(list.selectedItems.filter(({ on }) => on).map(({ id }) => id));
      const missing = flags.find((flag) => flag.required && !chosen.has(flag.id));
      if (missing !== undefined) {
        list.placeholder = t("{0} is needed.", argumentName(missing));
        return;
      }
      resolve({ ...values, ...Object.fromEntries(flags.map(({ id }) => [id, chosen.has(id)])) });
      list.hide();
    });
    list.onDidTriggerButton(() => list.hide());
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
  });
}
