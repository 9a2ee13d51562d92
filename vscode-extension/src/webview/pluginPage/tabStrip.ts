/** The tabs of the page. */
import type { TemplateResult } from "lit";
import { html } from "lit";
import type { PageTab } from "../../shared/pluginPage";
import type { PluginStrings } from "../../shared/pluginStrings";

const LABELS = {
  details: "pageTabDetails",
  permissions: "pageTabPermissions",
  settings: "pageTabSettings",
  log: "pageTabLog",
} as const satisfies Record<PageTab, keyof PluginStrings>;

export function tabStrip(tabs: readonly PageTab[], current: PageTab, strings: PluginStrings, choose: (tab: PageTab) => void): TemplateResult {
  return html`<div class="page-tabs" role="tablist" aria-label=${strings.pageTabs} @keydown=${(event: KeyboardEvent) => onKey(event, tabs, current, choose)}>
    ${tabs.map(
      (name) =>
        html`<button
          type="button"
          class="page-tab"
          role="tab"
          id="page-tab-${name}"
          data-tab=${name}
          aria-selected=${name === current}
          aria-controls="page-panel"
          tabindex=${name === current ? 0 : -1}
          @click=${() => choose(name)}
        >
          ${strings[LABELS[name]]}
        </button>`,
    )}
  </div>`;
}

/** Arrows, Home and End choose at once. */
function onKey(event: KeyboardEvent, tabs: readonly PageTab[], current: PageTab, choose: (tab: PageTab) => void): void {
  const at = tabs.indexOf(current);
  const to: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % tabs.length,
    ArrowLeft: (at + tabs.length - 1) % tabs.length,
    Home: 0,
    End: tabs.length - 1,
  };
  const next = tabs[to[event.key] ?? -1];
  if (next === undefined) {
    return;
  }
  event.preventDefault();
  const strip = event.currentTarget as HTMLElement;
  choose(next);
  strip.querySelector<HTMLElement>(`[data-tab=${next}]`)?.focus();
}
