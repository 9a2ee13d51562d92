/** A button that is only an icon of VS Code's own set. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";

export interface IconButton {
  readonly icon: string;
  /** Its name, also shown as tooltip. */
  readonly label: string;
  readonly run: () => void;
  /** For a button that stays pressed. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}

export function iconButton({ icon, label, run, pressed, disabled }: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    title=${label}
    aria-label=${label}
    aria-pressed=${pressed ?? nothing}
    ?disabled=${disabled ?? false}
    @click=${run}
  >
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}
