/** Offers Thoth for a file that the text editor shows badly, or not at all, because of its size. */
import { basename } from "node:path";
import * as vscode from "vscode";
import { VIEW_TYPE } from "./dataEditor/viewTypes";
import { unlinked } from "./plugins/untrusted";

/** VS Code gives extensions no text that is larger, and colours none. */
export const LARGE_BYTES = 50 * 1024 * 1024;

/** Names of files that Thoth reads, of those that VS Code's text editor opens by default. */
const OURS = /\.(json|jsonc|geojson|topojson|ndjson|jsonl|ldjson|geojsonl|csv|tsv|tab|psv)$/i;

/** Asks once a file, while the window is open. */
export function offerForLargeFiles(): vscode.Disposable {
  const asked = new Set<string>();
  return vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
    for (const { input } of opened) {
      if (input instanceof vscode.TabInputText && input.uri.scheme === "file" && OURS.test(input.uri.path)) {
        void offer(input.uri, asked);
      }
    }
  });
}

async function offer(uri: vscode.Uri, asked: Set<string>): Promise<void> {
  const name = uri.toString();
  const size = await sizeOf(uri);
  if (asked.has(name) || size <= LARGE_BYTES) {
    return;
  }
  asked.add(name);
  const open = vscode.l10n.t("Open With Thoth");
  const megabytes = Math.round(size / 1024 / 1024);
  const text = unlinked(vscode.l10n.t("{0} has {1} MB. Thoth shows it without loading all of it.", basename(uri.path), megabytes));
  if ((await vscode.window.showInformationMessage(text, open)) === open) {
    await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE);
  }
}

async function sizeOf(uri: vscode.Uri): Promise<number> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch {
    return 0; // it is gone again: nothing to offer
  }
}
