/** The commands of the REST Explorer in the palette: short ways to what the plugin can do by its own commands. */
import * as vscode from "vscode";
import { Failure, toFailure } from "../errors";
import * as requests from "../generated/requests";
import type { PluginCommands } from "../pluginCommands/pluginCommands";
import type { Values } from "../pluginCommands/words";
import { plain } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";

const PLUGIN_ID = "com.thoth.url-source";
const NAME = "REST Explorer";

export interface RestCommandContext {
  readonly server: ServerApi;
  readonly runs: Pick<PluginCommands, "execute">;
}

type Act = (context: RestCommandContext) => Promise<void>;

export const REST_COMMANDS: Readonly<Record<string, Act>> = {
  "thoth.rest.newRequest": (context) => said(context, () => run(context, "new-request")),
  "thoth.rest.importCurl": (context) => said(context, () => run(context, "import-curl")),
  "thoth.rest.sendLastAgain": (context) => said(context, () => run(context, "send-last-again")),
  "thoth.rest.openRequest": (context) => said(context, () => openRequest(context)),
  "thoth.rest.editEnvironments": (context) => said(context, () => run(context, "environments")),
};

/** Runs a command that opens a tab: what comes of it is seen there. */
async function run({ runs }: RestCommandContext, name: string, values: Values = {}): Promise<void> {
  await withProgress((token) => runs.execute({ pluginId: PLUGIN_ID, name, values }, token));
}

interface Saved {
  readonly path: string;
  readonly method: string;
  readonly url: string;
  readonly id: string;
}

async function openRequest(context: RestCommandContext): Promise<void> {
  const { t } = vscode.l10n;
  const saved = await savedRequests(context);
  if (saved.length === 0) {
    const create = t("New Request");
    if ((await vscode.window.showInformationMessage(t("The collection of the REST Explorer has no requests yet."), create)) === create) {
      await run(context, "new-request");
    }
    return;
  }
  const items = saved.map(({ path, method, url, id }) => {
    const folders = path.split("/");
    const label = folders.pop() ?? path;
    return { label: `$(globe) ${plain(label, 100)}`, description: `${plain(method, 20)} ${plain(url, 200)}`, detail: plain(folders.join(" › "), 200), id };
  });
  const options = { placeHolder: t("Search requests by name, URL or folder"), matchOnDescription: true, matchOnDetail: true };
  const picked = await vscode.window.showQuickPick(items, options);
  if (picked !== undefined) {
    await run(context, "open", { name: picked.id });
  }
}

async function savedRequests({ server }: RestCommandContext): Promise<readonly Saved[]> {
  const params = { pluginId: PLUGIN_ID, name: "list", values: { ids: true }, show: false };
  const { text } = await withProgress((token) => server.request(requests.commandRun, params, token));
  return (text ?? "").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Saved);
}

function withProgress<T>(work: (token: vscode.CancellationToken) => Promise<T>): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Window, title: NAME };
  return vscode.window.withProgress(options, (_progress, token) => work(token));
}

/** Says what went wrong; where the plugin is switched off it can be switched on, and then the act is done. */
async function said({ server }: RestCommandContext, act: () => Promise<void>): Promise<void> {
  const { t } = vscode.l10n;
  try {
    await act();
  } catch (error) {
    const failure = toFailure(error);
    const { kind, message } = failure;
    if (kind === "pluginRefused") { // a sentence of the plugin for people: nothing was sent yet
      const text = plain(message.replace(`plugin ${PLUGIN_ID}: `, ""), 600);
      void vscode.window.showWarningMessage(`${NAME}: ${text}`);
      return;
    }
    if (kind === "pluginNotFound") {
      throw new Failure(kind, t("The {0} is not installed.", NAME));
    }
    if (kind !== "pluginDisabled" || !(await isSwitchedOff(server))) {
      throw failure;
    }
    const enable = t("Switch On");
    if ((await vscode.window.showWarningMessage(t("The {0} is switched off.", NAME), enable)) === enable) {
      await switchOn(server);
      await act();
    }
  }
}

/** A plugin that has crashed too often is disabled, too, and says so itself. */
async function isSwitchedOff(server: ServerApi): Promise<boolean> {
  const { plugin } = await server.request(requests.pluginDetails, { pluginId: PLUGIN_ID });
  return plugin.state === "disabled";
}

/** For the user; where the workspace has it off all the same, for the workspace, too. */
async function switchOn(server: ServerApi): Promise<void> {
  const on = { pluginId: PLUGIN_ID, enabled: true };
  const { state } = await server.request(requests.pluginSetEnabled, { ...on, scope: "user" });
  if (state === "disabled") {
    await server.request(requests.pluginSetEnabled, { ...on, scope: "workspace" });
  }
}
