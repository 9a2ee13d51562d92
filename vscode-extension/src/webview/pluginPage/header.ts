/** What a plugin is, at the top of its page, with what can be done with it. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type * as P from "../../generated/protocol";
import { format } from "../../shared/gridStrings";
import type { PageAction, PageWords } from "../../shared/pluginPage";
import type { PluginStrings } from "../../shared/pluginStrings";
import { icon } from "../nodes/icons";
import { externalUrl } from "../nodes/links";
import type { PageParts } from "./page";

export function header(plugin: P.PluginInfo, words: PageWords, { strings, messenger, run, hasWorkspace }: PageParts, act: (name: PageAction) => void): TemplateResult {
  const homepage = plugin.homepage === null ? null : externalUrl(plugin.homepage);
  return html`<header class="page-header">
      <div class="page-icon" aria-hidden="true">${plugin.icon ? icon(plugin.icon) : html`<span class="codicon codicon-plug"></span>`}</div>
      <div class="page-title">
        <h1><bdi>${plugin.name}</bdi></h1>
        <p class="page-byline">
          ${plugin.version === "" ? nothing : html`<span>${plugin.version}</span>`}
          ${plugin.author === "" ? nothing : html`<span><bdi>${format(strings.pageBy, plugin.author)}</bdi></span>`}
          <span>${words.origin}</span>
          ${state(plugin, strings)}
          ${homepage === null
            ? nothing
            : html`<button type="button" role="link" class="page-link" title=${homepage} @click=${() => run(messenger.request("openLink", { url: homepage }))}>
                ${strings.pageHomepage}
              </button>`}
        </p>
        <p class="page-description"><bdi>${plugin.description}</bdi></p>
        <div class="page-actions" role="group" aria-label=${strings.pageActions}>${buttons(plugin, strings, hasWorkspace, act)}</div>
      </div>
    </header>
    ${plugin.problem === null ? nothing : banner("error", plugin.problem)} ${plugin.warnings.map((text) => banner("warning", text))}`;
}

function state(plugin: P.PluginInfo, strings: PluginStrings): TemplateResult | typeof nothing {
  switch (plugin.state) {
    case "enabled":
      return nothing;
    case "disabled":
      return html`<span class="page-badge">${strings.pageDisabled}</span>`;
    case "unusable":
      return html`<span class="page-badge page-badge-error">${strings.pageUnusable}</span>`;
  }
}

function buttons(plugin: P.PluginInfo, strings: PluginStrings, hasWorkspace: boolean, act: (name: PageAction) => void): readonly TemplateResult[] {
  const button = (name: PageAction, text: string, isFirst = false) =>
    html`<button type="button" class="page-button ${isFirst ? "page-primary" : ""}" data-action=${name} @click=${() => act(name)}>${text}</button>`;
  const isOff = plugin.state === "disabled";
  return [
    ...(plugin.state === "unusable" ? [] : [isOff ? button("enable", strings.pageEnable, true) : button("disable", strings.pageDisable)]),
    ...(plugin.state === "unusable" || !hasWorkspace
      ? []
      : [isOff ? button("enableInWorkspace", strings.pageEnableWorkspace) : button("disableInWorkspace", strings.pageDisableWorkspace)]),
    ...(isOff ? [] : [button("reload", strings.pageReload, plugin.state === "unusable")]),
    ...(plugin.origin === "user" ? [button("uninstall", strings.pageUninstall)] : []),
    ...(plugin.origin === "development" ? [button("uninstall", strings.pageRemoveFolder)] : []),
    button("openFolder", strings.pageOpenFolder),
  ];
}

function banner(kind: "error" | "warning", text: string): TemplateResult {
  return html`<div class="page-banner page-${kind}" role=${kind === "error" ? "alert" : "note"}>
    <span class="codicon codicon-${kind}" aria-hidden="true"></span><span>${text}</span>
  </div>`;
}
