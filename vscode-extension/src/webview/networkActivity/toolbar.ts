/** What stands above the list: which attempts are shown, and what can be done with them. */
import type { TemplateResult } from "lit";
import { html } from "lit";
import { live } from "lit/directives/live.js";
import type { ActivityStrings } from "../../shared/activityStrings";
import { VERDICTS, type ActivityAction, type ActivityFilter } from "../../shared/networkActivity";
import type { Attempts } from "./attempts";
import { verdictWord } from "./verdicts";

export interface ToolbarParts {
  readonly strings: ActivityStrings;
  readonly attempts: Attempts;
  readonly filter: ActivityFilter;
  readonly isPaused: boolean;
  readonly change: (filter: ActivityFilter) => void;
  readonly pause: () => void;
  readonly clear: () => void;
  readonly act: (name: ActivityAction) => void;
}

export function toolbar({ strings, attempts, filter, isPaused, change, pause, clear, act }: ToolbarParts): TemplateResult {
  const value = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
  const { plugins } = attempts;
  // One that has not been heard of can be filtered by, too.
  const listed = filter.pluginId === null || plugins.some(({ id }) => id === filter.pluginId) ? plugins : [...plugins, { id: filter.pluginId, name: attempts.nameOf(filter.pluginId) }];
  return html`<div class="toolbar" role="toolbar" aria-label=${strings.activityTools}>
    <input
      type="search"
      class="filter-text"
      placeholder=${strings.activityFilter}
      aria-label=${strings.activityFilterLabel}
      .value=${live(filter.text)}
      @input=${(event: Event) => change({ ...filter, text: value(event) })}
    />
    ${choice(
      strings.activityVerdictLabel,
      [["", strings.activityAnyVerdict], ...VERDICTS.map((verdict) => [verdict, verdictWord(verdict, strings)] as const)],
      filter.verdict ?? "",
      (chosen) => change({ ...filter, verdict: VERDICTS.find((verdict) => verdict === chosen) ?? null }),
    )}
    ${choice(
      strings.activityPluginLabel,
      [["", strings.activityAnyPlugin], ...listed.map(({ id, name }) => [id, name] as const)],
      filter.pluginId ?? "",
      (chosen) => change({ ...filter, pluginId: chosen === "" ? null : chosen }),
    )}
    <span class="spring"></span>
    <button type="button" class="tool" aria-pressed=${isPaused} @click=${pause}>
      <span class="codicon codicon-${isPaused ? "debug-start" : "debug-pause"}" aria-hidden="true"></span>${isPaused ? strings.activityResume : strings.activityPause}
    </button>
    <button type="button" class="tool" @click=${clear}><span class="codicon codicon-clear-all" aria-hidden="true"></span>${strings.activityClear}</button>
    <button type="button" class="tool" @click=${() => act("openLog")}><span class="codicon codicon-go-to-file" aria-hidden="true"></span>${strings.activityOpenLog}</button>
    <button type="button" class="tool" @click=${() => act("showAccess")}><span class="codicon codicon-shield" aria-hidden="true"></span>${strings.activityShowAccess}</button>
  </div>`;
}

/** Shows what is chosen, which a list can only once its options are there. */
export function showChoices(root: HTMLElement): void {
  for (const select of root.querySelectorAll("select")) {
    select.value = select.dataset["chosen"] ?? "";
  }
}

function choice(label: string, options: readonly (readonly [string, string])[], chosen: string, choose: (value: string) => void): TemplateResult {
  return html`<span class="choice"
    ><select aria-label=${label} data-chosen=${chosen} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${options.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select
    ><span class="codicon codicon-chevron-down" aria-hidden="true"></span
  ></span>`;
}
