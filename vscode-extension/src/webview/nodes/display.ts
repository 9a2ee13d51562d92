/** Nodes that show a text, a sign or a state. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { fillColor, textColor, tint } from "./colors";
import type { NodeContext } from "./context";
import { icon } from "./icons";
import { externalUrl, link as linkTo } from "./links";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

const HEADING_LEVELS: Readonly<Record<string, number>> = { heading: 2, title: 3, "section-header": 4 };

export function text(node: Node<"text">, context: NodeContext): TemplateResult {
  const classes = `n-text n-${node.variant} ${node.bold ? "n-strong" : ""} ${node.italic ? "n-slanted" : ""} ${node.underline ? "n-underlined" : ""}`;
  const level = HEADING_LEVELS[node.variant];
  const styles = { color: textColor(node.color), "font-size": px(node.size) };
  return html`<span
    class=${classes}
    role=${level === undefined ? nothing : "heading"}
    aria-level=${level ?? nothing}
    ${styled(styles)}
    >${context.words(node.text)}</span
  >`;
}

export function badge(node: Node<"badge">, context: NodeContext): TemplateResult {
  const look = node.outlined ? "n-outlined" : node.soft ? "n-soft" : "n-solid";
  const classes = `n-badge ${look} n-size-${node.size.toLowerCase()} ${node.pill ? "n-pill" : ""} ${node.mono ? "n-mono" : ""} ${node.bold ? "n-strong" : ""} ${fillColor(node.color) === undefined ? "" : "n-tinted"}`;
  const styles = { ...tint(node.color), "font-size": px(node["font-size"]) };
  return html`<span class=${classes} ${styled(styles)}
    >${node.icon === undefined ? nothing : icon(node.icon)}${context.words(node.label)}</span
  >`;
}

export function iconNode(node: Node<"icon">): TemplateResult {
  return icon(node.glyph, { color: node.color, size: node.size });
}

export function link(node: Node<"link">, context: NodeContext): TemplateResult {
  const label = context.words(node.label);
  const url = externalUrl(node.url);
  return url === null
    ? html`<span class="n-text n-muted" title=${context.strings.nodeLinkRefused}>${label}</span>`
    : linkTo(url, label, context);
}

export function progress(node: Node<"progress">, context: NodeContext): TemplateResult {
  const percent = Math.round(node.value * 100);
  return html`<div class="n-progress">
    <div
      class="n-progress-track"
      role="progressbar"
      aria-valuenow=${percent}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-label=${node.readout === undefined ? context.strings.nodeProgress : context.words(node.readout, 200)}
      ${styled({ height: px(Math.max(2, node.height)) })}
    >
      <div class="n-progress-bar" ${styled({ width: `${node.value * 100}%`, background: fillColor(node.color) })}></div>
    </div>
    ${node.readout === undefined ? nothing : html`<span class="n-progress-readout">${context.words(node.readout)}</span>`}
  </div>`;
}

export function spinner(node: Node<"spinner">, context: NodeContext): TemplateResult {
  return html`<span
    class="n-spinner codicon codicon-loading codicon-modifier-spin"
    role="status"
    aria-label=${context.strings.nodeBusy}
    ${styled({ "font-size": px(node.size) })}
  ></span>`;
}

/** A step that can be gone to where somebody is told of it. */
function stepOf(step: string, path: string, id: string, context: NodeContext): TemplateResult | string {
  const words = context.words(step);
  return id === "" || !context.isLive
    ? words
    : html`<button type="button" class="n-link" @click=${() => context.emit(id, "click", path)}>${words}</button>`;
}

export function breadcrumbs(node: Node<"breadcrumbs">, context: NodeContext): TemplateResult {
  const separator = node.separator === "" ? "." : node.separator;
  const steps = context.take(node.path === "" ? [] : node.path.split(separator));
  return html`<nav class="n-breadcrumbs" aria-label=${context.strings.nodeBreadcrumbs}>
    <ol>
      ${steps.map((step, index) => html`<li aria-current=${index === steps.length - 1 ? "location" : nothing}>${stepOf(step, steps.slice(0, index + 1).join(separator), node.id, context)}</li>`)}
    </ol>
  </nav>`;
}
