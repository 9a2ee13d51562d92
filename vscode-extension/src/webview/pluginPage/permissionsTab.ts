/** What the plugin may do beyond its sandbox, with a switch for each need. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type * as P from "../../generated/protocol";
import { format } from "../../shared/gridStrings";
import type { PageWords } from "../../shared/pluginPage";
import type { PageParts } from "./page";

const DECISIONS = { granted: "permissionAllowed", denied: "permissionDenied", ask: "permissionAsk" } as const;

export function permissionsTab(plugin: P.PluginInfo, words: PageWords, parts: PageParts): TemplateResult {
  const { strings } = parts;
  if (plugin.permissions.length === 0) {
    return html`<p class="page-muted">${strings.permissionsNone}</p>`;
  }
  return html`<p class="page-muted">${plugin.origin === "bundled" ? strings.permissionsBundled : strings.permissionsIntro}</p>
    <ul class="permissions">
      ${plugin.permissions.map((permission) => row(permission, words.needs[permission.need] ?? permission.title, parts))}
    </ul>`;
}

function row({ need, scope, reason, decision }: P.Permission, title: string, { strings, messenger, run }: PageParts): TemplateResult {
  const decide = (to: P.Permission["decision"]) => run(messenger.request("decide", { need, decision: to }));
  const isAllowed = decision === "granted";
  return html`<li class="permission" data-need=${need} data-decision=${decision}>
    <span class="n-tree"><button
      type="button"
      class="n-switch"
      role="switch"
      aria-checked=${isAllowed}
      aria-label=${format(strings.permissionSwitch, title)}
      aria-describedby="permission-${need}"
      @click=${() => decide(isAllowed ? "denied" : "granted")}
    >
      <span class="n-knob"></span></button
    ></span>
    <div class="permission-text">
      <div class="permission-title">
        <strong>${title}</strong><span class="permission-decision">${strings[DECISIONS[decision]]}</span>
        ${decision === "ask"
          ? nothing
          : html`<button type="button" class="page-link" title=${strings.permissionForgetHint} @click=${() => decide("ask")}>${strings.permissionForget}</button>`}
      </div>
      <div id="permission-${need}">
        ${scope.length === 0
          ? nothing
          : html`<div class="permission-scope">${strings.permissionScope} ${scope.map((one) => html`<code>${one}</code> `)}</div>`}
        <div class="page-muted">${reason.trim() === "" ? strings.permissionNoReason : said(strings.permissionReason, reason)}</div>
      </div>
    </div>
  </li>`;
}

/** The author's words between ours: whatever marks of direction they hold end with them. */
function said(template: string, reason: string): TemplateResult {
  const [before = "", after = ""] = template.split("{0}");
  return html`${before}<bdi>${reason}</bdi>${after}`;
}
