/** Areas of which one is shown at a time. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type { NodeContext } from "./context";
import { icon } from "./icons";
import { actionButton } from "./layout";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

export function tabs(node: Node<"tabs">, context: NodeContext): TemplateResult {
  const headers = context.take(node.headers.length > 0 ? node.headers : node.children.map((_, index) => String(index + 1)));
  const chosen = context.keep("tabs", node.id, 0);
  const current = Math.max(0, Math.min(chosen.value, headers.length - 1));
  const panel = context.domId("panel");
  const choose = (index: number): void => {
    chosen.set(index);
    context.emit(node.id, "change", headers[index] ?? "");
  };
  return html`<div class="n-tabs n-size-${node.size.toLowerCase()}">
    <div class="n-tab-bar">
      <div class="n-tab-list" role="tablist" @keydown=${(event: KeyboardEvent) => onKey(event, headers.length, current, choose)}>
        ${headers.map((label, index) => tab(node, label, index, current, panel, () => choose(index)))}
      </div>
      ${context.take(node.actions).map((action) => actionButton(action, context))}
    </div>
    <div class="n-tab-panel" role="tabpanel" id=${panel} ${styled({ "padding-top": px(node["content-gap"]) })}>
      ${node.children.length > current ? context.draw(node.children[current], `tab${current}`) : nothing}
    </div>
  </div>`;
}

function tab(
  node: Node<"tabs">,
  label: string,
  index: number,
  current: number,
  panel: string,
  choose: () => void,
): TemplateResult {
  const glyph = node.icons[index];
  const isIconOnly = node["icon-only"] && glyph !== undefined && glyph !== "";
  return html`<button
    type="button"
    class="n-tab"
    role="tab"
    title=${isIconOnly ? label : nothing}
    aria-label=${isIconOnly ? label : nothing}
    aria-selected=${index === current}
    aria-controls=${panel}
    tabindex=${index === current ? 0 : -1}
    @click=${choose}
  >
    ${glyph ? icon(glyph) : nothing}${isIconOnly ? nothing : label.slice(0, 200)}
  </button>`;
}

function onKey(event: KeyboardEvent, count: number, current: number, choose: (index: number) => void): void {
  const to: Record<string, number> = {
    ArrowRight: (current + 1) % count,
    ArrowLeft: (current + count - 1) % count,
    Home: 0,
    End: count - 1,
  };
  const index = to[event.key];
  if (index === undefined) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const list = event.currentTarget as HTMLElement;
  choose(index);
  list.querySelectorAll<HTMLElement>("[role=tab]")[index]?.focus();
}

