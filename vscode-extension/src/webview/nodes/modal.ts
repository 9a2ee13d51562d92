/** A dialog above what else its plugin shows. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { textColor } from "./colors";
import { dialog } from "./dialog";
import type { NodeContext } from "./context";
import { icon } from "./icons";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

export function modal(node: Node<"modal">, context: NodeContext): TemplateResult | typeof nothing {
  if (!node.open) {
    return nothing;
  }
  const close = (): void => {
    if (node.dismissible) {
      context.emit(node["close-id"] ?? node.id, "click");
    }
  };
  const heading = context.domId("modal");
  const styles = { width: px(node.width) ?? percent(node["width-pct"]), height: percent(node["height-pct"]) };
  const content = html`${head(node, heading, close, context)}
    <div class="n-modal-body n-column">${context.drawAll(node.children)}</div>
    ${node.footer.length > 0 ? html`<div class="n-modal-footer">${context.drawAll(node.footer, "footer")}</div>` : nothing}`;
  if (!context.isLive) {
    // In a record it is one box of many.
    return html`<div class="n-modal" role="group" aria-labelledby=${heading} ${styled(styles)}>${content}</div>`;
  }
  return html`<dialog class="n-modal" aria-labelledby=${heading} ${styled(styles)} ${dialog(close)}>${content}</dialog>`;
}

function head(node: Node<"modal">, heading: string, close: () => void, context: NodeContext): TemplateResult {
  return html`<div class="n-modal-head">
    ${node.glyph === undefined
      ? nothing
      : html`<span class=${node.glyph_tile ? "n-tile" : ""}>${icon(node.glyph, { color: node["glyph-color"], size: 18 })}</span>`}
    <div class="n-modal-titles">
      ${node.eyebrow === undefined
        ? nothing
        : html`<div class="n-eyebrow" ${styled({ color: textColor(node["eyebrow-color"]) })}>${context.words(node.eyebrow)}</div>`}
      <div class="n-modal-title" role="heading" aria-level="2" id=${heading}>${context.words(node.title)}</div>
      ${node.subtitle === undefined ? nothing : html`<div class="n-muted">${context.words(node.subtitle)}</div>`}
    </div>
    ${node.dismissible && context.isLive
      ? html`<button type="button" class="n-icon-button" title=${context.strings.close} aria-label=${context.strings.close} @click=${close}>
          <span class="codicon codicon-close" aria-hidden="true"></span>
        </button>`
      : nothing}
  </div>`;
}

function percent(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}%`;
}
