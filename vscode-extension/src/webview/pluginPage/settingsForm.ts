/** The form of a plugin's settings: the declared ones, and below them the page that the plugin draws itself. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type * as P from "../../generated/protocol";
import { format } from "../../shared/gridStrings";
import type { SettingScope } from "../../shared/settingValues";
import { HostError } from "../messenger";
import { OwnPage } from "./ownPage";
import type { PageParts } from "./page";
import { settingRow, type SettingHooks } from "./settingRow";

export class SettingsForm {
  readonly #parts: PageParts;
  readonly #own: OwnPage;
  /** What is wrong with a value that was not taken, by key, with the text that was typed. */
  readonly #refused = new Map<string, { readonly message: string; readonly text: string }>();
  #result: P.PluginSettingsResult | undefined;
  #failure = "";
  #scope: SettingScope = "user";
  #isShown = false;
  /** Counts requests, so that an answer to an earlier one does not take the place of a later one's. */
  #asked = 0;

  constructor(parts: PageParts) {
    this.#parts = parts;
    this.#own = new OwnPage(parts);
  }

  /** The tab is in front: what it shows is asked for unless it is there. */
  shown(): void {
    this.#isShown = true;
    if (this.#result === undefined) {
      void this.#ask();
    }
  }

  /** Something may have changed; values that are being typed stay. */
  stale(): void {
    if (this.#isShown) {
      void this.#ask();
    } else {
      this.#result = undefined;
    }
  }

  draw(plugin: P.PluginInfo): TemplateResult {
    const { strings } = this.#parts;
    if (this.#result === undefined) {
      return this.#failure === ""
        ? html`<p class="page-muted" role="status">${strings.pageLoading}</p>`
        : html`<div class="page-banner page-error" role="alert"><span class="codicon codicon-error" aria-hidden="true"></span><span>${this.#failure}</span></div>`;
    }
    const { settings, node, problem } = this.#result;
    if (settings.length === 0 && node === null && problem === null) {
      return html`<p class="page-muted">${strings.settingsNone}</p>`;
    }
    const hooks: SettingHooks = {
      scope: this.#scope,
      strings,
      refused: (key) => this.#refused.get(key),
      set: (setting, json, text) => void this.#set(setting, json, text),
    };
    return html`${settings.length > 0 && this.#parts.hasWorkspace ? this.#scopes() : nothing}
    ${plugin.state === "disabled" ? html`<p class="page-muted">${strings.settingsPageOnly}</p>` : nothing}
    <div class="settings">${settings.map((setting) => settingRow(setting, hooks))}</div>
    ${node === null && problem === null ? nothing : this.#own.draw()}`;
  }

  #scopes(): TemplateResult {
    const { strings, changed } = this.#parts;
    const choose = (scope: SettingScope): void => {
      this.#scope = scope;
      this.#refused.clear();
      changed();
    };
    const button = (scope: SettingScope, text: string) =>
      html`<button type="button" class="settings-scope" role="radio" data-scope=${scope} aria-checked=${this.#scope === scope} tabindex=${this.#scope === scope ? 0 : -1} @click=${() => choose(scope)}>
        ${text}
      </button>`;
    const onKey = (event: KeyboardEvent): void => {
      if (["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"].includes(event.key)) {
        event.preventDefault();
        choose(this.#scope === "user" ? "workspace" : "user");
        (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-scope=${this.#scope}]`)?.focus();
      }
    };
    return html`<div class="settings-scopes" role="radiogroup" aria-label=${strings.settingsScope} @keydown=${onKey}>
      ${button("user", strings.settingsUser)} ${button("workspace", strings.settingsWorkspace)}
    </div>`;
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    try {
      this.#take(asked, await this.#parts.messenger.request("settings", undefined));
    } catch (error) {
      if (asked === this.#asked) {
        this.#result = undefined;
        this.#failure = said(error);
        this.#parts.changed();
      }
    }
  }

  async #set(setting: P.PluginSetting, json: string | null, text: string): Promise<void> {
    const { strings, messenger, say, changed } = this.#parts;
    const asked = ++this.#asked;
    const { key, title } = setting;
    try {
      // Secrets have one place for all workspaces.
      const scope = setting.type === "secret" ? "user" : this.#scope;
      const result = await messenger.request("setSetting", { key, value: json, scope });
      this.#refused.delete(key);
      this.#take(asked, result);
      say(format(json === null ? strings.settingWasReset : strings.settingSaved, title));
    } catch (error) {
      this.#refused.set(key, { message: said(error), text });
      if (!(error instanceof HostError && error.kind === "inputInvalid")) {
        void this.#ask(); // what is in force may be something else by now
      }
      changed();
    }
  }

  #take(asked: number, result: P.PluginSettingsResult): void {
    if (asked === this.#asked) {
      this.#result = result;
      this.#failure = "";
      this.#own.take(result);
      this.#parts.changed();
    }
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
