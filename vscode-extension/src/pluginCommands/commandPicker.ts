/** The list of all commands of plugins, with those that were run last on top. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import { commandId } from "./knownCommands";
import type { Run } from "./runHistory";
import { plain, shownValues } from "./words";

export type Picked = { readonly command: P.PluginCommand } | { readonly run: Run };

/** An item without `choice` says something and cannot be chosen. */
export interface CommandItem extends vscode.QuickPickItem {
  readonly choice?: Picked;
}

export function commandItems({ commands, problems }: P.CommandList, runs: readonly Run[]): readonly CommandItem[] {
  const { t } = vscode.l10n;
  const known = (run: Run): P.PluginCommand | undefined =>
    commands.find(({ pluginId, name }) => pluginId === run.pluginId && name === run.name);
  const again = runs.flatMap((run) => {
    const command = known(run);
    const values = shownValues(run.values);
    return command === undefined || values === ""
      ? []
      : [{ label: `$(history) ${run.name} ${values}`, description: plain(command.pluginName, 60), choice: { run } }];
  });
  const buttons = [{ iconPath: new vscode.ThemeIcon("copy"), tooltip: t("Copy Command Id (for Keybindings and Tasks)") }];
  const listed = commands.map((command) => ({
    label: `$(terminal) ${command.name}`,
    description: plain(command.about, 120),
    detail: `${plain(command.pluginName, 60)} — ${command.pluginId}`,
    choice: { command },
    buttons,
  }));
  const broken = problems.map(({ pluginId, message }) => ({
    label: `$(warning) ${pluginId}`,
    description: t("its commands cannot be listed"),
    detail: plain(message),
  }));
  return [
    ...section(t("Run again"), again.slice(0, 5)),
    ...section(t("Commands"), listed),
    ...section(t("Problems"), broken),
  ];
}

function section(label: string, items: readonly CommandItem[]): readonly CommandItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** Shows the list at once and fills it when the plugins have answered; rejects with what `listing` rejects with. */
export function pickCommand(listing: Promise<P.CommandList>, runs: readonly Run[]): Promise<Picked | undefined> {
  const { t } = vscode.l10n;
  const list = vscode.window.createQuickPick<CommandItem>();
  list.title = t("Run Plugin Command");
  list.placeholder = t("Asking the plugins for their commands…");
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.busy = true;
  list.ignoreFocusOut = true; // a plugin that is asked may have to ask the person, in a dialog
  list.show();
  return new Promise((resolve, reject) => {
    listing.then((found) => {
      list.busy = false;
      list.ignoreFocusOut = false;
      list.items = commandItems(found, runs);
      list.placeholder =
        found.commands.length > 0 ? t("Choose a command to run") : t("No plugin that is switched on has commands");
    }, (error: unknown) => {
      reject(error instanceof Error ? error : new Error(String(error)));
      list.hide();
    });
    list.onDidAccept(() => {
      const choice = list.selectedItems[0]?.choice;
      if (choice !== undefined) {
        resolve(choice);
        list.hide();
      }
    });
    list.onDidTriggerItemButton(({ item: { choice } }) => {
      if (choice !== undefined && "command" in choice) {
        void copyId(commandId(choice.command));
      }
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
  });
}

async function copyId(id: string): Promise<void> {
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", id), 5_000);
}

/** The list of earlier runs; the button of one lets its values be changed first. */
export function pickRun(runs: readonly Run[]): Promise<{ readonly run: Run; readonly change: boolean } | undefined> {
  const { t } = vscode.l10n;
  const change = { iconPath: new vscode.ThemeIcon("edit"), tooltip: t("Change Values…") };
  const list = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly run: Run }>();
  list.title = t("Repeat Earlier Plugin Command");
  list.placeholder = t("Choose a run to repeat");
  list.matchOnDescription = true;
  list.items = runs.map((run) => ({
    label: `$(history) ${run.name} ${shownValues(run.values)}`.trim(),
    description: run.pluginId,
    buttons: [change],
    run,
  }));
  list.show();
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const item = list.selectedItems[0];
      resolve(item && { run: item.run, change: false });
      list.hide();
    });
    list.onDidTriggerItemButton(({ item }) => {
      resolve({ run: item.run, change: true });
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
  });
}
