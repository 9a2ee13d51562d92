/** Which Python runs the server here, and what to say when none can. */
import { accessSync, constants } from "node:fs";
import * as vscode from "vscode";
import { Failure } from "./errors";
import { candidates, findInterpreter, programsOnPath, type Interpreter, type Rejected } from "./python";
import type { ServerLocation } from "./serverLocation";
import { withTimeout } from "./timeout";

const LEARN_MORE = "https://www.python.org/downloads/";

/** The interpreter to use; rejects with a Failure of kind `noInterpreter` that says what was tried. */
export async function chooseInterpreter(
  server: ServerLocation | undefined,
  log: vscode.LogOutputChannel,
): Promise<Interpreter> {
  if (server === undefined) {
    throw new Failure("noInterpreter", vscode.l10n.t("This installation of Thoth is incomplete: its server is missing."));
  }
  const asked = await candidates({
    setting: vscode.workspace.getConfiguration("thoth").get("interpreter", "").trim(),
    checkout: server.interpreter,
    pythonExtension: () => activeEnvironment(log),
    onPath: () => programsOnPath(process.env["PATH"] ?? "", isProgram),
  });
  const { found, rejected } = await findInterpreter(asked, server);
  for (const { origin, command, reason } of rejected) {
    log.info(`Not using ${command} (${origin}): ${reason}`);
  }
  if (found === undefined) {
    throw new Failure("noInterpreter", explain(server, rejected));
  }
  log.info(`Using ${found.command} (${found.origin}, Python ${found.version})`);
  return found;
}

/** Tells the person that nothing fits and offers what helps. */
export async function offerInterpreterChoice(failure: Failure): Promise<void> {
  const select = vscode.l10n.t("Select Interpreter");
  const settings = vscode.l10n.t("Open Settings");
  const learn = vscode.l10n.t("Learn More");
  const chosen = await vscode.window.showErrorMessage(failure.message, select, settings, learn);
  if (chosen === select) {
    await vscode.commands.executeCommand("thoth.interpreter.select");
  } else if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "thoth.interpreter");
  } else if (chosen === learn) {
    await vscode.env.openExternal(vscode.Uri.parse(LEARN_MORE));
  }
}

/** Has the person choose a program and stores it in the user's settings; false when they withdrew. */
export async function selectInterpreter(): Promise<boolean> {
  const found = programsOnPath(process.env["PATH"] ?? "", isProgram);
  const browse = { label: vscode.l10n.t("$(folder) Browse…"), command: undefined };
  const automatic = { label: vscode.l10n.t("$(sparkle) Choose by Itself"), command: "" };
  const items = [automatic, ...found.map((command) => ({ label: command, command })), browse];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Python for Thoth's Server"),
    placeHolder: vscode.l10n.t("Python 3.11 or newer"),
  });
  if (chosen === undefined) {
    return false;
  }
  const command = chosen === browse ? await browseForProgram() : chosen.command;
  if (command === undefined) {
    return false;
  }
  const configuration = vscode.workspace.getConfiguration("thoth");
  await configuration.update("interpreter", command === "" ? undefined : command, vscode.ConfigurationTarget.Global);
  return true;
}

async function browseForProgram(): Promise<string | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t("Select a Python Program") })) ?? [];
  return file?.fsPath;
}

function explain(server: ServerLocation, rejected: readonly Rejected[]): string {
  const versions = Object.keys(server.folders).filter((version) => version !== "*");
  const wanted = versions.length === 0 ? "3.11+" : versions.join(", ");
  const [first] = rejected;
  if (first?.origin === "setting") {
    return vscode.l10n.t(
      "The Python set as thoth.interpreter cannot run Thoth's server ({0}: {1}). It needs Python {2}.",
      first.command,
      first.reason,
      wanted,
    );
  }
  return first === undefined
    ? vscode.l10n.t("Thoth's server needs Python {0}, and no Python was found.", wanted)
    : vscode.l10n.t("Thoth's server needs Python {0}. None of those found fits; the log says why.", wanted);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The part of the Python extension's API that is used here. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(): unknown;
    resolveEnvironment(path: unknown): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** The Python extension's choice. Not in Restricted Mode: a workspace decides which environment that is. */
async function activeEnvironment(log: vscode.LogOutputChannel): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (extension === undefined || !vscode.workspace.isTrusted) {
    return undefined;
  }
  try {
    const { environments } = await withTimeout(Promise.resolve(extension.activate()), 5_000);
    const resolved = await withTimeout(
      environments.resolveEnvironment(environments.getActiveEnvironmentPath()),
      5_000,
    );
    return resolved?.executable.uri?.fsPath;
  } catch (error) {
    log.warn(`The Python extension did not say which Python to use: ${String(error)}`);
    return undefined;
  }
}
