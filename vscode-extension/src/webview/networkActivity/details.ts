/** Everything that is known of one attempt. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type * as P from "../../generated/protocol";
import type { ActivityStrings } from "../../shared/activityStrings";
import { format } from "../../shared/gridStrings";
import { targetOf, type Attempts } from "./attempts";
import type { Figures } from "./figures";
import { timing } from "./timing";
import { verdictIcon, verdictTone, verdictWord } from "./verdicts";

export interface DetailsParts {
  readonly strings: ActivityStrings;
  readonly figures: Figures;
  readonly attempts: Attempts;
  readonly close: () => void;
  readonly copy: (text: string) => void;
  readonly decide: (pluginId: string, target: string) => void;
}

const KINDS = { http: "activityKindHttp", websocket: "activityKindWebsocket", tcp: "activityKindTcp" } as const;

export function details(entry: P.NetworkActivity, parts: DetailsParts): TemplateResult {
  const { strings, close, copy, decide } = parts;
  const target = targetOf(entry);
  return html`<section class="details" aria-label=${format(strings.activityDetails, entry.number)} tabindex="-1" @keydown=${(event: KeyboardEvent) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      }
    }}>
    <div class="details-head">
      <h2><bdi>${heading(entry)}</bdi></h2>
      <button type="button" class="icon-button" title=${strings.activityCloseDetails} aria-label=${strings.activityCloseDetails} @click=${close}>
        <span class="codicon codicon-close" aria-hidden="true"></span>
      </button>
    </div>
    <p class="details-why tone-box-${verdictTone(entry)}">
      <span class="codicon codicon-${verdictIcon(entry)} tone-${verdictTone(entry)}" aria-hidden="true"></span>
      <span><strong>${verdictWord(entry.verdict, strings)}</strong>${entry.why === "" ? nothing : html`<bdi class="details-reason">${entry.why}</bdi>`}</span>
    </p>
    <div class="details-actions">
      ${target === undefined ? nothing : html`<button type="button" class="tool" @click=${() => decide(entry.pluginId, target)}>${strings.activityDecide}</button>`}
      <button type="button" class="tool" @click=${() => copy(entry.url)}>${strings.activityCopyAddress}</button>
      <button type="button" class="tool" @click=${() => copy(JSON.stringify(entry, undefined, 2))}>${strings.activityCopyAll}</button>
    </div>
    <dl class="details-facts">${facts(entry, parts).map(([label, value]) => html`<div><dt>${label}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>
    <h3>${strings.activityTiming}</h3>
    ${timing(entry.timing, parts)}
    ${entry.kind === "tcp"
      ? nothing
      : html`${headers(strings.activityRequestHeaders, entry.requestHeaders, strings)} ${headers(strings.activityResponseHeaders, entry.responseHeaders, strings)}
          <p class="details-note">${strings.activityHidden}</p>`}
  </section>`;
}

function heading({ kind, method, url, address }: P.NetworkActivity): string {
  const place = url === "" ? (address ?? "") : url;
  return kind === "http" ? `${method} ${place}` : place;
}

function facts(entry: P.NetworkActivity, { strings, figures, attempts }: DetailsParts): readonly (readonly [string, string])[] {
  const name = attempts.nameOf(entry.pluginId);
  const all: readonly (readonly [string, string | null])[] = [
    [strings.activityPlugin, name === entry.pluginId ? name : `${name} (${entry.pluginId})`],
    [strings.activityKind, strings[KINDS[entry.kind]]],
    [entry.kind === "websocket" ? strings.activityCloseCode : strings.activityStatus, entry.status === null ? null : String(entry.status)],
    [strings.activityConnectedTo, entry.address ?? strings.activityNothing],
    [strings.activityProtocol, entry.protocol],
    [strings.activityRedirected, entry.redirectedFrom],
    [strings.activityStarted, figures.moment(entry.at)],
    [strings.activitySent, figures.bytes(entry.sentBytes)],
    [strings.activityReceived, figures.bytes(entry.receivedBytes)],
  ];
  return all.flatMap(([label, value]) => (value === null || value === "" ? [] : [[label, value] as const]));
}

function headers(title: string, pairs: P.NetworkActivity["requestHeaders"], strings: ActivityStrings): TemplateResult {
  return html`<h3>${title}</h3>
    ${pairs.length === 0
      ? html`<p class="details-note">${strings.activityNoHeaders}</p>`
      : html`<dl class="details-headers">${pairs.map(([name, value]) => html`<div><dt><bdi>${name}</bdi></dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>`}`;
}
