/** What the status bar says of the active data editor, or of the data within the panel in front; each item leads to what can be done about it. */
import * as vscode from "vscode";
import type { ServerApi } from "./serverApi";
import { translatedLabel } from "./optionNames";
import type { DataGrid } from "./dataEditor/dataGrid";
import type { ActiveGrid } from "./activeGrid";
import type { SessionStatus } from "./dataEditor/openDocument";

/** One item: what it says of an open document (undefined hides it) and the command behind it. */
interface Entry {
  readonly id: string;
  readonly name: string;
  readonly command: string;
  readonly tooltip: string;
  readonly text: (status: SessionStatus, editor: DataGrid) => string | undefined;
}

export class StatusBar implements vscode.Disposable {
  readonly #items: readonly { readonly entry: Entry; readonly item: vscode.StatusBarItem }[];
  readonly #state: vscode.StatusBarItem;
  readonly #subscriptions: vscode.Disposable[];
  readonly #grids: ActiveGrid;
  readonly #server: ServerApi;

  constructor(grids: ActiveGrid, server: ServerApi) {
    this.#grids = grids;
    this.#server = server;
    // Higher stands further left; right of the middle are the items about the file itself.
    this.#items = entries().map((entry, index) => ({ entry, item: newItem(entry, 100 - index) }));
    this.#state = vscode.window.createStatusBarItem("thoth.state", vscode.StatusBarAlignment.Right, 101);
    this.#state.name = vscode.l10n.t("Thoth: Server");
    this.#state.command = "thoth.server.showLogs";
    this.#subscriptions = [
      ...this.#items.map(({ item }) => item),
      this.#state,
      grids.onDidChange(() => this.#update()),
      server.onDidChangeState(() => this.#update()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #update(): void {
    const editor = this.#grids.current;
    this.#updateState(editor);
    for (const { entry, item } of this.#items) {
      const status = editor?.session.status;
      const text = editor === undefined || status === undefined ? undefined : entry.text(status, editor);
      if (text === undefined) {
        item.hide();
      } else {
        item.text = text;
        item.show();
      }
    }
  }

  #updateState(editor: DataGrid | undefined): void {
    const { state, reason } = this.#server;
    if (editor === undefined || state === "running") {
      this.#state.hide();
      return;
    }
    this.#state.text =
      state === "starting"
        ? `$(loading~spin) ${vscode.l10n.t("Thoth is starting")}`
        : `$(error) ${vscode.l10n.t("Thoth has stopped")}`;
    this.#state.tooltip = reason?.message ?? "";
    this.#state.show();
  }
}

function newItem(entry: Entry, priority: number): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(`thoth.${entry.id}`, vscode.StatusBarAlignment.Right, priority);
  item.name = entry.name;
  item.command = entry.command;
  item.tooltip = entry.tooltip;
  return item;
}

function entries(): readonly Entry[] {
  const { t } = vscode.l10n;
  return [
    {
      id: "selection",
      name: t("Thoth: Selection"),
      command: "thoth.document.copyAs",
      tooltip: t("Copy the selection"),
      text: (_status, editor) => editor.selection || undefined,
    },
    {
      id: "rows",
      name: t("Thoth: Rows"),
      command: "thoth.document.goToRow",
      tooltip: t("Go to a row"),
      text: rowsText,
    },
    {
      id: "problems",
      name: t("Thoth: Problems"),
      command: "thoth.document.showProblems",
      tooltip: t("Show malformed records"),
      text: ({ problems }) => (problems === 0 ? undefined : `$(warning) ${grouped(problems)}`),
    },
    ...(
      [
        ["delimiter", t("Thoth: Delimiter"), "thoth.document.changeDelimiter", t("Change the delimiter")],
        ["encoding", t("Thoth: Encoding"), "thoth.document.changeEncoding", t("Change the encoding")],
        ["header", t("Thoth: Header Row"), "thoth.document.changeHeader", t("Change whether there is a header row")],
      ] as const
    ).map(([id, name, command, tooltip]) => ({
      id,
      name,
      command,
      tooltip,
      text: (status: SessionStatus) => optionText(status, id),
    })),
  ];
}

/** The rows found so far, and how much of the file has been read while there is more. */
export function rowsText({ progress }: SessionStatus): string {
  const rows = grouped(progress.records);
  if (progress.done) {
    return progress.records === 1 ? vscode.l10n.t("1 row") : vscode.l10n.t("{0} rows", rows);
  }
  const percent = progress.bytesTotal === 0 ? 0 : Math.floor((100 * progress.bytesDone) / progress.bytesTotal);
  return `$(loading~spin) ${vscode.l10n.t("{0}+ rows ({1} %)", rows, Math.min(99, percent))}`;
}

/** The label of the value in force of one option; undefined when the file has no such option. */
export function optionText({ document }: SessionStatus, key: string): string | undefined {
  const option = document.options.find((candidate) => candidate.key === key);
  if (option === undefined) {
    return undefined;
  }
  const choice = option.choices.find(({ value }) => value === option.value);
  const label = choice === undefined ? option.value : translatedLabel(choice.label);
  return key === "encoding" ? label : `${translatedLabel(option.label)}: ${label}`;
}

function grouped(count: number): string {
  return count.toLocaleString(vscode.env.language);
}
