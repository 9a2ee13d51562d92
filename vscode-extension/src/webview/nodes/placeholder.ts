/** Says why something is not drawn, in its place. */
import type { TemplateResult } from "lit";
import { html } from "lit";

export function placeholder(sign: "error" | "info" | "question", text: string): TemplateResult {
  return html`<div class="n-placeholder n-${sign}">
    <span class="codicon codicon-${sign}" aria-hidden="true"></span><span>${text}</span>
  </div>`;
}
