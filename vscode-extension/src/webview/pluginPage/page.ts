/** The page of one plugin: what is known of it, the tab that is open, and how it is drawn. */
import type { TemplateResult } from "lit";
import { html, nothing, render } from "lit";
import { PAGE_TABS, type FromPluginPage, type PageAction, type PageContent, type PageState, type PageTab, type ToPluginPage } from "../../shared/pluginPage";
import { pluginStrings, type PluginStrings } from "../../shared/pluginStrings";
import { Announcer } from "../grid/chrome/announcer";
import type { HostApi, Messenger } from "../messenger";
import { detailsTab } from "./detailsTab";
import { header } from "./header";
import { logTab } from "./logTab";
import { permissionsTab } from "./permissionsTab";
import { SettingsForm } from "./settingsForm";
import { surface } from "./surface";
import { tabStrip } from "./tabStrip";

/** What the parts of the page work with. */
export interface PageParts {
  readonly strings: PluginStrings;
  readonly messenger: Messenger<FromPluginPage, ToPluginPage>;
  readonly hasWorkspace: boolean;
  /** Draws the page again. */
  readonly changed: () => void;
  /** Speaks to screen readers. */
  readonly say: (text: string) => void;
  /** Has the host do something; what goes wrong is shown on the page. */
  readonly run: (work: Promise<unknown>) => void;
}

export class PluginPageView {
  readonly #root: HTMLElement;
  readonly #api: HostApi;
  readonly #messenger: Messenger<FromPluginPage, ToPluginPage>;
  readonly #announcer = new Announcer();
  #parts: PageParts;
  #state: PageState = { pluginId: "", tab: "details" };
  #content: PageContent | undefined;
  #failure = "";
  #form: SettingsForm | undefined;

  constructor(body: HTMLElement, api: HostApi, messenger: Messenger<FromPluginPage, ToPluginPage>) {
    this.#api = api;
    this.#messenger = messenger;
    this.#root = body.querySelector<HTMLElement>("#root") ?? body;
    this.#root.classList.add("plugin-page");
    body.append(this.#announcer.element);
    this.#parts = this.#makeParts(pluginStrings({}), false);
    messenger.on("content", (content) => {
      this.#content = content;
      this.#draw();
    });
    messenger.on("settingsChanged", () => this.#form?.stale());
    messenger.on("show", ({ tab }) => this.#choose(tab));
    this.#draw();
  }

  /** The host has said in which language, and what is to be shown first. */
  start(strings: PluginStrings, state: PageState, hasWorkspace: boolean): void {
    this.#parts = this.#makeParts(strings, hasWorkspace);
    this.#form = new SettingsForm(this.#parts);
    this.#state = state;
    this.#choose(state.tab);
  }

  #makeParts(strings: PluginStrings, hasWorkspace: boolean): PageParts {
    return {
      strings,
      hasWorkspace,
      messenger: this.#messenger,
      changed: () => this.#draw(),
      say: (text) => this.#announcer.say(text),
      run: (work) => {
        this.#failure = "";
        work.catch((error: unknown) => {
          this.#failure = error instanceof Error ? error.message : String(error);
          this.#draw();
        });
      },
    };
  }

  #choose(tab: PageTab): void {
    this.#state = { ...this.#state, tab };
    this.#api.setState(this.#state);
    if (tab === "settings") {
      this.#form?.shown();
    }
    this.#draw();
  }

  #act(name: PageAction): void {
    this.#parts.run(this.#messenger.request("act", { name }));
    this.#draw();
  }

  #draw(): void {
    render(this.#page(), this.#root);
  }

  #page(): TemplateResult {
    const { strings } = this.#parts;
    if (this.#content === undefined) {
      return html`<p class="page-state" role="status">${strings.pageLoading}</p>`;
    }
    const { details, message, words } = this.#content;
    if (details === null) {
      return html`<div class="page-state" role="alert">
        <p>${message}</p>
        <button type="button" class="page-button" @click=${() => this.#act("refresh")}>${strings.pageRetry}</button>
      </div>`;
    }
    const { tab } = this.#state;
    const tabs = PAGE_TABS.filter((name) => name !== "settings" || details.plugin.hasSettings || tab === "settings");
    return html`${header(details.plugin, words, this.#parts, (name) => this.#act(name))}
    ${this.#failure === "" ? nothing : html`<div class="page-banner page-error" role="alert"><span class="codicon codicon-error" aria-hidden="true"></span><span>${this.#failure}</span></div>`}
    ${tabStrip(tabs, tab, strings, (name) => this.#choose(name))}
    <div class="page-panel" role="tabpanel" id="page-panel" aria-labelledby="page-tab-${tab}" tabindex="-1">${this.#tab()}</div>`;
  }

  #tab(): TemplateResult | typeof nothing {
    const details = this.#content?.details;
    if (details === null || details === undefined || this.#content === undefined) {
      return nothing;
    }
    switch (this.#state.tab) {
      case "details":
        return detailsTab(details, this.#content.words, this.#parts, surface("readme", this.#parts));
      case "permissions":
        return permissionsTab(details.plugin, this.#content.words, this.#parts);
      case "settings":
        return this.#form?.draw(details.plugin) ?? html``;
      case "log":
        return logTab(details.log, this.#parts, (name) => this.#act(name));
    }
  }
}
