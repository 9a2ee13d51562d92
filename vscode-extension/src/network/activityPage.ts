/** The page "Network Activity": what it is told, and what a person does on it. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { Messenger, type Handlers } from "../dataEditor/messenger";
import * as requests from "../generated/requests";
import { plain } from "../plugins/untrusted";
import type { PluginStore } from "../plugins/store";
import type { ActivityAction, ActivityFilter, ActivityNews, FromActivityPage, NetworkSwitch, ToActivityPage } from "../shared/networkActivity";
import { activityPageStrings } from "../webviewStrings";
import type { NetworkStore } from "./store";
import { isSwitchedOn } from "./switch";

/** As many as the server keeps. */
const MOST = 1000;

export interface ActivityContext {
  readonly server: ServerApi;
  readonly network: NetworkStore;
  readonly plugins: PluginStore;
}

export class ActivityPage implements vscode.Disposable {
  readonly #context: ActivityContext;
  readonly #messenger: Messenger<FromActivityPage, ToActivityPage>;
  readonly #subscriptions: vscode.Disposable;
  #filter: ActivityFilter;
  #isReady = false;
  #logFile: string | undefined;

  constructor(panel: vscode.WebviewPanel, filter: ActivityFilter, context: ActivityContext) {
    this.#context = context;
    this.#filter = filter;
    this.#messenger = new Messenger<FromActivityPage, ToActivityPage>(panel.webview, this.#handlers());
    const { server, network } = context;
    this.#subscriptions = vscode.Disposable.from(
      this.#messenger,
      server.network.onDidActivity(({ last }) => this.#messenger.send("didActivity", { last })),
      server.onDidChangeState((state) => {
        if (state === "running") {
          this.#messenger.send("restarted", null);
        }
      }),
      network.onDidChange(() => this.#messenger.send("switch", this.#switch())),
    );
  }

  /** Shows the attempts that pass, where the page is open already. */
  show(filter: ActivityFilter): void {
    this.#filter = filter;
    if (this.#isReady) {
      this.#messenger.send("filter", filter);
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #handlers(): Handlers<FromActivityPage> {
    return {
      ready: () => {
        this.#isReady = true;
        return { strings: activityPageStrings(), locale: vscode.env.language, filter: this.#filter, switch: this.#switch() };
      },
      entries: ({ after }) => this.#entries(after),
      decide: async ({ pluginId, target }) => {
        await vscode.commands.executeCommand("thoth.network.add", pluginId, target);
      },
      act: ({ name }) => this.#act(name),
      copyText: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
      },
    };
  }

  async #entries(after: number): Promise<ActivityNews> {
    const { server, plugins } = this.#context;
    const news = await server.request(requests.networkActivity, { after, limit: MOST });
    this.#logFile = news.logFile;
    const names = [...new Set(news.entries.map(({ pluginId }) => pluginId))].map((id) => [id, plain(plugins.find(id)?.name ?? "", 80) || id]);
    return { ...news, names: Object.fromEntries(names) as Record<string, string> };
  }

  #switch(): NetworkSwitch {
    const { known } = this.#context.network;
    return { enabled: known?.enabled ?? true, whyNot: known?.whyNot ?? "", isSwitchedOff: !isSwitchedOn() };
  }

  async #act(name: ActivityAction): Promise<void> {
    switch (name) {
      case "openLog":
        return this.#openLog();
      case "showAccess":
        await vscode.commands.executeCommand("thoth.network.focus");
        return;
      case "enable":
        await vscode.commands.executeCommand("thoth.network.enable");
        return;
    }
  }

  async #openLog(): Promise<void> {
    const path = this.#logFile ?? (await this.#entries(0)).logFile;
    const uri = vscode.Uri.file(path);
    try {
      await vscode.workspace.fs.stat(uri);
    } catch {
      void vscode.window.showInformationMessage(vscode.l10n.t("There is no log yet: no plugin has used the network."));
      return;
    }
    // Lines of JSON are what Thoth's own editor is for.
    await vscode.commands.executeCommand("vscode.open", uri);
  }
}
