/** Pictures that a plugin received as bodies: what is drawn of one, before it is there, and where it cannot be. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { format } from "../../shared/gridStrings";
import type { NodeContext, PictureThere } from "./context";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

/** A picture that is no larger, in pixels, is shown as large as it is anyhow. */
const SMALL = 240;

export function picture(node: Node<"picture">, context: NodeContext): TemplateResult {
  const { strings } = context;
  const alt = context.words(node.alt, 500);
  const found = context.surface.pictures?.show(node.handle, context.place);
  switch (found?.state) {
    case undefined:
      return notice("file-media", alt, strings.nodePictureElsewhere);
    case "loading":
      return notice("loading codicon-modifier-spin", alt, strings.nodePictureLoading);
    case "failed":
      return notice("warning", alt, found.message);
    case "there":
      return drawn(node, alt, found, context);
  }
}

function drawn(node: Node<"picture">, alt: string, { url, width, height }: PictureThere, context: NodeContext): TemplateResult {
  const { strings } = context;
  const actual = context.keep("picture", node.id, false);
  const isSmall = width <= SMALL && height <= SMALL;
  const size = format(strings.nodePictureSize, width, height);
  return html`<figure class="n-picture n-framed ${node.height === undefined ? "n-filling" : ""}" ${styled({ height: px(node.height) })}>
    <figcaption class="n-picture-line">
      <span class="n-muted">${size}</span>
      ${isSmall
        ? nothing
        : html`<button type="button" class="n-button n-text n-size-small" aria-pressed=${actual.value} @click=${() => actual.set(!actual.value)}>
            <span class="codicon codicon-${actual.value ? "screen-normal" : "screen-full"}" aria-hidden="true"></span>${strings.nodePictureActual}
          </button>`}
    </figcaption>
    <div class="n-picture-area ${actual.value ? "n-actual" : ""}" tabindex=${actual.value && !isSmall ? 0 : nothing} role="group" aria-label=${alt || size}>
      <img src=${url} alt=${alt} width=${width} height=${height} draggable="false" />
    </div>
  </figure>`;
}

function notice(icon: string, alt: string, words: string): TemplateResult {
  return html`<div class="n-data-view n-framed">
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    ${alt === "" ? nothing : html`<span>${alt}</span>`}
    <span class="n-muted" role="status">${words}</span>
  </div>`;
}
