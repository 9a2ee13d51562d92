/** A panel in a web view: what its page is told, and what a person does on it. */
import * as vscode from "vscode";
import { showPage } from "../dataEditor/html";
import { Messenger, type Handlers } from "../dataEditor/messenger";
import { DataViews, type DataViewContext } from "../dataViews/dataViews";
import { openLink } from "../openLink";
import type { FromPanelPage, PanelAction, ToPanelPage } from "../shared/panelPage";
import { panelPageStrings } from "../webviewStrings";
import { hostCommand } from "./hostWidgets";
import type { Panel } from "./panel";
import { readPicture } from "./pictures";

export interface PageServices {
  readonly extensionUri: vscode.Uri;
  readonly pluginLog: Pick<vscode.LogOutputChannel, "show">;
  readonly dataViews: DataViewContext;
}

export class PanelPage implements vscode.Disposable {
  readonly #panel: Panel;
  readonly #services: PageServices;
  readonly #messenger: Messenger<FromPanelPage, ToPanelPage>;
  readonly #subscriptions: vscode.Disposable;
  /** As JSON, what the page knows: most trees come with the same. */
  #status = "";
  /** The data it shows. */
  readonly data: DataViews;

  /** Fills `webview`; the panel is opened when it is seen. `reveal` brings the page to the front. */
  constructor(webview: vscode.Webview, panel: Panel, services: PageServices, reveal: () => void) {
    this.#panel = panel;
    this.#services = services;
    this.#messenger = new Messenger<FromPanelPage, ToPanelPage>(webview, this.#handlers());
    this.data = new DataViews(webview, { panel, reveal }, services.dataViews);
    this.#subscriptions = vscode.Disposable.from(
      this.#messenger,
      panel.onDidDraw((tree) => this.#messenger.send("tree", tree)),
      panel.onDidTurn(() => {
        if (JSON.stringify(panel.status) !== this.#status) {
          this.#tellStatus();
        }
      }),
      panel.onDidKeep((state) => this.#messenger.send("keep", state)),
      this.data,
    );
    showPage(webview, services.extensionUri, "panel");
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #handlers(): Handlers<FromPanelPage> {
    const panel = this.#panel;
    return {
      ready: () => {
        setImmediate(() => this.#tell());
        return { strings: panelPageStrings(), name: panel.pluginName, place: panel.place };
      },
      event: async (event) => {
        const command = hostCommand(event);
        await (command === undefined ? panel.send(event) : vscode.commands.executeCommand(command, panel.pluginId));
      },
      act: ({ name }) => this.#act(name),
      openLink: ({ url }) => openLink(url),
      picture: ({ handle }) => readPicture(this.#services.dataViews.server, panel.panelId, handle),
      copyText: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
      },
    };
  }

  #tell(): void {
    const { tree, state } = this.#panel;
    this.#tellStatus();
    if (tree !== undefined) {
      this.#messenger.send("tree", tree);
    }
    this.#messenger.send("keep", state);
  }

  #tellStatus(): void {
    const { status } = this.#panel;
    this.#status = JSON.stringify(status);
    this.#messenger.send("status", status);
  }

  async #act(name: PanelAction): Promise<void> {
    const panel = this.#panel;
    switch (name) {
      case "stop":
        return panel.stop();
      case "restart":
        return panel.restart();
      case "reopen":
        return panel.open();
      case "dismiss":
        panel.dismiss();
        return;
      case "showLog":
        this.#services.pluginLog.show(true);
        return;
      case "showPlugin":
        await vscode.commands.executeCommand("thoth.plugins.details", panel.pluginId);
        return;
      case "restartServer":
        await vscode.commands.executeCommand("thoth.server.restart");
        return;
    }
  }
}
