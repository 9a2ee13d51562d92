/** The plugins that draw tables in another way, kept up to date while plugins come and go. */
import * as vscode from "vscode";
import type { ServerApi } from "./serverApi";
import type { DataGrid } from "./dataEditor/dataGrid";
import * as requests from "./generated/requests";
import { rendererView } from "./shared/fileMemory";
import type { Renderer } from "./shared/messages";

export class Renderers implements vscode.Disposable {
  readonly #server: ServerApi;
  readonly #changed = new vscode.EventEmitter<readonly Renderer[]>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** How often each plugin has changed. */
  readonly #revisions = new Map<string, number>();
  #list: readonly Renderer[] = [];
  #asked = 0;
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerApi) {
    this.#server = server;
    this.#subscriptions = [
      this.#changed,
      server.onDidChangeState((state) => {
        if (state === "running") {
          void this.#refresh();
        }
      }),
      server.onDidChangePlugins(({ pluginIds, reason }) => {
        if (reason === "crashed") {
          return; // drawing anew because of that would have it crash again, and again
        }
        for (const id of pluginIds) {
          this.#revisions.set(id, this.#revisionOf(id) + 1);
        }
        void this.#refresh();
      }),
    ];
    if (server.state === "running") {
      void this.#refresh();
    }
  }

  /** Those that are enabled, by name. */
  get list(): readonly Renderer[] {
    return this.#list;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #revisionOf(pluginId: string): number {
    return this.#revisions.get(pluginId) ?? 0;
  }

  async #refresh(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const { renderers } = await this.#server.request(requests.rendererList, {});
      if (asked === this.#asked) {
        this.#list = renderers.map((info) => ({ ...info, revision: this.#revisionOf(info.pluginId) }));
        this.#changed.fire(this.#list);
      }
    } catch {
      // A server that went away is asked again when it is back.
    }
  }
}

/** Asks which renderer is to draw the file, unless one is named, and shows its view. */
export async function chooseRenderer(renderers: Renderers, editor: DataGrid, named?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const { list } = renderers;
  if (list.length === 0) {
    void vscode.window.showInformationMessage(t("No plugin that draws records in another way is enabled."));
    return;
  }
  const known = list.find(({ pluginId, name }) => pluginId === named || name === named);
  const chosen = known ?? (await pick(list));
  if (chosen !== undefined) {
    editor.command({ name: "showView", view: rendererView(chosen.pluginId) });
  }
}

async function pick(list: readonly Renderer[]): Promise<Renderer | undefined> {
  const items = list.map((renderer) => ({ label: `$(layout) ${renderer.name}`, description: renderer.pluginId, renderer }));
  const placeHolder = vscode.l10n.t("Choose how to show the records");
  const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  return chosen?.renderer;
}
