/** What an attempt spent its time with, as bars one after the other. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type * as P from "../../generated/protocol";
import type { ActivityStrings } from "../../shared/activityStrings";
import { styled } from "../nodes/styled";
import type { Figures } from "./figures";

const PHASES = [
  ["dns", "activityDns"],
  ["connect", "activityConnect"],
  ["tls", "activityTls"],
  ["firstByte", "activityFirstByte"],
] as const;

export function timing(times: P.NetworkTiming, { strings, figures }: { readonly strings: ActivityStrings; readonly figures: Figures }): TemplateResult {
  let begun = 0;
  const phases = PHASES.map(([phase, title]) => {
    const value = times[phase];
    const from = begun;
    begun += value ?? 0;
    return line(strings[title], value === null ? strings.activityNotHappened : figures.duration(value), value === null ? undefined : [from, value], times.total);
  });
  return html`<dl class="timing">
    ${phases} ${line(strings.activityTotal, figures.duration(times.total), [0, times.total], times.total)}
  </dl>`;
}

/** `span` is when it began and how long it took, in milliseconds as `total` is. */
function line(title: string, value: string, span: readonly [number, number] | undefined, total: number): TemplateResult {
  const percent = (part: number): string => `${total <= 0 ? 0 : Math.min((part / total) * 100, 100)}%`;
  return html`<div>
    <dt>${title}</dt>
    <dd>
      <span class="timing-value">${value}</span>
      <span class="timing-track" aria-hidden="true">
        ${span === undefined ? nothing : html`<span class="timing-bar" ${styled({ "margin-inline-start": percent(Math.min(span[0], total)), width: percent(span[1]) })}></span>`}
      </span>
    </dd>
  </div>`;
}
