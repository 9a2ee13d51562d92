/** The last lines a plugin wrote. */
import type { TemplateResult } from "lit";
import { html } from "lit";
import type { PageAction } from "../../shared/pluginPage";
import type { PageParts } from "./page";

export function logTab(lines: readonly string[], { strings, messenger, run, say }: PageParts, act: (name: PageAction) => void): TemplateResult {
  const copy = async (): Promise<void> => {
    await messenger.request("copyText", { text: lines.join("\n") });
    say(strings.logCopied);
  };
  return html`<div class="page-actions">
      <button type="button" class="page-button" @click=${() => act("refresh")}>${strings.logRefresh}</button>
      <button type="button" class="page-button" @click=${() => act("showOutput")}>${strings.logOutput}</button>
      <button type="button" class="page-button" ?disabled=${lines.length === 0} @click=${() => run(copy())}>${strings.logCopy}</button>
    </div>
    ${lines.length === 0
      ? html`<p class="page-muted">${strings.logEmpty}</p>`
      : html`<pre class="page-log" tabindex="0" role="region" aria-label=${strings.logLabel}>${lines.join("\n")}</pre>`}`;
}
