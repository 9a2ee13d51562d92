/** What to put into a bug report: versions and states, no file names and no settings. */
import { homedir } from "node:os";
import * as vscode from "vscode";
import type { Server } from "./client";
import { describe } from "./errors";
import * as requests from "./generated/requests";
import { withTimeout } from "./timeout";

/** A server that hangs is what such a report may be about. */
const PATIENCE_MS = 10_000;

/** Opens the information as an untitled document and offers to copy it. */
export async function showDebugInformation(server: Server, extension: vscode.Extension<unknown>): Promise<void> {
  await server.settled();
  await withTimeout(server.settled(), PATIENCE_MS).catch(() => undefined);
  const content = await debugInformation(server, extension);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: "json" }));
  const copy = vscode.l10n.t("Copy");
  const asked = vscode.l10n.t("Put this into your report. It names no files.");
  if ((await vscode.window.showInformationMessage(asked, copy)) === copy) {
    await vscode.env.clipboard.writeText(content);
  }
}

async function debugInformation(server: Server, extension: vscode.Extension<unknown>): Promise<string> {
  const { version } = extension.packageJSON as { version: string };
  const information = {
    extension: version,
    vscode: vscode.version,
    application: `${vscode.env.appName} (${vscode.env.appHost}${vscode.env.remoteName === undefined ? "" : ", remote"})`,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    trusted: vscode.workspace.isTrusted,
    server: {
      state: server.state,
      reason: server.reason?.kind ?? null,
      python: server.interpreter === undefined ? null : `${server.interpreter.version} (${server.interpreter.origin})`,
      ...(server.state === "running" ? await serverInformation(server) : {}),
    },
  };
  // A home folder's name is often a person's.
  return `${JSON.stringify(information, undefined, 2).replaceAll(JSON.stringify(homedir()).slice(1, -1), "~")}\n`;
}

async function serverInformation(server: Server): Promise<object> {
  try {
    const info = await withTimeout(server.request(requests.serverInfo, {}), PATIENCE_MS);
    const { plugins } = await withTimeout(server.request(requests.pluginList, {}), PATIENCE_MS);
    const shown = plugins.map(({ id, version, origin, state, problem }) => ({ id, version, origin, state, problem }));
    return { info, plugins: shown };
  } catch (error) {
    return { error: describe(error) };
  }
}
