/** Buttons. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { fillColor } from "./colors";
import type { NodeContext } from "./context";
import { icon } from "./icons";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

export function button(node: Node<"button">, context: NodeContext): TemplateResult {
  const { copy } = node;
  const kind = node.color === "Secondary" ? "primary" : node.color.toLowerCase();
  const classes = `n-button n-${node["button-type"].toLowerCase()} n-${kind} n-size-${node.button_size.toLowerCase()} ${node["full-width"] ? "n-full" : ""}`;
  const press = (): void => {
    if (copy !== undefined) {
      context.surface.copy(copy);
    }
    context.emit(node.id, "click");
  };
  return html`<button
    type="button"
    class=${classes}
    title=${node.hover_text ?? nothing}
    ?disabled=${!node.enabled || !(context.isLive || copy !== undefined)}
    @click=${press}
    ${styled({ "font-size": px(node.size), width: px(node.width), height: px(node.height) })}
  >
    ${node.icon === undefined ? nothing : icon(node.icon)}<span>${context.words(node.label)}</span>
  </button>`;
}

export function iconButton(node: Node<"icon-button">, context: NodeContext): TemplateResult {
  const classes = `n-icon-button n-size-${node.size.toLowerCase()} ${node.frame ? "n-bordered" : ""} ${node.selected ? `n-chosen-${node["selected-style"]}` : ""}`;
  const label = node.tooltip ?? context.strings.nodeAction;
  return html`<button
    type="button"
    class=${classes}
    title=${node.tooltip ?? nothing}
    aria-label=${label}
    aria-pressed=${node.selected ? "true" : nothing}
    ?disabled=${node.disabled || !context.isLive}
    @click=${() => context.emit(node.id, "click")}
    ${styled({ "min-width": px(node.size_px), height: px(node.size_px) })}
  >
    ${icon(node.icon, { color: node["glyph-color"], size: node.icon_size })}${node.badge_color === undefined
      ? nothing
      : html`<span
          class="n-dot"
          ${styled({
            width: px(node["badge-size"]),
            height: px(node["badge-size"]),
            inset: `${node["badge-inset"]}px ${node["badge-inset"]}px auto auto`,
            background: fillColor(node.badge_color),
            "outline-color": fillColor(node["badge-ring-color"]),
          })}
        ></span>`}
  </button>`;
}
