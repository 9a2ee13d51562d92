/** Nodes that arrange others. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { backgroundClass, fillColor, textColor } from "./colors";
import type { NodeContext } from "./context";
import { icon } from "./icons";
import { keptScroll, type Scrolled } from "./keptScroll";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

/** Of columns with more children than this the browser lays out what is in sight. */
const LONG = 100;

export function row(node: Node<"row">, context: NodeContext): TemplateResult {
  const classes = `n-row n-align-${node.align} ${backgroundClass(node["bg-color"])} ${node["max-width"] ? "n-max" : ""}`;
  const styles = { gap: px(node.gap), padding: px(node.padding), height: px(node.height) };
  return html`<div class=${classes} ${styled(styles)}>${context.drawAll(node.children)}</div>`;
}

export function column(node: Node<"column">, context: NodeContext): TemplateResult {
  const isLong = node.children.length > LONG;
  return html`<div
    class="n-column ${node.framed ? "n-framed" : ""} ${isLong ? "n-many" : ""}"
    ${styled({ gap: px(node.gap), padding: px(node.framed ? Math.max(node.padding, 8) : node.padding) })}
  >
    ${context.drawAll(node.children)}
  </div>`;
}

export function scroll(node: Node<"scroll">, context: NodeContext): TemplateResult {
  return html`<div
    class="n-scroll ${node.both ? "n-both" : ""}"
    tabindex="0"
    role="group"
    aria-label=${context.strings.nodeScroll}
    ${styled({ "max-height": px(node.max_height) })}
    ${keptScroll(context.keep<Scrolled>("scroll", node.id, [0, 0]))}
  >
    ${context.draw(node.child)}
  </div>`;
}

export function spacer(node: Node<"spacer">): TemplateResult {
  return html`<div class="n-spacer" ${styled({ width: px(node.size), height: px(node.size) })}></div>`;
}

export function separator(node: Node<"separator">): TemplateResult {
  const spacing = (node.spacing ?? 0) / 2;
  return html`<div
    class="n-separator"
    role="separator"
    ${styled({
      "margin-top": px(node["margin-top"] + spacing),
      "margin-bottom": px(node["margin-bottom"] + spacing),
      "border-color": fillColor(node.color),
      "border-width": px(node.thickness),
    })}
  ></div>`;
}

export function group(node: Node<"group">, context: NodeContext): TemplateResult {
  return folding("group", node, context, true);
}

export function collapsible(node: Node<"collapsible">, context: NodeContext): TemplateResult {
  return folding("collapsible", node, context, false);
}

function folding(
  kind: "group" | "collapsible",
  node: Node<"group">,
  context: NodeContext,
  isOpen: boolean,
): TemplateResult {
  const open = context.keep(kind, "", isOpen);
  const toggled = (event: Event): void => {
    const now = (event.currentTarget as HTMLDetailsElement).open;
    if (now !== open.value) {
      open.set(now);
    }
  };
  return html`<details class="n-${kind}" .open=${open.value} @toggle=${toggled}>
    <summary><span class="codicon codicon-chevron-right" aria-hidden="true"></span>${context.words(node.label)}</summary>
    <div class="n-folded n-column">${open.value ? context.drawAll(node.children) : nothing}</div>
  </details>`;
}

export function footer(node: Node<"footer">, context: NodeContext): TemplateResult {
  return html`<div class="n-footer" ${styled({ gap: px(node.gap), padding: px(node.padding) })}>
    ${context.drawAll(node.children)}
  </div>`;
}

export function keyValue(node: Node<"key-value">, context: NodeContext): TemplateResult {
  return html`<div class="n-key-value">
    <span class="n-key">${context.words(node.key)}</span>
    <span class="n-value">${context.draw(node.value)}</span>
  </div>`;
}

export function colored(node: Node<"colored">, context: NodeContext): TemplateResult {
  return html`<div class="n-colored" ${styled({ color: textColor(node.color) })}>${context.draw(node.child)}</div>`;
}

export function bold(node: Node<"bold">, context: NodeContext): TemplateResult {
  return emphasis("n-strong", node, context);
}

export function italic(node: Node<"italic">, context: NodeContext): TemplateResult {
  return emphasis("n-slanted", node, context);
}

function emphasis(className: string, node: Node<"bold">, context: NodeContext): TemplateResult {
  return html`<div class="n-emphasis ${className}">
    ${node.text === undefined ? nothing : context.words(node.text)}${node.child === undefined
      ? nothing
      : context.draw(node.child)}
  </div>`;
}

export function sidebarHeader(node: Node<"sidebar-header">, context: NodeContext): TemplateResult {
  return html`<div class="n-sidebar-header">
    <span class="n-sidebar-title" role="heading" aria-level="2">${context.words(node.title)}</span>
    ${node.trailing_text === undefined
      ? nothing
      : html`<span class="n-muted">${context.words(node.trailing_text)}</span>`}
    ${context.take(node.actions).map((action) => actionButton(action, context))}
  </div>`;
}

/** A small button with an icon for something that can be done; it tells its own id, where it has one. */
export function actionButton(
  action: Node<"tabs">["actions"][number],
  context: NodeContext,
  run: () => void = () => context.emit(action.id, "click"),
): TemplateResult {
  return html`<button
    type="button"
    class="n-icon-button"
    title=${action.tooltip}
    aria-label=${action.tooltip || context.strings.nodeAction}
    ?disabled=${!context.isLive}
    @click=${run}
  >
    ${icon(action.icon)}
  </button>`;
}
