/** The page of one plugin: what it is told, and what a person does on it. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import { Messenger, type Handlers } from "../dataEditor/messenger";
import { describe, Failure } from "../errors";
import type * as P from "../generated/protocol";
import * as requests from "../generated/requests";
import { openLink } from "../openLink";
import type { FromPluginPage, PageAction, PageContent, PageState, PageTab, PageWords, ToPluginPage } from "../shared/pluginPage";
import { pluginPageStrings } from "../webviewStrings";
import { openFolder, reload, setEnabled, uninstall } from "./actions";
import { limitFacts } from "./nodes";
import type { PluginStore } from "./store";
import { bytes, capabilityTitle, count, needTitle, originHint } from "./words";

export interface PageContext {
  readonly server: ServerApi;
  readonly store: PluginStore;
  readonly pluginLog: vscode.LogOutputChannel;
}

export class PluginPage implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #context: PageContext;
  readonly #pluginId: string;
  readonly #messenger: Messenger<FromPluginPage, ToPluginPage>;
  readonly #subscriptions: vscode.Disposable;
  #tab: PageTab;
  #isReady = false;

  constructor(panel: vscode.WebviewPanel, { pluginId, tab }: PageState, context: PageContext) {
    this.#panel = panel;
    this.#pluginId = pluginId;
    this.#tab = tab;
    this.#context = context;
    this.#messenger = new Messenger<FromPluginPage, ToPluginPage>(panel.webview, this.#handlers());
    this.#subscriptions = vscode.Disposable.from(
      this.#messenger,
      context.store.onDidChange((change) => {
        if (change === undefined || change.pluginIds.length === 0 || change.pluginIds.includes(pluginId)) {
          void this.#tell();
          this.#messenger.send("settingsChanged", null);
        }
      }),
    );
  }

  show(tab: PageTab): void {
    this.#tab = tab;
    if (this.#isReady) {
      this.#messenger.send("show", { tab });
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #handlers(): Handlers<FromPluginPage> {
    const { server } = this.#context;
    const pluginId = this.#pluginId;
    return {
      ready: () => {
        this.#isReady = true;
        setImmediate(() => void this.#tell());
        const state = { pluginId, tab: this.#tab };
        return { strings: pluginPageStrings(), state, hasWorkspace: vscode.workspace.workspaceFolders !== undefined };
      },
      settings: () => server.request(requests.pluginSettings, { pluginId }),
      setSetting: (params) => server.request(requests.pluginSetSetting, { pluginId, ...params }),
      settingsEvent: (params) => server.request(requests.pluginSettingsEvent, { pluginId, ...params }),
      decide: async (params) => {
        await server.request(requests.permissionSet, { pluginId, ...params });
      },
      act: ({ name }) => this.#act(name),
      openLink: ({ url }) => openLink(url),
      copyText: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
      },
    };
  }

  async #act(name: PageAction): Promise<void> {
    const { server, store, pluginLog } = this.#context;
    const plugin = store.find(this.#pluginId);
    if (plugin === undefined && name !== "refresh" && name !== "showOutput") {
      throw new Failure("pluginNotFound", vscode.l10n.t("The plugin {0} is not installed.", this.#pluginId));
    }
    switch (name) {
      case "refresh":
        return store.refresh();
      case "showOutput":
        pluginLog.show(true);
        return;
      default:
        return plugin === undefined ? undefined : carryOut(name, plugin, server, store);
    }
  }

  async #tell(): Promise<void> {
    const content = await this.#content();
    if (content.details !== null) {
      this.#panel.title = content.details.plugin.name;
    }
    this.#messenger.send("content", content);
  }

  async #content(): Promise<PageContent> {
    try {
      const details = await this.#context.store.details(this.#pluginId);
      return { details, message: "", words: pageWords(details) };
    } catch (error) {
      return { details: null, message: describe(error).message, words: { origin: "", capabilities: [], needs: {}, facts: [] } };
    }
  }
}

async function carryOut(name: Exclude<PageAction, "refresh" | "showOutput">, plugin: P.PluginInfo, server: ServerApi, store: PluginStore): Promise<void> {
  switch (name) {
    case "enable":
      return setEnabled(server, plugin, true, "user");
    case "disable":
      return setEnabled(server, plugin, false, "user");
    case "enableInWorkspace":
      return setEnabled(server, plugin, true, "workspace");
    case "disableInWorkspace":
      return setEnabled(server, plugin, false, "workspace");
    case "reload":
      return reload(server, plugin);
    case "uninstall":
      return uninstall(server, store, plugin);
    case "openFolder":
      return openFolder(plugin);
  }
}

function pageWords({ plugin, usage, storageBytes }: P.PluginDetails): PageWords {
  const { t } = vscode.l10n;
  const facts = limitFacts(usage).map(({ label, value, hint }) => ({ label, value, hint: hint ?? "" }));
  return {
    origin: originHint(plugin.origin),
    capabilities: plugin.capabilities.map((name) => capabilityTitle(name, plugin.extensions)),
    needs: Object.fromEntries(plugin.permissions.map(({ need }) => [need, needTitle(need)])),
    facts: [
      ...facts,
      { label: t("Crashes"), value: count(usage.crashes), hint: usage.lastCrash ?? "" },
      { label: t("Stored Data"), value: bytes(storageBytes), hint: t("What the plugin keeps between runs, and its settings") },
    ],
  };
}
