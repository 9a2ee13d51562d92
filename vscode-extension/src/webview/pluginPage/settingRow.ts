/** One declared setting, as VS Code's own settings editor shows it. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import type * as P from "../../generated/protocol";
import { format } from "../../shared/gridStrings";
import type { PluginStrings } from "../../shared/pluginStrings";
import { jsonOf, shownValue, textOf, type SettingScope } from "../../shared/settingValues";

/** What a row needs of the form. */
export interface SettingHooks {
  readonly scope: SettingScope;
  readonly strings: PluginStrings;
  /** Why the value that was typed last was not taken. */
  readonly refused: (key: string) => { readonly message: string; readonly text: string } | undefined;
  /** Sets a value (JSON text) or, with null, resets it; `text` is what was typed. */
  readonly set: (setting: P.PluginSetting, json: string | null, text: string) => void;
}

/** What a control needs besides its setting. */
interface Field {
  readonly id: string;
  readonly describedBy: string;
  readonly isInvalid: boolean;
  /** What stands in it. */
  readonly text: string;
  readonly hooks: SettingHooks;
}

export function settingRow(setting: P.PluginSetting, hooks: SettingHooks): TemplateResult {
  const { strings, scope } = hooks;
  const { key, title, description } = setting;
  const shown = shownValue(setting, setting.type === "secret" ? "user" : scope);
  const refused = hooks.refused(key);
  const field: Field = {
    id: `setting-${key}`,
    describedBy: `setting-${key}-about${refused === undefined ? "" : ` setting-${key}-error`}`,
    isInvalid: refused !== undefined,
    text: refused?.text ?? textOf(shown.json),
    hooks,
  };
  const isCheck = setting.type === "boolean";
  return html`<div class="setting ${shown.isModified ? "setting-modified" : ""}" data-key=${key}>
    <div class="setting-head">
      <label for=${field.id} class="setting-title">${title === "" ? key : title}</label>
      ${shown.isModified ? html`<span class="setting-mark">${strings.settingModified}</span>` : nothing}
      ${shown.isModifiedElsewhere ? html`<span class="setting-mark">${scope === "user" ? strings.settingAlsoWorkspace : strings.settingAlsoUser}</span>` : nothing}
      ${shown.isModified && setting.type !== "secret"
        ? html`<button type="button" class="page-link setting-reset" aria-label=${format(strings.settingResetOf, title)} @click=${() => hooks.set(setting, null, "")}>${strings.settingReset}</button>`
        : nothing}
    </div>
    ${isCheck
      ? html`<div class="setting-check">${control(setting, field)}<div id="${field.id}-about" class="setting-about">${about(setting, description, hooks)}</div></div>`
      : html`<div id="${field.id}-about" class="setting-about">${about(setting, description, hooks)}</div>
          ${control(setting, field)}`}
    ${refused === undefined ? nothing : html`<div class="setting-error" id="${field.id}-error" role="alert">${refused.message}</div>`}
  </div>`;
}

function about(setting: P.PluginSetting, description: string, { strings }: SettingHooks): TemplateResult {
  const { minimum, maximum, type } = setting;
  const range =
    minimum !== null && maximum !== null
      ? format(strings.settingRange, minimum, maximum)
      : minimum !== null
        ? format(strings.settingFrom, minimum)
        : maximum !== null
          ? format(strings.settingTo, maximum)
          : "";
  const otherwise = textOf(setting.default);
  const isModified = setting.user !== null || setting.workspace !== null;
  const standard = type !== "secret" && isModified ? format(strings.settingDefault, otherwise === "" ? strings.settingEmpty : otherwise) : "";
  const hints = [type === "secret" ? strings.settingSecretUser : "", range, standard].filter((text) => text !== "");
  return html`<div class="setting-description">${description}</div>
    ${hints.length === 0 ? nothing : html`<div class="page-muted">${hints.join(" · ")}</div>`}`;
}

function control(setting: P.PluginSetting, field: Field): TemplateResult {
  switch (setting.type) {
    case "boolean":
      return checkbox(setting, field);
    case "enum":
      return select(setting, field);
    case "secret":
      return secret(setting, field);
    default:
      return line(setting, field);
  }
}

function line(setting: P.PluginSetting, { id, describedBy, isInvalid, text, hooks }: Field): TemplateResult {
  const isNumber = setting.type !== "string";
  const done = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).value;
    if (typed !== text || isInvalid) {
      hooks.set(setting, jsonOf(setting.type, typed), typed);
    }
  };
  return html`<input
    class="setting-input ${isNumber ? "setting-number" : ""}"
    id=${id}
    type="text"
    inputmode=${isNumber ? "decimal" : "text"}
    spellcheck="false"
    autocomplete="off"
    aria-describedby=${describedBy}
    aria-invalid=${isInvalid}
    .value=${text}
    @change=${done}
  />`;
}

function checkbox(setting: P.PluginSetting, { id, describedBy, text, hooks }: Field): TemplateResult {
  return html`<input
    class="setting-checkbox"
    id=${id}
    type="checkbox"
    aria-describedby=${describedBy}
    .checked=${live(text === "true")}
    @change=${(event: Event) => {
      const typed = String((event.target as HTMLInputElement).checked);
      hooks.set(setting, jsonOf(setting.type, typed), typed);
    }}
  />`;
}

function select(setting: P.PluginSetting, { id, describedBy, isInvalid, text, hooks }: Field): TemplateResult {
  // A value the plugin no longer offers is shown all the same: it is what is in force.
  const choices = setting.choices.includes(text) ? setting.choices : [text, ...setting.choices];
  return html`<span class="setting-select"
    ><select
      id=${id}
      aria-describedby=${describedBy}
      aria-invalid=${isInvalid}
      .value=${live(text)}
      @change=${(event: Event) => {
        const typed = (event.target as HTMLSelectElement).value;
        // The empty line stands for no choice.
        hooks.set(setting, typed === "" && !setting.choices.includes("") ? null : jsonOf(setting.type, typed), typed);
      }}
    >
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === text}>${choice}</option>`)}
    </select>
    <span class="codicon codicon-chevron-down" aria-hidden="true"></span
  ></span>`;
}

/** The text of a secret never comes here: it can be replaced and forgotten. */
function secret(setting: P.PluginSetting, { id, describedBy, isInvalid, hooks }: Field): TemplateResult {
  const { strings } = hooks;
  const isSet = setting.user !== null;
  const save = (event: Event): void => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLElement).querySelector("input");
    if (input !== null && input.value !== "") {
      hooks.set(setting, JSON.stringify(input.value), "");
      input.value = "";
    }
  };
  return html`<form class="setting-secret" @submit=${save}>
    <input class="setting-input" id=${id} type="password" autocomplete="off" placeholder=${strings.settingSecretNew} aria-describedby=${describedBy} aria-invalid=${isInvalid} />
    <button type="submit" class="page-button" aria-label=${format(strings.settingSecretSaveOf, setting.title)}>${strings.settingSecretSave}</button>
    ${isSet
      ? html`<button type="button" class="page-button" aria-label=${format(strings.settingSecretForgetOf, setting.title)} @click=${() => hooks.set(setting, null, "")}>
          ${strings.settingSecretForget}
        </button>`
      : nothing}
    <span class="page-muted">${isSet ? strings.settingSecretSet : strings.settingSecretNone}</span>
  </form>`;
}
