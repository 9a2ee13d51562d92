/** Makes a theme of Thoth of a colour theme of VS Code: one that is installed, or a file. */
import * as vscode from "vscode";
import * as requests from "../generated/requests";
import { plain } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";
import { editorKind, type ThemeInForce } from "./themeInForce";
import { themeText } from "./vscodeThemeText";

interface Contributed {
  readonly label?: unknown;
  readonly id?: unknown;
  readonly path?: unknown;
}

interface SourceItem extends vscode.QuickPickItem {
  /** The file of the theme; none for the item that asks for one. */
  readonly uri?: vscode.Uri;
  readonly name: string;
}

export async function importTheme(server: ServerApi, inForce: ThemeInForce): Promise<void> {
  const { t } = vscode.l10n;
  const source = await chooseSource();
  if (source === undefined) {
    return;
  }
  const text = await themeText(source.uri.path, async (path) =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(source.uri.with({ path }))),
  );
  const read = await server.request(requests.themeReadVsCode, { text, name: source.name, editorKind: editorKind() });
  const name = await vscode.window.showInputBox({
    title: t("Import VS Code Theme"),
    prompt: t("What is it to be called?"),
    value: read.name,
    validateInput: (typed) => (typed.trim() === "" || typed.length > 100 ? t("Write at most 100 characters") : undefined),
  });
  if (name === undefined) {
    return;
  }
  const { themeId } = await server.request(requests.themeInstall, { name: name.trim(), dark: read.dark, colors: read.colors });
  await inForce.choose(themeId);
  const guessed = read.remarks.length === 0 ? "" : ` ${t("{0} of its colors were made readable, or guessed.", read.remarks.length)}`;
  void vscode.window.showInformationMessage(`${t("{0} was imported, and is shown now. It is a plugin of yours.", plain(name, 80))}${guessed}`);
}

async function chooseSource(): Promise<{ readonly uri: vscode.Uri; readonly name: string } | undefined> {
  const { t } = vscode.l10n;
  const file: SourceItem = { label: `$(folder-opened) ${t("From a File…")}`, name: "", alwaysShow: true };
  const items = [file, ...installedThemes()];
  const chosen = await vscode.window.showQuickPick(items, { title: t("Import VS Code Theme"), matchOnDescription: true });
  if (chosen?.uri !== undefined) {
    return { uri: chosen.uri, name: chosen.name };
  }
  if (chosen === undefined) {
    return undefined;
  }
  const filters = { [t("Color themes")]: ["json", "jsonc"] };
  const [uri] = (await vscode.window.showOpenDialog({ title: t("Import VS Code Theme"), filters })) ?? [];
  const name = uri?.path.split("/").at(-1)?.replace(/(-color-theme)?\.jsonc?$/, "") ?? "";
  return uri === undefined ? undefined : { uri, name };
}

/** Those of all extensions, by name. */
function installedThemes(): SourceItem[] {
  const found: SourceItem[] = [];
  for (const extension of vscode.extensions.all) {
    const { contributes, displayName } = extension.packageJSON as { contributes?: { themes?: readonly Contributed[] }; displayName?: unknown };
    for (const { label, id, path } of contributes?.themes ?? []) {
      // Names of built-in ones stand in another file, as %…%.
      const name = typeof label === "string" && !label.startsWith("%") ? label : typeof id === "string" ? id : "";
      if (typeof path === "string" && name !== "" && /\.jsonc?$/.test(path)) {
        const description = typeof displayName === "string" && !displayName.startsWith("%") ? displayName : extension.id;
        found.push({ label: name, description, uri: vscode.Uri.joinPath(extension.extensionUri, path), name });
      }
    }
  }
  return found.sort((one, other) => one.label.localeCompare(other.label));
}
