/** Puts a theme into the person's settings, so that the whole editor wears it, and takes it out again. */
import * as vscode from "vscode";
import { Failure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { plain } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";
import { putIn, takenOut, type Applied, type Customizations, type Values } from "./customizations";
import { editorKind } from "./themeInForce";

const WORKBENCH = "workbench.colorCustomizations";
const TEXT = "editor.tokenColorCustomizations";
const SEMANTIC = "editor.semanticTokenColorCustomizations";
/** What was put in: among the settings it is about, so that it is found again whatever became of the extension. */
const APPLIED = "thoth.appliedTheme";

/** Has the editor wear a theme, for as long as its own colour theme is the one it is now; one that was put in before goes. */
export async function applyTheme(server: ServerApi, themeId: string): Promise<void> {
  const theme = await server.request(requests.themeResolve, { themeId, editorKind: editorKind() });
  const before = appliedTheme();
  const cleaned = before === undefined ? read() : takenOut(read(), before);
  const { then, applied } = putIn(cleaned, theme, editorTheme());
  // Whatever ends this halfway, what has been put in by then can be taken out: the one before is gone first, and before
  // anything of the new one is in comes what it takes to undo it.
  if (before !== undefined) {
    await writeAll(cleaned);
  }
  await write(APPLIED, applied);
  await writeAll(then);
  await tellApplied(theme);
}

/** Takes the theme out that was put in; what the person has changed since stays. */
export async function removeTheme(): Promise<void> {
  const applied = appliedTheme();
  if (applied === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No theme of Thoth has been applied to the editor."));
    return;
  }
  await writeAll(takenOut(read(), applied));
  await write(APPLIED, undefined);
}

/** What was put in, if anything. */
export function appliedTheme(): Applied | undefined {
  const value = vscode.workspace.getConfiguration().inspect<Applied>(APPLIED)?.globalValue;
  return isApplied(value) ? value : undefined;
}

function isApplied(value: unknown): value is Applied {
  return (
    typeof value === "object" &&
    value !== null &&
    "editorTheme" in value &&
    typeof value.editorTheme === "string" &&
    "workbench" in value &&
    "rules" in value &&
    Array.isArray(value.rules) &&
    "semantic" in value &&
    "before" in value
  );
}

function editorTheme(): string {
  const name = vscode.workspace.getConfiguration("workbench").get<string>("colorTheme", "");
  if (name === "") {
    throw new Failure("unusable", vscode.l10n.t("The editor does not say which color theme it has (workbench.colorTheme)."));
  }
  return name;
}

function read(): Customizations {
  const configuration = vscode.workspace.getConfiguration();
  const own = (section: string): Values | undefined => configuration.inspect<Values>(section)?.globalValue;
  return { workbench: own(WORKBENCH), text: own(TEXT), semantic: own(SEMANTIC) };
}

async function writeAll(wanted: Customizations): Promise<void> {
  await write(WORKBENCH, wanted.workbench);
  await write(TEXT, wanted.text);
  await write(SEMANTIC, wanted.semantic);
}

async function write(section: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  if (value === undefined && configuration.inspect(section)?.globalValue === undefined) {
    return;
  }
  await configuration.update(section, value, vscode.ConfigurationTarget.Global);
}

async function tellApplied(theme: P.ResolvedTheme): Promise<void> {
  const { t } = vscode.l10n;
  const undo = t("Undo");
  const kind = editorKind();
  const mixed = theme.dark !== (kind === "dark" || kind === "highContrastDark");
  const hint = mixed ? ` ${t("The editor's own color theme is of the other kind: choose a dark one below a dark theme, a light one below a light theme.")}` : "";
  const said = t("The editor wears {0} now, over {1}.", plain(theme.name, 80), plain(editorTheme(), 80));
  if ((await vscode.window.showInformationMessage(`${said}${hint}`, undo)) === undo) {
    await removeTheme();
  }
}
