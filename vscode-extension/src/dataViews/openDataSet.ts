/** Opening a table that a plugin published, or one it makes when it is asked to. */
import * as vscode from "vscode";
import { openData } from "../dataEditor/dataScheme";
import { toFailure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { plain, unlinked } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";

interface Item extends vscode.QuickPickItem {
  readonly info?: P.DatasetInfo;
}

/** Lets the person choose one and opens it; rejects with a Failure. */
export async function openDataSet(server: ServerApi): Promise<void> {
  const { t } = vscode.l10n;
  const { datasets } = await server.request(requests.datasetList, {});
  if (datasets.length === 0) {
    await tellThereAreNone();
    return;
  }
  const options = { placeHolder: t("Choose the data to open"), matchOnDescription: true };
  const info = (await vscode.window.showQuickPick(itemsOf(datasets), options))?.info;
  const data = info && (await obtain(server, info));
  if (data !== undefined) {
    await openData(data.uri);
  }
}

/** Those that are there first, then those that would be made. */
export function itemsOf(datasets: readonly P.DatasetInfo[]): readonly Item[] {
  const { t } = vscode.l10n;
  const published = datasets.filter(({ kind }) => kind === "published");
  const producers = datasets.filter(({ kind }) => kind === "producer");
  const heading = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    ...(published.length > 0 ? [heading(t("published"))] : []),
    ...published.map((info) => ({ label: `$(table) ${plain(info.name, 80)}`, description: `${plain(info.pluginName, 80)} · ${sizeText(info)}`, info })),
    ...(producers.length > 0 ? [heading(t("made when it is asked for"))] : []),
    ...producers.map((info) => ({ label: `$(sparkle) ${plain(info.name, 80)}`, description: plain(info.pluginName, 80), info })),
  ];
}

function sizeText({ rows, columns }: P.DatasetInfo): string {
  const { t } = vscode.l10n;
  const number = (value: number): string => value.toLocaleString(vscode.env.language);
  return `${rows === 1 ? t("1 row") : t("{0} rows", number(rows))} × ${columns === 1 ? t("1 column") : t("{0} columns", number(columns))}`;
}

async function obtain(server: ServerApi, { panelId, handle, pluginName }: P.DatasetInfo): Promise<P.PanelData | undefined> {
  if (handle !== "") {
    return server.request(requests.datasetOpen, { panelId, handle });
  }
  const title = unlinked(vscode.l10n.t("{0} is making a table", plain(pluginName, 80)));
  const progress = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(progress, async (_report, token) => {
    try {
      return await server.request(requests.datasetOpen, { panelId, handle }, token);
    } catch (error) {
      if (token.isCancellationRequested) {
        return undefined;
      }
      throw toFailure(error);
    }
  });
}

async function tellThereAreNone(): Promise<void> {
  const { t } = vscode.l10n;
  const open = t("Open Panel…");
  const text = t("No open panel has data to open. Plugins hand it over once they have made some.");
  if ((await vscode.window.showInformationMessage(text, open)) === open) {
    await vscode.commands.executeCommand("thoth.panel.open");
  }
}
